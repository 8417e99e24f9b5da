/** `ioctl-size`: an ioctl number holds the size of a type that a 32-bit program on the same kernel lays out otherwise. */
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import { changeFinding, type HeaderChange } from '../analysis/header-change';
import { ioctlFixes } from '../analysis/ioctl-fixes';
import { programOf, type SplitNumber, splitMessage, splitNumbers, translatedBy } from '../analysis/ioctl-sizes';
import { programSurfaceOf, surfaceOfFile } from '../analysis/program-view';
import type { Rule } from '../analysis/rule';
import type { Surface } from '../facts/surface';
import uapi from '../packs/predefined/uapi.json';

export const ioctlSize: Rule = {
  id: 'ioctl-size',
  severity: 'warning',
  needs: 'layout',
  defaultOn: false,
  isOnForChanges: true,
  takesHeaders: true,
  summary: 'an ioctl number holds a size that a 32-bit program on the same kernel has otherwise',
  words: uapi.numberWords,
  doc: `
\`_IOR()\`, \`_IOW()\` and \`_IOWR()\` put the size of a type into the number. A 64-bit kernel runs the programs of a 32-bit
target, too: x86_64 those of i386, arm64 those of arm. Where that target gives the type another size, the program asks for a
number that the kernel does not know; where only offsets differ, the kernel reads other bytes than the program wrote. The
rule lays the type out on both, each with its own headers. For a change it is on, for the numbers that are new or now
differ; over whole trees it is on only where \`--rule\`, \`--all-rules\` or overlint.json asks for it.

**Kernel source of the rule**: Documentation/driver-api/ioctl.rst, "32-bit compat mode" and "Structure layout";
include/uapi/asm-generic/ioctl.h.

**Bad**

\`\`\`c
struct ring_setup {
        unsigned int flags;
        unsigned long long base;
        unsigned int len;
};
#define RING_SETUP _IOW('R', 1, struct ring_setup)
\`\`\`

**Good**

\`\`\`c
struct ring_setup {
        unsigned long long base;
        unsigned int flags;
        unsigned int len;
};
#define RING_SETUP _IOW('R', 1, struct ring_setup)
\`\`\`

**Fix**: for a record that the change adds, \`__aligned_u64\` and its kin for 64-bit members, or the padding spelled out, where
one of them makes it lie alike; else none: use types of one size, and \`__u64\` with \`u64_to_user_ptr()\` for addresses.

**Silent on** a number with a twin in the same file, of the same letter and number and another type (a wrong twin is
compat-twin's finding); a number that a compat handler of its own names, in this file or, for a change, in any that names it;
headers of targets that run no 32-bit programs; types whose layout is unknown on either target; a pointer in a union with a
\`__u64\` over all its bytes.

**Misses** numbers that a macro with parameters makes for each type it is given.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (file.isForeign) return;
    const kernel = surfaceOfFile(file);
    if (kernel.numbers.length === 0) return;
    const program = programSurfaceOf(file);
    if (!program) return;
    const translated = translatedBy(file.document);
    for (const split of splitNumbers(kernel, program)) {
      if (translated.has(split.number.name)) continue;
      const { start, end } = split.number;
      const message = splitMessage(split, [[kernel.target, program.target]]);
      const { path } = file.main;
      yield {
        rule: 'ioctl-size',
        severity: 'warning',
        path,
        start,
        end,
        message,
        related: related(path, split, kernel),
        fixes: [],
      };
    }
  },
  *change(change: HeaderChange): Iterable<Finding> {
    const known = new Map<
      string,
      { split: SplitNumber; sides: { kernel: Surface; program: Surface }; on: [string, string][] }
    >();
    for (const { target, before, after } of change.pairs) {
      const program = change.pairs.find((other) => other.target === programOf(target));
      if (!after || !program?.after) continue;
      const old = before && program.before ? splitNumbers(before, program.before) : [];
      for (const split of splitNumbers(after, program.after)) {
        const { name } = split.number;
        if (old.some(({ number }) => number.name === name && number.type === split.number.type)) continue;
        const entry = known.get(name) ?? { split, sides: { kernel: after, program: program.after }, on: [] };
        entry.on.push([target, program.target]);
        known.set(name, entry);
      }
    }
    for (const [name, { split, sides, on }] of known) {
      const needs = uapi.compatHandlers.map((handler) => [name, handler]);
      if (
        [{ path: change.path, text: change.textAfter }, ...change.holding(needs)].some((one) =>
          translatedBy(one).has(name),
        )
      )
        continue;
      yield changeFinding(
        'ioctl-size',
        'warning',
        change,
        split.number,
        splitMessage(split, on),
        related(change.path, split, sides.kernel),
        ioctlFixes(change, split.number.record, sides),
      );
    }
  },
};

function related(path: string, { number }: SplitNumber, { records }: Surface) {
  const record = records.find(({ name }) => name === number.record);
  return record ? [{ path, start: record.start, end: record.end, message: `${record.title} is defined here` }] : [];
}
