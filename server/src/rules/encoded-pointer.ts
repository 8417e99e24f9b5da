/** `encoded-pointer`: a pointer that carries tag bits is taken apart, followed or composed by hand. */
import type { FileAnalysis } from '../analysis/analysis';
import { rawCarried } from '../analysis/carried-words';
import { rawCasts } from '../analysis/encoded-types';
import { derivedNeeds, encodedNeeds, rawMembers } from '../analysis/encoded-words';
import { isExempt } from '../analysis/exempt';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';

const ID = 'encoded-pointer';

export const encodedPointer: Rule = {
  id: ID,
  severity: 'error',
  needs: 'types',
  defaultOn: true,
  summary: 'a pointer that carries tag bits is taken apart, followed or composed by hand',
  words: encodedNeeds(ID),
  derivedWords: derivedNeeds,
  takesHeaders: true,
  doc: `
Some words hold a pointer with tags in its low bits: \`scatterlist.page_link\`, \`rb_node.__rb_parent_color\`,
\`sk_buff._skb_refdst\`, \`inode.i_version\`; and some types exist only to mark such pointers: \`struct encoded_page *\`,
\`netmem_ref\`. Followed as it is, such a pointer is off by the tag; composed by hand, it loses a tag that somebody else
relies on. Headers say by themselves which words these are: a function or macro that masks low bits of a word which holds a
pointer is enough, in any header (docs/headers.md). Packs say what no header does.

**Kernel source of the rule**: the headers that declare the accessors, such as include/linux/scatterlist.h ("never assign
the page directly. We encode sg table information in the lower bits") and include/linux/mm_types.h, struct encoded_page ("a
nonexistent type marking this pointer").

**Gate**: the accessor for the use is declared.

**Bad**

\`\`\`c
sg->page_link = (unsigned long)page;
page = (struct page *)sg->page_link;
if (sg->page_link & 2)
        page = (struct page *)encoded;
\`\`\`

**Good**

\`\`\`c
sg_set_page(sg, page, len, 0);
page = sg_page(sg);
if (sg_is_last(sg))
        page = encoded_page_ptr(encoded);
\`\`\`

**Fix**: none.

**Silent on** the headers that declare the accessors and whom a pack exempts; copies of the whole word, tests for zero and
clearing it (code that parks a word and puts it back is right); \`void *\`, which only carries a value; other structs' members
of the same name; mask constants that leave the tag bits alone; a flag that the header names and for which it has no function, asked for or
cleared by its name, and put in by its name where it has no function that stores the word.

The word is followed through locals that only ever hold it, through its address, READ_ONCE() and its like, bit operations on its
address, and initializers.

A \`void *\` that a header's functions hand around with a tag is not untagged by hand in a function that asks the header for the tag. Tags that
have names of their own, more of them than a pointer to anything leaves free, are tested and set by these names.

**Misses** a local that holds the word on one path only, a word that a function of the file returns, and \`void *\` that carries a
tag through a queue.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    if (isExempt(file.facts, ID, file.relative(file.main.path))) return;
    yield* rawMembers(file, ID, encodedPointer.severity);
    yield* rawCasts(file, ID, encodedPointer.severity);
    yield* rawCarried(file, ID, encodedPointer.severity);
  },
};
