/* What kernel C writes in place of the compiler's own spellings. */
#ifndef __LINUX_COMPILER_TYPES_H
#define __LINUX_COMPILER_TYPES_H
#define __user
#define __iomem
#define __rcu
#define __percpu
#define __force
#define __always_inline inline __attribute__((__always_inline__))
#define __maybe_unused __attribute__((__unused__))
#define __init __attribute__((__section__(".init.text")))
#define __packed __attribute__((__packed__))
#define __aligned(x) __attribute__((__aligned__(x)))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define static_assert(expression) _Static_assert(expression, #expression)
#define NULL ((void *)0)
#endif
