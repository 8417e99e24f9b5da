/** Made headers of a real kernel are, token by token, those that its own build makes for a default configuration. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildArchitecture } from '../kconfig/architecture';
import { targetIn } from '../layout/target';
import { parseConfig } from '../preprocessor/config';
import { runOverlint } from '../testing/command';
import { askedTargets, KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import type { MadeHeaders } from './made-headers';
import { readerWithHeaders } from './made-reader';

const SCRATCH = fs.mkdtempSync('/tmp/overlint-generated-');
afterAll(() => fs.rmSync(SCRATCH, { recursive: true, force: true }));

const COMPILE = 'include/generated/compile.h: differs';
const VDSO = 'it holds addresses in the vDSO, which a build links';

/**
 * ARCH, the prefix of the tools, the configuration, and what may differ with the reason. Layouts of a pristine tree equal a
 * prepared folder's byte by byte, as docs/config.md says.
 */
const TARGETS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['x86_64', '', 'defconfig', [COMPILE]],
  // One record is named by a macro, which the index of tags does not see.
  ['i386', 'i686-linux-gnu-', 'defconfig', ['include/generated/asm-offsets.h: differs', COMPILE]],
  ['arm64', 'aarch64-linux-gnu-', 'defconfig', [COMPILE, `include/generated/vdso-offsets.h: ${VDSO}`]],
  ['arm', 'arm-linux-gnueabi-', 'multi_v7_defconfig', [COMPILE]],
  [
    ...(['riscv', 'riscv64-linux-gnu-', 'defconfig'] as const),
    [`include/generated/compat_vdso-offsets.h: ${VDSO}`, COMPILE, `include/generated/vdso-offsets.h: ${VDSO}`],
  ],
  ['s390', 's390x-linux-gnu-', 'defconfig', [COMPILE, `include/generated/vdso64-offsets.h: ${VDSO}`]],
  // Addresses of chips are casts of macros that are no constants here.
  ['m68k', 'm68k-linux-gnu-', 'multi_defconfig', [COMPILE]],
  ['powerpc', 'powerpc64le-linux-gnu-', 'ppc64le_defconfig', [COMPILE, `include/generated/vdso64-offsets.h: ${VDSO}`]],
  ['mips', 'mipsel-linux-gnu-', 'defconfig', [COMPILE]],
  // As on i386: sigset_t is declared by a macro's name.
  ['sparc64', 'sparc64-linux-gnu-', 'defconfig', ['include/generated/asm-offsets.h: differs', COMPILE]],
  ['parisc', 'hppa-linux-gnu-', 'defconfig', [COMPILE, `include/generated/vdso32-offsets.h: ${VDSO}`]],
  ['alpha', 'alpha-linux-gnu-', 'defconfig', [COMPILE]],
  ['sh', 'sh4-linux-gnu-', 'defconfig', [COMPILE]],
];

function prepared(arch: string, prefix: string, config: string): string {
  const folder = path.join(SCRATCH, arch);
  if (fs.existsSync(folder)) return folder;
  const given = [`O=${folder}`, `ARCH=${arch}`, `CROSS_COMPILE=${prefix}`];
  const { stderr, status } = spawnSync('make', ['-s', '-j2', '-C', KERNEL_SOURCE, ...given, config, 'prepare'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** What a folder that no disk holds would have in it, with a build's `.config`. */
function ours(arch: string, config: string): MadeHeaders {
  const build = '/made';
  // 32-bit x86 has a name of its own among projects; the others have their folder's.
  const own = arch === 'i386' ? arch : buildArchitecture(arch).folder;
  const target = targetIn(own, (option) => config.includes(`\nCONFIG_${option}=y\n`))!;
  const read = (file: string): string | undefined => (file === `${build}/.config` ? config : textOf(file));
  const { headers } = readerWithHeaders({
    ...{ kernel: KERNEL_SOURCE, build, arch: own, target },
    config: parseConfig(config),
    reader: { read, exists: (file) => file === `${build}/.config` || fs.existsSync(file) },
    list: namesIn,
    isHexadecimal: (symbol) => /_(POINTER_VALUE|PROBE_ADDRESS)$/.test(symbol),
  });
  return headers;
}

/** Tokens in order, comments apart; macros of files whose order says nothing are sorted. */
function tokens(file: string, text: string): string {
  const bare = text.replace(/\\\n/g, ' ').replace(/\/\*[\s\S]*?\*\//g, ' ');
  const all = bare.split('\n').map((line) => (line.match(/"(?:[^"\\]|\\.)*"|\w+|\S/g) ?? []).join(' '));
  const lines = all.filter((line) => line !== '' && !line.startsWith('/ /'));
  return (/\/(autoconf|asm-offsets)\.h$/.test(file) ? lines.sort() : lines).join('\n');
}

/** Headers of a build folder that ours are not equal to, each with the reason. */
function differences(folder: string, headers: MadeHeaders): string[] {
  const found = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(include\/generated|arch\/\w+\/include\/generated)\/.*\.h$/.test(file));
  expect(found.length).toBeGreaterThan(30);
  return found.sort().flatMap((file) => {
    const header = headers.header(file);
    if (header?.text === undefined) return [`${file}: ${header?.unmade ?? 'not known'}`];
    const theirs = tokens(file, textOf(path.join(folder, file))!);
    return tokens(file, header.text) === theirs ? [] : [`${file}: differs`];
  });
}

describe.each(askedTargets(TARGETS))('%s', (arch, prefix, config, allowed) => {
  const isAbsent = spawnSync(`${prefix}gcc`, ['--version']).status !== 0;

  it(config, ({ skip }) => {
    skip(isAbsent, `${prefix}gcc is not installed`);
    const folder = prepared(arch, prefix, config);
    const headers = ours(arch, textOf(path.join(folder, '.config'))!);
    expect(differences(folder, headers)).toEqual(allowed);
  });

  it('has the same layouts without a build', async ({ skip }) => {
    skip(isAbsent, `${prefix}gcc is not installed`);
    const layouts = async (...given: string[]): Promise<string[]> => {
      const args = ['layout', '--all', '--format', 'json', '--kernel', KERNEL_SOURCE, '--no-cache', ...given];
      const { out, err, code } = await runOverlint(args, { folder: '/' });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return out.split('\n');
    };
    const built = await layouts('--build', prepared(arch, prefix, config));
    const bare = await layouts('--arch', arch, '--config', config);
    expect(bare.filter((line) => line.includes('"status":"exact"')).length).toBeGreaterThan(15_000);
    expect(bare.filter((line, at) => line !== built[at])).toEqual([]);
    expect(bare.length).toBe(built.length);
  });
});

it("makes those of Debian's own build", () => {
  const config = textOf(path.join(KERNEL_BUILD, '.config'))!;
  expect(differences(KERNEL_BUILD, ours('x86_64', config))).toEqual([
    COMPILE,
    'include/generated/package.h: differs',
    // The package names its release on the command line of make.
    'include/generated/utsrelease.h: differs',
    'include/generated/utsversion.h: it holds the number and the time of the build',
  ]);
});

it("makes selinux's from a real table", () => {
  const headers = ours('x86_64', '');
  for (const name of ['flask.h', 'av_permissions.h']) {
    const text = headers.header(`security/selinux/${name}`)?.text ?? '';
    expect(text.match(/^#define \w+/gm)?.length).toBeGreaterThan(100);
  }
});
