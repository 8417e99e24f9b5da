/**
 * Puts together what the functions and macros of headers say of members that hold several numbers: which bits are one number, who
 * gives it out, and that the other bits are somebody else's.
 */
import words from '../packs/predefined/number-words.json';
import type { Place } from '../text/text';
import { memberAt, recordOf } from './accessor-scan';
import { constantOf, definesIn } from './constant-text';
import type { DerivedPacked, Evidence, PartAccessor } from './derived';
import { lineQuoted } from './member-text';
import { isTakenBack, type OnTakenBack } from './not-derived';
import { numbersSaid, type SaidNumber } from './packed-comments';
import { mayTakeParts, type PartTaken, partsTakenIn, withoutComments } from './packed-scan';

interface Header {
  readonly path: string;
  readonly text: string;
  readonly defines: ReadonlyMap<string, string>;
  readonly taken: readonly (PartTaken & { readonly owner: string })[];
}

interface Bits extends PartTaken {
  readonly header: Header;
  readonly bits: bigint;
  readonly isShifted: boolean;
}

const ALL = (1n << 64n) - 1n;

/** A constant that takes apart members of more records is a unit of measure. */
const MOST_RECORDS = 4;

/** Finds them one header at a time; `facts` tells once all headers were given, and those that define what these name. */
export class PackedNumbers {
  private readonly headers: Header[] = [];
  private readonly said: (SaidNumber & { readonly path: string; readonly text: string })[] = [];
  /** What names of other headers stand for. */
  private readonly named = new Map<string, string>();
  /** By tag the headers of records that others take apart. */
  private readonly records = new Map<string, Header>();

  add(path: string, text: string): void {
    for (const said of numbersSaid(text)) this.said.push({ ...said, path, text });
    if (!mayTakeParts(text)) return;
    const code = withoutComments(text);
    const taken = [...partsTakenIn(code)].flatMap((one) => {
      const owner = one.tag ?? ownerIn(text, code, one);
      return owner === undefined ? [] : [{ ...one, owner }];
    });
    if (taken.every(({ use }) => use === 'asked' || use === 'kept')) return;
    this.headers.push({ path, text, defines: definesIn(code), taken });
  }

