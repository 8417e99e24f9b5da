/* What programs read of a meter. */
#ifndef _UAPI_LINUX_METER_H
#define _UAPI_LINUX_METER_H

/* Three bytes behind `channel` belong to no member. */
struct meter_sample {
	unsigned int serial;
	unsigned char channel;
	unsigned long long nanojoules;
};

#endif
