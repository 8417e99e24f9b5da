/** Finds where a word that carries tag bits is touched without its accessors: what the rules on encoded words share. */
import { declares } from '../facts/declared';
import type { Derived, DerivedTag } from '../facts/derived';
import type { EncodedUse, EncodedWord } from '../packs/encoded';
import { type Facts, oncePerFacts } from '../packs/facts';
import { fits } from '../packs/flow';
import typeWords from '../packs/predefined/integer-words.json';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import type { Expression } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { typeOf } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { stem } from './exempt';
import type { Finding, Related, Severity } from './finding';
import { basesOf } from './named-bases';
import { implementsHeader } from './owners';
import { rawUses } from './raw-uses';
import { spells } from './spelled-names';
import { uncast } from './stored-value';
import type { TaggedWord } from './tagged-word';
import { askedAround, fillsIt, knowingByHand } from './tags-by-hand';
import { rarestFirst } from './word-order';

/** What is reported of a member unless its pack says otherwise: what takes the word apart, or puts it together. */
const USUAL_USES: readonly EncodedUse[] = ['bits', 'pointer', 'store'];

const byRule = oncePerFacts((facts) => {
  const found = new Map<string, EncodedWord[]>();
  for (const word of facts.encoded) found.set(word.rule, [...(found.get(word.rule) ?? []), word]);
  return found;
});

/** The words that a rule speaks of by its packs. */
function packedBy(rule: string, facts: Facts): readonly EncodedWord[] {
  return byRule(facts).get(rule) ?? [];
}

/** The words that a rule speaks of: those of packs, with what headers say of them, and those that headers alone tell of. */
export function taggedBy(file: FileAnalysis, rule: string): readonly TaggedWord[] {
  if (!mayNameDerived(file)) return packedBy(rule, file.facts);
  const { derivedTags } = file;
  const packed = packedBy(rule, file.facts).map((word) => {
    // What the file itself makes of a word is no reason to leave it to the file.
    const derived = derivedTags.find((tag) => !tag.isOwn && isSameWord(file, word, tag));
    return derived ? { ...word, accessors: { ...accessorsOf(derived), ...word.accessors }, derived } : word;
  });
  if (!DERIVING.has(rule)) return packed;
  const others = derivedTags.filter((tag) => !file.facts.encoded.some((word) => isSameWord(file, word, tag)));
  return [...packed, ...others.map((tag) => wordOf(file, rule, tag))];
}

/** Rules that speak of any word of which headers tell. */
const DERIVING: ReadonlySet<string> = new Set(['encoded-pointer', 'unmasked-pointer']);

function isSameWord(file: FileAnalysis, word: EncodedWord, { record, member, pointer }: DerivedTag): boolean {
  if (pointer !== undefined || word.pointer !== undefined) return word.pointer === pointer;
  return word.record === record?.tag && word.member === member && word.header === file.relative(record?.path ?? '');
}

function accessorsOf({ read, write, test }: DerivedTag): EncodedWord['accessors'] {
  return {
    ...(read && { read: read.name }),
    ...(write && { write: write.name }),
    ...(test && { test: test.name }),
  };
}

function wordOf(file: FileAnalysis, rule: string, derived: DerivedTag): TaggedWord {
  const { record, member, pointer, bits, evidence } = derived;
  const because = `${file.lineOf(evidence)} has "${evidence.quote}"`;
  const place = record ? { record: record.tag, header: file.relative(record.path), member } : { pointer };
  const uses = derived.empty
    ? { uses: [...USUAL_USES, 'zero' as const] }
    : derived.isOwn
      ? OF_OWN[derived.isPreserved ? 'kept' : 'plain']
      : derived.accessors.length === 0
        ? BY_HAND
        : {};
  return { rule, ...place, bits, ...uses, accessors: accessorsOf(derived), because, derived };
}

/** Of a word that only a comment calls tagged, everybody must take the tags off by hand. */
const BY_HAND: { readonly uses: readonly EncodedUse[] } = { uses: ['pointer'] };

/** A source that has functions for a word of its own may ask for bits elsewhere, and a first store has no tags to keep. */
const OF_OWN: Readonly<Record<'kept' | 'plain', { readonly uses: readonly EncodedUse[] }>> = {
  kept: { uses: ['pointer', 'store'] },
  plain: { uses: ['pointer'] },
};

