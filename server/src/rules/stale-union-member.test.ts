/** The rule stale-union-member: what a union's bytes hold, followed through a function. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = `
    //- /include/linux/list.h
    struct list_head { struct list_head *next, *prev; };
    static inline void INIT_LIST_HEAD(struct list_head *list) { list->next = list; list->prev = list; }
    static inline void list_add(struct list_head *entry, struct list_head *head)
    {
        head->next->prev = entry;
        entry->next = head->next;
        entry->prev = head;
        head->next = entry;
    }
    static inline void list_del(struct list_head *entry)
    {
        entry->next->prev = entry->prev;
        entry->prev->next = entry->next;
    }
    //- /include/linux/job.h
    #include <linux/list.h>
    struct route;
    struct job {
        union {
            struct list_head entry;
            struct job *next;
            unsigned long word;
        };
        union {
            struct { unsigned int low, high; };
            unsigned long both;
        };
        union { struct { unsigned long bits[2]; } allowed, wanted; } w;
        union { struct list_head waiting; struct { struct route *route; void (*destroy)(struct job *job); }; };
    };
    enum job_kind { JOB_READS, JOB_CALLS };
    struct order {
        enum job_kind kind;
        union {
            struct { unsigned long block; unsigned int count; struct route *route; } reads;
            struct { unsigned int key; void (*done)(struct order *order); unsigned long mask; } calls;
            struct { unsigned int block_low, block_high; } halves;
        } u;
        union {
            unsigned int price; /* only valid if kind is JOB_READS */
            struct { unsigned long tax; unsigned int fee; } costs; /* only valid if kind is JOB_CALLS */
            unsigned long any;
        };
    };
    static inline void order_read(struct order *order, unsigned long block)
    {
        order->u.reads.block = block;
        order->u.reads.count = 1;
    }
    struct job_stack { struct job *head; };
    static inline struct job *job_pop(struct job_stack *stack)
    {
        struct job *job = stack->head;
        if (job) {
            stack->head = job->next;
            job->next = (void *)0;
        }
        return job;
    }
    static inline struct route *job_route(const struct job *job) { return job->route; }
    static inline void job_reset(struct job *job) { job->route = (void *)0; job->destroy = (void *)0; }
    void job_run(struct job *job);
    void job_log(const char *text);
    void use(unsigned long value);`;

function checkUses(body: string): void {
  check(
    `
    //- /drivers/one.c
    #include <linux/job.h>
    ${body}${HEADERS}`,
    { rules: ['stale-union-member'] },
  );
}

describe('stale-union-member', () => {
  it('reports a list operation on what a singly linked list held, and reads of another owner’s member', () => {
    checkUses(`
    void f(struct job_stack *stack, struct list_head *done)
    {
        struct job *job = job_pop(stack);
        if (job)
            list_del(&job->entry);
            ^^^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: list_del() uses entry, whose bytes in struct job (include/linux/job.h:5) hold next since line 5. Store entry first, or use next.
    }
    void g(struct job *job, struct job *other)
    {
        job->next = other;
        list_del(&job->entry);
        ^^^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: list_del() uses entry…
    }
    #define SET_NEXT(l, to) do { (l)->next = (to); (l)->prev = (to); } while (0)
    struct route *k(struct job *job, struct list_head *list)
    {
        SET_NEXT(&job->waiting, list);
        return job->route;
               ^^^^^^^^^^ warning[stale-union-member]: route is used, whose bytes…
    }
    struct route *h(struct job *job)
    {
        INIT_LIST_HEAD(&job->waiting);
        job_log("waits");
        return job_route(job);
               ^^^^^^^^^^^^^^ warning[stale-union-member]: job_route() uses route…
    }
    void i(struct job *job, struct job *from)
    {
        job->w.wanted = from->w.wanted;
        use(job->w.allowed.bits[0]);
            ^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: w.allowed.bits is used, whose bytes…
    }
    void j(void)
    {
        struct job job = { .next = &job };
        list_del(&job.entry);
        ^^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: list_del() uses entry…
    }`);
  });

  it('reports parts of two structs that have nothing to do with each other, and members that are valid in different states', () => {
    checkUses(`
    unsigned int f(struct order *order)
    {
        order->u.reads.block = 4;
        return order->u.calls.key;
               ^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: u.calls.key is used, whose bytes in struct order (include/linux/job.h:23) hold u.reads.block since line 5. Store u.calls.key first, or use u.reads.block.
    }
    unsigned int g(struct order *order)
    {
        order_read(order, 4);
        use(order->u.halves.block_low);  // ok
        order->u.calls.mask = 1;
        return order->u.calls.key;
               ^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: u.calls.key is used…
    }
    unsigned int h(struct order *order)
    {
        order->costs.tax = 4;
        use(order->any);                 // ok
        return order->price;
               ^^^^^^^^^^^^ warning[stale-union-member]: price is used…
    }
    unsigned int i(struct order *order)
    {
        order_read(order, 4);
        order->u.calls.key = 3;
        return order->u.calls.key;       // ok
    }`);
  });

  it('is silent once the member is stored, by itself or in a function', () => {
    checkUses(`
    void f(struct job_stack *stack, struct list_head *done)
    {
        struct job *job = job_pop(stack);
        list_add(&job->entry, done);
        list_del(&job->entry);      // ok
    }
    struct route *g(struct job *job)
    {
        INIT_LIST_HEAD(&job->waiting);
        job_reset(job);
        return job_route(job);      // ok
    }`);
  });

  it('is silent on views of numbers, on low bits, and where another function or name may have stored', () => {
    checkUses(`
    void f(struct job *job, struct job *other, int n)
    {
        job->both = 7;
        use(job->low + job->high);  // ok
        job->next = other;
        if (job->word & 1)          // ok
            use(0);
    }
    void g(struct job *job, struct job *other)
    {
        job->next = other;
        job_run(job);
        list_del(&job->entry);      // ok
    }
    void h(struct job *job, struct job *other, struct job **kept)
    {
        job->next = other;
        *kept = job;
        list_del(&job->entry);      // ok
    }
    void i(struct job *job, struct job *other, int n)
    {
        if (n)
            job->next = other;
        list_del(&job->entry);      // ok
    }
    void j(struct job *job, struct job *other)
    {
        job->next = other;
        job = other;
        list_del(&job->entry);      // ok
    }`);
  });
});

describe('two numbers of one size', () => {
  it('are of two owners where the kernel-doc has an entry for each, unless one is another name', () => {
    check(
      `
