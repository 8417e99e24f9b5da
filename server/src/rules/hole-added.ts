/** `hole-added`: a change makes a record grow where room was free in it, or over a size that costs. */
import type { Finding } from '../analysis/finding';
import { byteOf, changeFinding, type HeaderChange } from '../analysis/header-change';
import type { Rule } from '../analysis/rule';
import type { SurfaceMember, SurfaceRecord } from '../facts/surface';
import { isSpare } from '../facts/uapi-names';
import uapi from '../packs/predefined/uapi.json';

export const holeAdded: Rule = {
  id: 'hole-added',
  severity: 'info',
  needs: 'layout',
  defaultOn: true,
  summary: 'a change makes a record grow while a hole in it was free, or over a cache line or a kmalloc() size',
  words: [],
  doc: `
A new member makes a record grow, though the record has a hole that it fits into; or the record now needs one more cache
line of 64 bytes, or is allocated by kmalloc() and goes over one of the sizes that kmalloc() rounds up to; or a group of
members that stood in one cache line stands in two. The message says where the member would fit. The rule speaks of changes
alone: \`--patch\`, \`--diff\` and \`--staged\`, for the configuration that is checked.

**Kernel source of the rule**: Documentation/process/coding-style.rst; tools such as pahole; include/linux/cache.h,
\`__cacheline_group_begin()\`; mm/slab_common.c, \`kmalloc_info[]\`.

**Bad**

\`\`\`diff
--- a/include/linux/tune.h
+++ b/include/linux/tune.h
@@ -1,4 +1,5 @@
 struct tune_entry {
 	unsigned int flags;
 	void *owner;
+	unsigned int wakeups;
 };
\`\`\`

**Good**

\`\`\`diff
--- a/include/linux/tune.h
+++ b/include/linux/tune.h
@@ -1,4 +1,5 @@
 struct tune_entry {
 	unsigned int flags;
+	unsigned int wakeups;
 	void *owner;
 };
\`\`\`

**Fix**: none; where a member belongs is the author's to say.

**Silent on** records that are new, records that keep their size, and layouts that are unknown on either side.

**Misses** records in other files that hold the changed one.
`,
  *check() {},
  *change(change: HeaderChange): Iterable<Finding> {
    const { before, after } = change.own;
    for (const now of after?.records ?? []) {
      const was = before?.records.find(({ name, kind }) => name === now.name && kind === now.kind);
      if (was?.size === undefined || now.size === undefined || now.kind === 'union') continue;
      const known = new Set(was.members.map(({ name }) => name));
      const fresh = now.members.filter(({ name, size }) => size > 0 && !known.has(name));
      const said = [...groupsSplit(was, now), ...(now.size > was.size ? growth(change, was, now, fresh) : [])];
      if (said.length === 0) continue;
      const names = fresh.map(({ name }) => name).join(', ');
      const grows = now.size > was.size ? ` grows ${was.size} -> ${now.size} bytes` : '';
      const message = `${now.title}${grows}${names && grows ? ` for ${names}` : ''}: ${said.join('; ')}.`;
      const [first] = fresh;
      const place = first?.start === undefined ? now : { start: first.start, end: first.end! };
      yield changeFinding('hole-added', 'info', change, place, message);
    }
  },
};

function growth(
  change: HeaderChange,
  was: SurfaceRecord,
  now: SurfaceRecord,
  fresh: readonly SurfaceMember[],
): string[] {
  const said: string[] = [];
  for (const member of fresh) {
    const hole = was.holes.find((one) => fits(member, one));
    if (!hole) continue;
    const before = was.members.filter(({ offset, size }) => offset + size <= hole.offset && size > 0).at(-1);
    const behind = before ? `behind ${before.name} ` : '';
    said.push(
      `${byteOf(hole.size) === '1' ? '1 byte is' : `${byteOf(hole.size)} bytes are`} free ${behind}(offset ${byteOf(hole.offset)}), where ${member.name} fits`,
    );
    break;
  }
  const lines = (size: number): number => Math.ceil(size / uapi.cacheLine);
  if (lines(now.size!) > lines(was.size!))
    said.push(`it takes ${lines(now.size!)} cache lines, not ${lines(was.size!)}`);
  const [room, needed] = [roomFor(was.size!), roomFor(now.size!)];
  if (room !== needed && needed !== undefined && isAllocated(change, now))
    said.push(`kmalloc() takes ${needed} bytes for it, not ${room}`);
  return said;
}

/** Whether a member of its size fits into a hole at an offset that suits it. */
function fits({ name, size }: SurfaceMember, hole: { readonly offset: number; readonly size: number }): boolean {
  if (isSpare(name) || size % 8 !== 0) return false;
  const align = Math.min(64, size & -size);
  const start = Math.ceil(hole.offset / align) * align;
  return start + size <= hole.offset + hole.size;
}

function roomFor(size: number): number | undefined {
  return uapi.allocationSizes.find((room) => size <= room);
}

/** Whether the tree allocates records of this kind one by one. */
function isAllocated(change: HeaderChange, { name, kind }: SurfaceRecord): boolean {
  const calls = `\\b(?:${uapi.allocators.join('|')})\\s*\\(\\s*sizeof\\s*\\(?\\s*`;
  const named = new RegExp(`${calls}${kind}\\s+${name}\\b`);
  const needs = uapi.allocators.map((call) => [name, call]);
  return change.holding(needs).some(({ text }) => {
    if (named.test(text)) return true;
    const pointers = [...text.matchAll(new RegExp(`\\b${kind}\\s+${name}\\s*\\*\\s*(\\w+)`, 'g'))].map(
      ([, one]) => one,
    );
    return pointers.some((pointer) => new RegExp(`\\b${pointer}\\s*=\\s*${calls}\\*\\s*${pointer}\\b`).test(text));
  });
}

/** Groups of members that stood in fewer cache lines before. */
function groupsSplit(was: SurfaceRecord, now: SurfaceRecord): string[] {
  const spans = (record: SurfaceRecord): Map<string, number> => {
    const found = new Map<string, number>();
    for (const { name, offset } of record.members) {
      if (!name.startsWith(uapi.groupBegin)) continue;
      const group = name.slice(uapi.groupBegin.length);
      const end = record.members.find((other) => other.name === uapi.groupEnd + group);
      const line = uapi.cacheLine * 8;
      if (end && end.offset > offset)
        found.set(group, Math.floor((end.offset - 1) / line) - Math.floor(offset / line) + 1);
    }
    return found;
  };
  const old = spans(was);
  return [...spans(now)].flatMap(([group, lines]) => {
    const before = old.get(group);
    return before !== undefined && lines > before
      ? [`group ${group} stands in ${lines} cache lines, not ${before}`]
      : [];
  });
}
