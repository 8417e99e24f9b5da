/** Uses of members that headers ask to leave to others: what the rules on them share. */

import { type DerivedReserved, takenBackBy } from '../facts/derived';
import type { ReservedMember } from '../facts/reserved-member';
import { placeIn, sayingsOf } from '../facts/reserved-members';
import type { HeaderScope } from '../facts/tree-offers';
import { shippedFacts } from '../packs/facts';
import type { WordNeed } from '../search/word-search';
import { nameId, nameText } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind, type TokenList } from '../text/tokens';
import { type AccessDeed, deedOf } from './access-deed';
import { type AccessorBody, accessorBody, boundIn } from './accessor-bodies';
import type { AccessSite, FileAnalysis } from './analysis';
import { isBehindTest } from './behind-test';
import { isExempt, stem } from './exempt';
import { expressionsAt, placeOfExpression } from './expressions';
import type { Finding, Fix, Related, TextEdit } from './finding';
import { accessorsFor, offersFor, type Use } from './fitting-accessors';
import { withIncludes } from './include-line';
import { basesOf } from './named-bases';
import { implementsHeader, isOwnerOf } from './owners';
import { spells } from './spelled-names';
import { isAddressTaken, isBehindOperator, isCalled, isMoved, isNamedBehind, statementStart } from './statement-tokens';
import { rarestFirst } from './word-order';

/** Packs exempt places by this name. */
const ID = 'reserved-member';

interface Reserved {
  readonly member: ReservedMember;
  readonly header: string;
  /** No pack names the header. */
  readonly isDerived?: boolean;
}

/** Which of the members that headers speak of a rule is about. */
type Wanted = (member: ReservedMember) => boolean;

/** Orders, as against advice, and what a plain name would make too many files to be looked at for. */
export function isStrict({ isAdvice, isAccessed, isBeside, isMarked, name }: ReservedMember): boolean {
  return !isAdvice && !isAccessed && (isBeside === true || isMarked === true || name.includes('_'));
}

/** The findings of one rule on members that are to be left to others. */
export function* reservedUses(file: FileAnalysis, rule: string, isWanted: Wanted): Iterable<Finding> {
  if (isExempt(file.facts, ID, file.relative(file.main.path))) return;
  // Packs of the user's may speak of more than headers do.
  const names = file.facts === shippedFacts ? namesConcerned(file, isWanted) : undefined;
  if (names?.size === 0 && !file.isConcernedByLocalHeaders) return;
  const reserved = reservedBy(file, isWanted, names);
  if (reserved.length === 0) return;
  const statements = new Set<string>();
  const accessors = new Map<string, readonly AccessorBody[]>();
  const sites = file.accesses([...new Set(reserved.map(({ member }) => member.name))]);
  // A macro may say its last argument first.
  for (const site of [...sites].sort((a, b) => a.nameToken - b.nameToken)) {
    const found = reserved.find((one) => speaksOf(file, one, site));
    const deed = deedOf(file, site);
    if (!found || site.mode === 'none' || mayUse(file, site, found, deed)) continue;
    const offered = found.member.accessors.map((name) => file.offers(name)).find(Boolean);
    const header = found.member.headers.map((name) => file.headerNamed(name)).find(Boolean);
    if (!found.isDerived && found.member.scopes.length === 0 && !offered && !header) continue;
    const { tokens, path } = site.file;
    const start = tokens.starts[Math.max(site.firstToken, 0)];
    // One statement says one thing, however often it names the member.
    const key = `${path}:${statementStart(tokens, site.nameToken)}:${site.name}`;
    if (site.firstToken < 0 || statements.has(key)) continue;
    if (!accessors.has(site.name)) accessors.set(site.name, accessorsOf(file, found.member, header));
    if (site.mode === 'read' && accessors.get(site.name)!.some((accessor) => isElsewhere(file, accessor, site.name)))
      continue;
    if (found.member.isAccessed && isBehindTest(file, site, found.member.accessors)) continue;
    if (found.member.isAccessed && isCached(file, found.member)) continue;
    statements.add(key);
    const place = { path, start, end: tokens.ends[site.nameToken] };
    const fix = fixFor(file, site, header, accessors.get(site.name)!);
    const there = offered ?? (header && { path: header.header, start: 0, end: 0 });
    yield { ...report(file, place, found, there, fix, { site, ...deed }), rule };
  }
}

/** A short name without an underscore in front is a common one: whoever uses it for this record names that, or a member that holds it, too. */
export function reservedNeeds({ name, holder, within = [] }: ReservedMember): readonly WordNeed[] {
  if (DISTINCT.test(name) || !holder) return [`.${name}`];
  return [holder, ...within].map((word) => rarestFirst(word, name));
}

