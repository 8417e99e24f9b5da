/** Which macros of headers assert wherever code calls them, told by the headers' texts: a file that names none need not be read. */
import { C_ASSERTS, isPureAssert } from '../facts/assert-macros';
import type { AssertingNames } from '../facts/derived';
import { bodyNames, type MacroDefinition, StepKind, sourceFile } from '../preprocessor/source';
import { roomFor } from '../search/text-room';
import { WordSearch } from '../search/word-search';
import { nameId, nameText } from '../text/names';
import type { SourceText } from '../text/text';

/** So many macros may stand between one that is called at file scope and the assert that it brings; as AssertMacros has it. */
const DEEPEST_MACRO = 2;

/**
 * Macros of headers that assert by names that are known, or by one another. What a name means is left open: a header that a
 * file does not include may define it otherwise.
 *
 * @param buildBugs Macros that assert, as packs name them.
 */
export function assertingNames(headers: readonly SourceText[], buildBugs: readonly string[]): AssertingNames {
  const macros = new Macros(headers);
  const named = new Set([...C_ASSERTS, ...buildBugs].map(nameId));
  const pure = new Set(named);
  for (let added = [...named]; added.length > 0; ) {
    const isNew = (macro: MacroDefinition): boolean => !pure.has(macro.id) && isPureAssert(macro, (id) => pure.has(id));
    added = [
      ...new Set(
        macros
          .naming(added)
          .filter(isNew)
          .map(({ id }) => id),
      ),
    ];
    for (const id of added) pure.add(id);
  }
  const bringing = new Set(pure);
  for (let depth = 0, added = [...pure]; depth < DEEPEST_MACRO; depth++) {
    added = [...new Set(macros.naming(added).map(({ id }) => id))].filter((id) => !bringing.has(id));
    for (const id of added) bringing.add(id);
  }
  const namesOf = (ids: Set<number>, outside: ReadonlySet<number>): string[] =>
    [...ids]
      .filter((id) => !outside.has(id))
      .map(nameText)
      .sort();
  return { anywhere: namesOf(pure, named), atFileScope: namesOf(bringing, pure) };
}

/** Macros of headers by what their bodies name; a header is cut into tokens once one of the names stands in it. */
class Macros {
  private readonly definitions = new Map<SourceText, readonly MacroDefinition[]>();

  constructor(private readonly headers: readonly SourceText[]) {}

  /** The macros with parameters whose bodies hold one of some names. */
  naming(ids: readonly number[]): MacroDefinition[] {
    const search = new WordSearch(ids.map(nameText));
    const wanted = new Set(ids);
    return this.headers.flatMap((header) => {
      roomFor(header.text.length).write(header.text, 'latin1');
      if (!search.find(header.text.length, () => true)) return [];
      return this.definitionsOf(header).filter((macro) => bodyNames(macro, (id) => wanted.has(id)));
    });
  }

  private definitionsOf(header: SourceText): readonly MacroDefinition[] {
    let found = this.definitions.get(header);
    if (!found) {
      const { steps } = sourceFile(header.path, header.text);
      found = steps.flatMap(({ kind, definition }) =>
        kind === StepKind.Define && definition?.parameters ? [definition] : [],
      );
      this.definitions.set(header, found);
    }
    return found;
  }
}
