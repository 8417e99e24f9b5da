/** `unmasked-pointer`: a pointer that may carry tag bits is followed as it is. */
import type { FileAnalysis } from '../analysis/analysis';
import { pointerNeeds, rawMembers } from '../analysis/encoded-words';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';

const ID = 'unmasked-pointer';

export const unmaskedPointer: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: false,
  summary: 'a pointer whose headers mask tag bits of it is followed as it is',
  words: [],
  derivedWords: pointerNeeds,
  takesHeaders: true,
  doc: `
Some members are declared as pointers, \`void *\` most often, and carry tags in their low bits all the same: the functions beside
them take the tags off before they give the pointer out. Whoever takes such a member for a pointer to something as it is, follows
an address that is off by the tags.

**Kernel source of the rule**: the functions and macros of any header that mask low bits of the member, such as
\`__rcu_dereference_sk_user_data_with_flags()\` in include/net/sock.h. \`overlint rules --derived\` lists the members.

Where a header asks a pointer for a low bit (\`is_uncached_acl(struct posix_acl *)\` in include/linux/fs.h), members of that type in records of
the header may be no pointer.

A comment at the member says it as well: "bit 0 is set if it is the last". A function of a header that makes a pointer of the word and takes
nothing off gives the tags on to its callers.

**Gate**: a function or macro of a header takes the tags off, or a comment speaks of them.

**Bad**

\`\`\`c
struct sk_psock *psock = sk->sk_user_data;
\`\`\`

**Good**

\`\`\`c
psock = rcu_dereference_sk_user_data(sk);
\`\`\`

**Fix**: none.

**Silent on** the headers of the accessors and the sources that implement them; copies of the whole pointer, stores of a plain
one, tests for NULL; files that store a plain pointer in a \`void *\` and no tag, as its owner does; of tags that a comment alone tells of,
functions that mask the word or call one that does. What is masked or put together by hand is \`encoded-pointer\`'s.

**Off by default**, as an owner that sets no tag may follow its own pointer, which most users of \`sk_user_data\` do.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    yield* rawMembers(file, ID, unmaskedPointer.severity);
  },
};
