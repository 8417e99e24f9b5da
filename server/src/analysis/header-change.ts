/** What a change does to one file, as rules are asked about it: what the file showed before and shows after, on each target. */
import type { Surface } from '../facts/surface';
import type { WordNeed } from '../search/word-search';
import type { SourceText } from '../text/text';
import type { Finding, Fix, Related } from './finding';

/** One target's view of both sides. */
export interface SurfacePair {
  /** As the target is called: `i386`. */
  readonly target: string;
  /** Undefined where the file is not there. */
  readonly before: Surface | undefined;
  readonly after: Surface | undefined;
}

export interface HeaderChange {
  /** The file, absolute. */
  readonly path: string;
  /** Its path from the kernel folder. */
  readonly name: string;
  /** Whether programs include it. */
  readonly isUapi: boolean;
  /** The target that the tree is configured for. */
  readonly own: SurfacePair;
  /** All targets that the file is for, `own` among them where it is one of theirs. */
  readonly pairs: readonly SurfacePair[];
  readonly textBefore: string;
  readonly textAfter: string;
  /** The tree's C files, below some folders or all, that hold all words of one of these needs, with the change applied; costly. */
  holding(needs: readonly WordNeed[], folders?: readonly string[]): readonly SourceText[];
}

/** `on i386 alone`, `on i386 and arm`; empty where it is all of them. */
function onTargets(targets: readonly string[], all: number): string {
  if (targets.length >= all) return '';
  if (targets.length === 1) return ` on ${targets[0]} alone`;
  return ` on ${targets.slice(0, -1).join(', ')} and ${targets[targets.length - 1]}`;
}

/** What targets say, those that say the same together: `24 -> 32 (x86_64, arm64); 20 -> 24 (i386)`. */
export function byTargets(said: ReadonlyMap<string, string>, all: number): string {
  const groups = new Map<string, string[]>();
  for (const [target, text] of said) groups.set(text, [...(groups.get(text) ?? []), target]);
  if (groups.size === 1) {
    const [[text, targets]] = groups;
    return `${text}${onTargets(targets, all)}`;
  }
  return [...groups].map(([text, targets]) => `${text} on ${targets.join(', ')}`).join('; ');
}

/** Bits as people count them: whole bytes, or a byte and a bit. */
export function byteOf(bits: number): string {
  return bits % 8 === 0 ? `${bits / 8}` : `${Math.floor(bits / 8)}:${bits % 8}`;
}

/** A finding in the changed file. */
export function changeFinding(
  rule: string,
  severity: Finding['severity'],
  { path }: HeaderChange,
  { start, end }: { readonly start: number; readonly end: number },
  message: string,
  related: readonly Related[] = [],
  fixes: readonly Fix[] = [],
): Finding {
  return { rule, severity, path, start, end, message, related, fixes };
}
