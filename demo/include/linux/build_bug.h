/* Facts that the compiler is to check. */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

#define offsetof(type, member) __builtin_offsetof(type, member)
#define static_assert(expression) _Static_assert(expression, #expression)
#define BIT(nr) (1UL << (nr))

#endif
