/** `broken-assert`: a build-time assert over what the compiler knows does not hold. */

import type { FileAnalysis } from '../analysis/analysis';
import { describeAssert } from '../analysis/assert-message';
import type { Finding } from '../analysis/finding';
import { anyAssertWords } from '../analysis/match-words';
import type { Rule } from '../analysis/rule';
import { isUapi } from '../facts/uapi-names';
import uapi from '../packs/predefined/uapi.json';
import { isUnknownValue, type RecordDeclaration } from '../types/model';

export const brokenAssert: Rule = {
  id: 'broken-assert',
  severity: 'error',
  needs: 'layout',
  defaultOn: true,
  isCostly: true,
  takesHeaders: true,
  summary: 'a build-time assert over sizes, offsets or other constants does not hold',
  words: anyAssertWords,
  asksOfAsserts: true,
  doc: `
\`static_assert()\`, \`_Static_assert\` and the \`BUILD_BUG_ON()\` family stop the build where what they say of constants is not
true. This rule works each of them out for the tree's config and architecture while it is typed, in whatever macro it
stands, and reports one that does not hold. Asserts that two members lie at one offset are broken-match's.

**Kernel source of the rule**: include/linux/build_bug.h and include/linux/compiler_types.h (compiletime_assert); the rule goes
by what a macro expands to: a static assert, the call of a function with the attribute \`error\`, a bit-field of negative width.

**Bad**

\`\`\`c
struct wire {
        int kind;
        long length;
};
static_assert(sizeof(struct wire) == 12);
\`\`\`

**Good**

\`\`\`c
struct wire {
        int kind;
        int spare;
        long length;
};
static_assert(sizeof(struct wire) == 16);
\`\`\`

**Fix**: none; only the author knows which side is right.

**Silent on** asserts that a constant condition drops, those that ask for a variable's value, and those whose value is not
known: \`--stats\` counts these with the reason.

A note is what it says of a record that programs share with the kernel and that grew, where the same file copies it by
\`copy_struct_from_user()\`: the assert is there to be brought up to the new size.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (file.isForeign) return;
    for (const assert of file.asserts) {
      const { verdict, place, match } = assert;
      if (isUnknownValue(verdict)) file.count(`asserts.unknown: ${verdict.unknown}`);
      else file.count(verdict === 'holds' ? 'asserts.held' : 'asserts.broken');
      if (verdict !== 'fails' || match || place.path !== file.main.path) continue;
      const { said, related, grown } = describeAssert(assert, file);
      const mayGrow = grown !== undefined && takesItsSize(grown, file);
      const next = mayGrow ? ' Programs give its size with it, so that it may grow: let the assert follow.' : '';
      const message = `${said}: this assert does not hold, and the build will stop here.${next}`;
      yield { rule: 'broken-assert', severity: mayGrow ? 'info' : 'error', ...place, message, related, fixes: [] };
    }
  },
};

const GUARDS = new RegExp(`\\b(?:${uapi.sizeGuards.join('|')})\\s*\\(`);

/** Whether programs say how large a record of theirs is where they hand it over to this file. */
function takesItsSize({ place }: RecordDeclaration, file: FileAnalysis): boolean {
  return place !== undefined && isUapi(file.relative(place.path)) && GUARDS.test(file.document.text);
}
