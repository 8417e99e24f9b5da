// Packages the extension: dist/overlint-VERSION-PLATFORM.vsix for each platform, and one that runs on all of them.
//
// usage: node tools/package.mjs [--only=host|universal|PLATFORM] [--base-url=URL]
//
// URL is where the repository's files can be read, as https://github.com/OWNER/REPO/raw/v1.0.0: pictures come from there.
//
// The package is put together in a folder of its own, so that it holds what is listed here and nothing else. The same
// commit gives the same bytes: file times, file modes and their order are fixed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { extensionReadme } from './extension-readme.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** As VS Code names platforms; the parser's binaries are named alike. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

/** What ships besides the bundles; what is not there is left out. */
const FILES = [
  'CHANGELOG.md',
  'LICENSE',
  'docs/pictures/icon.png',
  ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.image)),
  'docs/rules',
  'server/src/project/settings.schema.json',
  'syntaxes',
];

/** The command line is no part of the extension. */
const SHIPPED = [
  'client.js',
  'engine.js',
  'panel',
  'server.js',
  'server-thread.js',
  'worker.js',
  'worker-jobs.js',
  'pack.schema.json',
  'THIRD-PARTY-NOTICES.txt',
];

/** Native modules, and of each what runs; `prebuilds/PLATFORM` comes on top. */
const NATIVE = {
  'tree-sitter': ['index.js', 'package.json', 'LICENSE'],
  'tree-sitter-c': ['bindings/node/index.js', 'package.json', 'LICENSE', 'tree-sitter-c.wasm'],
};
/** What finds the binary for the machine, and what runs where there is none. */
const BESIDE = {
  'node-gyp-build': ['index.js', 'node-gyp-build.js', 'package.json', 'LICENSE'],
  'web-tree-sitter': ['web-tree-sitter.cjs', 'web-tree-sitter.wasm', 'package.json', 'LICENSE'],
};

/** Fields of the manifest that mean something to developers only. */
const DEVELOPERS_ONLY = ['scripts', 'dependencies', 'devDependencies', 'bin', 'man', 'files'];

const only = flag('only');
const base = flag('base-url');
if (base !== undefined && !/^https:\/\/\S+$/.test(base)) {
  console.error(`--base-url wants an address that begins with https://, not ${base}.`);
  process.exit(2);
}
const host = `${process.platform}-${process.arch}`;
const targets = only === undefined ? [...PLATFORMS, 'universal'] : [only === 'host' ? host : only];
for (const target of targets) {
  if (![...PLATFORMS, 'universal'].includes(target)) {
    console.error(`No such platform: ${target}. There are host, universal, ${PLATFORMS.join(', ')}.`);
    process.exit(2);
  }
}

const bundles = path.join(root, '.cache/package/bundles');
fs.rmSync(path.join(root, '.cache/package'), { recursive: true, force: true });
fs.mkdirSync(path.join(root, 'dist'), { recursive: true });
execFileSync(process.execPath, [path.join(root, 'tools/build.mjs'), '--minify', '--package', `--outdir=${bundles}`], {
  cwd: root,
  stdio: 'inherit',
});
for (const name of fs.readdirSync(bundles)) {
  if (!SHIPPED.includes(name)) fs.rmSync(path.join(bundles, name));
}
for (const target of targets) packageFor(target);

function flag(name) {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
}

function packageFor(target) {
  const stage = path.join(root, '.cache/package', target);
  copy(bundles, path.join(stage, 'dist'));
  for (const name of FILES)
    if (fs.existsSync(path.join(root, name))) copy(path.join(root, name), path.join(stage, name));
  // The repository's README has pictures in SVG, which extensions may not show.
  const readme = fs.readFileSync(path.join(root, 'client/README.md'), 'utf8');
  fs.writeFileSync(path.join(stage, 'README.md'), extensionReadme(readme, base));
  const platforms = target === 'universal' ? PLATFORMS : [target];
  for (const [name, files] of Object.entries(NATIVE))
    copyModule(name, [...files, ...platforms.map((platform) => `prebuilds/${platform}`)], stage);
  for (const [name, files] of Object.entries(BESIDE)) copyModule(name, files, stage);
  const shipped = Object.fromEntries(Object.entries(manifest).filter(([name]) => !DEVELOPERS_ONLY.includes(name)));
  shipped.engines = { vscode: manifest.engines.vscode };
  fs.writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
  settle(stage);

  const out = path.join(root, 'dist', `overlint-${manifest.version}-${target}.vsix`);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const flags = ['package', '--no-dependencies', '--allow-missing-repository', '--out', out];
  if (target !== 'universal') flags.push('--target', target);
  // 1 January 2000: a zip file can't say "never", and counts local time, which is why the zone is fixed, too.
  const env = { ...process.env, SOURCE_DATE_EPOCH: '946684800', TZ: 'UTC' };
  try {
    execFileSync(process.execPath, [vsce, ...flags], { cwd: stage, env, stdio: 'pipe' });
  } catch (error) {
    process.stderr.write(`${error.stdout}${error.stderr}`);
    process.exit(1);
  }
  console.log(`${path.relative(root, out)} (${Math.round(fs.statSync(out).size / 1024)} KB)`);
}

/** Modules go below dist/, where the bundles look first; vsce leaves out a node_modules at the top. */
function copyModule(name, files, stage) {
  for (const file of files) {
    const from = path.join(root, 'node_modules', name, file);
    if (fs.existsSync(from)) copy(from, path.join(stage, 'dist/node_modules', name, file));
  }
}

function copy(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.cpSync(from, to, { recursive: true, dereference: true });
}

/** The umask of whoever packages must not show in the package. */
function settle(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) settle(inside);
    else fs.chmodSync(inside, 0o644);
  }
}
