/** The rule wrong-union-state: members that are valid on one side of a bound. */
import { it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
//- /include/linux/label.h
#define LABEL_INLINE 16
struct label {
        unsigned int len;
        unsigned char rev;
        union {
                char own[LABEL_INLINE]; /* len <= LABEL_INLINE */
                char *text; /* if len > 16 */
        };
        union {
                int dma; /* only used when rev >= 3 */
                int fifo; /* rev < 3: as it always was */
        };
};
`;

it('is told by comparisons of any spelling, and by values', () => {
  check(
    `${HEADER}
//- /drivers/a.c
#include <linux/label.h>
char first(struct label *l)
{
        if (l->len > LABEL_INLINE)
                return l->own[0];
                       ^^^^^^ warning[wrong-union-state]: l->own is used where len > LABEL_INLINE (tested at line 4): "len <= LABEL_INLINE" …
        return l->own[0]; // ok
}
char few(struct label *l)
{
        if (8 > l->len)
                return l->text[0];
                       ^^^^^^^ warning[wrong-union-state]: l->text is used where len < 8 …
        return l->len >= 17 ? l->text[0] : l->own[0]; // ok
}
char some(struct label *l, unsigned int len)
{
        if (l->len > 8)
                return l->text[0]; // ok: it may be more than 16
        l->len = len;
        return l->text[0]; // ok
}
int word(struct label *l)
{
        switch (l->rev) {
        case 1:
                return l->dma;
                       ^^^^^^ warning[wrong-union-state]: l->dma is used where rev is 1 …
        case 2:
                return l->fifo; // ok
        default:
                return l->rev > 2 ? l->dma : l->fifo; // ok
        }
}
`,
    { rules: ['wrong-union-state'] },
  );
});
