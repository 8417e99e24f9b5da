/** Whether a configuration fits the architecture that layouts are asked for. */
import type { SourceReader } from '../text/text';
import { archOfConfig, targetOf } from './arch';
import type { Tree } from './tree';

/** Why no layout can be trusted; undefined where configuration and architecture go together, or there is no configuration. */
export function whyUnfit(tree: Tree, reader: SourceReader): string | undefined {
  const { arch, build, configFile, configuration } = tree;
  const text = configuration?.text ?? reader.read(configFile ?? `${build}/.config`);
  if (text === undefined) return undefined;
  const configured = archOfConfig(text);
  if (configured === undefined) return undefined;
  if (configured !== arch) return `the configuration is for ${configured}, the layout is asked for ${arch}`;
  const target = targetOf(arch, text);
  return target === tree.target
    ? undefined
    : `the configuration is for ${target}, the layout is asked for ${tree.target}`;
}
