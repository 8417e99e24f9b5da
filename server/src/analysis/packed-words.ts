/** Finds where a member that holds several numbers is taken for one of them: what the rule on them says, and when. */
import type { DerivedPacked, PartAccessor } from '../facts/derived';
import type { ParsedItem } from '../parser/parser';
import { writtenAt } from '../preprocessor/ptoken';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import { baseRecord, findMember } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { accessPlace, writtenPlace } from './expressions';
import type { Finding, Severity } from './finding';
import { basesOf } from './named-bases';
import { type NumberDeed, type NumberUse, numberUsesIn } from './number-uses';
import { isOwnerOf } from './owners';
import { spells } from './spelled-names';
import { uncast } from './stored-value';
import { rarestFirst } from './word-order';

/** A name of several words, or in mixed letters, is hardly another record's. */
const DISTINCT = /^_|_\w+_|[a-z][A-Z]|^(?=\w*_)\w{7}/;

/** What a file must hold for the rule to have anything to say about it. */
export function packedNeed({ tag, member }: DerivedPacked): WordNeed {
  return DISTINCT.test(member) ? `.${member}` : rarestFirst(tag, member);
}

/** The findings of one rule. */
export function* wholeNumbers(file: FileAnalysis, rule: string, severity: Severity): Iterable<Finding> {
  const known = file.derived.tree.packed;
  const isNamed = ({ member }: DerivedPacked): boolean => spells(file.main, nameId(member));
  if (known && !known.some(isNamed) && !file.isConcernedByLocalHeaders) return;
  for (const word of file.derived.packedFor(file.globals)) {
    if (!isNamed(word) || !basesOf(file.main).mayAccess([word.member], word.tag)) continue;
    if (isOwner(file, word)) continue;
    const sites = file.accesses([word.member]).filter((site) => isSite(file, word, site));
    if (sites.length > 0) yield* usesOf(file, word, sites, rule, severity);
  }
}

function isSite(
  file: FileAnalysis,
  word: DerivedPacked,
  { record, member, file: spelled, firstToken }: AccessSite,
): boolean {
  if (record.tag !== word.tag || !member || spelled !== file.main || firstToken < 0 || !record.place) return false;
  const type = strip(member.type);
  if (member.bitWidth !== undefined || (type.kind !== 'integer' && type.kind !== 'enum' && type.kind !== 'record'))
    return false;
  return word.headers.length === 0 || word.headers.includes(record.place.path);
}

/** Whether a file is of those who put the numbers together. */
function isOwner(file: FileAnalysis, { headers, accessors }: DerivedPacked): boolean {
  const { path } = file.main;
  const own = new Set([...headers, ...accessors.map((one) => one.path)]);
  if (own.has(path) || file.isGeneralHeader(path)) return true;
  return [...own].some((header) => isOwnerOf(file, header));
}

function* usesOf(
  file: FileAnalysis,
  word: DerivedPacked,
  sites: readonly AccessSite[],
  rule: string,
  severity: Severity,
): Iterable<Finding> {
  const seen = new Set<object>();
  const told = new Set<number>();
  const place = sites.find(({ member }) => member)!.member!.place;
  for (const { nameToken } of sites) {
    const { reading, item } = file.itemAt(nameToken);
    if (!item || seen.has(item)) continue;
    seen.add(item);
    const parsed = file.parsedWhole(reading, item);
    for (const declaration of parsed.declarations) {
      if (word.accessors.some(({ name }) => name === declaration.name)) continue;
      const uses = numberUsesIn(file.globals, declaration, (part) => isWord(file, word, part));
      // Who takes it apart by the header's names knows what it holds.
      if (uses.some((use) => use.isBound || (use.deed === 'bits' && !isByNumerals(parsed, use)))) continue;
      for (const use of uses) {
        const found = told.size < MOST_TOLD ? partOf(file, word, parsed, use) : undefined;
        const at = found && placeOf(file, parsed, use.at);
        if (!found || !at || told.has(at.start)) continue;
        told.add(at.start);
        yield findingOf(file, word, { rule, severity, at, deed: use.deed, accessor: found, declared: place });
      }
    }
  }
}

/** So many findings on one member of one file say enough. */
const MOST_TOLD = 1000;

function isWord(file: FileAnalysis, word: DerivedPacked, part: Expression): boolean {
  if (part.kind !== 'member' || part.name !== word.member) return false;
  const record = baseRecord(part, file.globals);
  return !('reason' in record) && isRecord(word, record) && findMember(record, word.member) !== undefined;
}

function isRecord({ tag, headers }: DerivedPacked, record: RecordDeclaration): boolean {
  return (
    record.tag === tag && record.place !== undefined && (headers.length === 0 || headers.includes(record.place.path))
  );
}