  /** Names that stand in masks, and that the headers with these masks do not define. */
  wanted(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { taken, defines } of this.headers) {
      const look = (code: string, depth: number): void => {
        for (const [name] of code.matchAll(/\b[A-Za-z_]\w*\b/g)) {
          const value = defines.get(name);
          if (value === undefined && /[A-Z]/.test(name)) names.add(name);
          else if (value !== undefined && depth < 4) look(value, depth + 1);
        }
      };
      for (const { mask, shift, use } of taken) if (use !== 'kept') look(mask ?? shift ?? '', 0);
    }
    return names;
  }

  /** How the definitions begin of records that members are taken apart of in other headers. */
  wantedRecords(): ReadonlySet<string> {
    return new Set([...this.apart()].map((tag) => `struct ${tag} {`));
  }

  private apart(): ReadonlySet<string> {
    if (this.tags?.of === this.headers.length) return this.tags.tags;
    const tags = this.headers.flatMap(({ text, taken }) =>
      taken.flatMap(({ owner }) => (text.includes(`struct ${owner} {`) ? [] : [owner])),
    );
    this.tags = { of: this.headers.length, tags: new Set(tags) };
    return this.tags.tags;
  }

  private tags: { readonly of: number; readonly tags: ReadonlySet<string> } | undefined;

  /** Takes in what names stand for in a header that defines some, and records. */
  learn(path: string, text: string): void {
    const tags = this.apart();
    for (const [, tag] of text.matchAll(/^struct (\w+) \{/gm))
      if (tags.has(tag)) this.records.set(tag, { path, text, defines: new Map(), taken: [] });
    for (const [name, value] of definesIn(withoutComments(text)))
      if (!this.named.has(name)) this.named.set(name, value);
  }

  /** @param resolve Tells the values of names that no text has told so far. */
  facts(resolve: (name: string) => bigint | undefined = () => undefined, onTakenBack?: OnTakenBackOf): DerivedPacked[] {
    const groups = new Map<string, Bits[]>();
    const parts = new Set<string>();
    for (const { taken } of this.headers)
      for (const { owner, member, use } of taken)
        if (use === 'given' || use === 'compared') parts.add(`${owner} ${member}`);
    for (const header of this.headers) {
      const define = (name: string): string | undefined =>
        header.defines.get(name) ?? this.named.get(name) ?? resolve(name)?.toString();
      for (const one of header.taken) {
        const key = `${one.owner} ${one.member}`;
        if (!parts.has(key)) continue;
        const value = constantOf(one.mask ?? one.shift ?? '', define);
        if (value === undefined) continue;
        const isShifted = one.mask === undefined;
        const bits = isShifted
          ? value < 64n
            ? BigInt.asUintN(64, ALL << value)
            : ALL
          : value === 0n
            ? ALL
            : bitsOf(value);
        if (bits === ALL) continue;
        const group = groups.get(key) ?? [];
        group.push({ ...one, header, bits, isShifted });
        groups.set(key, group);
      }
    }
    const uses = usesOfNames(groups);
    const isUnit = ({ mask, shift }: PartTaken): boolean =>
      [...(mask ?? shift ?? '').matchAll(/\b[A-Za-z_]\w*\b/g)].some(
        ([name]) => (uses.get(name)?.size ?? 0) > MOST_RECORDS,
      );
    const found = [...groups].flatMap(([key, all]) => {
      const [tag, member] = key.split(' ');
      return (
        factOf(
          tag,
          member,
          all.filter((one) => !isUnit(one)),
          this.records.get(tag),
          onTakenBack,
        ) ?? []
      );
    });
    const known = new Set(found.map(({ tag, member }) => `${tag} ${member}`));
    const said = this.said.filter(({ tag, member }) => !known.has(`${tag} ${member}`));
    return [...found, ...said.flatMap((one) => factSaid(one, onTakenBack) ?? [])];
  }
}

/** Whether bits are all that a member has, as its type is spelled; of an array nothing is known. */
function isWhole(text: string, at: number, bits: bigint): boolean {
  if (/^\w+\s*\[/.test(text.slice(at, at + 80))) return true;
  const width = /\w*?(\d+)(?:_t)?\s+$/.exec(text.slice(Math.max(0, at - 40), at))?.[1];
  return width !== undefined && bits === (1n << BigInt(width)) - 1n;
}

/** What a comment alone says. */
function factSaid(
  {
    path,
    text,
    tag,
    member,
    at,
    bits,
    accessor,
    accessorAt,
    start,
    quote,
  }: SaidNumber & { path: string; text: string },
  onTakenBack: OnTakenBackOf | undefined,
): DerivedPacked | undefined {
  if (
    !isInteger(text, at) ||
    isWhole(text, at, bits) ||
    isTakenBack(text, at, 'accessor', (...of) => onTakenBack?.(path, ...of))
  )
    return undefined;
  const place = { path, start: accessor === undefined ? at : accessorAt };
  const end = place.start + (accessor ?? member).length;
  return {
    tag,
    member,
    headers: [path],
    accessors: [{ name: accessor ?? '', ...place, end, bits: `0x${bits.toString(16)}`, gives: true }],
    isPreserved: false,
    evidence: { path, start, end: start, quote },
  };
}

const CAST_WORD = new RegExp(`^${words.cast}$`);

type OnTakenBackOf = (path: string, ...of: Parameters<OnTakenBack>) => void;

/** By name in masks: the members that it takes apart. */
function usesOfNames(groups: ReadonlyMap<string, readonly Bits[]>): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const [key, all] of groups)
    for (const { mask, shift } of all)
      for (const [name] of (mask ?? shift ?? '').matchAll(/\b[A-Za-z_]\w*\b/g)) {
        if (words.masks.includes(name) || words.bits.includes(name) || CAST_WORD.test(name)) continue;
        const known = uses.get(name);
        if (known) known.add(key);
        else uses.set(name, new Set([key]));
      }
  return uses;
}

