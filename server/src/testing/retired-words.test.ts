/** Keeps out names that the field has better words for; docs/glossary.md has the words, one meaning each. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from './house';

/** What was said once, and what is said now. */
const RETIRED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Lazy)?Crew(?:OfOne)?\b/, 'LintWorkers, WorkerPool'],
  [/\bStation\b/, 'LintJob'],
  [/\bCombed\b/, 'ScanResult'],
  [/\bWitness(?:ed)?\w*/, 'Trace, TracedFiles'],
  [/\bStampMemory\b/, 'FileStampCache'],
  [/\bSituations?\b/, 'AbstractState'],
  [/\bJournal\b/, 'StateLog'],
  [/\bSurroundings\b/, 'CommandContext, TreeContext'],
  [/\bDesk\b/, 'DocumentStore'],
  [/\bmeddlers\b/, 'preludeChangers'],
  [/\bCarriers\b/, 'EncodedNames'],
  [/\bbrokenBans\b/, 'violations'],
];

it('has no retired word in code', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const own = 'server/src/testing/retired-words.test.ts';
  const found = readSources(root, ['server', 'client', 'tools']).flatMap(({ path: file, text }) =>
    file === own
      ? []
      : text
          .split('\n')
          .flatMap((line, index) =>
            RETIRED.filter(([word]) => word.test(line)).map(
              ([, now]) => `${file}:${index + 1}: say ${now}: ${line.trim()}`,
            ),
          ),
  );
  expect(found).toEqual([]);
});
