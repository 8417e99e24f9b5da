/** The house's rules of who may import whom, as tables, and a reader that says which rules a source tree breaks. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * The rooms under server/src in the order that data flows: each may import itself and those before it.
 * `linter.ts` is a room of one file. `testing` comes last and is for tests alone.
 */
export const ROOMS = [
  'text',
  'packs',
  'kbuild',
  'kconfig',
  'preprocessor',
  'types',
  'parser',
  'layout',
  'generated',
  'facts',
  'drawing',
  'btf',
  'flow',
  'search',
  'analysis',
  'rules',
  'queries',
  'linter.ts',
  'files',
  'project',
  'store',
  'workers',
  'changes',
  'lsp',
  'cli',
  'testing',
] as const;

/** Rooms of the plan that have nothing to hold yet; they leave this list with their first file. */
export const EMPTY_ROOMS: readonly string[] = [];

/** Rooms that stand side by side: neither may import the other, whatever their order says. */
const STRANGERS: readonly (readonly [string, string])[] = [['lsp', 'cli']];

/** Outside modules that only the named rooms may import. Tests and `testing` may use the disk and the shell freely. */
const RESERVED: readonly { readonly module: RegExp; readonly rooms: readonly string[] }[] = [
  { module: /^(web-)?tree-sitter/, rooms: ['parser'] },
  { module: /^(node:)?fs(\/promises)?$/, rooms: ['files', 'project', 'store', 'workers', 'changes', 'testing'] },
  { module: /^(node:)?child_process$/, rooms: ['changes', 'cli', 'testing'] },
  { module: /^(node:)?worker_threads$/, rooms: ['workers', 'testing'] },
  { module: /^vscode-languageserver/, rooms: ['lsp', 'testing'] },
  { module: /^commander$|^cli-progress$/, rooms: ['cli'] },
  { module: /^vscode$|^vscode-languageclient/, rooms: ['client'] },
];

/** A product file longer than this wants to be two. */
const MAX_LINES = 400;

/** File names that say nothing about what is inside. */
const VAGUE_NAME = /(^|[-_.])(utils?|helpers?|managers?|misc|common|v\d+|new|old)([-_.]|$)/i;

/** One TypeScript source file: path from the repository's root with `/`, and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files under these folders of the repository, TypeScript and JavaScript unless others are asked for. */
export function readSources(root: string, folders: readonly string[], named = /\.(tsx?|mts|mjs|js)$/): SourceFile[] {
  const found: SourceFile[] = [];
  const visit = (folder: string): void => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(inside);
      else if (named.test(entry.name))
        found.push({ path: inside, text: fs.readFileSync(path.join(root, inside), 'utf8') });
    }
  };
  for (const folder of folders) visit(folder);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The rooms on disk: every folder of server/src that holds anything, and every file directly in it but tests. */
export function roomsOnDisk(root: string): string[] {
  const house = path.join(root, 'server/src');
  return fs
    .readdirSync(house, { withFileTypes: true })
    .filter((entry) =>
      entry.isDirectory() ? fs.readdirSync(path.join(house, entry.name)).length > 0 : !isTest(entry.name),
    )
    .map((entry) => entry.name)
    .sort();
}

/** Every import that breaks a rule, as `importing file -> imported: why`. */
export function brokenImports(files: readonly SourceFile[]): string[] {
  const broken: string[] = [];
  for (const file of files) {
    const from = roomOf(file.path);
    for (const imported of ts.preProcessFile(file.text, true, true).importedFiles) {
      const why = imported.fileName.startsWith('.')
        ? whyNotInside(file.path, from, path.posix.join(path.posix.dirname(file.path), imported.fileName))
        : whyNotOutside(file.path, from, imported.fileName);
      if (why) broken.push(`${file.path} -> ${imported.fileName}: ${why}`);
    }
  }
  return broken;
}