function factOf(
  tag: string,
  member: string,
  all: readonly Bits[],
  defining: Header | undefined,
  onTakenBack: OnTakenBackOf | undefined,
): DerivedPacked | undefined {
  const given = all.filter((one) => isPart(one, all));
  if (!given.some(({ use }) => use === 'given') && !isTakenInTwo(given)) return undefined;
  const declaring = [...new Set([...all.map(({ header }) => header), ...(defining ? [defining] : [])])].flatMap(
    (header) => {
      const record = recordOf(header.text, tag);
      const at = record ? memberAt(header.text, record, member) : -1;
      return at < 0 ? [] : [{ header, at }];
    },
  );
  if (declaring.some(({ header, at }) => !isInteger(header.text, at))) return undefined;
  const isSaid = declaring.some(({ header, at }) => saysShared(header.text, tag, member, at));
  const isShared = isSaid || given.some(({ bits }) => all.some((other) => (other.bits & bits) === 0n));
  if (!isShared) return undefined;
  // Numbers without names may be an encoding that holds at times: a comment says so of all, or a setter that keeps the rest.
  const isNamed = given.some(({ mask, shift }) => /(?<!\w)[A-Za-z_]\w{2}/.test(mask ?? shift ?? ''));
  const isKept = all.some(({ use }) => use === 'kept');
  if (!isNamed && !isKept && !isSaid) return undefined;
  const isTaken = (path: string, text: string, at: number): boolean =>
    isTakenBack(text, at, 'accessor', (...of) => onTakenBack?.(path, ...of));
  if (declaring.some(({ header, at }) => isTaken(header.path, header.text, at))) return undefined;
  const kept = given.filter(({ header, start }) => !isTaken(header.path, header.text, start));
  const [first] = kept;
  if (!first) return undefined;
  const accessors = new Map<string, PartAccessor>();
  for (const { name, header, start, bits, use } of kept) {
    const key = `${name} ${bits}`;
    if (accessors.get(key)?.gives) continue;
    const place: Place = { path: header.path, start, end: start + name.length };
    accessors.set(key, { name, ...place, bits: `0x${bits.toString(16)}`, gives: use === 'given' });
  }
  const said = kept.find(({ use }) => use === 'given') ?? first;
  return {
    tag,
    member,
    headers: declaring.map(({ header }) => header.path),
    accessors: [...accessors.values()].sort((a, b) => Number(b.gives) - Number(a.gives)),
    isPreserved: isKept && isNamed,
    evidence: evidenceAt(said),
  };
}

