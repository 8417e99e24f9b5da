/**
 * A linter of words, in place of the product's: what a run does with findings, fixes, crashes and hangs can be tried
 * with it, whatever the rules are.
 */
import type { Finding, Fix } from '../analysis/finding';
import type { LintResult } from '../linter';
import type { TracedTree } from '../preprocessor/notes';
import type { SourceText } from '../text/text';
import type { CreateLinter, FileLinter } from '../workers/lint-job';

interface Word {
  readonly severity: Finding['severity'];
  /** What the fix puts in its place. */
  readonly fixed?: string;
  readonly safe?: boolean;
  act?(): void;
}

/** What each word does where it stands. */
const WORDS: Readonly<Record<string, Word>> = {
  old_name: { severity: 'error', fixed: 'new_name', safe: true },
  nested_name: { severity: 'warning', fixed: 'old_name', safe: true },
  risky_name: { severity: 'warning', fixed: 'new_name', safe: false },
  odd_name: { severity: 'info' },
  faint_name: { severity: 'hint' },
  never_settles: { severity: 'warning', fixed: 'never_settles /* again */', safe: true },
  throws_here: {
    severity: 'error',
    act: () => {
      throw new Error('a mistake in a rule');
    },
  },
  ends_here: { severity: 'error', act: () => process.exit(3) },
  hangs_here: {
    severity: 'error',
    act: () => {
      for (;;);
    },
  },
  eats_memory: {
    severity: 'error',
    act: () => {
      for (const kept: number[][] = []; ; ) kept.push(new Array(1 << 20).fill(kept.length));
    },
  },
};

/** Finds the words of a file, and those of the headers that it includes with quotes from include/. */
export const createWordLinter: CreateLinter = (project) => {
  const lint = (document: SourceText): LintResult => {
    const headers = [...document.text.matchAll(/^#include "(\w+\.h)"/gm)].map(([, name]) => {
      const path = `${project.kernel}/include/${name}`;
      return { path, text: project.reader.read(path) ?? '' };
    });
    const findings = [document, ...headers].flatMap(findingsIn);
    return { findings, stats: { files: 1, words: findings.length } };
  };
  return linterOf(Object.keys(WORDS).sort(), lint);
};

/** A linter that reads no headers: it has nothing to prepare or to forget. */
export function linterOf(words: readonly string[], lint: (document: SourceText) => LintResult): FileLinter {
  return {
    traced: UNTRACED,
    told: () => linterOf(words, lint),
    read: () => {},
    candidateWords: () => words,
    mayDerive: () => false,
    getReady: () => {},
    forget: () => {},
    release: () => {},
    lint,
    lintAlone: lint,
  };
}

/** Results do not say what they rest on, so that nobody asks. */
const UNTRACED: TracedTree = {
  question: () => '',
  answer: () => '',
  readText: () => null,
  madeText: () => undefined,
};

function findingsIn({ path, text }: SourceText): Finding[] {
  return [...text.matchAll(/\w+/g)].flatMap(({ 0: word, index: start }) => {
    if (!Object.hasOwn(WORDS, word)) return [];
    const { severity, fixed, safe, act } = WORDS[word];
    act?.();
    const end = start + word.length;
    const fix: Fix | undefined =
      fixed === undefined
        ? undefined
        : { title: `write ${fixed}`, safe: safe === true, edits: [{ path, start, end, text: fixed }] };
    const related = [{ path, start: 0, end: 1, message: 'the file starts here' }];
    return [
      { path, start, end, rule: 'word', severity, message: `do not write ${word}`, related, fixes: fix ? [fix] : [] },
    ];
  });
}
