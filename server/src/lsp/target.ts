/** A target in the protocol's terms: what layouts, and all that is said of a file, are for. */
import type { Tree } from '../project/tree';

/** Paths are absolute. */
export interface DrawnTarget {
  readonly kernel: string;
  /** `6.12.117` */
  readonly version: string;
  readonly build: string;
  readonly arch: string;
  /** Empty where the build folder's configuration is used. */
  readonly config: string;
}

export function targetOf({ kernel, version, build, arch, configFile }: Tree): DrawnTarget {
  return { kernel, version, build, arch, config: configFile ?? '' };
}
