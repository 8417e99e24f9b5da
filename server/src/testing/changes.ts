/** What rules say of a change to a small tree: a fixture as it was, and as it is with carets, or a patch on a rule's page. */
import { applyEdits } from '../analysis/edits';
import type { Finding } from '../analysis/finding';
import { surfaceChanges } from '../changes/surface-changes';
import { findTree } from '../project/tree';
import { expectFindings } from './check';
import { emptyFolder, KERNEL_FILES, writeFiles } from './disk-tree';
import { type Fixture, parseFixture, TREE } from './fixture';

/** Folders of the architectures that uAPI headers are laid out for. */
const ARCHITECTURES = ['x86', 'arm64', 'arm', 'riscv', 's390', 'm68k'];

/**
 * Makes the change from one fixture to another, and fails unless rules say of it exactly what the carets in the second one do.
 */
export function checkChange(before: string, after: string, rules?: readonly string[]): void {
  const fixture = parseFixture(after);
  expectFindings(fixture, findingsOfChange(parseFixture(before), fixture, rules));
}

/**
 * The fixes that rules offer for what they first say of a change, by their titles: the changed file with the fix made. Fails
 * where they still say something of that.
 */
export function fixesOfChange(before: string, after: string, rules: readonly string[]): Map<string, string> {
  const fixture = parseFixture(after);
  const [first] = findingsOfChange(parseFixture(before), fixture, rules);
  const named = `//- ${fixture.files[0].path.slice(TREE.length)}\n`;
  return new Map(
    first.fixes.map(({ title, edits }) => {
      const fixed = named + applyEdits(fixture.files[0].text, edits);
      checkChange(before, fixed, rules);
      return [title, fixed.slice(named.length)];
    }),
  );
}

function findingsOfChange(before: Fixture, after: Fixture, rules?: readonly string[]): Finding[] {
  const folder = emptyFolder();
  const arches = ARCHITECTURES.map((arch) => [`arch/${arch}/Kconfig`, ''] as const);
  const named = ({ path }: { path: string }): string => path.slice(TREE.length + 1);
  const texts = Object.fromEntries(before.files.map((file) => [named(file), file.text]));
  writeFiles(folder, { ...KERNEL_FILES, ...Object.fromEntries(arches), ...texts });
  const { tree } = findTree({ folder, paths: [], kernel: folder });
  const side = ({ files }: Fixture) => new Map(files.map((file) => [`${folder}/${named(file)}`, file.text]));
  const options = { ahead: false, rules: rules && new Set(rules) };
  const { findings } = surfaceChanges({ before: side(before), after: side(after) }, tree!, options, false);
  return findings.map((finding) => ({ ...finding, path: finding.path.replace(folder, TREE) }));
}

/** What a rule says of a patch that shows its one file whole. */
export function findingsOfPatch(rule: string, patch: string): Finding[] {
  const name = /^\+\+\+ b\/(\S+)/m.exec(patch)![1];
  const lines = patch.split('\n').filter((line) => /^[ +-](?![+-]{2} )/.test(line));
  const side = (mark: string): Fixture =>
    parseFixture(
      `//- /${name}\n${lines
        .filter((line) => line[0] === ' ' || line[0] === mark)
        .map((line) => line.slice(1))
        .join('\n')}`,
    );
  return findingsOfChange(side('-'), side('+'), [rule]);
}