//- /include/linux/note.h
/**
 * struct note - A note.
 * @mark: a mark for whoever filters
 * @tail: (aka @mark) how many bytes are left
 * @length: its length
 * @dlc: deprecated name of @length
 */
struct note { int kind; union { unsigned int mark; unsigned int tail; }; union { unsigned int length; unsigned int dlc; }; };
static inline void note_keep(struct note *n, int most) { if (most > 4) n->tail = most; else n->tail = 4; }
//- /drivers/a.c
#include <linux/note.h>
unsigned int bad(struct note *n, int most)
{
        note_keep(n, most);
        return n->mark;
               ^^^^^^^ warning[stale-union-member]: mark is used, whose bytes in struct note (include/linux/note.h:8) hold tail since line 4. Store mark first, or use tail.
}
unsigned int good(struct note *n, unsigned int length)
{
        n->length = length;
        return n->dlc; // ok
}
`,
      { rules: ['stale-union-member'] },
    );
  });

  it('comes to an end where functions that use an object call each other many times', () => {
    const steps = Array.from({ length: 40 }, (_, at) => {
      const call = at === 0 ? 'w->a = n;' : `f${at - 1}(w, n); f${at - 1}(w, n + 1);`;
      return `static void f${at}(struct wagon *w, int n)\n{\n        ${call}\n}`;
    });
    check(
      `
//- /drivers/a.c
struct wagon { union { int a; void *b; }; };
${steps.join('\n')}
void *last(struct wagon *w)
{
        f39(w, 1);
        return w->b; // ok: too much is done to it to be told
}
`,
      { rules: ['stale-union-member'] },
    );
  });

  it('follows a union that stands for itself where what was stored lies in a struct of it', () => {
    check(
      `
