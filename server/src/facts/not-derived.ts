/** What takes back what a header would be understood to say: comments (`overlint: not-derived(tag) why`), and lines of packs. */
import type { NotDerived } from '../packs/members';

/** What may be taken back. */
export const DERIVED_KINDS = ['tag', 'reserved', 'valid-when', 'accessor'] as const;
export type DerivedKind = (typeof DERIVED_KINDS)[number];

/** Is told of each comment that takes something back: the offset at which it says so. */
export type OnTakenBack = (kind: DerivedKind, at: number) => void;

/** As OnTakenBack; the comment stands in any of the files. */
export type OnTakenBackIn = (kind: DerivedKind, path: string, at: number) => void;

const TAKES_BACK = /overlint:\s*not-derived\(\s*([\w|, -]+?)\s*\)/;

/** Whether the line of an offset, or the one above it, takes a kind of fact back. */
export function isTakenBack(text: string, offset: number, kind: DerivedKind, onTakenBack?: OnTakenBack): boolean {
  if (!text.includes('not-derived(')) return false;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const above = start > 0 ? text.lastIndexOf('\n', start - 2) + 1 : 0;
  const end = text.indexOf('\n', offset);
  const said = TAKES_BACK.exec(text.slice(above, end < 0 ? undefined : end));
  if (!said?.[1].split(/[|, ]+/).includes(kind)) return false;
  onTakenBack?.(kind, above + said.index);
  return true;
}

/** A fact about a member, as far as a line of a pack tells it from others. */
interface Fact {
  readonly kind: DerivedKind;
  readonly path: string;
  readonly record: string | undefined;
  readonly member: string;
}

/** Whether a line of a pack takes a fact back. @param kernel The kernel folder, which packs name headers from. */
export function isTakenBackBy(line: NotDerived, { kind, path, record, member }: Fact, kernel: string): boolean {
  const { header, record: tag, member: name, kinds } = line;
  const isNamed = path === `${kernel}/${header}` && name === member && (tag === undefined || tag === record);
  return isNamed && kinds.some((one) => one === kind);
}