/** Names that no two records have: with two underscores, or one in a long word. */
const DISTINCT = /^_|_\w+_|^(?=\w*_)\w{12}/;

/**
 * The names of what the file may use although it is to leave it alone, as far as its tokens tell: of what is only not to be
 * written, a store is named. Undefined where nothing is known of the tree's headers.
 */
function namesConcerned(file: FileAnalysis, isWanted: Wanted): ReadonlySet<string> | undefined {
  const said = saidOf(file);
  if (!said) return undefined;
  const { tokens } = file.main;
  const { kinds, ids, count } = tokens;
  const byName = new Map<number, DerivedReserved[]>();
  const { headers: packed } = sayingsOf(file.facts);
  for (const one of said) {
    // As whoever chose the file did: a common name counts beside its record's alone.
    const isNamed = reservedNeeds(one).some((need) =>
      [need].flat().every((word) => spells(file.main, nameId(word.replace('.', '')))),
    );
    // A pack that names the header counts its plain names in, as a header beside the file does.
    if (!isNamed || !isWanted(packed.has(file.relative(one.path)) ? { ...one, isBeside: true } : one)) continue;
    if (isAllowedPath(file, file.main.path, one.path, one)) continue;
    const same = byName.get(nameId(one.name));
    if (same) same.push(one);
    else byName.set(nameId(one.name), [one]);
  }
  const found = new Set<string>();
  if (byName.size === 0) return found;
  const bases = basesOf(file.main);
  for (let at = 2; at < count; at++) {
    const named = kinds[at] === TokenKind.Identifier ? byName.get(ids[at]) : undefined;
    if (!named || found.has(named[0].name) || !isBehindOperator(tokens, at)) continue;
    const isStored = (kinds[at + 1] === TokenKind.Punctuator && STORES.has(ids[at + 1])) || isAddressTaken(tokens, at);
    const mayBe = (one: DerivedReserved): boolean =>
      (isStored || !one.isForWriters) && (!one.holder || bases.mayBeOf(at, one.holder));
    if (named.some(mayBe)) found.add(named[0].name);
  }
  return found;
}

/** What the tree's headers say; of a tree of which no more is known, what those say that packs name. */
function saidOf(file: FileAnalysis): readonly DerivedReserved[] | undefined {
  if (file.treeReserved.length > 0) return file.treeReserved;
  if (!file.treeTags) return undefined;
  const sayings = sayingsOf(file.facts);
  return [...sayings.headers].flatMap((name) => {
    const header = file.source(`${file.kernel}/${name}`);
    return header ? sayings.of(header).map((member) => ({ ...member, path: header.path })) : [];
  });
}

const STORES: ReadonlySet<number> = new Set([
  ...[Punct.Equal, Punct.PlusEqual, Punct.MinusEqual, Punct.AmpersandEqual, Punct.PipeEqual, Punct.CaretEqual],
  ...[Punct.PlusPlus, Punct.MinusMinus],
]);

function reservedBy(file: FileAnalysis, isWanted: Wanted, names: ReadonlySet<string> | undefined): Reserved[] {
  const sayings = sayingsOf(file.facts);
  const isTaken = takenBackBy(file.facts.notDerived, file.kernel);
  const packed = file.globals.files
    .filter(({ path }) => sayings.headers.has(file.relative(path)))
    .flatMap((header) => sayings.of(header).map((member): Reserved => ({ member, header: header.path })))
    .filter(({ member, header }) => !isTaken({ ...member, path: header }));
  const isPacked = (one: ReservedMember, path: string): boolean =>
    packed.some(({ member, header }) => header === path && member.name === one.name && member.holder === one.holder);
  const derived = file.derivedReserved.filter(
    (one) => isWanted(one) && (one.isBeside || (names?.has(one.name) ?? true)) && !isPacked(one, one.path),
  );
  return [
    ...packed.filter(({ member }) => isWanted({ ...member, isBeside: true }) && (names?.has(member.name) ?? true)),
    ...derived.map((one): Reserved => ({ member: one, header: one.path, isDerived: true })),
  ];
}

function speaksOf(file: FileAnalysis, { member, header }: Reserved, site: AccessSite): boolean {
  if (member.name !== site.name || !site.member) return false;
  const declared = file.memberPlace(site.record, site.name);
  if (declared?.path !== header) return false;
  return member.tag === undefined ? declared.start === member.at : member.tag === site.record.tag;
}

