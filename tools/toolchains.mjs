// Asks compilers what Kconfig files ask of them, and keeps the answers in server/src/packs/toolchains.json.
//
//   node tools/toolchains.mjs TREE… [--root=COMPILER,…:DIR]… [--only=COMPILER,…]
//
// TREE is a kernel source (its Kconfig files and scripts are enough). Compilers are those of this machine; those of another
// distribution stand in a folder that it is unpacked into, which is entered with chroot (as root, with the trees bound or
// copied into it under the same path). Commands of the trees' own Kconfig files are run: only use trees that you trust.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = path.join(root, 'server/src/packs/toolchains.json');

/** ARCH, Debian's name of the tools, and what clang is told; nothing where clang makes no kernel. */
const TARGETS = [
  ['x86_64', '', 'x86_64-linux-gnu'],
  ['i386', 'i686-linux-gnu-', 'x86_64-linux-gnu'],
  ['arm64', 'aarch64-linux-gnu-', 'aarch64-linux-gnu'],
  ['arm', 'arm-linux-gnueabi-', 'arm-linux-gnueabi'],
  ['riscv', 'riscv64-linux-gnu-', 'riscv64-linux-gnu'],
  ['s390', 's390x-linux-gnu-', 's390x-linux-gnu'],
  ['m68k', 'm68k-linux-gnu-', 'm68k-linux-gnu'],
  ['powerpc', 'powerpc64le-linux-gnu-', 'powerpc64le-linux-gnu'],
  ['mips', 'mipsel-linux-gnu-', 'mipsel-linux-gnu'],
  ['sparc64', 'sparc64-linux-gnu-', undefined],
  ['loongarch', 'loongarch64-linux-gnu-', 'loongarch64-linux-gnusf'],
  ['parisc', 'hppa-linux-gnu-', undefined],
  ['parisc64', 'hppa64-linux-gnu-', undefined],
  ['alpha', 'alpha-linux-gnu-', undefined],
  ['sh', 'sh4-linux-gnu-', undefined],
  ['arc', 'arc-linux-gnu-', undefined],
];
const CLANG_WARNINGS = [
  '-fintegrated-as -Werror=unknown-warning-option -Werror=ignored-optimization-argument',
  '-Werror=option-ignored -Werror=unused-command-line-argument',
].join(' ');
const COMPILERS = ['gcc-12', 'gcc-13', 'gcc-14', 'gcc-15'].concat(
  [14, 15, 16, 17, 18, 19, 20, 21, 22].map((version) => `clang-${version}`),
);

/** Headers of gcc plugins, a package of their own, count as absent wherever they would be. */
const FIXED = new Map([['$CC -print-file-name=plugin', 'plugin']]);

const given = process.argv.slice(2);
const option = (name) => given.filter((one) => one.startsWith(`--${name}=`)).map((one) => one.slice(name.length + 3));
const trees = given.filter((one) => !one.startsWith('--')).map((tree) => path.resolve(tree));
const roots = option('root').flatMap((one) =>
  one
    .split(':')[0]
    .split(',')
    .map((name) => [name, one.split(':')[1]]),
);
const only = option('only').flatMap((one) => one.split(','));
const { parseKconfig, questionOf, answerByWords, TOOL_VARIABLES, buildArchitecture } = await kconfigRoom();

const columns = [];
for (const compiler of COMPILERS) {
  if (only.length > 0 && !only.includes(compiler)) continue;
  for (const [arch, prefix, triple] of TARGETS) {
    if (compiler.startsWith('clang') && triple === undefined) continue;
    // A compiler of this machine comes before one of another distribution.
    for (const folder of [undefined, ...roots.flatMap(([name, dir]) => (name === compiler ? [dir] : []))]) {
      const column = measure(compiler, arch, prefix, triple, folder);
      if (!column) continue;
      columns.push(column);
      break;
    }
  }
}
fs.writeFileSync(file, `${JSON.stringify(tableOf(columns), null, 1)}\n`);
spawnSync('npx', ['biome', 'format', '--write', file], { cwd: root, stdio: 'inherit' });
console.error(`${columns.length} toolchains, ${fs.statSync(file).size} bytes`);

