/** The headers that a build of a tree would make, made from the tree's own tables; nothing is run. */
import { buildArchitecture } from '../kconfig/architecture';
import type { Configuration } from '../preprocessor/config';
import { armMachines } from './arm-machines';
import { arm64Capabilities } from './arm64-capabilities';
import { arm64Registers } from './arm64-registers';
import { asmWrappers } from './asm-wrappers';
import { asn1Headers } from './asn1-headers';
import { autoconf } from './autoconf';
import { buildOnly } from './build-only';
import type { BuildTree, Evaluate, Generator, MadeHeader } from './build-tree';
import { compile } from './compile';
import { listedSystemCalls } from './listed-system-calls';
import { offsets } from './offsets';
import { orcHash } from './orc-hash';
import { s390Facilities } from './s390-facilities';
import { s390Instructions } from './s390-instructions';
import { selinux } from './selinux';
import { systemCallHeaders } from './system-call-headers';
import { timeconst } from './timeconst';
import { version } from './version';
import { x86FeatureMasks } from './x86-feature-masks';
import { xeWorkarounds } from './xe-workarounds';
import { xenCalls } from './xen-calls';

/** All that make headers. Where two make one, the later one wins. */
const GENERATORS: readonly Generator[] = [
  asmWrappers,
  autoconf,
  version,
  timeconst,
  systemCallHeaders,
  listedSystemCalls,
  armMachines,
  arm64Capabilities,
  arm64Registers,
  s390Facilities,
  s390Instructions,
  orcHash,
  xenCalls,
  x86FeatureMasks,
  compile,
  selinux,
  xeWorkarounds,
  asn1Headers,
  offsets,
];

/** Those whose headers are the same whatever the options are. */
const WITHOUT_OPTIONS: readonly Generator[] = [asmWrappers];

interface MadeHeadersRequest {
  /** Any name of an architecture: `x86_64`, `amd64`, `arm64`. */
  readonly arch: string;
  /** Without one, only what hangs on no option is made. */
  readonly config: Configuration | undefined;
  /** The text of a file by its path from the tree's root, as a byte string. */
  read(path: string): string | undefined;
  /** The names in a folder of the tree; `''` is its root. */
  list(folder: string): readonly string[];
  /** Whether an option (`CONFIG_…`) is a hexadecimal number, as Kconfig files say. */
  readonly isHexadecimal?: (symbol: string) => boolean;
  /** What knows the constants that C files define for headers; without it, those headers are not made. */
  readonly evaluate?: Evaluate;
}

export interface MadeHeaders {
  /** All that have a table to be made from; paths below the build folder. */
  readonly paths: ReadonlySet<string>;
  /** A header by its path below the build folder, or why only a build can make it; undefined where a build makes none. */
  header(path: string): MadeHeader | undefined;
}

/** Headers are made when they are asked for, once each. An existing file should win over the made one. */
export function madeHeaders(request: MadeHeadersRequest): MadeHeaders {
  const { config, read, list, isHexadecimal, evaluate } = request;
  const arch = buildArchitecture(request.arch);
  const tree: BuildTree = { arch, symbols: config?.symbols ?? new Map(), read, list, isHexadecimal, evaluate };
  const makers = new Map((config ? GENERATORS : WITHOUT_OPTIONS).flatMap((generator) => [...generator(tree)]));
  const unmade = buildOnly(tree);
  const made = new Map<string, MadeHeader>();
  return {
    paths: new Set(makers.keys()),
    header(path) {
      const maker = makers.get(path);
      if (!maker) return unmade.get(path)?.();
      const known = made.get(path);
      if (known) return known;
      // What is read to make it may ask for it.
      made.set(path, { unmade: 'it is being made' });
      const header = maker();
      made.set(path, header);
      return header;
    },
  };
}
