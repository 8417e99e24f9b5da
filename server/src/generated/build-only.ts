/**
 * Headers that only a build can make, with the reason, so that whoever asks for one can name it: a table of known ones, and
 * those that arch/ARCH/include/asm/Kbuild (or uapi/asm/Kbuild) lists as `generated-y` and no generator here makes.
 */
import { asmLists } from './asm-wrappers';
import type { Generator, MadeHeader } from './build-tree';
import { isOn } from './build-tree';

const VDSO = 'it holds addresses in the vDSO, which a build links';

interface BuildOnly {
  readonly path: string;
  readonly reason: string;
  /** Folders below arch/ and options for which a build makes it; any where none is named. */
  readonly arch?: readonly string[];
  readonly option?: string;
}

const BUILD_ONLY: readonly BuildOnly[] = [
  { path: 'include/generated/vdso-offsets.h', reason: VDSO, arch: ['arm64', 'riscv', 'loongarch', 'parisc'] },
  { path: 'include/generated/vdso32-offsets.h', reason: VDSO, arch: ['arm64', 'powerpc', 'parisc', 's390'] },
  { path: 'include/generated/vdso64-offsets.h', reason: VDSO, arch: ['powerpc', 'parisc', 's390'] },
  { path: 'include/generated/compat_vdso-offsets.h', reason: VDSO, arch: ['riscv'], option: 'COMPAT' },
  { path: 'include/generated/utsversion.h', reason: 'it holds the number and the time of the build' },
  { path: 'include/generated/randstruct_hash.h', reason: 'it holds a random seed of the build', option: 'RANDSTRUCT' },
  { path: 'include/generated/user_constants.h', reason: "it holds constants of the host's headers", arch: ['um'] },
];

/** Register descriptions in XML, which a program in Python turns into headers. */
const MSM = 'drivers/gpu/drm/msm';
const REGISTERS = [`${MSM}/registers/adreno`, `${MSM}/registers/display`];

export const buildOnly: Generator = (tree) => {
  const { folder } = tree.arch;
  const makers = new Map<string, () => MadeHeader>();
  for (const include of ['', 'uapi/'])
    for (const name of asmLists(tree, `arch/${folder}/include/${include}asm`).words('generated-y')) {
      const unmade = `arch/${folder}/include/${include}asm/Kbuild leaves it to a program of the build, if this configuration has it`;
      makers.set(`arch/${folder}/include/generated/${include}asm/${name}`, () => ({ unmade }));
    }
  for (const name of REGISTERS.flatMap((table) => tree.list(table)))
    if (name.endsWith('.xml'))
      makers.set(`${MSM}/generated/${name}.h`, () => ({ unmade: `${MSM}/registers/gen_header.py makes it` }));
  for (const { path, reason, arch, option } of BUILD_ONLY)
    if ((arch?.includes(folder) ?? true) && (!option || isOn(tree, option)))
      makers.set(path, () => ({ unmade: reason }));
  return makers;
};
