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
  [/\bstaff\b/i, 'Execution'],
  [/aspect/i, 'dimension (of a typestate)'],
];

/** This list, and where a pack's old keys are refused with the new ones. */
const SAID_ON_PURPOSE = ['testing/retired-words.test.ts', 'packs/read-pack.ts', 'packs/read-pack.test.ts'].map(
  (file) => `server/src/${file}`,
);

it('has no retired word in code, packs and docs', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const files = readSources(root, ['server', 'client', 'tools', 'docs'], /\.(tsx?|mts|mjs|js|ya?ml|json|md)$/);
  const found = files.flatMap(({ path: file, text }) =>
    SAID_ON_PURPOSE.includes(file)
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