/** What a file must hold for a rule on encoded words to have anything to say about it. */
export function encodedNeeds(rule: string): (facts: Facts) => readonly WordNeed[] {
  return (facts) =>
    packedBy(rule, facts).flatMap((word): WordNeed[] => {
      if (word.member !== undefined) return [`.${word.member}`];
      return [...typesOf(word), ...Object.values(word.accessors)];
    });
}

/** As `encodedNeeds`, of the words that headers tell of, and of the members that hold tagged pointers. */
export function derivedNeeds({ tags, holders, carried = [] }: Derived): readonly WordNeed[] {
  return [...tags.flatMap(composingNeeds), ...heldNeeds(holders), ...carried];
}

/**
 * Of a word that is a pointer, whoever takes tags off or puts them in makes an integer of it; where it is asked whether there is
 * a pointer, no integer need stand.
 */
function composingNeeds(tag: DerivedTag): WordNeed[] {
  return [...wholeNeeds(tag), ...(tag.wrappers ?? [])];
}

function wholeNeeds(tag: DerivedTag): WordNeed[] {
  const need = needOf(tag);
  if (tag.alias !== undefined) return [need, tag.alias];
  return tag.kind === 'integer' || tag.pointer !== undefined || tag.empty
    ? [need]
    : INTEGERS.map((type) => [...[need].flat(), type]);
}

const INTEGERS: readonly string[] = typeWords.integers;

/** What a file must hold for pointers that carry tags to be followed in it. */
export function pointerNeeds({ tags }: Derived): readonly WordNeed[] {
  return tags
    .filter(({ kind, record }) => kind !== 'integer' && record)
    .flatMap((tag) => [needOf(tag), ...(tag.wrappers ?? [])]);
}

function heldNeeds(holders: Derived['holders']): WordNeed[] {
  return Object.entries(holders).flatMap(([type, names]) =>
    names.flatMap((name): WordNeed[] => {
      if (name.endsWith('()')) return [name.slice(0, -2)];
      const [member, record] = name.split('.').reverse();
      if (record !== undefined) return [rarestFirst(record, member)];
      return member.includes('_') || type.startsWith(member) ? [`.${member}`] : [];
    }),
  );
}

/** A name of one plain word is too common to stand alone. */
function needOf({ record, member, pointer }: DerivedTag): WordNeed {
  const last = member?.slice(member.lastIndexOf('.') + 1);
  if (!record || last === undefined) return pointer!;
  return last.includes('_') ? `.${last}` : rarestFirst(record.tag, last);
}

/** The tag or typedef that marks the word's pointers, where a type does. */
export function typesOf({ pointer, typedef }: { readonly pointer?: string; readonly typedef?: string }): string[] {
  return [pointer, typedef].filter((name) => name !== undefined);
}

/** The findings of one rule on members; see encoded-types.ts for types. */
export function* rawMembers(file: FileAnalysis, rule: string, severity: Severity): Iterable<Finding> {
  for (const word of taggedBy(file, rule)) {
    if (word.member === undefined || isExempt(file, word, file.main.path, [])) continue;
    const isKnown = knowingByHand(file, word);
    const isAsked = askedAround(file, word);
    const { uses = USUAL_USES } = word;
    const member = word.member.slice(word.member.lastIndexOf('.') + 1);
    const isNamed =
      spells(file.main, nameId(member)) &&
      (word.record === undefined || word.member.includes('.') || basesOf(file.main).mayAccess([member], word.record));
    const isWrapped = word.derived?.wrappers?.some((name) => spells(file.main, nameId(name))) === true;
    if (!isNamed && !isWrapped && !spells(file.main, nameId(word.record ?? ''))) continue;
    const sites = isNamed ? file.accesses([member]).filter((site) => isSite(file, word, site)) : [];
    const report = (place: Place, use: EncodedUse, path: string, within: readonly string[]): Finding | undefined => {
      if (isExempt(file, word, path, within) || isKnown(place) || (use === 'pointer' && isAsked(place)))
        return undefined;
      const declared = sites.find((site) => site.member)?.member?.place ?? word.derived?.evidence;
      return reportRaw(file, word, { rule, severity, place, written: file.written(place), use, member: declared });
    };
    if (rule === 'unmasked-pointer' && word.derived?.kind === 'void' && storesPlain(file, member, sites)) continue;
    if (word.derived?.isAsked && fillsIt(file, member, sites)) continue;
    const told = new Set<string>();
    for (const site of sites) {
      const use = wholeUse(site, uses);
      if (use === undefined || site.firstToken < 0 || site.mode === 'none') continue;
      const { tokens, path } = site.file;
      const place = { path, start: tokens.starts[site.firstToken], end: tokens.ends[site.nameToken] };
      told.add(`${place.start}`);
      const finding = report(place, use, path, site.within);
      if (finding) yield finding;
    }
    for (const { place, use, within, isImplicit } of rawUses(file, word, sites)) {
      // What is followed without a cast from an integer has a rule of its own.
      if (!uses.includes(use) || isImplicit !== (rule === 'unmasked-pointer') || told.has(`${place.start}`)) continue;
      told.add(`${place.start}`);
      const finding = report(place, use, place.path, within);
      if (finding) yield finding;
    }
  }
}

