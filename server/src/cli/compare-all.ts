/** `overlint diff A B` without names: all that a commit moved, and which claims and asserts stand on other bytes since. */

import { changedRecords, MOST_HOLDERS, type Pair } from '../changes/changed-records';
import {
  type MovedAssert,
  type MovedClaim,
  movedAsserts,
  movedClaims,
  type StandingAssert,
} from '../changes/moved-facts';
import type { Side } from '../changes/sides';
import { wordText } from '../facts/overlay';
import { relativeTo } from '../project/listing';
import { fromByteString, lineAt, lineStarts } from '../text/text';
import { coloursFor } from './colours';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import { asText, type Compared, type CompareFlags, comparedJson } from './compared';
import { changesBetween } from './member-changes';
import { paintedDiff } from './painted';
import { printable } from './printable';

/** @throws UsageError where a side is no git revision: only there it is known what changed. */
export function compareAll(before: Side, after: Side, flags: CompareFlags, context: CommandContext): ExitCode {
  const { out, err } = context;
  if (!before.objects || !after.objects || before.tree.kernel !== after.tree.kernel)
    throw new UsageError(
      'Name records, as in "overlint diff A B page"; without names, both sides are git revisions of one tree.',
    );
  const { pairs, skipped } = changedRecords(before, after, moves);
  if (skipped > 0)
    err.write(
      `overlint: warning: ${MOST_HOLDERS} files that hold what moved were looked into; ${skipped} more were not\n`,
    );
  const asserts = movedAsserts(pairs, before, after);
  const isJson = flags.format === 'json';
  const records = pairs.map((pair) => {
    const compared = comparedOf(pair, before, after);
    const claims = movedClaims(pair, before, after);
    if (!isJson) return asText(compared) + claims.map((claim) => claimText(claim, before, after)).join('');
    const told = { ...comparedJson(compared), claims: claims.map((claim) => claimJson(claim, before, after)) };
    return `${JSON.stringify(told)}\n`;
  });
  const told = asserts.map((one) => (isJson ? assertJson : assertText)(one, before, after));
  if (isJson) out.write([...records, ...told].join(''));
  else if (records.length === 0) out.write('No record lies otherwise.\n');
  else {
    const text = [...records, ...(told.length > 0 ? [told.join('')] : [])].join('\n');
    out.write(paintedDiff(text, coloursFor(flags, context)));
  }
  return pairs.length > 0 ? EXIT.findings : EXIT.clean;
}

/** A record whose layout stays unknown has moved where what is known of it has. */
function moves({ before, after }: Pair): boolean {
  const [ours, theirs] = [before?.layout, after?.layout];
  if (!ours || !theirs || ours.status !== theirs.status || changesBetween(ours, theirs).length > 0) return true;
  return (
    ours.status === 'exact' && theirs.status === 'exact' && (ours.size !== theirs.size || ours.align !== theirs.align)
  );
}

function comparedOf(pair: Pair, before: Side, after: Side): Compared {
  return { name: pair.name, before: { side: before, found: pair.before }, after: { side: after, found: pair.after } };
}

interface Spot {
  readonly file: string;
  readonly line: number;
}

function spotOf({ tree, finder }: Side, path: string, start: number): Spot {
  return { file: relativeTo(tree, path), line: lineAt(lineStarts(finder.tree.textOf(path) ?? ''), start) + 1 };
}

function claimText(moved: MovedClaim, before: Side, after: Side): string {
  const claim = (moved.after ?? moved.before)!;
  const { file, line } = spotOf(moved.after ? after : before, claim.place.path, claim.place.start);
  const words = [
    moved.before && wordText(moved.before.word, before.finder.target),
    moved.after && wordText(moved.after.word, after.finder.target),
  ];
  const went =
    words[0] && words[1] ? `${words[0]} -> ${words[1]}` : words[1] ? `new, ${words[1]}` : `gone, ${words[0]}`;
  const clash = moved.after?.clashes ? '  (clashes)' : '';
  return `  claim: ${claim.owner} ${claim.kind} bit ${claim.bit}: ${went}${clash}\n         ${printable(file)}:${line}\n`;
}

function claimJson(moved: MovedClaim, before: Side, after: Side): unknown {
  const half = (claim: MovedClaim['after'], side: Side): unknown => {
    if (!claim) return null;
    const { word, bit, kind, owner, quote, clashes } = claim;
    const spot = spotOf(side, claim.place.path, claim.place.start);
    return { word, bit, kind, owner, quote: fromByteString(quote), clashes, ...spot };
  };
  return { a: half(moved.before, before), b: half(moved.after, after) };
}

function assertText(moved: MovedAssert, before: Side, after: Side): string {
  const { path, text, assert } = moved.after;
  const { file, line } = spotOf(after, path, assert.place.start);
  const half = (mark: string, one: StandingAssert, side: Side): string =>
    `${mark} ${printable(side.name)}: ${standing(one)}\n`;
  return (
    `assert: ${printable(text)} (${printable(file)}:${line})\n` +
    (moved.before ? half('-', moved.before, before) : '') +
    half('+', moved.after, after)
  );
}

function standing({ assert: { verdict, match } }: StandingAssert): string {
  const said = typeof verdict === 'string' ? verdict : `unknown (${printable(verdict.unknown)})`;
  if (!match) return said;
  const sides = match.map(({ record, path, offset, plus }) => {
    const sum = plus ? ` + ${plus}` : '';
    return `${record.kind} ${record.tag ?? '{…}'}.${path} at byte ${offset}${sum}`;
  });
  return `${said}: ${sides.join(', ')}`;
}

function assertJson(moved: MovedAssert, before: Side, after: Side): string {
  const half = (one: StandingAssert | undefined, side: Side): unknown => {
    if (!one) return null;
    const { verdict, match } = one.assert;
    const offsets = match?.map(({ record, path, offset, plus }) => ({
      record: record.tag,
      member: path,
      offset,
      plus,
    }));
    const told = typeof verdict === 'string' ? { verdict } : { verdict: 'unknown', reason: verdict.unknown };
    return { ...told, ...(offsets && { offsets }), ...spotOf(side, one.path, one.assert.place.start) };
  };
  const { text } = moved.after;
  return `${JSON.stringify({ assert: fromByteString(text), a: half(moved.before, before), b: half(moved.after, after) })}\n`;
}