//- /drivers/a.c
struct task { int pid; };
union key {
        struct { long number; unsigned long page; } file;
        struct { struct task *task; unsigned long address; } own;
        struct { long first; unsigned long second; } both;
        struct task *plain;
};
long bad(union key *key, struct task *task)
{
        key->own.task = task;
        return key->file.number;
               ^^^^^^^^^^^^^^^^ warning[stale-union-member]: file.number is used, whose bytes in union key …
}
long views(union key *key, struct task *task)
{
        key->plain = task;
        return key->file.number; // ok: a view
}
`,
      { rules: ['stale-union-member'] },
    );
  });

  it('knows that a tree of nodes holds what was linked into it', () => {
    check(
      `
//- /include/linux/rbtree.h
struct rb_node { unsigned long color; struct rb_node *right, *left; };
struct rb_root { struct rb_node *top; };
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
        node->color = (unsigned long)parent;
        node->left = node->right = (struct rb_node *)0;
        *link = node;
}
void rb_insert_color(struct rb_node *node, struct rb_root *root);
//- /drivers/a.c
#include <linux/rbtree.h>
struct port { int number; };
struct parcel { union { struct { struct parcel *next, *prev; struct port *port; }; struct rb_node node; }; int size; };
int queue(struct parcel *p, struct rb_node *parent, struct rb_node **link, struct rb_root *root)
{
        rb_link_node(&p->node, parent, link);
        rb_insert_color(&p->node, root);
        return p->port->number;
               ^^^^^^^ warning[stale-union-member]: port is used, whose bytes in struct parcel …
}
int ahead(struct parcel *p, struct rb_node *parent, struct rb_node **link, struct rb_root *root)
{
        struct port *port = p->port;

        rb_link_node(&p->node, parent, link);
        rb_insert_color(&p->node, root);
        return port->number; // ok
}
`,
      { rules: ['stale-union-member'] },
    );
  });

  it('knows two words with tags of their own for two owners, whatever variable holds the object, and by what setters store alone', () => {
    check(
      `
//- /include/linux/parcel.h
struct port { int number; };
struct way { int steps; };
struct parcel {
        union { struct { unsigned long way; void (*destroy)(struct parcel *p); }; unsigned long port; };
};
static inline struct way *parcel_way(const struct parcel *p) { return (struct way *)(p->way & ~1UL); }
static inline struct port *parcel_port(const struct parcel *p) { return (struct port *)(p->port & ~3UL); }
static inline void parcel_set_port(struct parcel *p, struct port *port, int is_last)
{
        p->port = (unsigned long)port; // ok
        if (is_last)
                p->port |= 1;
}
static inline void parcel_clear_port(struct parcel *p) { p->port = 0; }
static inline void parcel_free(int why, struct parcel *p) { if (parcel_way(p)->steps) p->destroy(p); }
//- /drivers/a.c
#include <linux/parcel.h>
void drop(int why, struct parcel *p, struct port *port)
{
        parcel_set_port(p, port, 1);
        parcel_free(why, p);
        ^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: parcel_free() uses way, whose bytes in struct parcel (include/linux/parcel.h:4) hold port since line 4. Store way first, or use port.
}
void clear(int why, struct parcel *p, struct port *port)
{
        parcel_set_port(p, port, 1);
        parcel_clear_port(p);
        parcel_free(why, p); // ok
}
struct port *again(struct parcel *p, struct port *port, int is_last)
{
        parcel_set_port(p, port, is_last);
        return parcel_port(p); // ok
}
`,
      { rules: ['stale-union-member'] },
    );
  });

  it('knows nothing of bytes that a saved copy brings back', () => {
    check(
      `
//- /include/linux/parcel.h
struct list { struct list *next, *prev; };
static inline void list_del(struct list *l) { l->next->prev = l->prev; l->prev->next = l->next; }
struct parcel { union { struct { unsigned long way; void (*destroy)(struct parcel *p); }; struct list queue; }; };
//- /drivers/a.c
#include <linux/parcel.h>
int send(struct parcel *p);
void lend(struct parcel *p)
{
        unsigned long saved = p->way;

        p->way = 0;
        p->way = saved;
        list_del(&p->queue); // ok
}
void lose(struct parcel *p, unsigned long way)
{
        p->way = way;
        list_del(&p->queue);
        ^^^^^^^^^^^^^^^^^^^ warning[stale-union-member]: list_del() uses queue, …
}
`,
      { rules: ['stale-union-member'] },
    );
  });
});
