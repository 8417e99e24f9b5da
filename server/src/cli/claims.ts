/** `overlint claims`: who owns which bit of which word of a record, with the place that says so. */
import { type Claim, claimsOf, claimWords } from '../facts/claims';
import { type Word, words } from '../facts/overlay';
import { Disk } from '../files/disk';
import type { Problem } from '../files/problem';
import { offsetOf } from '../layout/member';
import { layoutRecord, type RecordLayout } from '../layout/record';
import { namedFile } from '../project/listing';
import { type FoundRecord, RecordFinder } from '../project/record-finder';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { ResultMemory } from '../store/result-memory';
import { TracedFiles } from '../store/trace';
import { nearest } from '../text/nearest';
import { fromByteString, lineAt, lineStarts, type Place } from '../text/text';
import { isUnknownValue } from '../types/model';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import type { CompareFlags } from './compared';
import { treeOf } from './layout';
import { printable } from './printable';
import { type RecordName, recordNames, spelled } from './record-names';
import { sayProblems } from './say-problems';

/** @throws UsageError where a name, or a word of it, means nothing. */
export function claims(given: readonly string[], flags: CompareFlags, context: CommandContext): ExitCode {
  const names = recordNames(given);
  const tree = treeOf(flags, context);
  const { answers, refused } = rememberedAnswers(names, tree);
  const isTrouble = sayProblems(refused, tree, context);
  if ('refusal' in answers) throw new UsageError(answers.refusal);
  const isJson = flags.format === 'json';
  context.out.write(answers.map(isJson ? (answer) => `${JSON.stringify(answer)}\n` : asText).join(isJson ? '' : '\n'));
  return isTrouble ? EXIT.trouble : EXIT.clean;
}

/** That a name is unknown is remembered, too, as finding out takes the longest. */
function rememberedAnswers(names: readonly RecordName[], tree: Tree): Answers {
  const memory = new ResultMemory(tree);
  const question = ['claims', names];
  const known = memory.recall<Answers['answers']>(question);
  if (known) return { answers: known, refused: [] };
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const finder = new RecordFinder(tree, files, groups, { expected: names.map(({ name }) => name) });
  let answers: Answers['answers'];
  try {
    answers = names.flatMap((name) => answersFor(name, finder, tree));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    answers = { refusal: error.message };
  }
  const trace = files.trace();
  memory.keep(question, trace, answers);
  return { answers, refused: trace.refused };
}

interface Answers {
  readonly answers: readonly Answer[] | NoAnswer;
  /** Files that could not be read on the way. */
  readonly refused: readonly Problem[];
}

/** Why there is no answer. */
interface NoAnswer {
  readonly refusal: string;
}

function answersFor(name: RecordName, finder: RecordFinder, tree: Tree): Answer[] {
  const found = finder.find(name);
  if (found.length > 0) return found.map((one) => answerFor(one, name, finder, tree));
  const meant = nearest(name.name, finder.names());
  throw new UsageError(`No file in ${tree.kernel} defines ${spelled(name)}.${meant ? ` Did you mean ${meant}?` : ''}`);
}

interface Answer {
  readonly kind: 'struct' | 'union';
  readonly name: string;
  readonly file: string;
  readonly root?: string;
  readonly line: number;
  readonly words: readonly {
    readonly offset: number;
    readonly size: number;
    readonly members: readonly string[];
    readonly claims: readonly {
      readonly bit: number;
      readonly kind: Claim['kind'];
      readonly owner: string;
      readonly constant?: string;
      readonly quote: string;
      readonly file: string;
      readonly root?: string;
      readonly line: number;
      readonly clashes: boolean;
    }[];
  }[];
}

function answerFor(found: FoundRecord, name: RecordName, finder: RecordFinder, tree: Tree): Answer {
  const { path, start, typedefName } = found;
  if (found.layout.status === 'unknown')
    throw new UsageError(`The words of ${spelled(name)} are not known: ${found.layout.reason}.`);
  const { record, globals } = finder.withAccessors(found);
  const layout = layoutRecord(record, finder.target);
  const placed = ({ path: file, start: at }: Pick<Place, 'path' | 'start'>) => ({
    ...namedFile(tree, file),
    line: lineAt(lineStarts(finder.tree.textOf(file) ?? ''), at) + 1,
  });
  const mined = claimsOf(globals, record, finder.target, finder.facts.claims);
  const all = words(layout).map(({ offset, size, members }) => ({
    offset,
    size,
    members: members.map((member) => member.name),
    claims: mined
      .filter(({ word }) => word === offset)
      .map(({ bit, kind, owner, constant, quote, place, clashes }) => {
        const named = constant === undefined ? { owner } : { owner, constant };
        return { bit, kind, ...named, quote: fromByteString(quote), ...placed(place), clashes };
      }),
  }));
  const wanted = name.member === undefined ? undefined : wordsOf(name.member, layout, name);
  return {
    kind: record.kind,
    name: record.tag ?? typedefName ?? name.name,
    ...placed({ path, start }),
    words: all.filter(({ offset, claims: own }) => (wanted ? wanted.has(offset) : own.length > 0)),
  };
}

/** The offsets of the words that `8` or `lru` names. @throws UsageError where it names none. */
function wordsOf(named: string, layout: RecordLayout, name: RecordName): Set<number> {
  const isIn = (from: number, to: number): ((word: Word) => boolean) => {
    return ({ offset, size }) => offset < to && from < offset + size;
  };
  if (/^\d+$/.test(named)) {
    const found = words(layout).filter(isIn(Number(named), Number(named) + 1));
    if (found.length === 0) throw new UsageError(`${spelled(name)} has no byte ${named}.`);
    return new Set(found.map(({ offset }) => offset));
  }
  const place = offsetOf(layout.record, named, layout.target);
  if (isUnknownValue(place)) throw new UsageError(`${place.unknown}.`);
  const found = words(layout).filter(isIn(place.offsetBits / 8, (place.offsetBits + Math.max(1, place.sizeBits)) / 8));
  return new Set(found.map(({ offset }) => offset));
}

function asText({ kind, name, file, line, words: shown }: Answer): string {
  const lines = [`${kind} ${name} (${printable(file)}:${line})`];
  if (shown.length === 0) lines.push('  no word of it has a claim on a bit');
  for (const { offset, size, members, claims: own } of shown) {
    lines.push('', `bytes ${offset} to ${offset + size - 1}: ${members.join(', ')}`);
    if (own.length === 0) lines.push('  no claim on a bit');
    for (const claim of own) {
      const { quote, file: where, line: at, clashes } = claim;
      const mark = clashes ? '  (clashes)' : '';
      lines.push(`  ${claimWords(claim)}${mark}, ${printable(quote)}`, `         ${printable(where)}:${at}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
