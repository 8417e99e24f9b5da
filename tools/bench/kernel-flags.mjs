// The flags that the kernel's own build would give clang for one file, for a source tree with a separate build folder.
import fs from 'node:fs';
import path from 'node:path';

/** Search order of Kbuild's LINUXINCLUDE: K is the source tree, B the build folder, both made absolute below. */
const INCLUDES = [
  'K/arch/x86/include',
  'B/arch/x86/include/generated',
  'K/include',
  'B/include',
  'K/arch/x86/include/uapi',
  'B/arch/x86/include/generated/uapi',
  'K/include/uapi',
  'B/include/generated/uapi',
];

const FORCED = ['compiler-version.h', 'kconfig.h', 'compiler_types.h'];

/** What KBUILD_CFLAGS and arch/x86/Makefile say that clang's front end cares about; warnings are not asked for. */
const LANGUAGE = [
  '-D__KERNEL__',
  '--target=x86_64-linux-gnu',
  '-std=gnu11',
  '-fms-extensions',
  '-fno-strict-aliasing',
  '-fno-common',
  '-fshort-wchar',
  '-funsigned-char',
  '-fno-PIE',
  '-mno-sse',
  '-mno-sse2',
  '-mno-mmx',
  '-mno-80387',
  '-mstack-alignment=8',
  '-mno-red-zone',
  '-mcmodel=kernel',
  '-fcf-protection=none',
  '-O2',
  '-pg',
  '-mfentry',
  '-DCC_USING_FENTRY',
  '-w',
];

/**
 * @param {string} kernel The source tree.
 * @param {string} build The folder with include/generated (a headers package does).
 * @param {string} file Relative to the source tree; a header is taken as a C file of its own.
 * @returns {string[]} Arguments for clang, the file itself not among them.
 */
export function kernelFlags(kernel, build, file) {
  const name = path.basename(file).replace(/\W/g, '_');
  return [
    '-nostdinc',
    ...INCLUDES.map((folder) => `-I${folder.replace(/^K/, kernel).replace(/^B/, build)}`),
    ...FORCED.flatMap((header) => ['-include', path.join(kernel, 'include/linux', header)]),
    ...LANGUAGE,
    ...['MODFILE', 'BASENAME', 'MODNAME'].map((what) => `-DKBUILD_${what}="${name}"`),
    `-D__KBUILD_MODNAME=kmod_${name}`,
    `-I${path.join(kernel, path.dirname(file))}`,
    ...makefileFlags(kernel, file),
    ...(file.endsWith('.h') ? ['-x', 'c'] : []),
  ];
}

/** What the folder's own Makefile adds: its include folders, and the options without which it builds the file not at all. */
function makefileFlags(kernel, file) {
  const folder = path.join(kernel, path.dirname(file));
  const makefile = ['Kbuild', 'Makefile'].map((name) => path.join(folder, name)).find((name) => fs.existsSync(name));
  if (!makefile) return [];
  const object = `${path.basename(file, '.c')}.o`;
  const flags = [];
  for (const line of fs.readFileSync(makefile, 'utf8').replaceAll('\\\n', ' ').split('\n')) {
    const added = /^ccflags-y\s*[:+]?=\s*(.*)$/.exec(line)?.[1] ?? '';
    for (const include of added.matchAll(/-I\s*\$\((?:src|srctree)\)\/?(\S*)/g))
      flags.push(`-I${path.join(include[0].includes('srctree') ? kernel : folder, include[1])}`);
    const option = /-\$\((CONFIG_\w+)\)\s*[:+]?=(.*)$/.exec(line);
    if (option?.[2].split(/\s+/).includes(object)) flags.push(`-D${option[1]}=1`);
  }
  return flags;
}