/**
 * Whether a file stores a pointer to something in the word as it is, or what an allocator gave, and puts no tag in anywhere: an owner that sets
 * none, and follows what it stored. So is who hands the pointer to those who store it, in a member of the same name.
 */
function storesPlain({ globals, main }: FileAnalysis, member: string, sites: readonly AccessSite[]): boolean {
  const stored = sites.flatMap(({ access, mode }) => (mode === 'write' ? (access.assignment?.right ?? []) : []));
  const isPlain = (value: Expression): boolean => {
    const type = strip(typeOf(value, globals));
    const { kind } = uncast(value);
    if (type.kind !== 'pointer') return false;
    return (
      recordBehind(type) !== undefined || (strip(type.to).kind === 'void' && (kind === 'call' || kind === 'statement'))
    );
  };
  const isEmpty = (value: Expression): boolean => {
    const core = uncast(value);
    return core.kind === 'number' && /^0[uUlL]*$/.test(core.text);
  };
  const named = [...main.text.matchAll(new RegExp(`\\.${member}\\s*=\\s*(?!NULL\\b|0\\b)([^=;,}]+)[;,}]`, 'g'))];
  const isHanded = named.length > 0 && named.every(([, value]) => /^[\w\s.>-]+$/.test(value));
  return (isHanded || stored.some(isPlain)) && stored.every((value) => isPlain(value) || isEmpty(value));
}

/** Whether a file names a word that headers tell of, as its own text tells: most files are not read with theirs for it. */
function mayNameDerived(file: FileAnalysis): boolean {
  const tags = file.treeTags;
  if (!tags) return true;
  const isNamed = ({ member, record, pointer, alias, wrappers = [] }: DerivedTag): boolean =>
    [member?.slice(member.lastIndexOf('.') + 1), record?.tag, pointer, alias, ...wrappers].some(
      (name) => name !== undefined && spells(file.main, nameId(name)),
    );
  return tags.some(isNamed) || file.isConcernedByLocalHeaders;
}

function isSite(file: FileAnalysis, word: TaggedWord, { record, member, firstToken, mode }: AccessSite): boolean {
  if (!member || firstToken < 0 || mode === 'none' || !record.place) return false;
  if (word.member?.includes('.')) return true;
  return record.tag === word.record && file.relative(record.place.path) === word.header;
}

function wholeUse({ mode }: AccessSite, uses: readonly EncodedUse[]): EncodedUse | undefined {
  const isWrite = mode === 'write' || mode === 'update';
  if (isWrite && uses.includes('write')) return 'write';
  // READ_ONCE() and its like go by the address, too.
  if (mode === 'address' && (uses.includes('address') || uses.includes('read'))) return 'address';
  return !isWrite && uses.includes('read') ? 'read' : undefined;
}

/**
 * Whether code may touch the word: accessors live in headers, so that everything in the headers that declare them may;
 * the source that implements such a header's functions; and whom the pack names.
 */
export function isExempt(file: FileAnalysis, word: TaggedWord, path: string, within: readonly string[]): boolean {
  const { functions = [], files = [] } = word.exempt ?? {};
  const accessors = [...Object.values(word.accessors), ...(word.derived?.accessors ?? []).map(({ name }) => name)];
  if (within.some((name) => accessors.includes(name) || functions.some((pattern) => fits(name, pattern)))) return true;
  if (word.derived?.isOwn) return path !== file.main.path;
  const relative = file.relative(path);
  if (relative === word.header || files.some((pattern) => fits(relative, pattern))) return true;
  if (word.derived && (file.isGeneralHeader(path) || isOwner(file, word.derived, path))) return true;
  if (!path.endsWith('.h')) return false;
  // Whether the file itself declares one is told by its text, so that its headers need not be read for that.
  return accessors.some(
    (name) =>
      name !== undefined &&
      (path === file.main.path ? declares(file.main.text, name) : file.offers(name)?.path === path),
  );
}

