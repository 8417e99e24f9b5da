/**
 * Tells by a header's text which members have accessors that do more than name them: one that waits or tests first, that gives
 * another member in place of it, that counts, or that stands for a member with two underscores in front.
 */
import { type AccessorRole, roleOf } from './accessor-roles';
import { BODY, bodyOf, macrosIn } from './member-text';
import { isTakenBack, type OnTakenBack } from './not-derived';
import type { ReservedMember } from './reserved-member';

/** Inline functions that take a record first. */
const TAKING = new RegExp(
  String.raw`^(?:static\s+)?(?:__always_)?inline\s+[\w\s*]*?\b(?<name>\w+)\(\s*(?:const\s+)?struct\s+(?<tag>\w+)\s*\*\s*(?:const\s+)?(?<base>\w+)\s*(?<more>,(?:[^(){};]|\([^(){};]*\))*)?\)\s*(?:__\w+(?:\([^()]*\))?\s*)*${BODY}`,
  'gm',
);

/** An inline function that takes a record first. */
interface Taking {
  readonly name: string;
  readonly tag: string;
  /** The parameter that the record is. */
  readonly base: string;
  /** It has further parameters. */
  readonly takesMore: boolean;
  readonly body: string;
  readonly whole: string;
  /** Offset of its name. */
  readonly index: number;
}

/** The inline functions of a text that take a record first. */
export function* takersIn(text: string): Iterable<Taking> {
  for (const match of text.matchAll(TAKING)) {
    const { name, tag, base, more } = match.groups!;
    const [whole] = match;
    const index = match.index + whole.indexOf(`${name}(`);
    yield { name, tag, base, takesMore: more !== undefined, body: bodyOf(match), whole, index };
  }
}

interface Accessor {
  readonly name: string;
  readonly member: string;
  readonly index: number;
  /** `beside`: it counts among other things it does. */
  readonly kind: 'more' | 'hidden' | 'counter' | 'beside';
  readonly role: AccessorRole | undefined;
}