/** The accessor for a number that the whole is taken for; undefined where the use is right, or may be. */
function partOf(file: FileAnalysis, word: DerivedPacked, parsed: ParsedItem, use: NumberUse): PartAccessor | undefined {
  const offered = word.accessors.filter(({ name }) => name === '' || file.offers(name) !== undefined);
  const [first] = offered;
  if (!first) return undefined;
  const within = (value: bigint | undefined): PartAccessor | undefined =>
    value === undefined || value <= 0n ? undefined : offered.find(({ bits }) => (value & ~BigInt(bits)) === 0n);
  switch (use.deed) {
    case 'compares': {
      const value = constantOf(file, use.other!);
      if (value !== undefined) return isStored(file, word, parsed, use.other!) ? undefined : within(value);
      return offered.find(({ name }) => isNamedFor(name, use.other!));
    }
    case 'orders': {
      const value = constantOf(file, use.other!);
      if (value !== undefined) return within(value);
      return isPlain(word, use.other!) ? lowest(offered) : undefined;
    }
    case 'switches': {
      const cases = use.cases?.filter((value) => value !== 0n) ?? [];
      const [one] = cases.map(within);
      return cases.length > 0 && cases.every((value) => within(value) === one) ? one : undefined;
    }
    case 'indexes':
      return lowest(offered);
    case 'bits': {
      const value = constantOf(file, use.other!);
      // Who takes apart by hand what nobody gives out has no other way.
      if (first.name === '' || value === undefined || value <= 0n || !isByNumerals(parsed, use)) return undefined;
      return offered.find((one) => isTaken(one, value, use.operator));
    }
    case 'stores':
      return word.isPreserved ? within(constantOf(file, use.other!)) : undefined;
    case 'counts':
      return use.other === undefined || isPlain(word, use.other) ? lowest(offered) : undefined;
  }
}

/** Whether a mask, a shift or a remainder that is written as a number takes out what an accessor gives, or a part of it. */
function isTaken({ bits }: PartAccessor, value: bigint, operator: number | undefined): boolean {
  const part = BigInt(bits);
  const lowest = part & -part;
  if (operator === Punct.ShiftRight) return value < 64n && 1n << value >= lowest && ((1n << value) & part) !== 0n;
  if (operator === Punct.Percent) return true;
  return (value & ~part) === 0n || (part & ~value) === 0n;
}

/** Whether the file stores what it compares with in the word, as it is: then it is the whole there. */
function isStored(
  { main }: FileAnalysis,
  { member }: DerivedPacked,
  { tokens }: ParsedItem,
  other: Expression,
): boolean {
  const { path, start, end } = writtenPlace(tokens, other);
  if (path !== main.path) return false;
  const code = main.text.slice(start, end).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:->|\\.)${member}\\s*=\\s*[(\\s]*${code}[)\\s]*;`).test(main.text);
}

/** The accessor of the number in the lowest bits, which the whole is like where nothing else is set. */
function lowest(accessors: readonly PartAccessor[]): PartAccessor {
  const low = (one: PartAccessor): bigint => BigInt(one.bits) & -BigInt(one.bits);
  return accessors.reduce((best, one) =>
    low(one) < low(best) || (one.gives && !best.gives && low(one) === low(best)) ? one : best,
  );
}

/** Whether a value has nothing to do with a word of the same kind. */
function isPlain(word: DerivedPacked, other: Expression): boolean {
  const value = uncast(other);
  return !(value.kind === 'member' && value.name === word.member);
}

/** `index`, compared with what `region_index()` is a part of. */
function isNamedFor(accessor: string, other: Expression): boolean {
  const value = uncast(other);
  return value.kind === 'name' && value.declaration?.kind === 'parameter' && accessor.endsWith(`_${value.name}`);
}

function constantOf(file: FileAnalysis, expression: Expression): bigint | undefined {
  const value = evaluate(uncast(expression), file.globals);
  return isUnknownValue(value) ? undefined : value.value;
}

/** Whether a mask or a shift is written as numbers alone. */
function isByNumerals({ tokens }: ParsedItem, { other }: NumberUse): boolean {
  let isNumber = false;
  for (let at = other!.first; at < other!.end; at++) {
    const { kind } = writtenAt(tokens[at]);
    if (kind === TokenKind.Identifier) return false;
    isNumber ||= kind === TokenKind.Number;
  }
  return isNumber;
}

/** Where a use is written; undefined where a header's macro spells it. */
function placeOf(file: FileAnalysis, parsed: ParsedItem, at: Expression): Place | undefined {
  const { tokens } = parsed;
  if (at.kind === 'member') return accessPlace(file, tokens, at);
  // READ_ONCE() and its like go by the address.
  const address = at.kind === 'call' ? at.arguments[0] : at.kind === 'unary' ? at.operand : undefined;
  let named = address && uncast(address);
  if (named?.kind === 'unary') named = named.operand;
  if (named?.kind === 'member') return accessPlace(file, tokens, named);
  const { first } = at;
  if (at.kind !== 'name' || tokens[first].file !== file.main) return undefined;
  return { path: file.main.path, start: tokens[first].start, end: tokens[first].end };
}

interface Told {
  readonly rule: string;
  readonly severity: Severity;
  readonly at: Place;
  readonly deed: NumberDeed;
  readonly accessor: PartAccessor;
  readonly declared: Place | undefined;
}

const DEEDS: Readonly<Record<NumberDeed, string>> = {
  compares: 'is compared as a whole',
  orders: 'is compared as a whole',
  switches: 'is switched on as a whole',
  indexes: 'is an index as a whole',
  bits: 'is taken apart by numbers',
  counts: 'is counted with as a whole',
  stores: 'is overwritten as a whole',
};

function findingOf(
  file: FileAnalysis,
  word: DerivedPacked,
  { rule, severity, at, deed, accessor, declared }: Told,
): Finding {
  const { name } = accessor;
  const { evidence } = word;
  const message =
    `${file.written(at)} ${DEEDS[deed]}, and holds several numbers: ` +
    `${file.lineOf(evidence)} has "${evidence.quote}". ` +
    (name === '' ? 'Take the other bits off first.' : `Use ${name}().`);
  const { path, start, end } = accessor;
  const related = name === '' ? [] : [{ path, start, end, message: `${name}() is declared here` }];
  if (declared) related.unshift({ ...declared, message: `${word.member} is declared here` });
  return { rule, severity, ...at, message, related, fixes: [] };
}