/** Whether a mask leaves a number: several bits in a row, and more than an answer is made of them. */
function isPart({ bits, use, mask, shift, isShifted, header }: Bits, all: readonly Bits[]): boolean {
  if (use !== 'given' && use !== 'compared') return false;
  // `x >> SHIFT` alone may be another unit of the same number.
  if (isShifted && !/^[\s(]*\d/.test(shift ?? '') && !header.defines.has(shift ?? '')) return false;
  if (isShifted) return all.some((other) => !other.isShifted && (other.bits & bits) === 0n);
  if (!isRun(bits)) return false;
  if (!/\|/.test(mask ?? '') || (bits & (1n << 63n)) !== 0n) return true;
  // Several flags are a number where others are taken out in the same way.
  return (
    use === 'given' && all.some((other) => other.use === 'given' && isRun(other.bits) && (other.bits & bits) === 0n)
  );
}

/** Several bits in a row. */
function isRun(bits: bigint): boolean {
  const run = bits / (bits & -bits);
  return (run & (run + 1n)) === 0n && run > 1n;
}

/** The bits of a mask: of the complement of flags in the highest bits of a short word, those below. */
function bitsOf(value: bigint): bigint {
  if (isRun(value)) return value;
  for (const width of [8n, 16n, 32n]) {
    const low = BigInt.asUintN(Number(width), value);
    if (value >> width === ALL >> width && low !== 0n && isRun(low)) return low;
  }
  return value;
}

/** Whether two numbers are taken out of a member, by however many functions. */
function isTakenInTwo(given: readonly Bits[]): boolean {
  return given.some((one) => given.some((other) => (one.bits & other.bits) === 0n));
}

/** Whether a member is declared as one whole number. */
function isInteger(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const from = Math.max(...[';', '{', '}', '*/', '\\\n', '#'].map((end) => before.lastIndexOf(end) + end.length));
  const type = before.slice(from).trim();
  if (/^\w+\s*(?:\[[^\]]*\]\s*)?:/.test(text.slice(at))) return false;
  return new RegExp(words.integers).test(`${type} `.replace(/^.*\n\s*(?=\S)/, ''));
}

/** A comment that speaks of two things in one word. */
const TWO_THINGS =
  /\bbits?\b[\s\S]*\bbits?\b|(?:[+&]|\b(?:and|with|plus))\s+(?:\w+\s+)?flags\b|\b(?:upper|lower|top|bottom|high|low|lowest|highest)\s+(?:\w+\s+)?bits?\b|\bhalves\b|\bsplit\b/i;

/** Whether a comment on a member says that it holds several things. */
function saysShared(text: string, tag: string, member: string, at: number): boolean {
  const line = text.indexOf('\n', at);
  const behind = text.slice(at, line);
  const open = behind.indexOf('/*');
  const trailing = open >= 0 ? text.slice(at + open, text.indexOf('*/', at + open)) : (behind.split('//')[1] ?? '');
  const before = text.slice(0, text.lastIndexOf('\n', at)).trimEnd();
  const above = before.endsWith('*/') ? before.slice(before.lastIndexOf('/*')) : '';
  if (TWO_THINGS.test(trailing) || TWO_THINGS.test(above)) return true;
  const entry = new RegExp(String.raw`\n\s*\*\s*@${member}:((?:(?!\n\s*\*\s*@)(?!\*/)[\s\S])*)`).exec(text)?.[1];
  if (entry !== undefined && TWO_THINGS.test(entry)) return true;
  return new RegExp(String.raw`\*[^\n]*\b${tag}\b[^\n]*\b${member}\b[^\n]*\bsplit\b`).test(text);
}

/** The one record of a header that a member named without its record is of. */
function ownerIn(text: string, code: string, { member, start, isMacro }: PartTaken): string | undefined {
  const owners: string[] = [];
  for (const { 1: tag } of code.matchAll(/^struct\s+(\w+)\s*\{/gm)) {
    const record = recordOf(text, tag);
    const at = record ? memberAt(text, record, member) : -1;
    if (!record || at < 0) continue;
    if (isMacro && record.start < start && start < record.end) return tag;
    if (!owners.includes(tag)) owners.push(tag);
  }
  if (owners.length < 2) return owners[0];
  const named = owners.filter((tag) => new RegExp(String.raw`\*[^\n]*\b${tag}\b[^\n]*\b${member}\b`).test(text));
  return named.length === 1 ? named[0] : undefined;
}

/** The line of code that says it. */
function evidenceAt({ header, start, member }: Bits): Evidence {
  const { text, path } = header;
  const used = new RegExp(String.raw`(?:->|\.|\b)${member}\b`).exec(text.slice(start));
  const at = start + (used?.index ?? 0) + (used?.[0].length ?? member.length) - member.length;
  return { path, start: at, end: at + member.length, quote: lineQuoted(text, at) };
}
