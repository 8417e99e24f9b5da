/** What a hover says: the record and the member at a place, their bytes, who shares them, and the picture of it. */

import type { FileAnalysis } from '../analysis/analysis';
import { drawBlock } from '../drawing/block';
import { counted, type DiagramClaim } from '../drawing/diagram';
import { block, code, literal } from '../drawing/markdown';
import { commentsOn } from '../drawing/picture';
import { claimsOf } from '../facts/claims';
import { type FlatMember, flatten, sharing } from '../facts/overlay';
import { anonymousRecord } from '../layout/member';
import { type RecordLayout, title } from '../layout/record';
import type { ParsedItem } from '../parser/parser';
import { nameId, nameText } from '../text/names';
import { type Place, readable } from '../text/text';
import { TokenKind, tokenAt } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import { type Bytes, type Member, type RecordDeclaration, strip } from '../types/model';
import { declare } from '../types/typename';
import { baseRecord, findMember } from '../types/typer';
import { walkExpression, walkInitializer, walkStatement } from '../types/walk';

export interface Description {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
  /** Places that the text names, as `(include/linux/mm_types.h:130)`, for editors to make links of. */
  readonly places?: ReadonlyMap<string, Place>;
}

const RECORD_WORDS = new Set(['struct', 'union'].map(nameId));

/** What a name in a text means. */
export interface NamedRecord {
  /** `struct page` */
  readonly record: string;
  /** `lru`; undefined where the record itself is named. */
  readonly member?: string;
}

/** The record with a tag, and maybe the member, that is named at a byte offset of the file. */
export function nameAt(file: FileAnalysis, offset: number): NamedRecord | undefined {
  const found = foundAt(file, offset);
  if (found?.record.tag === undefined) return undefined;
  return { record: title(found.record), ...(found.path !== undefined && { member: found.path }) };
}

/** Describes the name at a byte offset of the file; undefined where it is neither a record's nor a member's. */
export function describe(file: FileAnalysis, offset: number): Description | undefined {
  const found = foundAt(file, offset);
  if (!found) return undefined;
  const places = new Map<string, Place>();
  return { start: found.start, end: found.end, markdown: markdown(file, found.record, found.path, places), places };
}

function foundAt(file: FileAnalysis, offset: number): (Found & { start: number; end: number }) | undefined {
  const { tokens } = file.main;
  let token = tokenAt(tokens, offset);
  // At the end of a word the word before the cursor is meant.
  if (token > 0 && tokens.ends[token - 1] === offset && tokens.kinds[token] !== TokenKind.Identifier) token--;
  if (token >= tokens.count || tokens.starts[token] > offset || tokens.kinds[token] !== TokenKind.Identifier)
    return undefined;
  const span = { start: tokens.starts[token], end: tokens.ends[token] };
  const found = recordNamed(file, token) ?? memberAt(file, token);
  if (!found?.record.members) return undefined;
  return { ...span, ...found };
}

interface Found {
  readonly record: RecordDeclaration;
  /** The member that is meant, as a path from the record; undefined for the record itself. */
  readonly path?: string;
}

/** `struct page`, at either word. */
function recordNamed(file: FileAnalysis, token: number): Found | undefined {
  const { kinds, ids } = file.main.tokens;
  const tag = RECORD_WORDS.has(ids[token]) ? token + 1 : token;
  if (tag === 0 || kinds[tag - 1] !== TokenKind.Identifier || !RECORD_WORDS.has(ids[tag - 1])) return undefined;
  if (kinds[tag] !== TokenKind.Identifier) return undefined;
  const kind = nameText(ids[tag - 1]) as 'struct' | 'union';
  return { record: file.globals.record(kind, nameText(ids[tag])) };
}

function memberAt(file: FileAnalysis, token: number): Found | undefined {
  const parsed = file.parsedAt(token);
  if (!parsed) return undefined;
  const start = file.main.tokens.starts[token];
  const name = nameText(file.main.tokens.ids[token]);
  return accessedAt(file, parsed, start) ?? declaredAt(file, parsed, start, name);
}

/** A member that is accessed, or named in an offsetof, by a token that is spelled here (maybe as a macro's argument). */
function accessedAt(file: FileAnalysis, parsed: ParsedItem, start: number): Found | undefined {
  const { tokens } = parsed;
  const isHere = (index: number): boolean => tokens[index]?.start === start && tokens[index].file === file.main;
  let found: Found | undefined;
  const visit = (part: Expression): void => {
    if (found) return;
    if (part.kind === 'member' && isHere(part.nameToken)) {
      const record = baseRecord(part, file.globals);
      if (!('reason' in record) && findMember(record, part.name)) found = { record, path: part.name };
    } else if (part.kind === 'offsetof') {
      const type = strip(part.type);
      const steps: string[] = [];
      for (const step of part.path) {
        if (step.kind !== 'member') break;
        steps.push(step.name);
        if (isHere(step.token) && type.kind === 'record') found = { record: type.record, path: steps.join('.') };
      }
    }
  };
  for (const { initializer, body } of parsed.declarations) {
    if (initializer) walkInitializer(initializer, visit);
    if (body) walkStatement(body as Statement, visit);
  }
  for (const { condition } of parsed.asserts) walkExpression(condition, visit);
  return found;
}

/** A member that is declared here. */
function declaredAt(file: FileAnalysis, _parsed: ParsedItem, start: number, name: string): Found | undefined {
  const isHere = (member: Member): boolean => member.place?.start === start && member.place.path === file.main.path;
  for (const record of file.globals.defined) {
    const { place } = record;
    if (!place || place.path !== file.main.path || start < place.start || start > place.end) continue;
    const flat = flatten(file.layout(record)).find(({ member }) => isHere(member));
    if (flat) return { record, path: flat.name };
    if (record.members?.some((member) => isHere(member) || anonymousRecord(member))) {
      const member = findMember(record, name);
      if (member && isHere(member)) return { record };
    }
  }
  return undefined;
}

