/** What an editor shows beside the records that a file defines: a line of figures above each, and each member's place. */

import type { FileAnalysis } from '../analysis/analysis';
import { counted } from '../drawing/diagram';
import { code } from '../drawing/markdown';
import { type FlatMember, flatten, overlays, sharesWith } from '../facts/overlay';
import { title } from '../layout/record';
import { isActive } from '../preprocessor/reading';
import { nameId, nameText } from '../text/names';
import { readable, type Span } from '../text/text';
import { Punct, TokenKind, type TokenList, tokenAt } from '../text/tokens';
import type { RecordDeclaration } from '../types/model';
import { declareAsWritten, sourceName } from '../types/typename';

/** A definition of a record with a tag, as it is written; the span is that of `struct tag`. */
export interface OutlinedRecord extends Span {
  readonly kind: 'struct' | 'union';
  readonly tag: string;
}

/** A member's place, to be shown behind its declaration. */
interface MemberPlace {
  /** Where it is to stand, as a byte offset. */
  readonly offset: number;
  /** `at 8, 16 bytes` */
  readonly label: string;
  /** The declaration and what shares its bytes, in Markdown. */
  readonly details: string;
}

const KINDS = new Map([
  [nameId('struct'), 'struct' as const],
  [nameId('union'), 'union' as const],
]);

/** The definitions that stand in a file where its conditions hold, in order. It reads tokens, and parses nothing. */
export function outline(file: FileAnalysis): OutlinedRecord[] {
  const found = definitions(file.main.tokens);
  if (found.length === 0) return [];
  return found.filter(({ start }) => isActive(file.unit.main, tokenAt(file.main.tokens, start)));
}

/** Of these, the records in which members share bytes; only those are laid out whose text may say so. */
export function overlaid(file: FileAnalysis, outlined: readonly OutlinedRecord[]): OutlinedRecord[] {
  return outlined.filter((one) => {
    if (one.kind !== 'union' && !mayOverlay(file, one)) return false;
    const record = recordAt(file, one);
    return record !== undefined && overlays(file.layout(record)).length > 0;
  });
}

const UNION = nameId('union');

/** Whether a definition has a union in it, or what may be the call of a macro that makes one. */
function mayOverlay(file: FileAnalysis, { end }: OutlinedRecord): boolean {
  const { kinds, ids, count } = file.main.tokens;
  let depth = 0;
  for (let token = tokenAt(file.main.tokens, end); token < count; token++) {
    const isPunct = kinds[token] === TokenKind.Punctuator;
    if (isPunct && ids[token] === Punct.LeftBrace) depth++;
    else if (isPunct && ids[token] === Punct.RightBrace && --depth <= 0) return false;
    if (kinds[token] !== TokenKind.Identifier || depth === 0) continue;
    if (ids[token] === UNION || file.unit.definitions(ids[token]).length > 0) return true;
  }
  return false;
}

function definitions(tokens: TokenList): OutlinedRecord[] {
  const found: OutlinedRecord[] = [];
  const { kinds, ids } = tokens;
  for (let token = 0; token + 2 < tokens.count; token++) {
    const kind = kinds[token] === TokenKind.Identifier ? KINDS.get(ids[token]) : undefined;
    if (!kind || kinds[token + 1] !== TokenKind.Identifier) continue;
    if (kinds[token + 2] !== TokenKind.Punctuator || ids[token + 2] !== Punct.LeftBrace) continue;
    const span = { start: tokens.starts[token], end: tokens.ends[token + 1] };
    found.push({ ...span, kind, tag: nameText(tokens.ids[token + 1]) });
  }
  return found;
}

/** The record that stands at the place of an outlined one; undefined where it is a function's own, or another's double. */
export function recordAt(file: FileAnalysis, { kind, tag, start }: OutlinedRecord): RecordDeclaration | undefined {
  const record = file.globals.record(kind, tag);
  const { place } = record;
  return place?.path === file.main.path && place.start === start ? record : undefined;
}

/** A record's size in a few words. */
interface Figures {
  /** `64 bytes, 1 cacheline, 3 overlays`, or `layout unknown`. */
  readonly text: string;
  /** Why it is unknown, else for what target it is. */
  readonly details: string;
}

export function figures(file: FileAnalysis, outlined: OutlinedRecord): Figures {
  const record = recordAt(file, outlined);
  const layout = record && file.layout(record);
  const unknown = !layout ? 'another definition is in force' : layout.status === 'unknown' ? layout.reason : undefined;
  if (!layout || layout.status === 'unknown') return { text: 'layout unknown', details: readable(unknown!) };
  const lines = Math.ceil(layout.size / file.target.cacheline);
  const shared = overlays(layout).length;
  // The size of an empty record is no news, and cachelines that it does not fill are none.
  if (layout.size === 0) return { text: 'empty', details: file.targetNote };
  const parts = [counted(layout.size, 'byte'), counted(lines, 'cacheline')];
  if (shared > 0) parts.push(counted(shared, 'overlay'));
  return { text: parts.join(', '), details: file.targetNote };
}

/** The members that are declared in a part of the file, with their places. */
export function memberPlaces(file: FileAnalysis, part: Span): MemberPlace[] {
  const found: MemberPlace[] = [];
  for (const outlined of outline(file)) {
    if (outlined.start > part.end) continue;
    const record = recordAt(file, outlined);
    if (!record || record.place!.end < part.start) continue;
    for (const member of flatten(file.layout(record))) {
      const { place } = member.member;
      if (place?.path !== file.main.path || place.start < outlined.start || place.start > record.place!.end) continue;
      found.push({
        offset: behind(file.main.text, place.end),
        label: labelOf(member),
        details: readable(detailsOf(file, record, member)),
      });
    }
  }
  return found;
}

function labelOf({ isBitField, offsetBits, sizeBits }: FlatMember): string {
  if (isBitField) return `at bit ${offsetBits % 8} of byte ${Math.floor(offsetBits / 8)}, ${counted(sizeBits, 'bit')}`;
  return `at ${offsetBits / 8}, ${counted(sizeBits / 8, 'byte')}`;
}

function detailsOf(file: FileAnalysis, record: RecordDeclaration, member: FlatMember): string {
  const others = sharesWith(file.layout(record), member.offsetBits, member.sizeBits)
    .filter(({ member: other }) => other.member !== member.member)
    .map(({ member: other }) => code(sourceName(other.member)));
  const shared = others.length > 0 ? `, shared with ${others.join(', ')}` : '';
  return `${code(declareAsWritten(member.member, member.name))} of ${code(title(record))}: ${labelOf(member)}${shared}`;
}

/** Past the `;` of a declaration whose name ends here; right behind the name where others follow it. */
function behind(text: string, end: number): number {
  const rest = /^[^;,{}]*;/.exec(text.slice(end, end + 200));
  return end + (rest?.[0].length ?? 0);
}
