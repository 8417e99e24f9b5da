/** From a tree, an architecture, a toolchain and a name to a whole `.config`: what commands and editors ask for. */
import { type ConfigurationSource, makeConfiguration, type NamedConfiguration } from './configurations';
import { type KernelKconfig, type KernelSource, readKernelKconfig } from './kernel-kconfig';

interface KernelConfigurationRequest
  extends KernelSource,
    Pick<ConfigurationSource, 'readGiven' | 'list' | 'trustsAnswers'> {
  /** A name or a file, or several joined by commas; byte strings, as is all that comes from a tree. */
  readonly from: string;
}

export interface KernelConfiguration extends NamedConfiguration {
  /** The symbols with their values, and all that was read. */
  readonly kconfig: KernelKconfig;
}

/** @throws NoSuchConfiguration where the name stands for nothing; RangeError where files are nested beyond any stack. */
export function kernelConfiguration(request: KernelConfigurationRequest): KernelConfiguration {
  const kconfig = readKernelKconfig(request);
  const { parsed, evaluator } = kconfig;
  const made = makeConfiguration(request.from, { ...request, evaluator, isIncomplete: parsed.missing.length > 0 });
  return { ...made, kconfig };
}
