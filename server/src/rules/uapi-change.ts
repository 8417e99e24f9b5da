/** `uapi-change`: a change gives programs that were built before it other bytes or numbers than the kernel has now. */

import type { Finding } from '../analysis/finding';
import { byTargets, byteOf, changeFinding, type HeaderChange, type SurfacePair } from '../analysis/header-change';
import type { Rule } from '../analysis/rule';
import { growthIsGuarded, takersOf } from '../analysis/uapi-takers';
import type { IoctlNumber, SurfaceEnumerator, SurfaceMember, SurfaceRecord } from '../facts/surface';
import { isEndMarker, isSpare } from '../facts/uapi-names';

export const uapiChange: Rule = {
  id: 'uapi-change',
  severity: 'error',
  needs: 'layout',
  defaultOn: true,
  summary: 'a change moves or resizes what programs share with the kernel, or gives a number of theirs another value',
  words: [],
  doc: `
A program keeps the layout that it was built with. Where a change to a header under include/uapi moves a member, changes its
size, changes the size of a record that an ioctl number, a system call or a socket option takes, gives an enumerator or an
ioctl number another value, or makes padding a member, the kernel reads other bytes than the program wrote. The rule lays
both sides out on every target that the header is for (x86_64, i386, arm64, arm, riscv, s390 and m68k), and the message
says on which of them it holds. It speaks of changes alone: \`--patch\`, \`--diff\`, \`--staged\`, and
\`overlint diff A B --uapi\`.

**Kernel source of the rule**: Documentation/admin-guide/reporting-regressions.rst ("no regressions");
Documentation/driver-api/ioctl.rst, "Structure layout"; scripts/check-uapi.sh, which takes two builds and sees one target.

**Bad**

\`\`\`diff
--- a/include/uapi/linux/tune.h
+++ b/include/uapi/linux/tune.h
@@ -1,5 +1,6 @@
 struct tune_state {
 	unsigned int mode;
+	unsigned int flags;
 	unsigned int rate;
 	unsigned int spare[4];
 };
\`\`\`

**Good**

\`\`\`diff
--- a/include/uapi/linux/tune.h
+++ b/include/uapi/linux/tune.h
@@ -1,5 +1,6 @@
 struct tune_state {
 	unsigned int mode;
 	unsigned int rate;
-	unsigned int spare[4];
+	unsigned int flags;
+	unsigned int spare[3];
 };
\`\`\`

**Fix**: none; take room that is reserved, grow at the end behind copy_struct_from_user(), or add a new record and a new number.

**Silent on** growth at the end where copy_struct_from_user() or a member that holds the record's size guards it, and where
nothing that was found takes the record; members cut out of a reserved, pad or unused array in place; enumerators that count
(\`__X_MAX\`); renames, comments, new records, and records that are gone.

**Misses** what depends on the configuration in another way than each architecture's defconfig has it, and layouts that stay unknown.
`,
  *check() {},
  *change(change: HeaderChange): Iterable<Finding> {
    if (!change.isUapi) return;
    const told = new Set<string>();
    for (const record of recordsIn(change)) yield* recordFindings(change, record, told);
    yield* numberFindings(change, told);
    yield* enumeratorFindings(change);
  },
};

/** A record on the targets that know both of its sides. */
interface ChangedRecord {
  readonly name: string;
  /** By target. */
  readonly sides: ReadonlyMap<string, Sides>;
}

interface Sides {
  readonly before: SurfaceRecord;
  readonly after: SurfaceRecord;
}

function recordsIn({ pairs }: HeaderChange): ChangedRecord[] {
  const found = new Map<string, Map<string, Sides>>();
  for (const { target, before, after } of pairs)
    for (const one of after?.records ?? []) {
      const other = before?.records.find(({ name, kind }) => name === one.name && kind === one.kind);
      if (other?.size === undefined || one.size === undefined) continue;
      const sides = found.get(one.title) ?? new Map<string, Sides>();
      found.set(one.title, sides.set(target, { before: other, after: one }));
    }
  return [...found].map(([name, sides]) => ({ name, sides }));
}

/** What one side's members came to on the other, on one target. */
interface Moves {
  readonly moved: readonly (readonly [was: SurfaceMember, is: SurfaceMember])[];
  readonly gone: readonly SurfaceMember[];
  /** New members in bytes that belonged to none. */
  readonly filling: readonly SurfaceMember[];
  readonly fresh: readonly SurfaceMember[];
}

function movesOf({ before, after }: Sides): Moves {
  const theirs = new Map(after.members.map((member) => [member.name, member]));
  const ours = new Set(before.members.map(({ name }) => name));
  const fresh = after.members.filter(({ name }) => !ours.has(name));
  const moved: (readonly [SurfaceMember, SurfaceMember])[] = [];
  const gone: SurfaceMember[] = [];
  for (const was of before.members) {
    const is = theirs.get(was.name);
    if (isSpare(was.name)) continue;
    if (!is) {
      const covered = after.members.some((other) => other.offset === was.offset && other.size === was.size);
      if (!covered) gone.push(was);
    } else if (is.offset !== was.offset || is.size !== was.size) moved.push([was, is]);
  }
  const filling = fresh.filter(
    (member) => !isSpare(member.name) && member.size > 0 && before.holes.some((hole) => meets(hole, member)),
  );
  return { moved, gone, filling, fresh };
}

function meets(one: { offset: number; size: number }, other: { offset: number; size: number }): boolean {
  return one.offset < other.offset + other.size && other.offset < one.offset + one.size;
}

