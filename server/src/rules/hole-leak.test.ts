/** The rule hole-leak: objects that leave the kernel with bytes in them that nobody stored. */
import { describe, expect, it } from 'vitest';
import { check, checkFix, findingsIn } from '../testing/check';

const HEADER = `
//- /include/linux/kernel.h
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef unsigned long size_t;
#define NULL ((void *)0)
#define GFP_KERNEL 3
#define __GFP_ZERO 256
#define offsetofend(t, m) (__builtin_offsetof(t, m) + sizeof(((t *)0)->m))
#define min(a, b) ({ __auto_type one = (a); __auto_type two = (b); one < two ? one : two; })
unsigned long copy_to_user(void *to, const void *from, unsigned long n);
unsigned long copy_from_user(void *to, const void *from, unsigned long n);
void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
long strscpy(char *to, const char *from, size_t n);
int snprintf(char *to, size_t n, const char *format, ...);
void *kmalloc(size_t n, int flags);
void *kzalloc(size_t n, int flags);
void *kmem_cache_alloc(void *cache, int flags);
void kfree(const void *p);
struct msghdr { void *msg_name; int msg_namelen; };
struct regs { u32 ref; u8 post; u32 fb; u8 lock; };
void other(void *p);
struct regs *keep;`;

/** Checks functions of a file behind the header. */
function checkFunctions(text: string): void {
  check(`\n//- /drivers/one.c\n#include <linux/kernel.h>\n${text}${HEADER}`, { rules: ['hole-leak'] });
}

const FILL = 'r.ref = 1; r.post = 1; r.fb = 1; r.lock = 1;';

