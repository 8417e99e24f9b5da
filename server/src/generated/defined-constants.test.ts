/** Constants of C files that define them by assembly statements, evaluated with the types and layouts of a target. */
import { expect, it } from 'vitest';
import { evaluatorOf } from './defined-constants';

const KBUILD = `
#define DEFINE(sym, val) asm volatile("\\n.ascii \\"->" #sym " %0 " #val "\\"" : : "i" (val))
#define BLANK() asm volatile("\\n.ascii \\"->\\"" : : )
#define OFFSET(sym, str, mem) DEFINE(sym, __builtin_offsetof(struct str, mem))
`;

function constants(text: string, more: Readonly<Record<string, string | undefined>> = {}): string[] {
  const files: Record<string, string | undefined> = {
    '/.config': 'CONFIG_OARS=y\n',
    '/include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
    '/boat.c': KBUILD + text,
    ...more,
  };
  const reader = { read: (path: string) => files[path], exists: (path: string) => files[path] !== undefined };
  const found = evaluatorOf({ kernel: '', build: '', arch: 'x86', target: 'x86_64', reader })('boat.c');
  return (found ?? []).map(({ name, value }) => `${name} ${typeof value === 'bigint' ? value : value.unknown}`);
}

it('are sizes, offsets and enumerators, in order', () => {
  const text = `
enum crew { ROWER, SAILOR, CREW };
struct boat { char name; long length; };
int main(void)
{
	DEFINE(CREW_SIZE, CREW);
	BLANK();
	DEFINE(BOAT_SIZE, sizeof(struct boat));
	OFFSET(BOAT_length, boat, length);
	DEFINE(TOP_BIT, 1U << 31);
	return 0;
}`;
  expect(constants(text)).toEqual(['CREW_SIZE 2', 'BOAT_SIZE 16', 'BOAT_length 8', 'TOP_BIT -2147483648']);
});

it('hang on the configuration, and may stand in an included C file', () => {
  const included = 'static void more(void) { DEFINE(MORE, 7); }\n';
  const text = `
#include "more.c"
int main(void)
{
#ifdef CONFIG_OARS
	DEFINE(OARS, 2);
#else
	DEFINE(SAILS, 1);
#endif
}`;
  expect(constants(text, { '/more.c': included })).toEqual(['OARS 2', 'MORE 7']);
});

it('are unknown with the reason', () => {
  expect(constants('int main(void) { OFFSET(A, raft, deck); }')[0]).toMatch(/^A .*raft/);
  expect(constants('int main(void) { OFFSET(A, raft, deck); }')).toHaveLength(1);
});

it('are unknown where it is undecided whether the build has them', () => {
  const text = 'int main(void)\n{\n#ifdef CONFIG_OARS\n\tDEFINE(OARS, 2);\n#endif\n\tDEFINE(MAST, 1);\n}\n';
  expect(constants(text, { '/.config': undefined })).toEqual([
    'MAST no .config was found, so CONFIG_OARS is not known',
  ]);
});
