/** Members that headers ask people to leave alone ("Do not use directly, call X()"), mined from the comments on them. */
import { RE2JS } from 're2js';
import { type Facts, oncePerFacts, shippedFacts } from '../packs/facts';
import type { Place } from '../text/text';
import { constTwins } from './const-twins';
import { bodyOf, functionsIn, memberIn, type Named, plain, recordAround, usersIn } from './member-text';
import { namesIn } from './named-functions';
import { isTakenBack, type OnTakenBack } from './not-derived';
import { privateParts } from './private-parts';
import type { ReservedMember } from './reserved-member';
import { ADVICE, GAP, KEYS, maySay, ORDERS } from './reserved-sayings';

/** What packs say of reserved members, made ready. */
interface Sayings {
  readonly headers: ReadonlySet<string>;
  readonly harmless: ReadonlySet<string>;
  /** The members that a header reserves; worked out once for each source. */
  of(header: { readonly text: string }): readonly ReservedMember[];
}

export const sayingsOf: (facts: Facts) => Sayings = oncePerFacts(({ reserved }) => {
  const sayings = reserved.flatMap((facts) => facts.sayings ?? []);
  const known = new WeakMap<object, readonly ReservedMember[]>();
  return {
    headers: new Set(reserved.flatMap(({ headers }) => headers ?? [])),
    harmless: new Set(reserved.flatMap(({ harmless }) => harmless ?? [])),
    of(header) {
      let found = known.get(header);
      if (!found) known.set(header, (found = mineReserved(header.text, sayings)));
      return found;
    },
  };
});

interface Said {
  readonly index: number;
  readonly length: number;
  readonly scope: string;
}

/** Sayings that were written here: the others may take any time, and are read by a matcher that takes linear time. */
const own = new Set([...ORDERS, ...ADVICE, ...shippedFacts.reserved.flatMap(({ sayings }) => sayings ?? [])]);

/** Where a text says so. Sayings of users' own packs run in linear time, whatever they are. */
function* saidIn(text: string, saying: string): Iterable<Said> {
  const pattern = saying.replace(/ /g, GAP);
  if (own.has(saying)) {
    const expression = new RegExp(pattern, 'gi');
    for (const [from, end] of commentsWith(text, saying))
      for (const match of text.slice(from, end).matchAll(expression))
        yield { index: from + match.index, length: match[0].length, scope: match.groups?.scope ?? '' };
    return;
  }
  const linear = linearPattern(pattern);
  const matcher = linear?.matcher(text);
  while (linear && matcher?.find()) {
    const scope = 'scope' in linear.namedGroups() ? matcher.group('scope') : '';
    yield { index: matcher.start(), length: matcher.end() - matcher.start(), scope: scope ?? '' };
  }
}

/** The comments that may hold a saying, as offsets of where they begin and end. */
function* commentsWith(text: string, saying: string): Iterable<readonly [number, number]> {
  const key = KEYS.get(saying);
  let end = 0;
  for (const { index } of key ? text.matchAll(key) : [{ index: 0 }]) {
    if (index < end) continue;
    const from = key ? text.lastIndexOf('/*', index) : 0;
    const closed = key ? text.indexOf('*/', index) : text.length;
    if (from < 0 || closed < 0 || from < end) continue;
    end = closed;
    yield [from, closed];
  }
}

function linearPattern(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch {
    return undefined;
  }
}

/**
 * The members that a header's text reserves.
 *
 * @param sayings Regular expressions; a blank stands for any gap between two words of a comment. One that can't be
 *     read says nothing.
 */
function mineReserved(text: string, sayings: readonly string[]): ReservedMember[] {
  return sayings.flatMap((saying) => minedBy(text, saying));
}

const PRIVATE = /^\/\*+\s*private:/i;
const PRIVATE_LIST = /^\/\*+\s*private:[^\n]*\n(?:[ \t]*\*?[ \t]*\n)*[ \t]*\*?[ \t]*@?\w+:/i;

