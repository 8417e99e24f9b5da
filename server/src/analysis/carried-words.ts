/** Finds where code takes the tag off a `void *` by hand of which it has asked a header's question, which the same header takes off. */
import { type CarriedWord, carriedWords } from '../facts/conversions';
import { itemText } from '../preprocessor/item-text';
import type { SourceFile } from '../preprocessor/source';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import { writtenPlace } from './expressions';
import type { Finding, Severity } from './finding';
import { implementsHeader } from './owners';
import { uncast } from './stored-value';
import { COMPARING, isTakenApart } from './word-operators';

const known = new WeakMap<SourceFile, readonly CarriedWord[]>();

function carriedIn(file: SourceFile): readonly CarriedWord[] {
  let found = known.get(file);
  if (!found) known.set(file, (found = carriedWords(file.text)));
  return found;
}

/** The findings of one rule on words that functions hand around as `void *`. */
export function* rawCarried(file: FileAnalysis, rule: string, severity: Severity): Iterable<Finding> {
  const { globals, main } = file;
  const words = globals.files.flatMap((one) => {
    const isOther = one.path !== main.path && one.path.endsWith('.h') && carriedIn(one).length > 0;
    return isOther && !implementsHeader(file, one.path) ? carriedIn(one) : [];
  });
  const named = words.filter(({ question }) => main.text.includes(`${question}(`));
  if (named.length === 0) return;
  for (const item of globals.mainTable.items) {
    const text = item.isFunction ? itemText(main, item) : '';
    const asked = named.filter(({ question }) => text.includes(`${question}(`));
    if (asked.length === 0) continue;
    const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
    for (const declaration of declarations)
      for (const { at, word } of maskedIn(file, declaration, asked)) {
        const place = writtenPlace(tokens, at);
        const untagging = file.offers(word.untagging);
        if (place.path !== main.path || !untagging) continue;
        const { untagging: name, question } = word;
        const message = `${file.written(place)} is taken apart by hand, of which ${question}() is asked here. Use ${name}() (${file.lineOf(untagging)}).`;
        const related = [{ ...untagging, message: `${name}() is declared here` }];
        yield { rule, severity, ...place, message, related, fixes: [] };
      }
  }
}

interface Masked {
  readonly at: Expression;
  readonly word: CarriedWord;
}

/** Where a variable that a function asks is masked as an integer. */
function maskedIn(file: FileAnalysis, { body }: Declaration, words: readonly CarriedWord[]): Masked[] {
  const asked = new Map<Declaration, CarriedWord>();
  const masked: { readonly at: Expression; readonly of: Declaration }[] = [];
  if (body)
    walkStatement(body, (part) => {
      if (part.kind === 'call' && part.callee.kind === 'name' && part.arguments.length === 1) {
        const { name } = part.callee;
        const word = words.find(({ question }) => question === name);
        const of = declarationOf(part.arguments[0]);
        if (word && of) asked.set(of, word);
      }
      if (part.kind !== 'binary' || COMPARING.has(part.operator)) return;
      for (const side of [part.left, part.right]) {
        const of = side.kind === 'cast' && strip(side.type).kind === 'integer' ? declarationOf(side) : undefined;
        if (of && isTakenApart(side, part, file.globals)) masked.push({ at: uncast(side), of });
      }
    });
  return masked.flatMap(({ at, of }) => (asked.has(of) ? [{ at, word: asked.get(of)! }] : []));
}

function declarationOf(expression: Expression): Declaration | undefined {
  const core = uncast(expression);
  return core.kind === 'name' ? core.declaration : undefined;
}
