/** The functions of make that need nothing but their arguments' words, as a table. */
import { stemOf, substituted, UNKNOWN, wordsOf } from './make-text';

/** Gets its arguments expanded. */
type MakeFunction = (...parts: readonly string[]) => string;

const each = (text: string, change: (word: string) => string): string => wordsOf(text).map(change).join(' ');

const fits = (patterns: readonly string[], word: string): boolean =>
  patterns.some((pattern) => stemOf(pattern, word) !== undefined);

function folderPart(word: string): string {
  return word.slice(0, word.lastIndexOf('/') + 1) || './';
}

function suffixStart(word: string): number {
  const dot = word.lastIndexOf('.');
  return dot > word.lastIndexOf('/') ? dot : word.length;
}

/** How many arguments a function takes at most: commas behind the last one belong to it. */
export interface PlainFunction {
  readonly most: number;
  readonly apply: MakeFunction;
}

export const PLAIN_FUNCTIONS: ReadonlyMap<string, PlainFunction> = new Map(
  Object.entries({
    addprefix: { most: 2, apply: (prefix = '', words = '') => each(words, (word) => prefix + word) },
    addsuffix: { most: 2, apply: (suffix = '', words = '') => each(words, (word) => word + suffix) },
    basename: { most: 1, apply: (words = '') => each(words, (word) => word.slice(0, suffixStart(word))) },
    dir: { most: 1, apply: (words = '') => each(words, folderPart) },
    filter: {
      most: 2,
      apply: (patterns = '', words = '') => {
        const all = wordsOf(patterns);
        return wordsOf(words)
          .filter((word) => word.includes(UNKNOWN) || fits(all, word))
          .join(' ');
      },
    },
    'filter-out': {
      most: 2,
      apply: (patterns = '', words = '') => {
        const all = wordsOf(patterns);
        return wordsOf(words)
          .filter((word) => !fits(all, word))
          .join(' ');
      },
    },
    findstring: {
      most: 2,
      apply: (part = '', text = '') =>
        text.includes(part) ? part : text.includes(UNKNOWN) || part.includes(UNKNOWN) ? UNKNOWN : '',
    },
    firstword: { most: 1, apply: (words = '') => wordsOf(words)[0] ?? '' },
    join: {
      most: 2,
      apply: (first = '', second = '') => {
        const [left, right] = [wordsOf(first), wordsOf(second)];
        return Array.from(
          { length: Math.max(left.length, right.length) },
          (_, at) => (left[at] ?? '') + (right[at] ?? ''),
        ).join(' ');
      },
    },
    lastword: { most: 1, apply: (words = '') => wordsOf(words).at(-1) ?? '' },
    notdir: { most: 1, apply: (words = '') => each(words, (word) => word.slice(word.lastIndexOf('/') + 1)) },
    patsubst: { most: 3, apply: (from = '', to = '', words = '') => substituted(wordsOf(words), from, to).join(' ') },
    sort: { most: 1, apply: (words = '') => [...new Set(wordsOf(words))].sort().join(' ') },
    strip: { most: 1, apply: (words = '') => wordsOf(words).join(' ') },
    subst: {
      most: 3,
      apply: (from = '', to = '', text = '') => (from === '' ? text : text.replaceAll(from, () => to)),
    },
    suffix: { most: 1, apply: (words = '') => each(words, (word) => word.slice(suffixStart(word))) },
    word: { most: 2, apply: (at = '', words = '') => wordsOf(words)[Number(at) - 1] ?? '' },
    wordlist: {
      most: 3,
      apply: (from = '', to = '', words = '') =>
        wordsOf(words)
          .slice(Number(from) - 1, Number(to))
          .join(' '),
    },
    words: { most: 1, apply: (words = '') => (words.includes(UNKNOWN) ? UNKNOWN : `${wordsOf(words).length}`) },
    // What they say is for the one who runs make.
    info: { most: 1, apply: () => '' },
    warning: { most: 1, apply: () => '' },
    error: { most: 1, apply: () => '' },
  } satisfies Record<string, PlainFunction>),
);

/** Functions whose answer is not known, each with the reason. A command is never run. */
export const UNKNOWN_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['shell', '$(shell …) is not run'],
  ['file', '$(file …) is not read'],
  ['guile', '$(guile …) is not run'],
  ['value', '$(value …) is not read'],
  ['flavor', '$(flavor …) is not read'],
  ['origin', '$(origin …) is not read'],
  ['abspath', '$(abspath …) is not read'],
  ['realpath', '$(realpath …) is not read'],
  ['let', '$(let …) is not read'],
]);
