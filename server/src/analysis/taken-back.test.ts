/** Comments that take back what a header says, and those that take nothing back. */
import { describe, it } from 'vitest';
import { check, checkFix } from '../testing/check';

const IDLE = 'warning[unused-allow]: Nothing here is derived as';

describe('a comment that takes a derived fact back', () => {
  it('is silent where the header would be understood so without it', () => {
    check(
      `
//- /drivers/x/crate.h
struct crate {
	/* overlint: not-derived(reserved) the comment is about the old interface */
	int count; /* do not use directly, call crate_count() */
	/* overlint: not-derived(tag) the lid is no pointer here */
	unsigned long lid;
	int kind;
	union {
		int jam; /* overlint: not-derived(valid-when) both agree */
		int tea;
	};
};
#define CRATE_SEALED 1UL
static inline struct crate *crate_lid(struct crate *crate)
{
	return (struct crate *)(crate->lid & ~CRATE_SEALED);
}
     `.replace('int jam;', '/* only valid if ->kind is KIND_JAM */ int jam;'),
    );
  });

  it('is reported where it takes nothing back', () => {
    check(`
//- /drivers/x/crate.h
struct crate {
	int count; /* overlint: not-derived(reserved) nobody said so */
	           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${IDLE} reserved: this comment takes nothing back.
	unsigned long lid; /* overlint: not-derived(tag) nobody masks it */
	                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${IDLE} tag: this comment takes nothing back.
	union {
		int jam; /* overlint: not-derived(valid-when) no comment says when */
		         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${IDLE} valid-when: this comment takes nothing back.
		int tea;
	};
	int key; /* overlint: not-derived(reserved, accessor) do not use directly */
	                                            ^^^^^^^^ ${IDLE} accessor: this comment takes nothing back.
};
     `);
  });

  it('names what it takes back', () => {
    check(`
//- /drivers/x/crate.h
struct crate {
	int count; /* overlint: not-derived(reserve) do not use directly */
	                                    ^^^^^^^ warning[unused-allow]: Headers say nothing called reserve: it is tag, reserved, valid-when or accessor.
	int weight; /* overlint: not-derived as it is old */
	            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[unused-allow]: This comment takes nothing back. Write it as…
};
     `);
  });

  it('goes by its fix', () => {
    checkFix(
      `
//- /drivers/x/crate.h
struct crate {
	int count; /* overlint: not-derived(reserved) nobody said so */
	/* overlint: not-derived(reserved, accessor) do not use directly */
	int key;
};
     `,
      `
//- /drivers/x/crate.h
struct crate {
	int count;
	/* overlint: not-derived(reserved) do not use directly */
	int key;
};
     `,
    );
  });
});
