/**
 * One server for a long session over many documents: edits, settings, branches that are switched and storms of watched
 * files; now and then what it says is compared with what a server says that has just been started.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Diagnostic, FileChangeType } from 'vscode-languageserver';
import { serve } from '../lsp/server';
import { forgetful } from './forgetful-linter';
import { LanguageClient } from './language-client';
import { applied, randomEdit } from './random-edits';
import { RandomNumbers } from './random-numbers';

export interface Soak {
  /** A kernel tree in a git repository with two branches, `one` and `two`; it is changed. */
  readonly kernel: string;
  /** Paths from the kernel folder. */
  readonly files: readonly string[];
  readonly edits: number;
  readonly stops: number;
  readonly seed: number;
  say?(line: string): void;
}

export interface Soaked {
  readonly edits: number;
  readonly stops: number;
  /** What differed from a fresh server, with how to repeat it. */
  readonly differences: readonly string[];
  /** Heap in use after garbage was collected, in megabytes: means over the second and over the last tenth; 0 without `--expose-gc`. */
  readonly heap: readonly [number, number];
}

interface Document {
  readonly file: string;
  readonly uri: string;
  text: string;
}

/** After so many edits a document starts from its file again: what is only rubble tests little. */
const EDITS_FROM_WHOLE = 40;

/** Samples of memory over a run. */
const SAMPLES = 100;

const SETTINGS = [
  {},
  { ahead: true },
  { levels: { 'raw-pgmap': 'off' } },
  { overrides: [{ files: ['mm'], levels: { 'raw-pgmap': 'info' } }] },
];

export async function soak({ kernel, files, edits, stops, seed, say }: Soak): Promise<Soaked> {
  const random = new RandomNumbers(seed);
  const client = await started(kernel, {});
  const documents = files.map((name): Document => {
    const file = path.join(kernel, name);
    const text = fs.readFileSync(file, 'utf8');
    return { file, uri: client.open(file, text), text };
  });
  const edited = new Map<Document, number>();
  const differences: string[] = [];
  const heap: number[] = [];
  let settings: object = {};
  let branch = 'one';
  let stopped = 0;
  for (let edit = 1; edit <= edits && differences.length < 5; edit++) {
    const document = random.pick(documents);
    const count = (edited.get(document) ?? 0) + 1;
    edited.set(document, count);
    if (count % EDITS_FROM_WHOLE === 0) {
      document.text = fs.readFileSync(document.file, 'utf8');
      client.change(document.uri, document.text);
    } else {
      const change = randomEdit(document.text, random);
      document.text = applied(document.text, change);
      client.change(document.uri, document.text);
    }
    if (random.below(300) === 0) configure(client, kernel, (settings = random.pick(SETTINGS)));
    if (random.below(200) === 0) {
      branch = branch === 'one' ? 'two' : 'one';
      switchTo(kernel, branch);
      watched(client, changedBetween(kernel));
    }
    if (random.below(100) === 0)
      watched(
        client,
        Array.from({ length: 500 }, () => random.pick(documents).file),
      );
    if (edit % 50 === 0) await pulled(client, document.uri);
    if (edit % Math.ceil(edits / stops) === 0) {
      stopped++;
      const said = await pulled(client, document.uri);
      const expected = await freshly(kernel, settings, documents, document);
      if (said.join('\n') !== expected.join('\n'))
        differences.push(
          `seed ${seed}, edit ${edit}, ${document.file}, branch ${branch}, ${JSON.stringify(settings)}: the server says\n` +
            `${said.join('\n')}\na fresh one says\n${expected.join('\n')}`,
        );
    }
    if (edit % Math.ceil(edits / SAMPLES) === 0) {
      heap.push(heapInUse());
      if (heap.length % 10 === 0)
        say?.(`${edit} edits, ${stopped} stops, ${differences.length} differences, ${heap.at(-1)?.toFixed(0)} MB`);
    }
  }
  await client.stop();
  const tenth = Math.ceil(heap.length / 10);
  return { edits, stops: stopped, differences, heap: [mean(heap.slice(tenth, 2 * tenth)), mean(heap.slice(-tenth))] };
}

function started(kernel: string, section: object): Promise<LanguageClient> {
  return LanguageClient.within((connection) => serve(connection, forgetful), {
    folder: kernel,
    section: { kernel, ...section },
    capabilities: { textDocument: { diagnostic: {} } },
  });
}

/** What a server says that was started for this question; all documents are open as they are now. */
async function freshly(
  kernel: string,
  settings: object,
  documents: readonly Document[],
  asked: Document,
): Promise<string[]> {
  const client = await started(kernel, settings);
  for (const { file, text } of documents) client.open(file, text);
  const said = await pulled(client, asked.uri);
  await client.stop();
  return said;
}

async function pulled(client: LanguageClient, uri: string): Promise<string[]> {
  const { items } = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
  return items
    .map(
      ({ range, code, message, severity }) =>
        `${range.start.line}:${range.start.character}: ${severity} ${code}: ${message}`,
    )
    .sort();
}

function configure(client: LanguageClient, kernel: string, settings: object): void {
  client.section = { kernel, ...settings };
  client.notify('workspace/didChangeConfiguration', { settings: null });
}

function watched(client: LanguageClient, files: readonly string[]): void {
  const changes = files.map((file) => ({ uri: pathToFileURL(file).href, type: FileChangeType.Changed }));
  client.notify('workspace/didChangeWatchedFiles', { changes });
}

function switchTo(kernel: string, branch: string): void {
  execFileSync('git', ['-C', kernel, 'checkout', '-q', branch], { stdio: 'pipe' });
}

function changedBetween(kernel: string): string[] {
  const listed = execFileSync('git', ['-C', kernel, 'diff', '--name-only', 'one', 'two'], { encoding: 'utf8' });
  return listed
    .trim()
    .split('\n')
    .map((name) => path.join(kernel, name));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
}

function heapInUse(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) return 0;
  collect();
  return process.memoryUsage().heapUsed / (1 << 20);
}