describe('hole-leak', () => {
  it('counts holes and the tail of a record, and names the member before', () => {
    checkFunctions(`
int f(void *to)
{
    struct regs r;
    ${FILL}
    return copy_to_user(to, &r, sizeof(r));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored: 5..7 (behind post), 13..15 (tail). Clear it first: struct regs r = {};
}`);
  });

  it('reports what one way has not stored, and no more than leaves', () => {
    checkFunctions(`
int some(void *to, int fast)
{
    struct regs r;
    if (!fast)
        memset(&r, 0, sizeof(r));
    ${FILL}
    return copy_to_user(to, &r, sizeof(r));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored…
}
int part(void *to)
{
    struct regs r;
    r.ref = 1;
    r.post = 2;
    return copy_to_user(to, &r, offsetofend(struct regs, post)); // ok
}
int bound(void *to, size_t n)
{
    struct regs r;
    r.ref = 1;
    if (copy_to_user(to, &r, n)) // ok
        return 1;
    return copy_to_user(to, &r, min(n, sizeof(r)));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 12 bytes never stored: 4 (post), 5..7 (behind post), 8..11 (fb), 12 (lock), 13..15 (tail). …
}`);
  });

  it('reports what is left where only the first members are cleared', () => {
    checkFunctions(`
int part(void *to)
{
\tstruct regs r;

\tmemset(&r, 0, sizeof(r.ref));
\tr.post = r.lock = 1;
\tr.fb = 2;
\treturn copy_to_user(to, &r, sizeof(r));
\t       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored…
}`);
  });

  it('is silent on whole stores, on failures, and on addresses that others have', () => {
    checkFunctions(`
int clear(void *to) { struct regs r = {}; return copy_to_user(to, &r, sizeof(r)); } // ok
int assign(void *to, struct regs *from)
{
    struct regs r;
    r = *from;
    return copy_to_user(to, &r, sizeof(r)); // ok
}
int back(void *to)
{
    struct regs r;
    if (copy_from_user(&r, to, sizeof(r)))
        return 1;
    return copy_to_user(to, &r, sizeof(r)); // ok
}
int handed(void *to) { struct regs r; other(&r); return copy_to_user(to, &r, sizeof(r)); } // ok
int stored(void *to) { struct regs r; keep = &r; return copy_to_user(to, &r, sizeof(r)); } // ok
int cast(void *to) { struct regs r; u64 at = (u64)&r; other(to); return copy_to_user(to, &r, sizeof(r)) + at; } // ok
static int get(struct regs *r, int id)
{
    if (id < 0)
        return -22;
    memset(r, 0, sizeof(*r));
    return 0;
}
int got(void *to, int id)
{
    struct regs r;
    int error = get(&r, id);
    if (error)
        return error;
    return copy_to_user(to, &r, sizeof(r)); // ok
}`);
  });

  it('takes a function that is given a member’s address for one that stores that member at most', () => {
    checkFunctions(`
struct half { u32 ref; struct regs regs; u32 of[2]; };
void fill(struct regs *regs);
void count(u32 *of);
int part(void *to)
{
    struct half h;
    h.ref = 1;
    fill(&h.regs);
    return copy_to_user(to, &h, sizeof(h));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'h' goes to user space with 8 bytes never stored: 20..27 (of). …
}
int first(void *to)
{
    struct half h;
    count(&h.ref);
    return copy_to_user(to, &h, sizeof(h)); // ok
}
int elements(void *to)
{
    struct half h;
    count(&h.of[0]);
    return copy_to_user(to, &h, sizeof(h)); // ok
}`);
  });

  it('goes on behind a copy from user space that may fail, and behind a function whose failure nobody asks for', () => {
    checkFunctions(`
int option(void *to, void *from)
{
    struct regs r;
    int length;
    if (copy_from_user(&length, from, sizeof(length)))
        return 1;
    r.ref = r.fb = 1;
    r.post = r.lock = 1;
    return copy_to_user(to, &r, sizeof(r));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored…
}
static int get(struct regs *r, int id)
{
    if (id < 0)
        return -22;
    memset(r, 0, sizeof(*r));
    return 0;
}
int warned(void *to, int id)
{
    struct regs r;
    int known = 1;
    if (get(&r, id))
        known = 0;
    if (id > 9)
        return -7;
    return copy_to_user(to, &r, sizeof(r)) ? -14 : known;
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 16 bytes never stored…
}
int tested(void *to, int id)
{
    struct regs r;
    int error = get(&r, id);
    if (!error)
        error = copy_to_user(to, &r, sizeof(r)) ? -14 : 0; // ok
    return error;
}
int dropped(void *to, int id)
{
    struct regs r;
    get(&r, id);
    return copy_to_user(to, &r, sizeof(r));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 16 bytes never stored…
}`);
  });

  it('knows the numbers of ioctls again, and takes a pointer that a function guards itself against for none that is null', () => {
    checkFunctions(`
#define CALL(nr, of) (((nr) << 8) | (sizeof(of) == sizeof(of[1]) && sizeof(of) < 99 ? sizeof(of) : no_such_size))
extern unsigned no_such_size;
int call(unsigned cmd, void *to)
{
    struct regs r;
    if (cmd == CALL(1, struct regs)) {
        if (copy_from_user(&r, to, sizeof(r)))
            return 1;
    } else if (copy_from_user(&r, to, 5))
        return 1;
    switch (cmd) {
    case CALL(1, struct regs):
        return copy_to_user(to, &r, sizeof(r)); // ok
    }
    return 0;
}
static void convert(const u64 *from, struct regs *r)
{
    if (!from || !r)
        return;
    memset(r, 0, sizeof(*r));
}
int converted(void *to, const u64 *from)
{
    struct regs r;
    convert(from, &r);
    return copy_to_user(to, &r, sizeof(r)); // ok
}`);
  });

  it('enters functions of the file, and reports what they leave open', () => {
    checkFunctions(`
static void fill(struct regs *r) { r->ref = r->fb = 1; r->post = r->lock = 1; }
static int put(void *to, const struct regs *r) { return copy_to_user(to, r, sizeof(*r)); }
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored…
int f(void *to)
{
    struct regs r;
    fill(&r);
    return put(to, &r);
}`);
  });

  it('takes a loop over an array for one that stores it, and looks into its elements', () => {
    checkFunctions(`
struct list { u32 count; u32 of[4]; };
struct pairs { struct { u16 a; u32 b; } of[2]; };
int whole(void *to, int n)
{
    struct list l;
    int i;
    l.count = n;
    for (i = 0; i < n; i++)
        l.of[i] = i;
    return copy_to_user(to, &l, sizeof(l)); // ok
}
int cut(void *to, const int *from)
{
    struct list l;
    int i;
    l.count = 4;
    for (i = 0; i < 4; i++) {
        if (!from[i])
            break;
        l.of[i] = from[i];
    }
    return copy_to_user(to, &l, sizeof(l));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'l' goes to user space with 16 bytes never stored: 4..19 (of). …
}
int counted(void *to, const int *from)
{
    struct list l;
    int i;
    l.count = 4;
    for (i = 0; i < 4 && from[i]; i++)
        l.of[i] = from[i];
    return copy_to_user(to, &l, sizeof(l)); // ok
}
int walked(void *to, int n)
{
    struct list l;
    u32 *at = l.of;
    l.count = n;
    while (n--)
        *at++ = n;
    return copy_to_user(to, &l, sizeof(l)); // ok
}
int holes(void *to)
{
    struct pairs p;
    int i;
    for (i = 0; i < 2; i++) {
        p.of[i].a = i;
        p.of[i].b = i;
    }
    return copy_to_user(to, &p, sizeof(p));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'p' goes to user space with 4 bytes never stored: 2..3 (behind of[0].a), 10..11 (behind of[1].a). …
}`);
  });

  it('counts bits, the arms of unions and what is behind the NUL of text', () => {
    checkFunctions(`
struct bits { u32 a : 3, b : 20; };
union wide { u32 one; u64 two[2]; };
struct named { char name[8]; u32 id; };
int gaps(void *to)
{
    struct bits b;
    b.a = 1;
    b.b = 2;
    return copy_to_user(to, &b, sizeof(b));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'b' goes to user space with 2 bytes never stored: 2..3 (tail). …
}
int arm(void *to)
{
    union wide w;
    w.one = 1;
    return copy_to_user(to, &w, sizeof(w));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'w' goes to user space with 12 bytes never stored: 4..15 (two). …
}
int text(void *to, const char *name)
{
    struct named n;
    strscpy(n.name, name, sizeof(n.name));
    n.id = 1;
    return copy_to_user(to, &n, sizeof(n));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'n' goes to user space with 7 bytes never stored: 1..7 (name). Pad the text: strscpy_pad().
}
int number(void *to, int n)
{
    char text[3];
    snprintf(text, sizeof(text), "%d", n);
    return copy_to_user(to, text, sizeof(text)); // ok
}
int title(void *to, int n)
{
    char text[64];
    int length = snprintf(text, sizeof(text), "card %d", n);
    if (copy_to_user(to, text, length)) // ok
        return 1;
    return copy_to_user(to, text, sizeof(text));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'text' goes to user space with 38 bytes never stored: 26..63. Clear it first, or pad the text.
}
int address(void *to, const u8 *mac)
{
    char text[18];
    snprintf(text, sizeof(text), "%pM", mac);
    return copy_to_user(to, text, sizeof(text)); // ok
}`);
  });

  it('knows records without a tag, arrays of bytes, and what a pointer names', () => {
    checkFunctions(`
int plain(void *to)
{
    struct { u8 a; u32 b; } r;
    r.a = 1;
    r.b = 2;
    return copy_to_user(to, &r, sizeof(r));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 3 bytes never stored: 1..3 (behind a). Clear it first: memset(&r, 0, sizeof(r));
}
int bytes(void *to)
{
    u8 of[4];
    of[0] = of[1] = 1;
    return copy_to_user(to, of, 4);
           ^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'of' goes to user space with 2 bytes never stored: 2..3. …
}
int pointed(void *to)
{
    struct regs r = {}, s;
    void *at = &s;
    s.ref = s.fb = 1;
    s.post = s.lock = 1;
    if (copy_to_user(to, &r, sizeof(r))) // ok
        return 1;
    return copy_to_user(to, at, sizeof(s));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 's' goes to user space with 6 bytes never stored…
}`);
  });

  it('knows by which label a switch was left, before and behind it', () => {
    checkFunctions(`
enum kind { ONE, TWO, THREE };
struct control { enum kind id; };
int asked_before(void *to, struct control *control)
{
    struct { u32 a, b; } r;
    if (control->id == ONE || control->id == TWO)
        memset(&r, 0, sizeof(r));
    switch (control->id) {
    case ONE:
        r.a = 1;
        break;
    case TWO:
        r.b = 1;
        break;
    default:
        return -22;
    }
    return copy_to_user(to, &r, sizeof(r)); // ok
}
int asked_behind(void *to, int id)
{
    struct regs r;
    switch (id) {
    case ONE:
        memset(&r, 0, sizeof(r));
        break;
    case TWO:
        r.ref = 1;
        break;
    }
    if (id == ONE && copy_to_user(to, &r, sizeof(r))) // ok
        return 1;
    if (id == TWO)
        return copy_to_user(to, &r, sizeof(r));
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 12 bytes never stored…
    return 0;
}`);
  });

  it('lets a record go through put_user(), and what a URB was given when it is submitted', () => {
    checkFunctions(`
struct urb;
struct pair { u8 a; u16 b; };
#define usb_sndbulkpipe(device, end) ((end) << 8)
#define usb_rcvbulkpipe(device, end) ((end) << 8 | 128)
#define put_user(x, to) ({ __typeof__(*(to)) value = (x); asm volatile("" : : "r" (to), "m" (value)); 0; })
static inline void usb_fill_bulk_urb(struct urb *urb, void *device, int pipe, void *buffer, int n, void *done, void *context) {}
int usb_submit_urb(struct urb *urb, int flags);
int value(struct pair *to)
{
    struct pair p;
    p.a = 1;
    p.b = 2;
    return put_user(p, to);
           ^^^^^^^^ warning[hole-leak]: 'p' goes to user space with 1 byte never stored: 1 (behind a). Clear it first: struct pair p = {};
}
int cleared(struct pair *to)
{
    struct pair p = {};
    p.a = 1;
    return put_user(p, to); // ok
}
int send(struct urb *urb, void *device)
{
    struct pair *p = kmalloc(sizeof(*p), GFP_KERNEL);
    if (!p)
        return -12;
    usb_fill_bulk_urb(urb, device, usb_sndbulkpipe(device, 2), p, sizeof(*p), NULL, NULL); // ok
    p->a = 1;
    p->b = 2;
    return usb_submit_urb(urb, GFP_KERNEL);
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'p' goes to the device with 1 byte never stored: 1 (behind a). Get it cleared: kzalloc().
}
int receive(struct urb *urb, void *device)
{
    struct pair *p = kmalloc(sizeof(*p), GFP_KERNEL);
    if (!p)
        return -12;
    usb_fill_bulk_urb(urb, device, usb_rcvbulkpipe(device, 2), p, sizeof(*p), NULL, NULL);
    return usb_submit_urb(urb, GFP_KERNEL); // ok
}`);
  });

  it('follows memory that was not cleared, and the name of a message to the end', () => {
    checkFunctions(`
int heap(void *to, int flags)
{
    struct regs *r = kmalloc(sizeof(*r), GFP_KERNEL);
    struct regs *zeroed = kmalloc(sizeof(*zeroed), GFP_KERNEL | __GFP_ZERO);
    int error;
    if (!r || !zeroed)
        return -12;
    r->ref = r->fb = 1;
    r->post = r->lock = 1;
    error = copy_to_user(to, zeroed, sizeof(*zeroed)); // ok
    error |= copy_to_user(to, r, sizeof(*r));
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored: 5..7 (behind post), 13..15 (tail). Get it cleared: kzalloc().
    kfree(r);
    return error;
}
int cached(void *to, void *cache)
{
    struct regs *r = kmem_cache_alloc(cache, GFP_KERNEL);
    struct regs *all = kmem_cache_alloc(cache, GFP_KERNEL);
    if (!r || !all)
        return -12;
    r->ref = r->fb = 1;
    r->post = r->lock = 1;
    memset(all, 0, sizeof(*all));
    return copy_to_user(to, all, sizeof(*all)) // ok
           + copy_to_user(to, r, sizeof(*r));
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored: 5..7 (behind post), 13..15 (tail). Get it cleared: kmem_cache_zalloc().
}
void name(struct msghdr *msg)
{
    struct regs *r = msg->msg_name;
    r->ref = r->fb = 1;
    msg->msg_namelen = sizeof(*r);
    ^^^^^^^^^^^^^^^^ warning[hole-leak]: 'r' goes to user space with 6 bytes never stored: 5..7 (behind post), 13..15 (tail). Clear it first: memset(r, 0, sizeof(*r));
    r->post = r->lock = 1;
}
void copied(struct msghdr *msg, void *from)
{
    msg->msg_namelen = 16; // ok
    memcpy(msg->msg_name, from, msg->msg_namelen);
}`);
  });

  it('does not follow objects that no stack or message holds', () => {
    const before = Date.now();
    checkFunctions(`
struct two { u8 k; u32 n; };
struct vast { u8 k; u32 n; u8 big[1ul << 40]; };
int bytes(void *to) { u8 t[1ul << 40]; t[0] = 1; return copy_to_user(to, &t, sizeof(t)); } // ok
int elements(void *to) { struct two t[1 << 20]; t[0].k = 1; return copy_to_user(to, &t, sizeof(t)); } // ok
int given(void *to) { u8 *t = kmalloc(1ul << 30, GFP_KERNEL); t[0] = 1; return copy_to_user(to, t, 1ul << 30); } // ok
int record(void *to) { struct vast *t = kmalloc(sizeof(*t), GFP_KERNEL); t->k = 1; return copy_to_user(to, t, sizeof(*t)); } // ok
int head(void *to, void *cache, int i)
{
    struct vast *t = kmem_cache_alloc(cache, GFP_KERNEL);
    t->k = 1;
    t->big[i] = 1;
    copy_to_user(to, t, sizeof(*t)); // ok
    return copy_to_user(to, t, 8); // ok
}
int most(void *to)
{
    struct two t[1 << 13];
    t[0].k = 1;
    return copy_to_user(to, &t, sizeof(t[0]));
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hole-leak]: 't' goes to user space with 7 bytes never stored: 1..3 (behind [0].k), 4..7 ([0].n). …
}`);
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('knows nothing behind the body of a call of an undeclared name, nor behind nested functions', () => {
    checkFunctions(`
struct two { u8 k; u32 n; };
int each(void *to)
{
    struct two t;
    for_each_cpu_of(i) { memset(&t, 0, sizeof(t)); }
    return copy_to_user(to, &t, sizeof(t)); // ok
}
int one(void *to)
{
    struct two t;
    with_lock(to)
        memset(&t, 0, sizeof(t));
    return copy_to_user(to, &t, sizeof(t)); // ok
}
int inner(void *to)
{
    struct two t;
    void clear(void) { memset(&t, 0, sizeof(t)); }
    clear();
    return copy_to_user(to, &t, sizeof(t)); // ok
}`);
  });

  it('says where the object comes from, and before which holes members stand', () => {
    const text = `\n//- /drivers/one.c\n#include <linux/kernel.h>\nint f(void *to)\n{\n    struct regs r;\n    ${FILL}\n    return copy_to_user(to, &r, sizeof(r));\n}\n${HEADER}`;
    const [finding] = findingsIn(text, { rules: ['hole-leak'] });
    expect(finding.related.map(({ message }) => message)).toEqual([
      'r is declared here, without a value',
      'bytes 5 to 7: a hole behind this',
      'bytes 13 to 15: a hole behind this',
    ]);
  });

  it('clears at the declaration or the allocation, and pads text', () => {
    const before = `
//- /drivers/one.c
#include <linux/kernel.h>
struct named { char name[8]; };
int f(void *to, const char *name)
{
    struct regs r;
    struct named n;
    struct regs *p = kmalloc(sizeof(*p), GFP_KERNEL);
    ${FILL}
    strscpy(n.name, name, sizeof(n.name));
    p->ref = 1;
    return copy_to_user(to, &r, sizeof(r)) + copy_to_user(to, &n, sizeof(n)) + copy_to_user(to, p, sizeof(*p));
}
${HEADER}`;
    const after = before
      .replace('struct regs r;', 'struct regs r = {};')
      .replace('= kmalloc', '= kzalloc')
      .replace('strscpy(n.', 'strscpy_pad(n.');
    checkFix(before, after, { rules: ['hole-leak'] });
  });

  it('offers no initializer that a jump leads past', () => {
    const text = `\n//- /drivers/one.c\n#include <linux/kernel.h>\nint f(void *to, int n)\n{\n    if (n)\n        goto out;\n    {\n        struct regs r;\n        ${FILL}\nout:\n        return copy_to_user(to, &r, sizeof(r));\n    }\n}\n${HEADER}`;
    const found = findingsIn(text, { rules: ['hole-leak'] });
    expect(found.map(({ fixes }) => fixes.length)).toEqual([0]);
  });
});
