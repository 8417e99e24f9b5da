/** Finds casts to and from types that only say that a pointer carries tags: what the rules on encoded words share. */
import { declarationsIn } from '../facts/accessor-masks';
import type { EncodedUse, EncodedWord } from '../packs/encoded';
import type { ParsedItem } from '../parser/parser';
import { itemText } from '../preprocessor/item-text';
import { writtenAt } from '../preprocessor/ptoken';
import { nameId, nameText } from '../text/names';
import { callEnd } from '../text/postfix';
import { textsRemembered } from '../text/remembered-texts';
import { Punct } from '../text/tokens';
import type { CastExpression, Expression } from '../types/ast';
import { type CType, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { partsOf, walkInitializer, walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import { EncodedNames } from './encoded-names';
import { isExempt, reportRaw, taggedBy, typesOf } from './encoded-words';
import type { Finding, Severity } from './finding';
import { FREEING } from './raw-uses';
import { spells } from './spelled-names';
import { uncast } from './stored-value';
import type { TaggedWord } from './tagged-word';
import { isFollowable, isLowConstant, isTakenApart, isVoidPointer } from './word-operators';

/** The findings of one rule on types that mark tagged pointers. */
export function* rawCasts(file: FileAnalysis, rule: string, severity: Severity): Iterable<Finding> {
  for (const word of taggedBy(file, rule)) {
    if (word.member !== undefined || !mentions(file, word)) continue;
    if (isExempt(file, word, file.main.path, [])) continue;
    const declared = declarationOf(file, word);
    for (const parsed of bodiesOf(file, word)) {
      for (const { cast, use, within } of castsIn(file, word, parsed)) {
        const { tokens } = parsed;
        const start = writtenAt(tokens[cast.first]);
        const last = writtenAt(tokens[cast.end - 1]);
        const end = last === tokens[cast.end - 1] ? last.end : callEnd(last.file.tokens, last.start);
        if (start.file !== file.main || last.file !== file.main || end <= start.start) continue;
        if (isExempt(file, word, start.file.path, within)) continue;
        const place = { path: start.file.path, start: start.start, end };
        const written = file.written(place);
        const finding = reportRaw(file, word, { rule, severity, place, written, use, member: declared });
        if (finding) yield finding;
      }
    }
  }
}

function mentions(file: FileAnalysis, word: TaggedWord): boolean {
  const types = typesOf(word);
  const names = [
    ...types,
    ...types.flatMap((type) => file.holdersOf(type).map(bareName)),
    ...Object.values(word.accessors),
  ];
  if (word.derived?.alias !== undefined) names.push(word.derived.alias);
  return names.some((name) => spells(file.main, nameId(name)));
}

/** The name of a member, `record.name`, or of a function, `name()`. */
function bareName(holder: string): string {
  return holder.replace(/^\w+\.|\(\)$/g, '');
}

function declarationOf(file: FileAnalysis, { pointer, typedef }: EncodedWord) {
  if (pointer !== undefined) return file.globals.record('struct', pointer).place;
  return typedef === undefined ? undefined : file.globals.ordinary(typedef)?.place;
}

/** Every definition of the file that may hold a value of the type, as far as its conditions hold. */
function* bodiesOf(file: FileAnalysis, word: TaggedWord): Iterable<ParsedItem> {
  const { unit, tree, main, globals } = file;
  const types = typesOf(word);
  const names = new EncodedNames(globals, types);
  const without = textsRemembered(globals.lineage, `values of ${types.join()}`);
  for (const item of tree.tableOf(unit.main).items) {
    if (item.body < 0 || without.has(itemText(main, item))) continue;
    if (names.mayStandIn(main.tokens, item.first, item.end)) yield file.parsedWhole(unit.main, item);
    else without.add(itemText(main, item));
  }
}

interface FoundCast {
  /** The cast, or the value that is handed on. */
  readonly cast: Expression;
  readonly use: EncodedUse;
  readonly within: readonly string[];
}

function castsIn(file: FileAnalysis, word: TaggedWord, { declarations, tokens }: ParsedItem): FoundCast[] {
  const found: FoundCast[] = [];
  const visitStore = (part: Expression): void => {
    if (part.kind !== 'assign' || part.operator !== Punct.Equal || part.right.kind !== 'cast') return;
    const { right } = part;
    // `encoded = (void *)page`: the pointer is hidden behind `void *` on its way into the word.
    const from = strip(typeOf(right.operand, file.globals));
    const isHidden = isVoidPointer(right.type) && from.kind === 'pointer' && !isVoidPointer(from);
    if (isHidden && isEncoded(typeOf(part.left, file.globals), word) && !isEncoded(from, word))
      found.push({ cast: right, use: 'store', within: [] });
  };
  const parents = new Map<Expression, Expression>();
  const taken = new Map<Expression, CType>();
  for (const { name, body, initializer } of declarations) {
    const visit = (part: Expression): void => {
      for (const child of partsOf(part)) parents.set(child, part);
      visitStore(part);
      const cast = part.kind === 'call' ? freedIn(file, word, part) : part;
      const use = part === cast ? part.kind === 'cast' && useOf(file, word, part, parents, taken) : 'pointer';
      if (!cast || !use) return;
      const within = [name];
      for (let via = tokens[cast.first].via; via; via = via.at.via) within.push(nameText(via.macro.id));
      found.push({ cast, use, within });
    };
    if (initializer) walkInitializer(initializer, visit);
    for (const local of body ? declarationsIn(body) : [])
      if (local.initializer && local.initializer.kind !== 'list') taken.set(local.initializer, local.type);
    if (body) walkStatement(body, visit);
  }
  return found;
}

/** The tagged pointer that a call frees as it is: what takes any pointer takes it for one without tags. */
function freedIn(
  { globals }: FileAnalysis,
  word: TaggedWord,
  { callee, arguments: given }: Expression & { kind: 'call' },
): Expression | undefined {
  const called = strip(typeOf(callee, globals));
  if (callee.kind !== 'name' || !FREEING.test(callee.name) || called.kind !== 'function') return undefined;
  return given.find((value, at) => {
    const to = called.parameters[at]?.type;
    return to && isVoidPointer(to) && value.kind !== 'cast' && isEncoded(typeOf(value, globals), word);
  });
}

/** What a value becomes where it is handed on: the type of a parameter, of a place that it is stored to, or of a local. */
function becomes(
  { globals }: FileAnalysis,
  value: Expression,
  parents: ReadonlyMap<Expression, Expression>,
  taken: ReadonlyMap<Expression, CType>,
): CType | undefined {
  const parent = parents.get(value);
  if (!parent) return taken.get(value);
  if (parent.kind === 'assign') return parent.right === value ? typeOf(parent.left, globals) : undefined;
  if (parent.kind !== 'call') return undefined;
  let called = strip(typeOf(parent.callee, globals));
  if (called.kind === 'pointer') called = strip(called.to);
  return called.kind === 'function' ? called.parameters[parent.arguments.indexOf(value)]?.type : undefined;
}

function useOf(
  file: FileAnalysis,
  word: TaggedWord,
  cast: CastExpression,
  parents: ReadonlyMap<Expression, Expression>,
  taken: ReadonlyMap<Expression, CType>,
): EncodedUse | undefined {
  const from = typeOf(cast.operand, file.globals);
  const isFrom = isEncoded(from, word);
  const isTo = isEncoded(cast.type, word);
  if (isFrom === isTo) return undefined;
  const other = strip(isFrom ? cast.type : from);
  if (other.kind === 'pointer' && strip(other.to).kind === 'void') {
    // `void *` only carries the value, through a queue or a tree, and the other end casts it back; unless it is a pointer at once.
    const to = isFrom ? becomes(file, cast, parents, taken) : undefined;
    return to && isFollowable(to) && !isEncoded(to, word) ? 'pointer' : undefined;
  }
  if (other.kind === 'pointer') return isFrom ? 'pointer' : 'store';
  // `(struct encoded *)((unsigned long)pointer | tag)`
  if (isTo) return isComposed(file, cast.operand) ? 'store' : undefined;
  const around = parents.get(cast);
  return isFrom && around && isTakenApart(cast, around, file.globals) ? 'bits' : undefined;
}

/** Whether a tag is put into an integer that is made of a pointer. */
function isComposed(file: FileAnalysis, value: Expression): boolean {
  const sum = uncast(value);
  if (sum.kind !== 'binary' || !PUTTING_IN.has(sum.operator)) return false;
  const isAddress = (side: Expression): boolean =>
    side.kind === 'cast' && strip(typeOf(side.operand, file.globals)).kind === 'pointer';
  const { left, right } = sum;
  return (
    (isAddress(left) && isLowConstant(right, file.globals)) || (isAddress(right) && isLowConstant(left, file.globals))
  );
}

const PUTTING_IN: ReadonlySet<Punct> = new Set([Punct.Pipe, Punct.Plus, Punct.Caret]);

function isEncoded(type: CType, { pointer, typedef }: EncodedWord): boolean {
  if (typedef !== undefined)
    return type.kind === 'typedef' && (type.name === typedef || isEncoded(type.to, { typedef } as EncodedWord));
  const bare = strip(type);
  if (bare.kind !== 'pointer') return false;
  const to = strip(bare.to);
  return to.kind === 'record' && to.record.tag === pointer;
}