/** Whether code may touch the member itself: it implements the accessors, or the comment lets it. */
function mayUse(
  file: FileAnalysis,
  site: AccessSite,
  { member, header, isDerived }: Reserved,
  deed: AccessDeed,
): boolean {
  const { path, tokens } = site.file;
  const own = file.relative(path);
  if (member.isForWriters && deed.deed === 'read') return true;
  if (member.isForCallers && !isCalled(tokens, site.nameToken)) return true;
  // A macro that makes the access itself, as ACCESS_PRIVATE() does, is there for it.
  if (member.isMarked && !isBehindOperator(tokens, site.nameToken)) return true;
  if (isDerived && (file.isGeneralHeader(path) || TEST.test(path) || isOwnerOf(file, header))) return true;
  // Whoever moves the whole of it from one record to another changes nothing of it.
  if (member.isForWriters && isNamedBehind(tokens, site.nameToken)) return true;
  if (member.isAdvice && isMoved(tokens, site.firstToken, site.nameToken)) return true;
  // What is only for somebody's use is for nobody else's, be there a function for it or not.
  const isKept = member.isOwners === true || (member.scopes.length > 0 && !member.isAdvice);
  if (
    isDerived &&
    !isKept &&
    !(isHidden(member) && isUsed(file, site, deed)) &&
    member.accessors.length > 0 &&
    !member.accessors.some((name) => offersFor(file, member, name, { site, ...deed }))
  )
    return true;
  if (isAllowedPath(file, path, header, member) || isExempt(file.facts, ID, own)) return true;
  if (!isDerived && stem(header) === stem(own)) return true;
  if (member.accessors.some((accessor) => site.within.includes(accessor) || isOfAccessor(file, path, accessor)))
    return true;
  // `prefetch(&page->_refcount)` asks for no value.
  const isPrefix = tokens.kinds[site.firstToken - 1] === TokenKind.Punctuator;
  if (!isPrefix || tokens.ids[site.firstToken - 1] !== Punct.Ampersand || site.firstToken < 3) return false;
  return sayingsOf(file.facts).harmless.has(
    tokens.text.slice(tokens.starts[site.firstToken - 3], tokens.ends[site.firstToken - 3]),
  );
}

/**
 * Whether something is done with the inside of a member: it is neither set up, nor has its address kept for later, nor is it handed as a
 * whole to a function that is there for its type.
 */
function isUsed(file: FileAnalysis, { mode, nameToken }: AccessSite, { deed, by }: AccessDeed): boolean {
  if (deed === 'store' || by !== undefined) return false;
  if (mode !== 'address') return true;
  return [...expressionsAt(file, nameToken)].some(({ expression }) => expression.kind === 'call');
}

/** Whether underscores in front of a member's name say that several functions stand for it, whatever else is done with its inside. */
function isHidden({ name, isAccessed, accessors }: ReservedMember): boolean {
  return isAccessed === true && name.startsWith('__') && accessors.length > 1;
}

/** Whether a file declares an accessor, or implements its header, which may be another one than the member's. */
function isOfAccessor(file: FileAnalysis, path: string, accessor: string): boolean {
  const declared = file.offers(accessor)?.path;
  if (declared === undefined || declared === path) return declared !== undefined;
  return path === file.main.path && path.endsWith('.c') && implementsHeader(file, declared);
}

/**
 * Whether its path alone lets a file use a member: it is the member's own header, one that the comment allows, or of the name
 * of a header with accessors.
 */
function isAllowedPath(file: FileAnalysis, path: string, header: string, { scopes, headers }: ReservedMember): boolean {
  const own = file.relative(path);
  const name = stem(own);
  return (
    path === header ||
    scopes.some((scope) => scope === name || isIn(own.toLowerCase(), scope.toLowerCase())) ||
    headers.some((other) => stem(other) === name)
  );
}

/** Calls of accessors for what the statement says word for word as they do. */
function fixFor(
  file: FileAnalysis,
  site: AccessSite,
  header: HeaderScope | undefined,
  accessors: readonly AccessorBody[],
): { readonly name: string; readonly fix: Fix } | undefined {
  if (site.file !== file.main || accessors.length === 0) return undefined;
  const first = statementStart(file.main.tokens, site.nameToken);
  const edits: TextEdit[] = [];
  let name = '';
  for (const { expression, tokens } of expressionsAt(file, site.nameToken)) {
    const place = placeOfExpression(tokens, expression);
    if (!place || place.path !== file.main.path) continue;
    for (const accessor of accessors) {
      if (site.mode !== 'read' && isMember(accessor, site.name)) continue;
      const bound = boundIn(accessor.terms[0], accessor, expression, file.globals);
      const argument = bound && placeOfExpression(tokens, bound);
      if (!argument || statementOf(file.main.tokens, place.start) !== first) continue;
      // Macros may say their argument more than once; it is written once.
      if (edits.some((edit) => edit.start === place.start)) continue;
      name = accessor.name;
      edits.push({ ...place, text: `${name}(${file.main.text.slice(argument.start, argument.end)})` });
    }
  }
  if (edits.length === 0) return undefined;
  const fix = withIncludes(file, { title: `Use ${name}()`, safe: true, edits }, [name], header);
  return fix && { name, fix };
}

