/** Hovers in fixtures. */
import type { Theme } from '../drawing/hover-colours';
import { type Description, Linter } from '../linter';
import { parseFixture, TREE } from './fixture';

/** The hover at `$` in the last file of a fixture. */
export function hoverAt(source: string): string | undefined {
  const found = describedAt(source);
  return found && `${found.named}\n${found.markdown}`;
}

/** The same, with its picture drawn for a theme. */
export function describedAt(source: string, theme?: Theme): (Description & { named: string }) | undefined {
  const fixture = parseFixture(source.replace('$', ''));
  const marked = parseFixture(source).files.at(-1)!;
  const file = fixture.files.at(-1)!;
  const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader: fixture.reader }, { ahead: true });
  const found = linter.describe({ path: file.path, text: file.text }, marked.text.indexOf('$'), theme);
  return found && { ...found, named: file.text.slice(found.start, found.end) };
}
