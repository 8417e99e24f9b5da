/** Whether a configuration fits the architecture that layouts are asked for. */
import type { SourceReader } from '../text/text';
import { archOfConfig } from './arch';
import type { Tree } from './tree';

/** Why no layout can be trusted; undefined where configuration and architecture go together, or there is no configuration. */
export function whyUnfit({ arch, build, configFile, configuration }: Tree, reader: SourceReader): string | undefined {
  const text = configuration?.text ?? reader.read(configFile ?? `${build}/.config`);
  const configured = text === undefined ? undefined : archOfConfig(text);
  if (configured === undefined || configured === arch) return undefined;
  return `the configuration is for ${configured}, the layout is asked for ${arch}`;
}
