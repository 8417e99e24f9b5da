/* From a member back to the record around it. */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>

#define container_of(ptr, type, member) ({				\
	void *__member = (void *)(ptr);					\
	((type *)(__member - offsetof(type, member))); })

#endif
