/* IS_ENABLED(CONFIG_X): 1 where X is built in or a module, 0 where it is off. */
#ifndef __LINUX_KCONFIG_H
#define __LINUX_KCONFIG_H

#include <generated/autoconf.h>

/*
 * A CONFIG_ macro is either 1 or not defined at all. Pasted behind this prefix, a 1 becomes "0," and so pushes the 1
 * that follows into second place; anything else is one argument of junk.
 */
#define __ARG_PLACEHOLDER_1 0,
#define __take_second_arg(ignored, value, ...) value
#define __is_defined(x) ___is_defined(x)
#define ___is_defined(value) ____is_defined(__ARG_PLACEHOLDER_##value)
#define ____is_defined(one_or_junk) __take_second_arg(one_or_junk 1, 0)

#define IS_BUILTIN(option) __is_defined(option)
#define IS_MODULE(option) __is_defined(option##_MODULE)
#define IS_ENABLED(option) (IS_BUILTIN(option) || IS_MODULE(option))

#endif