/** Whether an accessor only gives the member out. */
function isMember({ terms }: AccessorBody, name: string): boolean {
  return terms[0].kind === 'member' && terms[0].name === name;
}

/** Nobody includes another header for an accessor that says nothing more than the member. */
function isElsewhere(file: FileAnalysis, accessor: AccessorBody, name: string): boolean {
  return isMember(accessor, name) && !file.declares(accessor.name);
}

function statementOf(tokens: TokenList, offset: number): number {
  let token = 0;
  while (token + 1 < tokens.count && tokens.starts[token + 1] <= offset) token++;
  return statementStart(tokens, token);
}

/** The accessors of one term that the comment names, or that stand in the header that it names. */
function accessorsOf(file: FileAnalysis, member: ReservedMember, header: HeaderScope | undefined): AccessorBody[] {
  const table = header?.globals.tables.find(({ table: other }) => other.file.path === header.header)?.table;
  const inHeader = [...(table?.ordinary ?? [])].flatMap(([id, items]) =>
    items.some((item) => table?.items[item].isFunction) ? [nameText(id)] : [],
  );
  return [
    ...member.accessors.map((name) => accessorBody(file.scopeOf(name), name)),
    ...inHeader.map((name) => accessorBody(header!.globals, name)),
  ]
    .filter((body) => body !== undefined)
    .filter(({ terms }) => terms.length === 1);
}

function report(
  file: FileAnalysis,
  place: Place,
  { member, header }: Reserved,
  accessor: Place | undefined,
  mended: { readonly name: string; readonly fix: Fix } | undefined,
  use: Use,
): Finding {
  const written = file.written(place);
  const names = mended ? [mended.name] : accessorsFor(file, member, use);
  const [name] = names;
  const source = (member.isAccessed && name !== undefined && shownBy(file, name)) || {
    ...placeIn(header, member),
    quote: member.quote,
  };
  const call =
    name === undefined ? adviceFor(file, member, header) : `Use ${names.map((one) => `${one}()`).join(' or ')}`;
  const says = sayingOf(member);
  const message = `${written} ${says}: "${source.quote}" (${file.lineOf(source)}). ${call}.`;
  const related: Related[] = [
    { path: source.path, start: source.start, end: source.end, message: `"${source.quote}"` },
  ];
  if (accessor) related.push({ ...accessor, message: 'The accessors are here' });
  return { rule: ID, severity: 'warning', ...place, message, related, fixes: mended ? [mended.fix] : [] };
}

/** What is said of a member, in front of the sentence that says it. */
function sayingOf({ isAccessed, isForCallers, isAdvice, accessors, quote }: ReservedMember): string {
  if (isForCallers) return 'is called directly';
  if (isAccessed) return 'has accessors that do more than name it';
  const isNamed = accessors.some((name) => quote.includes(name));
  return isAdvice && isNamed ? 'is to be used through an accessor' : 'is documented as private';
}

/** The line that declares an accessor, from its name on: of several, the one that is asked for. */
function shownBy(file: FileAnalysis, name: string): (Place & { readonly quote: string }) | undefined {
  const place = file.offers(name);
  const text = place && file.source(place.path)?.text;
  if (!place || text === undefined || !text.startsWith(name, place.start)) return undefined;
  const end = text.indexOf('\n', place.start);
  return { ...place, end, quote: text.slice(place.start, end).replace(/\s+/g, ' ').trim() };
}

function adviceFor(file: FileAnalysis, member: ReservedMember, path: string): string {
  const [header] = member.headers;
  if (header) return `Use an accessor of ${header}`;
  if (member.isMarked) return 'Leave it to the code that owns it';
  return member.scopes.length > 0
    ? `Leave it to ${member.scopes.join(' and ')} code`
    : `Leave it to the functions of ${file.relative(path)}`;
}

/** Tests look at the inside of what they test. */
const TEST = /\/(?:tests?|selftests)\/|[-_](?:k?unit[-_])?(?:test|tests|kunit)\.c$|\/(?:test|kunit)_\w+\.c$/;

/** Whether the file stores what the accessor gives in the member: then it was asked before. */
function isCached({ main }: FileAnalysis, { name, accessors }: ReservedMember): boolean {
  return new RegExp(`(?:->|\\.)${name}\\s*=\\s*(?:${accessors.join('|')})\\(`).test(main.text);
}

/** Whether a path is of a scope that a comment names: of a topic by any part of it, of a source by its very name. */
function isIn(path: string, scope: string): boolean {
  return scope.includes('.') ? `/${path}`.endsWith(`/${scope}`) : path.includes(scope);
}