/** All that one compiler answers for one architecture; undefined where it is not there. */
function measure(compiler, arch, prefix, triple, chroot) {
  const version = compiler.split('-')[1];
  const gnu = (tool) => `${prefix}${tool}`;
  const llvm = (tool) => `${tool}-${version}`;
  const tools = compiler.startsWith('gcc')
    ? { CC: `${prefix}${compiler}`, LD: gnu('ld'), AR: gnu('ar'), NM: gnu('nm'), OBJCOPY: gnu('objcopy') }
    : { CC: compiler, LD: llvm('ld.lld'), AR: llvm('llvm-ar'), NM: llvm('llvm-nm'), OBJCOPY: llvm('llvm-objcopy') };
  const environment = {
    ...{ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', ARCH: arch, SRCARCH: buildArchitecture(arch).folder },
    ...tools,
    CLANG_FLAGS: compiler.startsWith('clang') ? `--target=${triple} ${CLANG_WARNINGS}` : '',
    // Tools that are no part of a C toolchain count as absent.
    ...{ PAHOLE: 'absent-pahole', RUSTC: 'absent-rustc', BINDGEN: 'absent-bindgen', PYTHON3: 'absent-python3' },
    ...{ USERCFLAGS: '', USERLDFLAGS: '', CROSS_COMPILE: prefix, HOSTCC: 'gcc' },
  };
  const run = (command, srctree) => {
    const folder = chroot ? path.join(chroot, 'tmp') : os.tmpdir();
    const argv = chroot ? ['chroot', chroot, 'sh', '-c', `cd /tmp; ${command}`] : ['sh', '-c', command];
    return spawnSync(argv[0], argv.slice(1), { env: { ...environment, srctree }, cwd: folder, encoding: 'latin1' });
  };
  const text = run('$CC --version | head -n 1', '').stdout.trim();
  const works = run("echo 'int x;' | $CC $CLANG_FLAGS -x c - -c -o /dev/null", '').status === 0;
  if (text === '' || !works) return undefined;
  const answers = { succeeds: new Map(), prints: new Map() };
  for (const tree of trees) {
    const shell = (command) => {
      const question = questionOf(command);
      const known = answerByWords(question);
      if (known !== undefined) return known;
      const { kind, asked } = question;
      if (!answers[kind].has(asked)) {
        const printed = FIXED.get(asked) ?? run(command, tree).stdout.replace(/\n+$/, '').replaceAll('\n', ' ');
        answers[kind].set(asked, kind === 'succeeds' ? printed === question.yes : printed);
      }
      const answer = answers[kind].get(asked);
      return kind === 'prints' ? answer : answer ? question.yes : question.no;
    };
    parseKconfig({
      file: 'Kconfig',
      read: (name) => readFile(path.join(tree, name)),
      environment: { ...TOOL_VARIABLES, ARCH: arch, SRCARCH: environment.SRCARCH, CC_VERSION_TEXT: text },
      shell,
      dialect: { isNewer: true },
      report: ({ severity, text: said }) => severity === 'stop' && console.error(`${compiler} ${arch}: ${said}`),
    });
  }
  console.error(`${compiler} ${arch}: ${text}: ${answers.succeeds.size + answers.prints.size} answers`);
  // The name without its version is what most builds use.
  const name = text.replace(/#/g, '').replace(new RegExp(`^(\\S*gcc)-${version}(?= )`), '$1');
  return { compiler, arch, version: name, ...answers };
}

function readFile(name) {
  try {
    return fs.readFileSync(name, 'latin1');
  } catch {
    return undefined;
  }
}

/** Columns as the product reads them; see ToolchainTable. */
function tableOf(all) {
  const asked = (kind) => [...new Set(all.flatMap((column) => [...column[kind].keys()]))].sort();
  const succeeds = {};
  for (const question of asked('succeeds')) {
    const pattern = all
      .map((column) => (column.succeeds.has(question) ? (column.succeeds.get(question) ? 'y' : 'n') : '.'))
      .join('');
    (succeeds[pattern] ??= []).push(question);
  }
  const prints = {};
  for (const question of asked('prints')) {
    const texts = [...new Set(all.flatMap((column) => column.prints.get(question) ?? []))];
    const of = all.map((column) => {
      const answer = column.prints.get(question);
      return answer === undefined ? '.' : texts.indexOf(answer).toString(36);
    });
    prints[question] = { texts, of: of.join('') };
  }
  return { columns: all.map(({ compiler, arch, version }) => ({ compiler, arch, version })), succeeds, prints };
}

async function kconfigRoom() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-toolchains-'));
  try {
    const outfile = path.join(scratch, 'kconfig.cjs');
    const contents = `
      export { parseKconfig } from './server/src/kconfig/parser';
      export { questionOf, answerByWords } from './server/src/kconfig/questions';
      export { TOOL_VARIABLES } from './server/src/kconfig/toolchain';
      export { buildArchitecture } from './server/src/kconfig/architecture';`;
    await build({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      ...{ outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' },
    });
    return (await import(pathToFileURL(outfile).href)).default;
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}