/** Product files (tests apart) that are past the length where a file wants to be two. */
export function tooLong(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isTest(file.path))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter((file) => file.lines > MAX_LINES)
    .map((file) => `${file.path}: ${file.lines} lines`);
}

/** Files and folders whose name says nothing. */
export function vagueNames(files: readonly SourceFile[]): string[] {
  return files.map((file) => file.path).filter((path) => path.split('/').some((part) => VAGUE_NAME.test(part)));
}

/** Files that do not open with a comment saying what they are for. */
export function withoutOpening(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isTest(file.path) && !/^(#!.*\n)?(\/\*\*|\/\/|\/\*)/.test(file.text))
    .map((file) => file.path);
}

function isTest(path: string): boolean {
  return /\.test\.ts$/.test(path);
}

/** The room that a path belongs to; `client`, `tools` and `docs` stand outside the server's rooms. */
function roomOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'server' && parts[1] === 'src' ? parts[2] : parts[0];
}

function whyNotInside(file: string, from: string, target: string): string | undefined {
  const to = /^server\/src\/linter(\.ts)?$/.test(target) ? 'linter.ts' : roomOf(target);
  if (isTest(`${target}.ts`)) return 'nothing leans on a test';
  // A test may look at its room through a later one, as it does through the checkers.
  if (to === from || isTest(file)) return undefined;
  if (to === 'testing') return from === 'tools' ? undefined : 'testing is for tests alone';
  if (from === 'client' || to === 'client') return 'client and server meet over the wire only';
  const order: readonly string[] = ROOMS;
  if (order.includes(from) && order.includes(to)) {
    if (STRANGERS.some((pair) => pair.includes(from) && pair.includes(to))) return `${from} and ${to} never meet`;
    if (order.indexOf(to) > order.indexOf(from)) return `${from} comes before ${to}`;
  }
  return undefined;
}

function whyNotOutside(file: string, from: string, module: string): string | undefined {
  if (isTest(file) || from === 'tools') return undefined;
  const rule = RESERVED.find((entry) => entry.module.test(module));
  return rule && !rule.rooms.includes(from) ? `only ${rule.rooms.join(' and ')} may import ${module}` : undefined;
}

/** Circles of imports among the files of one room, each as the files on it: every arrow inside a room leads one way. */
export function circlesInRooms(files: readonly SourceFile[]): string[] {
  const product = files.filter(({ path }) => !isTest(path) && roomOf(path) !== 'testing');
  const known = new Set(product.map(({ path }) => path));
  const arrows = new Map<string, string[]>();
  for (const { path: from, text } of product) {
    const targets = ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
      if (!fileName.startsWith('.')) return [];
      const target = path.posix.join(path.posix.dirname(from), fileName);
      return [target, `${target}.ts`, `${target}.tsx`].filter((one) => known.has(one) && sameRoom(one, from));
    });
    arrows.set(from, targets);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file].join(' -> '));
    if (at >= 0 || done.has(file)) return;
    for (const target of arrows.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of [...arrows.keys()].sort()) visit(file, []);
  return found;
}

function sameRoom(a: string, b: string): boolean {
  return path.posix.dirname(a) === path.posix.dirname(b) && roomOf(a) === roomOf(b);
}

/** The share of a room that no room may pass. */
const LARGEST_SHARE = 1 / 6;

/** Rooms that hold more of the server's product lines than one may. */
export function tooLargeRooms(files: readonly SourceFile[]): string[] {
  const lines = new Map<string, number>();
  let all = 0;
  for (const { path, text } of files) {
    const room = roomOf(path);
    if (!path.startsWith('server/src/') || isTest(path) || room === 'testing') continue;
    const count = text.split('\n').length - 1;
    all += count;
    lines.set(room, (lines.get(room) ?? 0) + count);
  }
  return [...lines]
    .filter(([, count]) => count > all * LARGEST_SHARE)
    .map(([room, count]) => `${room}: ${count} of ${all} lines`);
}
