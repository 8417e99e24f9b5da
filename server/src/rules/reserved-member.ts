/** `reserved-member`: use of a member that its own documentation calls private. */

import { type AccessorBody, accessorBody, boundIn } from '../analysis/accessor-bodies';
import type { AccessSite, FileAnalysis } from '../analysis/analysis';
import { isExempt, stem } from '../analysis/exempt';
import { expressionsAt, placeOfExpression } from '../analysis/expressions';
import type { Finding, Fix, Related, TextEdit } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { placeIn, type ReservedMember, sayingsOf } from '../facts/reserved-members';
import type { WordNeed } from '../search/word-search';
import { nameText } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind, type TokenList } from '../text/tokens';
import { strip } from '../types/model';

const ID = 'reserved-member';

interface Reserved {
  readonly member: ReservedMember;
  readonly header: string;
  /** No pack names the header. */
  readonly isDerived?: boolean;
}

export const reservedMember: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: true,
  summary: 'this member is documented as private; use the accessor',
  words: (facts, read) => {
    const sayings = sayingsOf(facts);
    return [...sayings.headers].flatMap((path) => sayings.of({ text: read(path) ?? '' }).map(needOf));
  },
  derivedWords: ({ reserved }) => reserved.filter(({ isAdvice }) => !isAdvice).map(needOf),
  doc: `
Some members say in their own documentation that they are not for everybody: "Do not use directly, call
folio_mapcount()". What such a counter means changes from release to release; its accessors change with it, code that
reads it raw does not.

**Kernel source of the rule**: the comments themselves, as include/linux/mm_types.h has them on \`_refcount\`,
\`_mapcount\`, \`_pincount\`, \`_folio_nr_pages\` and others. The sentence, the accessor and the code that may use the member
are read from there; packs name the headers (\`reserved.headers\`), and files that are the accessor's own workshop.

**Gate**: the accessor that the comment names is there.

**Bad**

\`\`\`c
wait_var_event(&page->_refcount, atomic_read(&page->_refcount) == 1);
nr = folio->_folio_nr_pages;
\`\`\`

**Good**

\`\`\`c
wait_var_event(&page->_refcount, page_ref_count(page) == 1);
nr = folio_nr_pages(folio);
\`\`\`

**Fix**: in place, where the expression is word for word what an accessor returns.

**Silent** in the header that the comment names and the source beside it, where the accessor is defined, in the record's
own header, in code that the comment allows ("rmap and debug code"), and where an address only warms a cache
(\`prefetch()\`) or names what is waited for (\`wait_var_event()\`).

**Misses** members of headers that no pack names, and accesses through a pointer to the counter.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (isExempt(file.facts, ID, file.relative(file.main.path))) return;
    const reserved = reservedBy(file);
    if (reserved.length === 0) return;
    const statements = new Set<string>();
    const accessors = new Map<string, readonly AccessorBody[]>();
    const sites = file.accesses([...new Set(reserved.map(({ member }) => member.name))]);
    // A macro may say its last argument first.
    for (const site of [...sites].sort((a, b) => a.nameToken - b.nameToken)) {
      const found = reserved.find((one) => speaksOf(file, one, site));
      if (!found || site.mode === 'none' || mayUse(file, site, found)) continue;
      const offered = found.member.accessors.map((name) => file.offers(name)).find(Boolean);
      const header = found.member.headers.map((name) => headerNamed(file, name)).find(Boolean);
      if (!found.isDerived && found.member.scopes.length === 0 && !offered && !header) continue;
      const { tokens, path } = site.file;
      const start = tokens.starts[Math.max(site.firstToken, 0)];
      // One statement says one thing, however often it names the member.
      const key = `${path}:${statementStart(tokens, site.nameToken)}:${site.name}`;
      if (site.firstToken < 0 || statements.has(key)) continue;
      statements.add(key);
      const place = { path, start, end: tokens.ends[site.nameToken] };
      const fix = fixFor(file, site, found, header, accessors);
      const isWrite = site.mode === 'write' || site.mode === 'update';
      yield report(file, place, found, offered ?? header, fix, isWrite);
    }
  },
};

/** A name without an underscore in front is a common one: whoever uses it for this record names that, too. */
function needOf({ name, holder }: ReservedMember): WordNeed {
  return name.startsWith('_') || !holder ? `.${name}` : [holder, `.${name}`];
}

/** Says of a macro that it stores. */
const SETTING = /(?:^|_)SET(?:_|$)/;

function reservedBy(file: FileAnalysis): Reserved[] {
  const sayings = sayingsOf(file.facts);
  const packed = file.globals.files
    .filter(({ path }) => sayings.headers.has(file.relative(path)))
    .flatMap((header) => sayings.of(header).map((member): Reserved => ({ member, header: header.path })));
  const isPacked = (one: ReservedMember, path: string): boolean =>
    packed.some(({ member, header }) => header === path && member.name === one.name && member.holder === one.holder);
  const derived = file.derivedReserved.filter((one) => !one.isAdvice && !isPacked(one, one.path));
  return [...packed, ...derived.map((one): Reserved => ({ member: one, header: one.path, isDerived: true }))];
}

function speaksOf(file: FileAnalysis, { member, header }: Reserved, site: AccessSite): boolean {
  if (member.name !== site.name || !site.member) return false;
  const declared = file.memberPlace(site.record, site.name);
  if (declared?.path !== header) return false;
  return member.tag === undefined ? declared.start === member.at : member.tag === site.record.tag;
}

/** Whether code may touch the member itself: it implements the accessors, or the comment lets it. */
function mayUse(file: FileAnalysis, site: AccessSite, { member, header, isDerived }: Reserved): boolean {
  const { path, tokens } = site.file;
  const own = file.relative(path);
  const isWrite = site.mode === 'write' || site.mode === 'update';
  if (member.isForWriters && !isWrite) return true;
  // A macro that makes the access itself, as ACCESS_PRIVATE() does, is there for it.
  if (member.isMarked && !isBehindOperator(tokens, site.nameToken)) return true;
  if (isDerived && (file.isGeneralHeader(path) || TEST.test(path) || file.isOwnerOf(header))) return true;
  // Whoever moves the whole of it from one record to another changes nothing of it.
  if (member.isForWriters && timesIn(tokens, site.nameToken) > 1) return true;
  if (isDerived && member.accessors.length > 0 && !member.accessors.some((name) => offersFor(file, name, isWrite)))
    return true;
  if (member.scopes.some((scope) => own.toLowerCase().includes(scope.toLowerCase()))) return true;
  if (path === header || isExempt(file.facts, ID, own)) return true;
  const name = stem(own);
  if ([header, ...member.headers].some((other) => stem(other) === name) || member.scopes.includes(name)) return true;
  if (member.accessors.some((accessor) => site.within.includes(accessor) || file.offers(accessor)?.path === path))
    return true;
  // `prefetch(&page->_refcount)` asks for no value.
  const isPrefix = tokens.kinds[site.firstToken - 1] === TokenKind.Punctuator;
  if (!isPrefix || tokens.ids[site.firstToken - 1] !== Punct.Ampersand || site.firstToken < 3) return false;
  return sayingsOf(file.facts).harmless.has(
    tokens.text.slice(tokens.starts[site.firstToken - 3], tokens.ends[site.firstToken - 3]),
  );
}

function isBehindOperator({ kinds, ids }: TokenList, token: number): boolean {
  const before = ids[token - 1];
  return kinds[token - 1] === TokenKind.Punctuator && (before === Punct.Arrow || before === Punct.Dot);
}

/** A header of the tree that a comment names without its folder. */
function headerNamed(file: FileAnalysis, name: string): Place | undefined {
  const found = file.globals.files.find(({ path }) => path.endsWith(`/${name}`));
  return found && { path: found.path, start: 0, end: 0 };
}

/** The token behind the last `;`, `{` or `}` before one. */
function statementStart(tokens: TokenList, token: number): number {
  const ends = new Set<number>([Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace]);
  let at = token;
  while (at > 0 && !(tokens.kinds[at - 1] === TokenKind.Punctuator && ends.has(tokens.ids[at - 1]))) at--;
  return at;
}

/** Calls of accessors for what the statement says word for word as they do. */
function fixFor(
  file: FileAnalysis,
  site: AccessSite,
  { member }: Reserved,
  header: Place | undefined,
  known: Map<string, readonly AccessorBody[]>,
): Fix | undefined {
  if (site.file !== file.main) return undefined;
  if (!known.has(member.name)) known.set(member.name, accessorsOf(file, member, header));
  const accessors = known.get(member.name)!;
  if (accessors.length === 0) return undefined;
  const first = statementStart(file.main.tokens, site.nameToken);
  const edits: TextEdit[] = [];
  let name = '';
  for (const { expression, tokens } of expressionsAt(file, site.nameToken)) {
    const place = placeOfExpression(tokens, expression);
    if (!place || place.path !== file.main.path) continue;
    for (const accessor of accessors) {
      const bound = boundIn(accessor.terms[0], accessor, expression, file.globals);
      const argument = bound && placeOfExpression(tokens, bound);
      if (!argument || statementOf(file.main.tokens, place.start) !== first) continue;
      // Macros may say their argument more than once; it is written once.
      if (edits.some((edit) => edit.start === place.start)) continue;
      name = accessor.name;
      edits.push({ ...place, text: `${name}(${file.main.text.slice(argument.start, argument.end)})` });
    }
  }
  return edits.length > 0 ? { title: `Use ${name}()`, safe: true, edits } : undefined;
}

function statementOf(tokens: TokenList, offset: number): number {
  let token = 0;
  while (token + 1 < tokens.count && tokens.starts[token + 1] <= offset) token++;
  return statementStart(tokens, token);
}

/** The accessors of one term that the comment names, or that stand in the header that it names. */
function accessorsOf(file: FileAnalysis, member: ReservedMember, header: Place | undefined): AccessorBody[] {
  const table = file.globals.tables.find(({ table: other }) => other.file.path === header?.path)?.table;
  const inHeader = [...(table?.ordinary ?? [])].flatMap(([id, items]) =>
    items.some((item) => table?.items[item].isFunction) ? [nameText(id)] : [],
  );
  return [...member.accessors, ...inHeader]
    .map((name) => accessorBody(file.globals, name))
    .filter((body) => body !== undefined)
    .filter(({ terms }) => terms.length === 1);
}

function report(
  file: FileAnalysis,
  place: Place,
  { member, header }: Reserved,
  accessor: Place | undefined,
  fix: Fix | undefined,
  isWrite: boolean,
): Finding {
  const written = file.written(place);
  const source = placeIn(header, member);
  const call = fix ? fix.title : adviceFor(file, member, header, isWrite);
  const message = `${written} is documented as private: "${member.quote}" (${file.lineOf(source)}). ${call}.`;
  const related: Related[] = [{ ...source, message: `"${member.quote}"` }];
  if (accessor) related.push({ ...accessor, message: 'The accessors are here' });
  return { rule: ID, severity: 'warning', ...place, message, related, fixes: fix ? [fix] : [] };
}

function adviceFor(file: FileAnalysis, member: ReservedMember, path: string, isWrite: boolean): string {
  const accessor = member.accessors.find((name) => offersFor(file, name, isWrite));
  if (accessor) return `Use ${accessor}()`;
  const [header] = member.headers;
  if (header) return `Use an accessor of ${header}`;
  if (member.isMarked) return 'Leave it to the code that owns it';
  return member.scopes.length > 0
    ? `Leave it to ${member.scopes.join(' and ')} code`
    : `Leave it to the functions of ${file.relative(path)}`;
}

/** Tests look at the inside of what they test. */
const TEST = /\/(?:tests?|selftests)\/|[-_](?:k?unit[-_])?(?:test|tests|kunit)\.c$/;

/** How often a statement names the member that stands at a token. */
function timesIn(tokens: TokenList, token: number): number {
  let count = 0;
  for (let at = statementStart(tokens, token); at < tokens.count; at++) {
    if (tokens.kinds[at] === TokenKind.Punctuator && tokens.ids[at] === Punct.Semicolon) break;
    if (tokens.kinds[at] === TokenKind.Identifier && tokens.ids[at] === tokens.ids[token]) count++;
  }
  return count;
}

function offersFor(file: FileAnalysis, name: string, isWrite: boolean): boolean {
  return file.offers(name) !== undefined && fitsAccess(file, name, isWrite);
}

/** Whoever only gives a value out is no help to whoever stores one. */
function fitsAccess(file: FileAnalysis, name: string, isWrite: boolean): boolean {
  const type = file.globals.ordinary(name)?.type;
  const bare = type && strip(type);
  if (bare?.kind !== 'function') return !SETTING.test(name) || isWrite;
  const givesOnly = bare.parameters.length === 1 && strip(bare.returns).kind !== 'void';
  return isWrite ? !givesOnly : strip(bare.returns).kind !== 'void' || bare.parameters.length > 1;
}
