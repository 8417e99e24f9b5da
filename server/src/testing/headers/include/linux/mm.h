/* What most memory-management code includes. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H
#include <linux/mm_types.h>
#include <linux/mmzone.h>
#include <linux/memremap.h>

struct scatterlist;
struct vm_fault {
	struct page *page;
};

struct page *sg_page(struct scatterlist *sg);
struct page *pfn_to_page(unsigned long pfn);
void get_page(struct page *page);
void put_page(struct page *page);
#endif
