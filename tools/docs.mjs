// Writes docs/rules from what the rules say of themselves. With --check it writes nothing, and fails where a page is not as
// it would be written.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { yamlData } from './yaml.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'docs/rules');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-docs-'));
try {
  const outfile = path.join(scratch, 'rules.cjs');
  const contents = `
    export { rules } from './server/src/rules/index';
    export { rulePage, rulesIndex } from './server/src/rules/pages';`;
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [yamlData],
    external: ['tree-sitter', 'tree-sitter-c'],
  });
  const { rules, rulePage, rulesIndex } = (await import(pathToFileURL(outfile).href)).default;
  const pages = new Map([['README.md', rulesIndex(rules)], ...rules.map((rule) => [`${rule.id}.md`, rulePage(rule)])]);
  const there = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
  const stale = [...new Set([...pages.keys(), ...there])].filter(
    (name) => !there.includes(name) || fs.readFileSync(path.join(folder, name), 'utf8') !== pages.get(name),
  );
  if (!process.argv.includes('--check')) {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of there) if (!pages.has(name)) fs.rmSync(path.join(folder, name));
    for (const [name, text] of pages) fs.writeFileSync(path.join(folder, name), text);
  } else if (stale.length > 0) {
    console.error(`Not as the rules say: ${stale.map((name) => `docs/rules/${name}`).join(', ')}. Run: npm run docs`);
    process.exitCode = 1;
  }
} finally {
  fs.rmSync(scratch, { recursive: true });
}