function minedBy(text: string, saying: string): ReservedMember[] {
  const found: ReservedMember[] = [];
  for (const { index: start, length, scope } of saidIn(text, saying)) {
    const opened = text.lastIndexOf('/*', start);
    const closed = text.indexOf('*/', start);
    if (opened < 0 || closed < 0 || text.lastIndexOf('*/', start) > opened) continue;
    const end = start + length;
    found.push(...toldBy(text, { opened, closed, start, end }, scope));
  }
  return found;
}

/** Where a saying stands: offsets of its comment, up to the end mark, and of its own words. */
interface Spot {
  readonly opened: number;
  readonly closed: number;
  readonly start: number;
  readonly end: number;
}

/** The members that one saying is about. */
function toldBy(text: string, spot: Spot, scope: string): ReservedMember[] {
  const { opened, closed, start, end } = spot;
  const comment = text.slice(opened, closed);
  const said = text.slice(start, end);
  const isCalled = /(?:not|n't|never)[\s*]+call\b/i.test(said);
  // What a private part says of its members, each or all, is read with that.
  if (PRIVATE_LIST.test(comment) || (PRIVATE.test(comment) && /internal/i.test(said))) return [];
  const member = namedInComment(text, opened, start) ?? besideComment(text, opened, closed + 2, isCalled);
  if (!member) {
    const isOfRecord = (!isCalled && /directly$/i.test(said)) || isOfAll(text, opened, end);
    return isOfRecord ? membersBelow(text, opened, closed, start, end) : subjectsOf(text, spot);
  }
  const words = plain(text.slice(start, entryEnd(text, end, closed, member.tag)));
  const fact = {
    holder: member.tag ?? recordAround(text, opened),
    isForWriters: isOfWriters(said),
    ...(OWNERS.test(said) || KEPT_AWAY.test(words) ? { isOwners: true } : {}),
    ...{ start, end, quote: /^.*?(?:\.(?= |$)|$)/.exec(words)![0] },
    accessors: namesIn(words),
    headers: [...words.matchAll(/\b([\w-]+\.h)\b/g)].map(([, name]) => name),
    scopes: scope.split(/[^\w.-]+|\b(?:and|or)\b/).filter((word) => word && !NO_SCOPES.has(word)),
  };
  const named = [member, ...membersBehind(text, member, comment, isCalled && /\bthese\b/i.test(said))];
  const told = named.map((one): ReservedMember => {
    if (isCalled) return { ...one, ...fact, ...asCalled(fact, one.name) };
    // Of accessors that several members share, those are a member's own that have its name.
    const mine = named.length > 1 ? fact.accessors.filter((name) => name.endsWith(`_${one.name}`)) : [];
    return { ...one, ...fact, ...(mine.length > 0 && { accessors: mine }) };
  });
  // Where a function is named and nothing else, it has to be one that gives the member out.
  if (BARE.test(said)) {
    const users = functionsIn(text).filter(({ groups }) => fact.accessors.includes(groups!.name));
    // Who is to call something else is told by another saying.
    const isNamedFor = (name: string): boolean =>
      !/^(?:please[\s*]+)?call/i.test(said) && fact.accessors.some((one) => isIn(name, one));
    return told.filter(
      ({ name }) => isNamedFor(name) || users.some((match) => new RegExp(`->${name}\\b`).test(bodyOf(match))),
    );
  }
  // Where the comment lets somebody use a member directly, nobody else can tell who.
  const lent = member.at < 0 ? undefined : LETTING.exec(plain(text.slice(end, closed)))?.[0];
  if (lent === undefined) return told;
  const isLent = ({ name }: ReservedMember): boolean => new RegExp(`\\b${name}\\b`).test(lent);
  return told.some(isLent) ? told.filter((one) => !isLent(one)) : [];
}

const BARE =
  /^(?:please[\s*]+)?(?:use|ask|call|go[\s*]+through|(?:read|set|written|obtained)[\s*]+(?:with|via|through|using))[\s*]+\w+\(\)(?:(?:\/|,[\s*]*|[\s*]+(?:and|or)[\s*]+)\w+\(\))*$|^\w+\(\)[\s*]+only$|^only[\s*]+(?:by|via|through|with)\b/i;

/** Whether the name of a function has a member's name in it as whole words: `crate_set_lid` of `lid`. */
function isIn(member: string, name: string): boolean {
  return `_${name}_`.includes(`_${member.replace(/^_+/, '')}_`);
}

/** A saying that begins with all others, and what leaves no use to them. */
const OWNERS = /^(?:(?:all|every|any)[\s*]+)?(?:others?|everyone|everybody|anyone|anybody|anything)\b/i;
const KEPT_AWAY =
  /\b(?:do not|don't|never) (?:touch|poke|mess)\b|\bnever look\b|\blet alone\b|\bleaves? (?:it|them|this|(?:this|the) \w+) alone\b/i;

/** The members behind one that a comment speaks of, too: `the following two fields`, or all functions that follow it. */
function membersBehind(text: string, { at: first }: Named, comment: string, areFunctions: boolean): Named[] {
  const word = /following (\w+) (?:fields|members)/i.exec(comment)?.[1].toLowerCase() ?? '';
  const count = areFunctions ? Number.POSITIVE_INFINITY : COUNTS.indexOf(word);
  const found: Named[] = [];
  for (let at = first; found.length < count - 1 && at >= 0; at = found.at(-1)?.at ?? -1) {
    const end = text.indexOf(';', at) + 1;
    const declaration = end > 0 ? text.slice(end, text.indexOf(';', end) + 1) : '';
    const next = areFunctions && !/\(\s*\*/.test(declaration) ? undefined : memberIn(declaration, end, areFunctions);
    if (!next) break;
    found.push(next);
  }
  return found;
}

/** Of a function that others are to call in another way; `box_*()` stands for the one with the member's name. */
function asCalled({ accessors }: Pick<ReservedMember, 'accessors'>, member: string) {
  const named = accessors.map((name) => (name.endsWith('_') ? name + member.replace(/^_+/, '') : name));
  return { isForCallers: true, isForWriters: false, accessors: named };
}

/** The members of a record right below a comment that speaks of all of it, with the accessors that the comment names or their own. */
function membersBelow(text: string, opened: number, closed: number, start: number, end: number): ReservedMember[] {
  const head = /^\*\/\s*(?:typedef\s+)?(?:struct|union)\s+(\w+)\s*\{/.exec(text.slice(closed, closed + 200));
  const close = head ? text.indexOf('\n}', closed) : -1;
  if (!head || close < 0 || !startsLine(text, opened)) return [];
  const words = plain(text.slice(start, entryEnd(text, end, closed, undefined)));
  const named = [...words.matchAll(/\b([A-Za-z_]\w*)\(\)/g)].map(([, name]) => name);
  const quote = /^.*?(?:\.(?= |$)|$)/.exec(words)![0];
  const from = closed + head[0].length;
  const code = text.slice(from, close).replace(/\/\*[\s\S]*?\*\//g, (one) => ' '.repeat(one.length));
  // Of a record with others in it, it can't be told by text which members are its own.
  if (code.includes('{')) return [];
  // `The number field may not be accessed directly` is about one of them.
  const subject = /\b(\w+(?:-\w+)*) (?:field|member|pointer|counter|list)\s*$/i.exec(
    plain(text.slice(opened, start)),
  )?.[1];
  const above = plain(text.slice(opened, start));
  const isUnderscored = UNDERSCORED.test(above);
  // `All other fields are private`: those that the comment names are not.
  const areOthers = /\ball (?:the )?other\b[^.]*$/i.test(above);
  const only = subject?.replaceAll('-', '_').toLowerCase();
  const declared = [...code.matchAll(/[^;]*;/g)].flatMap(({ 0: one, index }) => declaredIn(one, from + index));
  return declared.flatMap((member) => {
    if (only !== undefined && member.name !== only) return [];
    if (isUnderscored && !member.name.startsWith('_')) return [];
    if (areOthers && new RegExp(`\\b${member.name}\\b`).test(above)) return [];
    if (isForUsers(text.slice(opened, closed), member.name)) return [];
    const users = named.length === 0 ? usersIn(text, head[1], member.name) : { accessors: named };
    if (users.accessors.length === 0 && !isOfAll(text, opened, end)) return [];
    return [{ ...member, holder: head[1], start, end, quote, ...users, headers: [], scopes: [], isAdvice: true }];
  });
}

/** The members of a declaration, which may be several: `u32 kind:5, length:27;`. */
function declaredIn(declaration: string, offset: number): readonly Named[] {
  const only = memberIn(declaration, offset);
  if (only || !/^[^(){}]*,[^(){}]*;$/.test(declaration)) return only ? [only] : [];
  return [...declaration.matchAll(/\b([A-Za-z_]\w*)\s*(?:\[[^\]]*\]|:\s*\w+)?\s*[,;]/g)].map(({ 1: name, index }) => {
    return { name, tag: undefined, at: offset + index };
  });
}

/** Whether a sentence is about all members of a record: `All fields are private and should not be used by drivers`. */
function isOfAll(text: string, opened: number, at: number): boolean {
  const before = plain(text.slice(opened, at));
  // `Do not refer to this struct directly, use functions below`
  const isWhole = /\b(?:this|the) (?:struct|structure|object)(?: directly)?$/i.test(before);
  if (
    isWhole &&
    /^[,.;:]? ?(?:please )?use (?:the )?(?:\w+ )?(?:functions|helpers|accessors|macros)\b/i.test(
      plain(text.slice(at, at + 80)),
    )
  )
    return true;
  return (
    /\b(?:all|any)(?: (?:the|of|its|other))* (?:fields?|members?)\b[^.]*$/i.test(before) || UNDERSCORED.test(before)
  );
}

/** `Fields prefixed with an underscore must not be …` */
const UNDERSCORED =
  /\b(?:fields|members) (?:(?:that )?(?:start|begin)(?:ning|ing)?|prefixed) with (?:an? |two |a double )?(?:underscores?|_+)\b[^.]*$/i;

/** The members that a sentence of a record's kernel-doc names before it says so: `The @lid is private to depots and must not be …`. */
function subjectsOf(text: string, { opened, closed, start, end }: Spot): ReservedMember[] {
  const record = /^\/\*\*\s*\*?\s*(?:struct|union)\s+(\w+)\b/.exec(text.slice(opened, start))?.[1];
  const from = Math.max(opened, ...['. ', '.\n', '\n *\n'].map((stop) => text.lastIndexOf(stop, start)));
  const sentence = text.slice(from + 1, start);
  if (record === undefined || from === opened || /\bexcept\b/i.test(sentence)) return [];
  const words = plain(text.slice(start, entryEnd(text, end, closed, record)));
  const quote = plain(sentence + text.slice(start, end)).replace(/^[.\s]+/, '');
  return [...sentence.matchAll(/@(\w+)(?!\w*:)/g)].map(([, name]) => ({
    ...{ name, tag: record, holder: record, at: -1, start, end, quote, accessors: namesIn(words) },
    ...{ headers: [], scopes: [], isForWriters: isOfWriters(text.slice(start, end)) },
  }));
}

/** Whether the entry of a member in a kernel-doc leaves it to those who use the record: `private data for the driver's use`. */
function isForUsers(comment: string, name: string): boolean {
  const entry = new RegExp(`@${name}:([\\s\\S]*?)(?=\\n[ \\t]*\\*?[ \\t]*(?:@\\w+:|\\n)|$)`).exec(comment)?.[1];
  return (
    entry !== undefined &&
    /\bfor (?:the |a )?(?:drivers?|users?|callers?|clients?|owners?)(?:'s?)? (?:own )?(?:private )?use\b/i.test(
      plain(entry),
    )
  );
}

/** Whether a saying leaves reading to everybody: `do not change directly`, `use take()/drop() to modify`. */
function isOfWriters(said: string): boolean {
  const told = /^use\b[\s\S]*\(\)[\s*]+to[\s*]+(\w+)/i.exec(said)?.[1] ?? said;
  return WRITING.test(told) && !USING.test(told);
}

function startsLine(text: string, at: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

/** `it is safe to access it directly if nobody moves it` */
const LETTING = /\b(?:safe|fine|ok(?:ay)?|allowed) to (?:use|access|touch|read)\b[^.]*\bdirectly\b/i;

const WRITING = /\b(?:change|modif|writ|set|poke|alter|update)/i;
const USING = /\b(?:use|access|touch|manipulate|dereference|read|[gs]et and)/i;
const NO_SCOPES = new Set(['a', 'the', 'function', 'this', 'code', 'of']);
const COUNTS = ['', '', 'two', 'three', 'four', 'five'];

export function placeIn(path: string, { start, end }: ReservedMember): Place {
  return { path, start, end };
}

/** The `@name:` above a saying, if its entry reaches so far; in-place docs say the name of the member below them. */
function namedInComment(text: string, opened: number, at: number): Named | undefined {
  const comment = text.slice(opened, at);
  if (!comment.startsWith('/**')) return undefined;
  const entry = /[\s\S]*[\s*]@(\w+):([\s\S]*)$/.exec(comment);
  if (!entry) return undefined;
  const record = /^\/\*\*\s*\*?\s*(?:struct|union)\s+(\w+)\b/.exec(comment);
  if (!record) return undefined;
  // What follows behind a blank line is about the record, unless it is indented.
  if (/\n[ \t]*\*?[ \t]*\n(?:[ \t]*\*?[ \t]*\n)*[ \t]*\* ?[^\s*]/.test(`${entry[2]}x`)) return undefined;
  return { name: entry[1], tag: record[1], at: -1 };
}

/** The member that a comment stands behind, on its line, or above. */
function besideComment(text: string, opened: number, closed: number, isCalled: boolean): Named | undefined {
  const lineStart = text.lastIndexOf('\n', opened) + 1;
  const before = text.slice(lineStart, opened);
  if (before.includes(';')) return memberIn(before, lineStart, isCalled);
  if (before.trim() !== '') return undefined;
  const end = text.indexOf(';', closed);
  return end < 0 ? undefined : memberIn(text.slice(closed, end + 1), closed, isCalled);
}

/** Where the words about a member end: the next entry, a blank line of a record's kernel-doc, or the comment's end. */
function entryEnd(text: string, from: number, closed: number, tag: string | undefined): number {
  const rest = text.slice(from, closed);
  const next = tag === undefined ? -1 : rest.search(/\n[ \t]*\*?[ \t]*(?:@\w+:|\n)/);
  return next < 0 ? closed : from + next;
}

/** A mark of sparse's on a member: it is to be named in ACCESS_PRIVATE() alone. The preprocessor leaves nothing of it. */
const MARKED = /^[ \t]*(?:[\w]+[ \t*]+)+?__private[ \t*]+(\w+)[ \t]*(?:\[[^\];{}]*\])?[ \t]*;/dgm;

/** The members that the comments and marks of a header reserve. */
export function reservedIn(text: string, onTakenBack?: OnTakenBack): readonly ReservedMember[] {
  const twins = constTwins(text);
  if (twins.length === 0 && !maySay(text)) return [];
  const found: ReservedMember[] = mineReserved(text, ORDERS);
  for (const match of text.includes('__private') ? text.matchAll(MARKED) : []) {
    const [start, end] = match.indices![1];
    const words = match[0].replace(/\s+/g, ' ').trim();
    const holder = recordAround(text, start);
    const place = { start: match.index + match[0].search(/\S/), end };
    found.push({
      name: match[1],
      tag: undefined,
      holder,
      at: start,
      ...place,
      quote: words,
      accessors: [],
      headers: [],
      scopes: [],
      isMarked: true,
    });
  }
  found.push(...twins);
  // What a declaration says counts more than what a comment advises.
  found.push(...mineReserved(text, ADVICE).map((one) => ({ ...one, isAdvice: true })));
  if (text.includes('private:')) found.push(...privateParts(text));
  const seen = new Set<string>();
  const told = found.map((one) =>
    one.accessors.length > 0 || one.headers.length > 0 || one.isMarked
      ? one
      : { ...one, ...usersIn(text, one.tag ?? one.holder, one.name) },
  );
  return told.filter(({ name, holder, tag, at, start }) => {
    if (isTakenBack(text, at < 0 ? start : at, 'reserved', onTakenBack)) return false;
    const key = `${name} ${tag ?? holder}`;
    return !seen.has(key) && seen.add(key);
  });
}
