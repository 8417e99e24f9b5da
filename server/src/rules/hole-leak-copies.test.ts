/** The rule hole-leak on objects that were copied from half-stored ones, and on clearings that a jump leads past. */
import { describe, expect, it } from 'vitest';
import { check, findingsIn } from '../testing/check';

const HEADER = `
//- /include/linux/kernel.h
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long size_t;
unsigned long copy_to_user(void *to, const void *from, unsigned long n);
void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
int snprintf(char *to, size_t n, const char *format, ...);
struct regs { u32 ref; u8 post; u32 fb; };
struct outer { u32 kind; struct regs regs; };`;

const withHeader = (text: string): string => `\n//- /drivers/one.c\n#include <linux/kernel.h>\n${text}${HEADER}`;

/** Checks functions of a file behind the header. */
function checkFunctions(text: string): void {
  check(withHeader(text), { rules: ['hole-leak'] });
}

const FILL = 'r.ref = 1; r.post = 1; r.fb = 1;';

describe('hole-leak on copies', () => {
  it('says nothing of a copy of what was not stored at all on some way', () => {
    checkFunctions(`
struct pair { struct regs first, second; };
int told(u32 n, struct regs *r);
int looked_for(u32 n, void *to)
{
    struct pair all;
    struct regs found;
    u32 i;
    memset(&all, 0, sizeof(all));
    for (i = 0; i < 4; i++)
        if (told(i, &found) == 0)
            break;
    if (i == n)
        return -1;
    all.first = found;
    return copy_to_user(to, &all, sizeof(all));   // ok
}`);
  });

  it('takes what is open in a record for open in its copies, and says where to clear it', () => {
    checkFunctions(`
int assigned(void *to)
{
    struct regs r, copy;
    ${FILL}
    copy = r;
    return copy_to_user(to, &copy, sizeof(copy));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'copy' goes to user space with 3 bytes never stored: 5..7 (behind post). Clear it first: struct regs r = {};
}
int initialized(void *to)
{
    struct regs r;
    ${FILL}
    struct regs copy = r;
    return copy_to_user(to, &copy, sizeof(copy));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'copy' goes to user space with 3 bytes…
}
int inside(void *to)
{
    struct regs r;
    struct outer o;
    ${FILL}
    o.kind = 1;
    memcpy(&o.regs, &r, sizeof(r));
    return copy_to_user(to, &o, sizeof(o));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'o' goes to user space with 3 bytes never stored: 9..11 (behind regs.post). Clear it first: struct regs r = {};
}`);
  });

  it('is silent on copies of what is stored, of what others gave, and of text', () => {
    checkFunctions(`
int cleared(void *to)
{
    struct regs r = {}, copy;
    ${FILL}
    copy = r;
    return copy_to_user(to, &copy, sizeof(copy));   // ok
}
int given(void *to, const struct regs *from)
{
    struct regs r, copy;
    r = *from;
    copy = r;
    return copy_to_user(to, &copy, sizeof(copy));   // ok
}
int cleared_after(void *to)
{
    struct regs r, copy;
    ${FILL}
    copy = r;
    memset(&copy, 0, sizeof(copy));
    return copy_to_user(to, &copy, sizeof(copy));   // ok
}
int text(void *to, int n)
{
    char buffer[8], copy[8];
    snprintf(buffer, sizeof(buffer), "%d", n);
    memcpy(copy, buffer, sizeof(copy));
    return copy_to_user(to, copy, sizeof(copy));   // ok
}`);
  });

  it('offers to clear what was copied, not the copy', () => {
    const text = withHeader(`
int assigned(void *to)
{
    struct regs r;
    struct regs copy;
    ${FILL}
    copy = r;
    return copy_to_user(to, &copy, sizeof(copy));
}`);
    const [{ fixes }] = findingsIn(text, { rules: ['hole-leak'] });
    expect(fixes.map(({ title }) => title)).toEqual(['Clear r where it is declared']);
  });
});

describe('hole-leak and jumps', () => {
  it('does not take a clearing for one that a jump leads past', () => {
    checkFunctions(`
int jumped(void *to, int fast)
{
    struct regs r;

	if (fast)
		goto out;
	memset(&r, 0, sizeof(r));
out:
	return copy_to_user(to, &r, sizeof(r));
	       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 12 bytes never stored…
}
int retried(void *to)
{
    struct regs r;

again:
	memset(&r, 0, sizeof(r));
	if (copy_to_user(to, &r, sizeof(r)))   // ok
		goto again;
	return 0;
}`);
  });
});
