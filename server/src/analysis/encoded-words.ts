/** Finds where a word that carries tag bits is touched without its accessors: what the rules on encoded words share. */
import type { EncodedUse, EncodedWord } from '../packs/encoded';
import { type Facts, oncePerFacts } from '../packs/facts';
import { fits } from '../packs/flow';
import type { WordNeed } from '../search/word-search';
import type { Place } from '../text/text';
import type { AccessSite, FileAnalysis } from './analysis';
import { usesAt } from './encoded-uses';
import type { Finding, Related, Severity } from './finding';

/** What is reported of a member unless its pack says otherwise: what takes the word apart, or puts it together. */
const USUAL_USES: readonly EncodedUse[] = ['bits', 'pointer', 'store'];

const byRule = oncePerFacts((facts) => {
  const found = new Map<string, EncodedWord[]>();
  for (const word of facts.encoded) found.set(word.rule, [...(found.get(word.rule) ?? []), word]);
  return found;
});

/** The words that a rule speaks of. */
export function encodedBy(rule: string, facts: Facts): readonly EncodedWord[] {
  return byRule(facts).get(rule) ?? [];
}

/** What a file must hold for a rule on encoded words to have anything to say about it. */
export function encodedNeeds(rule: string): (facts: Facts) => readonly WordNeed[] {
  return (facts) =>
    encodedBy(rule, facts).flatMap((word): WordNeed[] => {
      if (word.member !== undefined) return [`.${word.member}`];
      return [...typesOf(word), ...Object.values(word.accessors)];
    });
}

/** The tag or typedef that marks the word's pointers, where a type does. */
export function typesOf({ pointer, typedef }: EncodedWord): string[] {
  return [pointer, typedef].filter((name) => name !== undefined);
}

/** The findings of one rule on members; see encoded-types.ts for types. */
export function* rawMembers(file: FileAnalysis, rule: string, severity: Severity): Iterable<Finding> {
  for (const word of encodedBy(rule, file.facts)) {
    if (word.member === undefined) continue;
    for (const site of file.accesses([word.member])) {
      if (site.record.tag !== word.record || !site.member || site.firstToken < 0 || site.mode === 'none') continue;
      const declared = site.record.place;
      if (!declared || file.relative(declared.path) !== word.header) continue;
      const use = wrongUse(file, site, word);
      if (use === undefined || isExempt(file, word, site.file.path, site.within)) continue;
      const { tokens, path } = site.file;
      const place = { path, start: tokens.starts[site.firstToken], end: tokens.ends[site.nameToken] };
      const written = file.written(place);
      const finding = reportRaw(file, word, { rule, severity, place, written, use, member: site.member.place });
      if (finding) yield finding;
    }
  }
}

function wrongUse(file: FileAnalysis, site: AccessSite, { uses = USUAL_USES }: EncodedWord): EncodedUse | undefined {
  const isWrite = site.mode === 'write' || site.mode === 'update';
  if (isWrite && uses.includes('write')) return 'write';
  // READ_ONCE() and its like go by the address, too.
  if (site.mode === 'address' && (uses.includes('address') || uses.includes('read'))) return 'address';
  if (!isWrite && uses.includes('read')) return 'read';
  return usesAt(file, site).find((use) => uses.includes(use));
}

/**
 * Whether code may touch the word: accessors live in headers, so that everything in the headers that declare them may;
 * and whom the pack names.
 */
export function isExempt(file: FileAnalysis, word: EncodedWord, path: string, within: readonly string[]): boolean {
  const { functions = [], files = [] } = word.exempt ?? {};
  const accessors = Object.values(word.accessors);
  if (within.some((name) => accessors.includes(name) || functions.some((pattern) => fits(name, pattern)))) return true;
  const relative = file.relative(path);
  if (relative === word.header || files.some((pattern) => fits(relative, pattern))) return true;
  return path.endsWith('.h') && accessors.some((name) => file.offers(name)?.path === path);
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
export function reportRaw(file: FileAnalysis, word: EncodedWord, raw: RawUse): Finding | undefined {
  const { rule, severity, place, written, use, member } = raw;
  const isStore = use === 'write' || use === 'store';
  const offered = (name: string | undefined): string | undefined => (name && file.offers(name) ? name : undefined);
  const write = offered(word.accessors.write);
  const read = offered(word.accessors.read);
  const test = offered(word.accessors.test);
  const main = isStore ? (write ?? read) : (read ?? test);
  if (main === undefined) return undefined;
  const source = member ? ` (${file.lineOf(member)})` : '';
  const bits =
    word.bits.length === 1 ? `Bit ${word.bits[0]} of it is a tag` : `Bits ${listed(word.bits)} of it are tags`;
  const advice = !isStore && read && test ? `${read}(), or ${test}() for the tag` : `${main}()`;
  const message = `${written} ${DEEDS[use]}. ${bits}${source}: ${word.because}. Use ${advice}.`;
  const related: Related[] = member ? [{ ...member, message: `${lastName(word)} is declared here` }] : [];
  const accessor = file.offers(main);
  if (accessor) related.push({ ...accessor, message: `${main}() is declared here` });
  return { rule, severity, ...place, message, related, fixes: [] };
}

const DEEDS: Readonly<Record<EncodedUse, string>> = {
  read: 'is read raw',
  write: 'is written raw',
  address: 'is reached by its address',
  bits: 'is taken apart by hand',
  pointer: 'is taken for a pointer as it is',
  store: 'is put together by hand',
};

function lastName({ member, pointer, typedef }: EncodedWord): string {
  return member ?? pointer ?? typedef ?? 'it';
}

function listed(bits: readonly number[]): string {
  return bits.length < 2 ? bits.join('') : `${bits.slice(0, -1).join(', ')} and ${bits.at(-1)}`;
}
