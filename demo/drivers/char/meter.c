/* A meter that programs read. */
#include <linux/uaccess.h>
#include <uapi/linux/meter.h>

#define EFAULT 14

/* Wrong: three bytes of the stack go along, as nobody stores what lies between the members. */
int meter_read_wrongly(struct meter_sample __user *to, u32 serial, u64 nanojoules)
{
	struct meter_sample sample;

	sample.serial = serial;
	sample.channel = 0;
	sample.nanojoules = nanojoules;
	return copy_to_user(to, &sample, sizeof(sample)) ? -EFAULT : 0;
}

/* Right: an initializer clears the whole record. */
int meter_read(struct meter_sample __user *to, u32 serial, u64 nanojoules)
{
	struct meter_sample sample = {
		.serial = serial,
		.nanojoules = nanojoules,
	};

	return copy_to_user(to, &sample, sizeof(sample)) ? -EFAULT : 0;
}
