/** `compat-twin`: a record that stands for another one of 32-bit programs does not lie as that one lies for them. */
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import { byteOf } from '../analysis/header-change';
import { programOf } from '../analysis/ioctl-sizes';
import { programFileOf, programLayout } from '../analysis/program-view';
import type { Rule } from '../analysis/rule';
import { type FlatMember, flatten } from '../facts/overlay';
import { layoutRecord, type RecordLayout, title } from '../layout/record';
import { target } from '../layout/target';
import uapi from '../packs/predefined/uapi.json';
import { nameText } from '../text/names';
import { type RecordDeclaration, strip } from '../types/model';

export const compatTwin: Rule = {
  id: 'compat-twin',
  severity: 'warning',
  needs: 'layout',
  defaultOn: true,
  isCostly: true,
  summary: 'a compat record has the members of its namesake, and another layout than a 32-bit program gives that one',
  words: uapi.twins.words,
  doc: `
A 64-bit kernel reads what a 32-bit program hands over through a twin of the record: \`struct compat_X\`, \`struct X32\` or
\`struct X_32\`, with types of the 32-bit sizes. Where the twin has the members of X by the same names in the same order, its
layout on the 64-bit target has to be what X is on the 32-bit one (i386 for x86_64, arm for arm64); where it is not, each
call of such a program reads and writes the wrong bytes.

**Kernel source of the rule**: Documentation/driver-api/ioctl.rst, "32-bit compat mode"; 0a0b98734479 ("compat: fix 4-byte
infoleak via uninitialized struct field", CVE-2018-11508).

**Bad**

\`\`\`c
typedef unsigned int compat_ulong_t;
struct disk_stat { unsigned long reads, writes; };
struct disk_stat32 { compat_ulong_t reads; unsigned long long writes; };
\`\`\`

**Good**

\`\`\`c
typedef unsigned int compat_ulong_t;
struct disk_stat { unsigned long reads, writes; };
struct disk_stat32 { compat_ulong_t reads, writes; };
\`\`\`

**Fix**: none; use compat_ulong_t, compat_uptr_t and compat_u64, which are aligned as the 32-bit target aligns.

**Silent on** twins with other members, in inner records too, or the same in another order, which their code
translates one by one; the size of what ends in a flexible array; records with addresses of functions, which no program has; targets that
run no 32-bit programs; layouts that are unknown.

**Misses** twins by other names, and arrays whose length depends on the size of a long.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const name = programOf(file.target.name);
    // Most files that speak of 32-bit programs define no such record: their headers need not be read.
    if (file.isForeign || name === undefined || !mayDefineTwin(file.document.text)) return;
    const model = target(name, file.target.compiler);
    for (const { twin, record } of twinsIn(file)) {
      const own = file.layout(twin);
      // The types as this target has them serve to drop those that agree; the others are read as the program's target has them.
      if (!differs(own, layoutRecord(record, model))) continue;
      const program = programFileOf(file);
      const other = program && record.tag !== undefined && programLayout(program, record.kind, record.tag);
      const difference = other && differs(own, other);
      if (!other || !difference) continue;
      const [mine, theirs] = difference;
      const place = mine?.member.place?.path === file.main.path ? mine.member.place : twin.place!;
      const said = mine && theirs ? `${spot(mine)}, and ${spot(theirs, false)} in ${title(record)} on ${name}; ` : '';
      const message =
        `${title(twin)} is not what ${title(record)} is to a 32-bit program: ${said}size ${sizeOf(own)}, and ` +
        `${sizeOf(other)} on ${name}. Use compat types.`;
      const related = record.place ? [{ ...record.place, message: `${title(record)} is defined here` }] : [];
      yield { rule: 'compat-twin', severity: 'warning', ...place, message, related, fixes: [] };
    }
  },
};

/** The records of a file that are called after another one that it sees, and have that one's members. */
function* twinsIn(file: FileAnalysis): Iterable<{ twin: RecordDeclaration; record: RecordDeclaration }> {
  const { globals, main } = file;
  const table = globals.mainTable;
  for (const [id] of table.tags) {
    const tag = nameText(id);
    const original = originalOf(tag);
    if (original === undefined) continue;
    for (const kind of ['struct', 'union'] as const) {
      const twin = globals.record(kind, tag);
      const record = globals.record(kind, original);
      if (!twin.members || !record.members || twin.place?.path !== main.path) continue;
      const [mine, other] = [file.layout(twin), file.layout(record)];
      if (namesOf(mine) === namesOf(other) && !isInternal(mine)) yield { twin, record };
    }
  }
}

const DEFINED = /\b(?:struct|union)\s+(\w+)\s*\{/g;

function mayDefineTwin(text: string): boolean {
  for (const [, tag] of text.matchAll(DEFINED)) if (originalOf(tag) !== undefined) return true;
  return false;
}

const SUFFIX = new RegExp(uapi.twins.suffix);

function originalOf(tag: string): string | undefined {
  const { prefix } = uapi.twins;
  return tag.startsWith(prefix) ? tag.slice(prefix.length) : SUFFIX.exec(tag)?.[1];
}

/** The members that are no records themselves, those of inner records among them. */
function leavesOf(layout: RecordLayout): FlatMember[] {
  return flatten(layout, { expand: true }).filter(({ type }) => strip(type).kind !== 'record');
}

function namesOf(layout: RecordLayout): string {
  return leavesOf(layout)
    .map(({ name }) => name)
    .join();
}

/** Whether a record holds what no program hands over: the address of a function. */
function isInternal(layout: RecordLayout): boolean {
  return leavesOf(layout).some(({ type }) => {
    const bare = strip(type);
    return bare.kind === 'pointer' && strip(bare.to).kind === 'function';
  });
}

/**
 * The first members that lie otherwise, or none where only the sizes differ; undefined where both lie alike, one is unknown,
 * or they have other members, in inner records perhaps. The size of what ends in a flexible array is nobody's business.
 */
function differs(one: RecordLayout, other: RecordLayout): [FlatMember?, FlatMember?] | undefined {
  if (one.status !== 'exact' || other.status !== 'exact' || namesOf(one) !== namesOf(other)) return undefined;
  const theirs = leavesOf(other);
  const ours = leavesOf(one);
  for (const [index, mine] of ours.entries()) {
    const their = theirs[index];
    if (mine.offsetBits !== their.offsetBits || mine.sizeBits !== their.sizeBits) return [mine, their];
  }
  return one.size === other.size || ours.some(({ sizeBits }) => sizeBits === 0) ? undefined : [];
}

function spot({ name, offsetBits, sizeBits }: FlatMember, isNamed = true): string {
  return `${isNamed ? `${name} ` : ''}at byte ${byteOf(offsetBits)} with ${byteOf(sizeBits)} bytes`;
}

function sizeOf(layout: RecordLayout): string {
  return layout.status === 'exact' ? `${layout.size}` : '?';
}
