/** Types at random into files in front of the server, and compares what it says with what a fresh look gives. */
import type { Diagnostic } from 'vscode-languageserver';
import { Buffers } from '../files/buffers';
import { Disk } from '../files/disk';
import { Linter } from '../linter';
import { serve } from '../lsp/server';
import { shortMessage } from '../lsp/short-message';
import { findTree } from '../project/tree';
import { projectOf } from '../project/tree-project';
import { readable, toByteString } from '../text/text';
import { forgetful } from './forgetful-linter';
import { LanguageClient } from './language-client';
import { applied, randomEdit } from './random-edits';
import { RandomNumbers } from './random-numbers';

export interface EditFuzz {
  readonly kernel: string;
  readonly build: string;
  /** Paths from the kernel folder, and their texts. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** In all, spread evenly over the files. */
  readonly edits: number;
  readonly seed: number;
  /** Ends early after so many seconds. */
  readonly seconds?: number;
  say?(line: string): void;
}

export interface EditFuzzed {
  /** Edits after which the server's diagnostics were compared. */
  readonly compared: number;
  /** What differed, with how to repeat it. */
  readonly differences: readonly string[];
  /** Heap in use after garbage was collected, in megabytes: after the warm-up, a round over all files at least, and at the end. */
  readonly heap: readonly [number, number];
}

/** After so many edits a file starts from its own text again: what is only rubble tests little. */
const EDITS_FROM_WHOLE = 25;

/** After this share of the edits the headers that they uncover have been read, and memory should stay as it is. */
const WARM_UP = 0.1;

/** Needs `--expose-gc` for figures of memory; they are 0 without. */
export async function fuzzEdits({ kernel, build, files, edits, seed, seconds, say }: EditFuzz): Promise<EditFuzzed> {
  const tree = findTree({ folder: kernel, paths: [], kernel, build }).tree!;
  // A header is seen by others, and through them by itself, as it is typed: the fresh look must see it so, too.
  const typed = new Map<string, string>();
  const reader = new Buffers(new Disk(tree.roots), typed);
  const fresh = new Linter(projectOf(tree, reader), { ahead: true });
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), {
    folder: kernel,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { kernel, build, ahead: true },
  });
  const random = new RandomNumbers(seed);
  const differences: string[] = [];
  const until = Date.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000;
  let compared = 0;
  let heapBefore = 0;
  const rounds = Math.max(1, Math.ceil(edits / files.length / EDITS_FROM_WHOLE));
  for (let round = 0; round < rounds && Date.now() < until; round++) {
    for (const { name, text: whole } of files) {
      const file = `${kernel}/${name}`;
      let text = whole;
      const uri = client.open(file, text);
      for (let edit = 0; edit < EDITS_FROM_WHOLE && compared < edits && Date.now() < until; edit++) {
        const change = randomEdit(text, random);
        client.change(uri, change.text, rangeOf(text, change.start, change.end));
        text = applied(text, change);
        const said = await pulled(client, uri);
        typed.set(file, toByteString(text));
        if (file.endsWith('.h')) fresh.forget(file);
        else fresh.release(file);
        const expected = looked(fresh, file, typed.get(file)!);
        compared++;
        if (said.join('\n') === expected.join('\n')) continue;
        differences.push(
          `seed ${seed}, ${name}, round ${round}, edit ${edit} (${JSON.stringify(change)}): the server says\n` +
            `${said.join('\n')}\na fresh look gives\n${expected.join('\n')}`,
        );
        if (differences.length >= 5) round = rounds;
        break;
      }
      client.close(uri);
      typed.delete(file);
      if (file.endsWith('.h')) fresh.forget(file);
    }
    // What is to be remembered of headers is, once every file was open; but edits uncover includes that nothing led to.
    if (round === 0 || round === Math.floor(rounds * WARM_UP)) heapBefore = heapInUse();
    if (round % 10 === 0)
      say?.(`${compared} edits, ${differences.length} differences, ${heapInUse().toFixed(0)} MB in use`);
  }
  const heapAfter = heapInUse();
  await client.stop();
  return { compared, differences, heap: [heapBefore, heapAfter] };
}

async function pulled(client: LanguageClient, uri: string): Promise<string[]> {
  const { items } = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
  return items.map(({ range, code, message }) => `${range.start.line}: ${code}: ${message}`).sort();
}

function looked(linter: Linter, file: string, bytes: string): string[] {
  const lines = [...new Set(linter.lint({ path: file, text: bytes }).findings.filter(({ path }) => path === file))];
  return lines.map((one) => `${lineOf(bytes, one.start)}: ${one.rule}: ${readable(shortMessage(one, false))}`).sort();
}

/** Lines end as the typestate has it: also at a carriage return alone. */
function lineOf(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n|\r|\n/).length - 1;
}

function rangeOf(text: string, start: number, end: number) {
  const place = (at: number) => {
    const lines = text.slice(0, at).split(/\r\n|\r|\n/);
    return { line: lines.length - 1, character: lines[lines.length - 1].length };
  };
  return { start: place(start), end: place(end) };
}

function heapInUse(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) return 0;
  collect();
  collect();
  return process.memoryUsage().heapUsed / (1 << 20);
}