export function accessedIn(text: string, onTakenBack?: OnTakenBack): readonly ReservedMember[] {
  const hasMacros = text.includes('->__');
  if (!text.includes('inline') && !hasMacros) return [];
  const byRecord = new Map<string, Accessor[]>();
  for (const taking of takersIn(text)) {
    const { name, tag, base, takesMore, body, whole, index } = taking;
    const record = recordOf(text, tag);
    if (!record) continue;
    const code = body.replace(/\/\*[\s\S]*?\*\//g, '').trim();
    const add = (member: string, kind: Accessor['kind']): void => {
      const known = byRecord.get(tag) ?? [];
      // `box_lids()` gives `__lids` out, be it worked out with others.
      const isNamed = kind === 'hidden' && name.endsWith(`_${member.slice(2)}`) && /\breturn\b/.test(code);
      const role = kind === 'more' ? 'reads' : (roleOf(code, base, member) ?? (isNamed ? 'reads' : undefined));
      byRecord.set(tag, [...known, { name, member, index, kind, role }]);
    };
    const read = [...code.matchAll(/\b(\w+)->(?=(\w+))/g)].flatMap(([, from, member]) =>
      from === base ? [member] : [],
    );
    const counter = COUNTING.exec(code);
    for (const [, from, member] of code.matchAll(COUNTED))
      if (from === base && counter?.[2] !== member) add(member, 'beside');
    for (const member of record.members) {
      if (member.startsWith('__') && read.includes(member)) add(member, 'hidden');
      if (counter?.[1] === base && counter[2] === member) add(member, 'counter');
      else if (!takesMore && record.shared.includes(member) && isGuarded(code, base, member)) add(member, 'more');
      else if (
        !takesMore &&
        isNamedFor(name, tag, member) &&
        !(isQuestion(name, member) && isCompound(text, record, member)) &&
        !/\bvoid\s+\w+\(/.test(whole) &&
        !isForOthers(text, whole, { name, tag, base, member, code }) &&
        doesMore(code, base, read, member) &&
        (read.includes(member) || !isNamedBeside(text, taking, member))
      )
        add(member, 'more');
    }
  }
  for (const { tag, ...accessor } of hasMacros ? macrosOf(text) : [])
    byRecord.set(tag, [...(byRecord.get(tag) ?? []), accessor]);
  return [...byRecord].flatMap(([tag, accessors]) => factsOf(text, tag, accessors, onTakenBack));
}

/**
 * Macros that make something of a member with two underscores in front, of the one record of the text that has it. One that compares it
 * with a value is no way to read it.
 */
function* macrosOf(text: string): Iterable<Accessor & { readonly tag: string }> {
  for (const { name, parameters, body, start } of macrosIn(text)) {
    const code = body.replace(/\((\w+)\)->/g, '$1->');
    for (const [, base, member] of code.matchAll(/\b(\w+)->(__[a-z]\w*)\b/g)) {
      if (!parameters.split(',').some((one) => one.trim() === base) || /[!=]=/.test(code)) continue;
      const holders = tagsDeclaring(text, member);
      const role = roleOf(`return ${code};`, base, member);
      if (holders.length === 1 && role) yield { tag: holders[0], name, member, index: start, kind: 'hidden', role };
    }
  }
}

/** The tags of the records in a text that declare a member. */
function tagsDeclaring(text: string, member: string): string[] {
  return [...text.matchAll(/^struct\s+(\w+)\s*\{/gm)].flatMap(([, tag]) =>
    recordOf(text, tag)?.members.includes(member) ? [tag] : [],
  );
}

/** What is said of members by their accessors alone: of others a comment speaks. */
export function unspoken(
  accessed: readonly ReservedMember[],
  spoken: readonly ReservedMember[],
): readonly ReservedMember[] {
  const told = new Set(spoken.map(({ name, tag, holder, isAdvice }) => (isAdvice ? '' : `${tag ?? holder} ${name}`)));
  return accessed.filter(({ name, holder }) => !told.has(`${holder} ${name}`));
}

function factsOf(
  text: string,
  tag: string,
  accessors: readonly Accessor[],
  onTakenBack: OnTakenBack | undefined,
): ReservedMember[] {
  const record = recordOf(text, tag)!;
  return record.members.flatMap((name) => {
    const own = accessors.filter(({ member }) => member === name);
    // What only works with a member says nothing of how it is to be read or stored.
    if (own.every(({ role }) => role === undefined)) return [];
    const chosen =
      own.find(({ kind }) => kind === 'more' || kind === 'hidden') ?? own.find(({ kind }) => kind === 'counter');
    // One function that counts is nobody's rule; several are how the counter is to be used.
    if (!chosen || (chosen.kind === 'counter' && own.filter(({ kind }) => kind === 'counter').length < 2)) return [];
    const at = memberAt(text, record, name);
    if (at < 0 || [at, chosen.index].some((place) => isTakenBack(text, place, 'accessor', onTakenBack))) return [];
    const end = text.indexOf('\n', chosen.index);
    const quote = text.slice(chosen.index, end).replace(/\s+/g, ' ').trim();
    const names = [...new Set(own.map((one) => one.name))];
    const inRole = (wanted: AccessorRole): readonly string[] =>
      names.filter((one) => own.some(({ name: other, role }) => other === one && role === wanted));
    const place = { start: chosen.index, end };
    return [
      {
        name,
        tag: undefined,
        holder: tag,
        at,
        ...place,
        quote,
        accessors: names,
        writers: inRole('stores'),
        counters: inRole('counts'),
        headers: [],
        scopes: [],
        isAccessed: true,
      },
    ];
  });
}

/** `dma_fence_timestamp`, `page_is_pfmemalloc`: the record's name, or how it begins, then the member's. */
function isNamedFor(name: string, tag: string, member: string): boolean {
  const before = /^(\w+?)_(?:is_|get_|has_)?$/.exec(name.slice(0, name.length - member.length))?.[1];
  return name.endsWith(`_${member}`) && before !== undefined && (before === tag || tag.startsWith(`${before}_`));
}

/** Whether a name asks: `page_is_pfmemalloc`. */
function isQuestion(name: string, member: string): boolean {
  return /_(?:is|has)_$/.test(name.slice(0, name.length - member.length));
}

/** Whether a member is declared as a record, a pointer or an array: no question is answered by it. */
function isCompound(text: string, record: RecordText, member: string): boolean {
  const at = memberAt(text, record, member);
  const declared = text.slice(Math.max(...[';', '{', '}', '*/'].map((end) => text.lastIndexOf(end, at - 1))) + 1, at);
  return at >= 0 && (/\b(?:struct|union)\b|\*\s*$/.test(declared) || /^\w+\s*\[/.test(text.slice(at)));
}

/**
 * It waits or decides, or gives another member than the one of its name.
 *
 * @param base The parameter.
 * @param read The members that it names of it.
 */
function doesMore(code: string, base: string, read: readonly string[], member: string): boolean {
  // `job->kind == JOB_READ` says when `read` is valid, and is not what it holds.
  if (!read.includes(member) && [...code.matchAll(COMPARING)].some(([, from]) => from === base)) return false;
  return read.length > 0 && (/\b(?:if|while|for)\b|\?/.test(code) ? read.includes(member) : !read.includes(member));
}

/**
 * Whether a function gives a member of a union out where a test of the record says so, and nothing otherwise: `if (test_bit(FULL, &x->flags))
 * return x->lid; return NULL;`.
 */
function isGuarded(code: string, base: string, member: string): boolean {
  const own = `${base}->${member}`;
  const values = [...code.matchAll(/\breturn\b\s*([^;]*);/g)].map(([, value]) => value.replace(/\s+/g, ' ').trim());
  const tested = /^if\s*\(([\s\S]*?)\)\s*return\s/.exec(code)?.[1];
  const isOfRecord = tested?.includes(`${base}->`) === true && !tested.includes(own);
  return isOfRecord && values.length === 2 && values[0] === own && /^(?:NULL|0|\(void \*\)0)$/.test(values[1]);
}

/** Whether another function of the header uses a member of the record, which then is a thing of its own. */
function isNamedBeside(text: string, { name, tag }: Taking, member: string): boolean {
  for (const other of takersIn(text))
    if (other.tag === tag && other.name !== name && new RegExp(`\\b${other.base}->${member}\\b`).test(other.body))
      return true;
  return false;
}

/**
 * Whether a function is no other way to read a member: it only guards against NULL, which whoever holds a record needs not; it gives the
 * record itself, as what takes a reference does; or it gives for writing what the member only lets be read.
 */
function isForOthers(
  text: string,
  definition: string,
  { name, tag, base, member, code }: Readonly<Record<'name' | 'tag' | 'base' | 'member' | 'code', string>>,
): boolean {
  const returned = definition.slice(0, definition.indexOf(`${name}(`));
  const isOwn = new RegExp(`\\bstruct\\s+${tag}\\s*\\*`).test(returned);
  if (isOwn && !code.includes(`${base}->${member}`)) return true;
  // What it gives of it may lie deeper.
  const own = `${base}->${member}(?:\\.\\w+)*\\s*`;
  const guarded = `(?:return\\s+${base}\\s*\\?\\s*${own}:[^;?]*|if\\s*\\(\\s*!\\s*${base}\\s*\\)\\s*return\\b[^;]*;\\s*return\\s+${own})`;
  if (new RegExp(`^${guarded};$`).test(code)) return true;
  const pointee = /\bstruct\s+(\w+)\s*\*\s*$/.exec(returned)?.[1];
  if (pointee === undefined || /\bconst\b/.test(returned)) return false;
  const record = recordOf(text, tag);
  const declared = new RegExp(`\\bconst\\s+struct\\s+${pointee}\\s*\\*\\s*${member}\\s*;`);
  return record !== undefined && declared.test(text.slice(record.start, record.end));
}

/** A member beside an enumerator or a macro of a number. */
const COMPARING = /\b(\w+)->\w+\s*[!=]=\s*[A-Z]/g;

/** `atomic_inc(&x->member);`, with or without a value; of `x->part.member` the part is no counter. */
const COUNTING = /^(?:return\s+)?(?:atomic\w*|refcount)_\w+\((?:\w+,\s*)?&(\w+)->(\w+)\b(?!\s*(?:\.|->))[^;]*\);$/;

/** A counter of the record whose address is given to what counts. */
const COUNTED = /\b(?:atomic\w*|refcount)_\w+\((?:\w+,\s*)?&(\w+)->(\w+)\s*[,)]/g;

interface RecordText {
  readonly start: number;
  readonly end: number;
  readonly members: readonly string[];
  /** Those of them that stand in unions. */
  readonly shared: readonly string[];
}

const known = new Map<string, RecordText | undefined>();
let knownFor = '';

/** The record of a tag as the text defines it, with the names that it declares. */
export function recordOf(text: string, tag: string): RecordText | undefined {
  if (text !== knownFor) {
    known.clear();
    knownFor = text;
  }
  if (!known.has(tag)) known.set(tag, findRecord(text, tag));
  return known.get(tag);
}

function findRecord(text: string, tag: string): RecordText | undefined {
  const found = new RegExp(`^struct\\s+${tag}\\s*\\{`, 'm').exec(text);
  if (!found) return undefined;
  const end = text.indexOf('\n}', found.index);
  if (end < 0) return undefined;
  const body = text.slice(found.index, end).replace(/\/\*[\s\S]*?\*\//g, '');
  const members = [...body.matchAll(/[\w*\s]\b(\w+)\s*(?:\[[^\]]*\](?:\s*\w+(?:\([^()]*\))?)?|:\s*\w+)?\s*;/g)].map(
    ([, name]) => name,
  );
  const shared = [...body.matchAll(/\bunion\s*\{([^{}]*)\}/g)].flatMap(([, inner]) =>
    [...inner.matchAll(/\b(\w+)\s*(?:\[[^\]]*\])?\s*;/g)].map(([, name]) => name),
  );
  return { start: found.index, end, members: [...new Set(members)], shared };
}

/** Where a member is declared; -1 where it can't be told. */
export function memberAt(text: string, { start, end }: RecordText, name: string): number {
  const declared = new RegExp(`\\b${name}\\s*(?:\\[[^\\]]*\\](?:\\s*\\w+(?:\\([^()]*\\))?)?|:\\s*\\w+)?\\s*;`, 'g');
  declared.lastIndex = start;
  const match = declared.exec(text);
  return match && match.index < end ? match.index : -1;
}