/** The headers of the accessors, and the sources that define what these headers declare; `x.c` is one of `x_priv.h`. */
function isOwner(file: FileAnalysis, { record, accessors }: DerivedTag, path: string): boolean {
  const headers = new Set([...accessors.map((accessor) => accessor.path), ...(record ? [record.path] : [])]);
  if (headers.has(path)) return true;
  if (path !== file.main.path || !path.endsWith('.c')) return false;
  const own = stem(path);
  return [...headers].some((header) => stem(header).startsWith(`${own}_`) || implementsHeader(file, header));
}

interface RawUse {
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  /** The code, on one line. */
  readonly written: string;
  readonly use: EncodedUse;
  /** Where the member, or the type, is declared. */
  readonly member: Place | undefined;
}

/** A finding with what to do instead; undefined where no accessor that would do is declared (the gate). */
export function reportRaw(file: FileAnalysis, word: TaggedWord, raw: RawUse): Finding | undefined {
  const { rule, severity, place, written, use, member } = raw;
  const isStore = use === 'write' || use === 'store';
  const found = (name: string | undefined): Place | undefined =>
    name === undefined ? undefined : (file.offers(name) ?? word.derived?.accessors.find((one) => one.name === name));
  const offered = (name: string | undefined): string | undefined => (found(name) ? name : undefined);
  const write = offered(word.accessors.write);
  const read = offered(word.accessors.read);
  const test = offered(word.accessors.test);
  const main = isStore ? write : use === 'zero' ? (word.derived?.empty?.name ?? read) : (read ?? test);
  // The gate: somebody offers to do it. Of a word that headers tell of, somebody masks it there.
  if (main === undefined && !word.derived && !(isStore && read)) return undefined;
  const source = member ? ` (${file.lineOf(member)})` : '';
  const bits =
    word.bits.length === 1 ? `Bit ${word.bits[0]} of it is a tag` : `Bits ${listed(word.bits)} of it are tags`;
  const header = found(read ?? test) ?? word.derived?.evidence;
  const both = !isStore && use !== 'zero' && read && test && read !== test;
  const isSaid = word.derived?.accessors.length === 0;
  const name = both ? `${read}(), or ${test}() for the tag` : main && `${main}()`;
  const advice = name ?? `what ${header ? file.relative(header.path) : word.header} declares`;
  const isElsewhere = header?.path.endsWith('.c') === true && header.path !== file.main.path && word.derived?.isOwn;
  const byHand = isStore ? 'Keep the tags' : 'Take the tags off first';
  const deed = isSaid ? 'Take the tags off first' : isElsewhere ? `${byHand}, as ${advice} does` : `Use ${advice}`;
  const message = `${written} ${DEEDS[use]}. ${bits}${source}: ${word.because}. ${deed}.`;
  const related: Related[] = member ? [{ ...member, message: `${lastName(word)} is declared here` }] : [];
  const accessor = main === undefined ? header : found(main);
  const what = main === undefined ? 'The accessors are' : `${main}() is declared`;
  if (accessor)
    related.push({ path: accessor.path, start: accessor.start, end: accessor.end, message: `${what} here` });
  return { rule, severity, ...place, message, related, fixes: [] };
}

const DEEDS: Readonly<Record<EncodedUse, string>> = {
  read: 'is read raw',
  write: 'is written raw',
  address: 'is reached by its address',
  bits: 'is taken apart by hand',
  pointer: 'is taken for a pointer as it is',
  store: 'is put together by hand',
  zero: 'is tested for zero as a whole, though tags alone are no pointer',
};

function lastName({ member, pointer, typedef }: EncodedWord): string {
  return member ?? pointer ?? typedef ?? 'it';
}

function listed(bits: readonly number[]): string {
  return bits.length < 2 ? bits.join('') : `${bits.slice(0, -1).join(', ')} and ${bits.at(-1)}`;
}
