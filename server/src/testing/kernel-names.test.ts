/** Holds product code to the rule that kernel facts are data: no string or regular expression in it names a thing of the kernel. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { shippedPacks } from '../packs/pack';
import { rules } from '../rules/index';

const root = path.resolve(import.meta.dirname, '..');

/** What the C standard, or gcc and clang, give to any program, so that kernels only use it; and options of a configuration. */
const NO_FACTS = /^(CONFIG_\w+|__builtin_\w+|_[A-Z][a-z]\w*|__attribute__|NULL|offsetof|static_assert)$/;

/** Every name that the headers of the fixtures and the demo write or the packs have, of a shape that no word of plain English has. */
function kernelNames(): ReadonlySet<string> {
  const headers = ['testing/headers', '../../demo/include'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.h'))
      .map((name) => fs.readFileSync(path.join(root, folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')),
  );
  const facts = shippedPacks.map(({ examples, pack, ...rest }) => JSON.stringify(rest));
  const words = [...headers, ...facts].flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []);
  const tags = new Set(facts.flatMap((text) => [...text.matchAll(/"record":"(\w+)"/g)].map(([, tag]) => tag)));
  // Ids of rules and severities are words with a hyphen or none; a name with `_` or capitals alone is C's.
  return new Set(
    words.filter((word) => (/\w_\w|^[A-Z][A-Z\d_]{3,}$/.test(word) || tags.has(word)) && !NO_FACTS.test(word)),
  );
}

function productFiles(): string[] {
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test|\.fuzz|\.d)\.ts$/.test(name) && !/^(packs|testing)\//.test(name));
}

function literalsNaming(names: ReadonlySet<string>, file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const words = ts.isStringLiteralLike(node)
      ? [node.text]
      : ts.isRegularExpressionLiteral(node)
        ? (node.text.match(/(?<!\\)[A-Za-z_]\w*/g) ?? [])
        : [];
    for (const word of words.filter((one) => names.has(one) && !rules.some(({ id }) => id === one)))
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${word}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('no string or expression of product code is a kernel function, macro, record or member', () => {
  const names = kernelNames();
  const found = productFiles().flatMap((file) =>
    literalsNaming(names, file, fs.readFileSync(path.join(root, file), 'utf8')),
  );
  expect(found).toEqual([]);
});

it('would find one', () => {
  const text =
    "const call = 'folio_put'; const tag = 'folio'; const plain = 'offsetof'; const assert = /\\bBUILD_BUG_ON(?:_MSG)?|offsetof/;";
  expect(literalsNaming(kernelNames(), 'a.ts', text)).toEqual([
    'a.ts:1: folio_put',
    'a.ts:1: folio',
    'a.ts:1: BUILD_BUG_ON',
  ]);
});
