/** Hovers in fixtures. */
import { Linter } from '../linter';
import { parseFixture, TREE } from './fixture';

/** The hover at `$` in the last file of a fixture. */
export function hoverAt(source: string): string | undefined {
  const fixture = parseFixture(source.replace('$', ''));
  const marked = parseFixture(source).files.at(-1)!;
  const file = fixture.files.at(-1)!;
  const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader: fixture.reader }, { ahead: true });
  const found = linter.describe({ path: file.path, text: file.text }, marked.text.indexOf('$'));
  return found && `${file.text.slice(found.start, found.end)}\n${found.markdown}`;
}