function* recordFindings(change: HeaderChange, { name, sides }: ChangedRecord, told: Set<string>): Iterable<Finding> {
  const all = change.pairs.length;
  const moves = new Map([...sides].map(([target, side]) => [target, movesOf(side)]));
  const said: string[] = [];
  let place: { start: number; end: number } | undefined;
  const at = (member: SurfaceMember | undefined): void => {
    if (member?.start !== undefined) place ??= { start: member.start, end: member.end! };
  };
  const [first] = sides.values();
  for (const { fresh } of moves.values()) at(fresh.find(({ name: own }) => !isSpare(own)));
  const seen = (pick: (one: Moves) => readonly string[]): Map<string, string> => {
    const texts = [...moves].map(([target, one]) => [target, pick(one).join(', ')] as const);
    return new Map(texts.filter(([, text]) => text !== ''));
  };
  const moved = seen(({ moved: list }) => shortened(list.map(([was, is]) => movedText(was, is))));
  if (moved.size > 0) said.push(byTargets(moved, all));
  const gone = seen(({ gone: list }) =>
    shortened(list.map((one) => `${one.name} at byte ${byteOf(one.offset)} is gone`)),
  );
  if (gone.size > 0) said.push(byTargets(gone, all));
  const sizes = new Map(
    [...sides]
      .filter(([, { before, after }]) => before.size !== after.size)
      .map(([target, { before, after }]) => [target, `size ${before.size} -> ${after.size}`]),
  );
  const filled = seen(({ filling }) =>
    filling.map((one) => `${one.name} takes padding at byte ${byteOf(one.offset)} that programs did not clear`),
  );
  const breaks = moved.size > 0 || gone.size > 0 || filled.size > 0;
  if (!breaks && sizes.size === 0) return;
  const takers = takersOf(change, first.after);
  // A number that holds the record's size has another value with it: that is said once, or allowed.
  for (const { number } of takers) if (number !== undefined) told.add(number);
  if (!breaks && (takers.length === 0 || growthIsGuarded(change, first, takers))) return;
  if (sizes.size > 0) said.push(byTargets(sizes, all));
  if (filled.size > 0) said.push(byTargets(filled, all));
  for (const { moved: list } of moves.values()) at(list[0]?.[1]);
  const takes = takers.map(({ text }) => text).join(', ');
  const who = takes === '' ? 'Programs' : `${takes} ${takers.length > 1 ? 'take' : 'takes'} it, and programs`;
  const message = `${name}: ${said.join('; ')}. ${who} built before have the old bytes: take reserved room, or add a new record.`;
  const related = [
    { path: change.path, start: first.after.start, end: first.after.end, message: `${name} is defined here` },
  ];
  yield changeFinding('uapi-change', 'error', change, place ?? first.after, message, related);
}

function movedText(was: SurfaceMember, is: SurfaceMember): string {
  const where = was.offset === is.offset ? '' : ` moves ${byteOf(was.offset)} -> ${byteOf(is.offset)}`;
  const size = was.size === is.size ? '' : ` resizes ${byteOf(was.size)} -> ${byteOf(is.size)}`;
  return `${is.name}${where}${size}`;
}

/** The first of a list, and how many there are besides. */
function shortened(list: readonly string[]): string[] {
  return list.length > 2 ? [list[0], `${list.length - 1} more members`] : [...list];
}

/** Numbers that got another value for another reason than their record's size. */
function* numberFindings(change: HeaderChange, told: ReadonlySet<string>): Iterable<Finding> {
  for (const [name, { said, now }] of changedValues(change.pairs, ({ numbers }) => numbers, numberText)) {
    if (told.has(name)) continue;
    const message =
      `${name} has another value: ${byTargets(said, change.pairs.length)}. Programs built before ask for the old number. ` +
      'Keep it, and add a new one beside it.';
    yield changeFinding('uapi-change', 'error', change, now, message);
  }
}

function numberText({ value, size, type }: IoctlNumber): string {
  return `0x${value.toString(16)}${size === undefined ? '' : ` (${type}, ${size} bytes)`}`;
}

function* enumeratorFindings(change: HeaderChange): Iterable<Finding> {
  const changed = changedValues(
    change.pairs,
    ({ enumerators }) => enumerators,
    ({ value }) => value,
  );
  const groups = new Map<number, [string, { said: Map<string, string>; now: SurfaceEnumerator }][]>();
  for (const entry of changed)
    if (!isEndMarker(entry[0])) groups.set(entry[1].now.group, [...(groups.get(entry[1].now.group) ?? []), entry]);
  for (const [[name, { said, now }], ...others] of groups.values()) {
    const more = others.length > 0 ? ` (and ${others.length} more of this enum)` : '';
    const message =
      `${name} has another value${more}: ${byTargets(said, change.pairs.length)}. Programs built before have the old one. ` +
      'Add new enumerators at the end.';
    yield changeFinding('uapi-change', 'error', change, now, message);
  }
}

/** Names whose value differs between the sides of a pair, with what each target says. */
function changedValues<One extends { readonly name: string }>(
  pairs: readonly SurfacePair[],
  listOf: (surface: NonNullable<SurfacePair['after']>) => readonly One[],
  text: (one: One) => string,
): Map<string, { said: Map<string, string>; now: One }> {
  const found = new Map<string, { said: Map<string, string>; now: One }>();
  for (const { target, before, after } of pairs) {
    const known = new Map((before ? listOf(before) : []).map((one) => [one.name, one]));
    for (const now of after ? listOf(after) : []) {
      const was = known.get(now.name);
      if (!was || text(was) === text(now)) continue;
      const entry = found.get(now.name) ?? { said: new Map(), now };
      entry.said.set(target, `${text(was)} -> ${text(now)}`);
      found.set(now.name, entry);
    }
  }
  return found;
}