function markdown(
  file: FileAnalysis,
  record: RecordDeclaration,
  path: string | undefined,
  places: Map<string, Place>,
): string {
  const named = (place: Place): string => {
    const line = literal(file.lineOf(place));
    places.set(line, place);
    return line;
  };
  const layout = file.layout(record);
  const where = record.place ? ` (${named(record.place)})` : '';
  const flat =
    path === undefined ? undefined : flatten(layout, { expand: true }).find((member) => member.name === path);
  const lines = [flat ? memberLine(layout, flat, where, places) : `${code(title(record))}${where}`];
  if (layout.status === 'unknown') lines.push(`The layout is unknown: ${literal(layout.reason)}.`);
  // The claims on a member's own word stand below, with links; those on other words are the panel's to show.
  const claims = layout.status === 'exact' && !flat ? claimsShown(file, record) : [];
  const options = { touched: flat?.name, note: file.targetNote, claims, isFolded: true };
  const picture = block('overlint-layout', drawBlock(layout, options));
  const below: string[] = [];
  if (flat) {
    const comment = commentsOn(file.globals.files, layout)?.ofMember(flat.member);
    const { place } = flat.member;
    if (comment) below.push(`> ${literal(comment)}${place ? ` (${named(place)})` : ''}`);
    const said = [...derivedOn(file, record, path!), ...claimsOn(file, layout, wordOf(file, flat))];
    if (said.length > 0) below.push(said.map(({ text, place }) => `- ${text} (${named(place)})`).join('\n'));
  }
  // The picture is Unicode already.
  return [...lines.map(readable), picture, ...below.map(readable)].join('\n\n');
}

/** So many members that share bytes are named. */
const MOST_SHARERS = 6;

/** Type and place of a member, and who shares its bytes: what a hover says first, as little more of it may be seen. */
function memberLine(layout: RecordLayout, flat: FlatMember, where: string, places: Map<string, Place>): string {
  const bytes = flat.isBitField
    ? `${counted(flat.sizeBits, 'bit')} at bit ${flat.offsetBits % 8} of byte ${Math.floor(flat.offsetBits / 8)}`
    : `${counted(flat.sizeBits / 8, 'byte')} at offset ${flat.offsetBits / 8}`;
  const sharers = sharing(layout, flat.name).map(({ member }) => member);
  const names = sharers.slice(0, MOST_SHARERS).map(({ name, member }) => {
    if (member.place) places.set(code(name), member.place);
    return member.place ? `(${code(name)})` : code(name);
  });
  const rest = sharers.length > MOST_SHARERS ? ` and ${sharers.length - MOST_SHARERS} more` : '';
  const shares = names.length > 0 ? `, **shares bytes with** ${names.join(', ')}${rest}` : '';
  return `${code(declare(flat.type, flat.name))}: ${bytes} of ${code(title(layout.record))}${where}${shares}`;
}

/** What headers say of a member by themselves: tags in its low bits, who it is to be left to. */
function derivedOn(
  file: FileAnalysis,
  { tag, place }: RecordDeclaration,
  path: string,
): { text: string; place: Place }[] {
  const tags = file.derivedTags.filter((one) => one.record?.tag === tag && one.record?.path === place?.path);
  const tagged = tags.filter(({ member }) => member === path);
  const reserved = file.derivedReserved.filter(
    (one) => one.name === path && (one.tag ?? one.holder) === tag && one.path === place?.path,
  );
  const offered = (names: readonly string[]): string => (names.length > 0 ? `, use ${code(`${names[0]}()`)}` : '');
  return [
    ...tagged.map(({ bits, read, evidence }) => ({
      text: `bits ${bits.join(', ')} are tags${offered(read ? [read.name] : [])}: ${code(evidence.quote)}`,
      place: evidence,
    })),
    ...reserved.map(({ quote, accessors, path: file, start, end }) => ({
      text: `to be left to others${offered(accessors)}: "${literal(quote)}"`,
      place: { path: file, start, end },
    })),
  ];
}

/** The claims on a record's words, as the picture shows them: of a path the file's name, as lines are short. */
function claimsShown(file: FileAnalysis, record: RecordDeclaration): DiagramClaim[] {
  return claimsOf(file.globals, record, file.target, file.facts.claims).map(
    ({ word, bit, owner, quote, place, clashes }) => {
      return { word, bit, meaning: owner, quote, place: file.lineOf(place).replace(/.*\//, ''), clashes };
    },
  );
}

/** The word that a member starts in. */
function wordOf({ target }: FileAnalysis, { offsetBits }: FlatMember): Bytes {
  const { size } = target.pointer;
  return Math.floor(offsetBits / 8 / size) * size;
}

/** Who claims which bits of a word, in the kernel's own words. */
function claimsOn(file: FileAnalysis, layout: RecordLayout, word: Bytes) {
  if (layout.status === 'unknown') return [];
  return claimsOf(file.globals, layout.record, file.target, file.facts.claims)
    .filter((claim) => claim.word === word)
    .map(({ bit, kind, owner, quote, place, clashes, isComment }) => {
      const said = isComment ? `"${literal(quote)}"` : code(quote);
      return { place, text: `bit ${bit}: ${code(owner)} ${kind} it, ${said}${clashes ? ', **clash**' : ''}` };
    });
}
