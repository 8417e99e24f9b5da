// Writes docs/rules from what the rules say of themselves, and man/overlint.1 from what the commands do. With --check it
// writes nothing, and fails where a page is not as it would be written.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { imports } from './imports.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** All that is in them is written here. */
const FOLDERS = { 'docs/rules': '.md', man: '.1' };
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-docs-'));
try {
  const outfile = path.join(scratch, 'rules.cjs');
  const contents = `
    export { rules } from './server/src/rules/index';
    export { rulePage, rulesIndex } from './server/src/queries/pages';
    export { manPage } from './server/src/cli/man';`;
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [imports],
    external: ['tree-sitter', 'tree-sitter-c', 'web-tree-sitter'],
  });
  const { rules, rulePage, rulesIndex, manPage } = (await import(pathToFileURL(outfile).href)).default;
  const pages = new Map([
    ['docs/rules/README.md', rulesIndex(rules)],
    ...rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]),
    ['man/overlint.1', manPage()],
  ]);
  const there = Object.entries(FOLDERS).flatMap(([folder, ending]) =>
    fs.existsSync(path.join(root, folder))
      ? fs.readdirSync(path.join(root, folder)).flatMap((name) => (name.endsWith(ending) ? [`${folder}/${name}`] : []))
      : [],
  );
  const stale = [...new Set([...pages.keys(), ...there])].filter(
    (name) => !there.includes(name) || fs.readFileSync(path.join(root, name), 'utf8') !== pages.get(name),
  );
  if (!process.argv.includes('--check')) {
    for (const folder of Object.keys(FOLDERS)) fs.mkdirSync(path.join(root, folder), { recursive: true });
    for (const name of there) if (!pages.has(name)) fs.rmSync(path.join(root, name));
    for (const [name, text] of pages) fs.writeFileSync(path.join(root, name), text);
  } else if (stale.length > 0) {
    console.error(`Not as the product says: ${stale.join(', ')}. Run: npm run docs`);
    process.exitCode = 1;
  }
} finally {
  fs.rmSync(scratch, { recursive: true });
}
