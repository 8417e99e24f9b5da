/** Each generator makes its header of a small table; what can't be made is named. */
import { describe, expect, it } from 'vitest';
import type { Evaluate } from './build-tree';
import { type MadeHeaders, madeHeaders } from './made-headers';

type Files = Readonly<Record<string, string>>;

interface Settings {
  readonly arch?: string;
  /** `A=y B="text"`, names without CONFIG_. */
  readonly config?: string;
  readonly evaluate?: Evaluate;
  readonly hexadecimal?: readonly string[];
}

function made(files: Files, { arch = 'x86_64', config = '', evaluate, hexadecimal }: Settings = {}): MadeHeaders {
  const options = config.match(/\w+=(?:"[^"]*"|\S+)/g) ?? [];
  const symbols = new Map(options.map((option) => [`CONFIG_${option.split('=')[0]}`, option.split('=')[1]]));
  return madeHeaders({
    arch,
    config: { symbols, malformed: [] },
    read: (path) => files[path],
    list: (folder) =>
      Object.keys(files).flatMap((path) => {
        const slash = path.lastIndexOf('/');
        return path.slice(0, Math.max(slash, 0)) === folder ? [path.slice(slash + 1)] : [];
      }),
    evaluate,
    isHexadecimal: hexadecimal && ((symbol) => hexadecimal.includes(symbol.slice('CONFIG_'.length))),
  });
}

/** The lines of a header, its guard and what is blank apart; white space counts as one blank. */
function lines(headers: MadeHeaders, path: string): string[] {
  const { text, unmade } = headers.header(path) ?? { unmade: 'no such header' };
  if (text === undefined) return [`not made: ${unmade}`];
  const all = text.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  const guard = /^#ifndef (\w+)$/.exec(all[0])?.[1];
  const inner = guard && all[1].startsWith(`#define ${guard}`) ? all.slice(2, all.lastIndexOf('#endif')) : all;
  return inner.filter((line) => line !== '');
}

describe('headers', () => {
  it('are made when somebody asks for them, once each, and those that are not listed not at all', () => {
    let reads = 0;
    const headers = madeHeaders({
      arch: 'arm64',
      config: { symbols: new Map(), malformed: [] },
      read: (path) => (path === 'arch/arm64/tools/cpucaps' && reads++ >= 0 ? 'HAS_WHEELS\n' : undefined),
      list: () => [],
    });
    const path = 'arch/arm64/include/generated/asm/cpucap-defs.h';
    expect(reads).toBe(0);
    expect(headers.header(path)).toBe(headers.header(path));
    expect(reads).toBe(1);
    expect(headers.header('include/generated/nothing.h')).toBeUndefined();
    expect(headers.paths.has(path)).toBe(true);
  });

  it('whose table is missing say so', () => {
    expect(lines(made({}), 'include/generated/utsrelease.h')).toEqual(['not made: Makefile is not in the tree']);
  });

  it('that only a build can make say why', () => {
    const files = { 'arch/arm64/include/asm/Kbuild': 'generated-y += secret.h\n' };
    const headers = made(files, { arch: 'arm64' });
    expect(lines(headers, 'include/generated/vdso-offsets.h')[0]).toMatch(/^not made: it holds addresses in the vDSO/);
    expect(lines(headers, 'arch/arm64/include/generated/asm/secret.h')[0]).toMatch(
      /^not made: .*asm\/Kbuild leaves it/,
    );
    expect(made(files).header('include/generated/vdso-offsets.h')).toBeUndefined();
  });
});

it('autoconf.h has a macro for each option', () => {
  const headers = made({}, { config: 'BOAT=y SAIL=m MAST=3 NAME="sea" HULL=ff', hexadecimal: ['HULL'] });
  expect(lines(headers, 'include/generated/autoconf.h')).toEqual([
    '#define CONFIG_BOAT 1',
    '#define CONFIG_SAIL_MODULE 1',
    '#define CONFIG_MAST 3',
    '#define CONFIG_NAME "sea"',
    '#define CONFIG_HULL 0xff',
  ]);
});

describe('wrappers', () => {
  const files = {
    'include/asm-generic/Kbuild': '# what all need\nmandatory-y += boat.h\nmandatory-y += sail.h mast.h\n',
    'include/uapi/asm-generic/Kbuild': 'mandatory-y += sea.h\n',
    'arch/riscv/include/asm/Kbuild':
      'generated-y += mast.h\ngeneric-y += \\\n\tdeck.h\ngeneric-$(CONFIG_OAR) += oar.h\n',
    'arch/riscv/include/asm/sail.h': '',
  };
  const asm = 'arch/riscv/include/generated/asm';

  it('stand for headers that an architecture takes from asm-generic', () => {
    const headers = made(files, { arch: 'riscv64' });
    expect(lines(headers, `${asm}/boat.h`)).toEqual(['#include <asm-generic/boat.h>']);
    expect(lines(headers, `${asm}/deck.h`)).toEqual(['#include <asm-generic/deck.h>']);
    expect(lines(headers, 'arch/riscv/include/generated/uapi/asm/sea.h')).toEqual(['#include <asm-generic/sea.h>']);
  });

  it('are none where the architecture has its own, or makes it in another way', () => {
    const headers = made(files, { arch: 'riscv' });
    expect(headers.header(`${asm}/sail.h`)).toBeUndefined();
    expect(headers.header(`${asm}/mast.h`)?.text).toBeUndefined();
  });

  it('may hang on an option', () => {
    expect(made(files, { arch: 'riscv' }).header(`${asm}/oar.h`)).toBeUndefined();
    expect(made(files, { arch: 'riscv', config: 'OAR=y' }).header(`${asm}/oar.h`)).toBeDefined();
  });
});

it('versions come from the Makefile, localversion files and the configuration', () => {
  const files = {
    Makefile: 'VERSION = 4\nPATCHLEVEL = 9\nSUBLEVEL = 300\nEXTRAVERSION = -rc2\nNAME = Old Boat\n',
    'localversion-sea': '-sea\n',
    'localversion~': 'backup',
  };
  const headers = made(files, { config: 'LOCALVERSION="-mine"' });
  expect(lines(headers, 'include/generated/utsrelease.h')).toEqual(['#define UTS_RELEASE "4.9.300-rc2-sea-mine"']);
  expect(lines(headers, 'include/generated/uapi/linux/version.h')).toContain('#define LINUX_VERSION_CODE 264703');
  expect(lines(headers, 'include/generated/uapi/linux/version.h')).toContain('#define LINUX_VERSION_SUBLEVEL 300');
});

it('timeconst.h turns ticks into milliseconds by a multiplication and a shift', () => {
  const path = 'include/generated/timeconst.h';
  const values = new Map(
    lines(made({}, { config: 'HZ=300' }), path).map((line) => [line.split(' ')[1], line.split(' ')[2]]),
  );
  const number = (name: string): bigint => BigInt(values.get(name)!.replace(/U64_C\((.*)\)/, '$1'));
  for (const ticks of [1n, 7n, 299n, 300n, 12345n]) {
    const scaled = ticks * number('HZ_TO_MSEC_MUL32') + number('HZ_TO_MSEC_ADJ32');
    expect(scaled >> number('HZ_TO_MSEC_SHR32')).toBe((ticks * 1000n + 299n) / 300n);
  }
  expect([values.get('HZ_TO_MSEC_NUM'), values.get('HZ_TO_MSEC_DEN')]).toEqual(['10', '3']);
  expect(lines(made({}), path)).toEqual(['not made: CONFIG_HZ is no number above 1']);
});

describe('system calls', () => {
  const table =
    '# number abi name entry compat\n0\tcommon\trow\tsys_row\n2\t64\tsail\tsys_sail\tcompat_sail\n3\tx32\tdive\n';

  it('of x86 have numbers and entries, gaps filled', () => {
    const headers = made({ 'arch/x86/entry/syscalls/syscall_64.tbl': table }, { config: 'X86_64=y' });
    expect(lines(headers, 'arch/x86/include/generated/uapi/asm/unistd_64.h')).toEqual([
      ...['#define __NR_row 0', '#define __NR_sail 2'],
      ...['#ifdef __KERNEL__', '#define __NR_syscalls 3', '#endif'],
    ]);
    expect(lines(headers, 'arch/x86/include/generated/asm/syscalls_64.h')).toEqual([
      '__SYSCALL(0, sys_row)',
      '__SYSCALL(1, sys_ni_syscall)',
      '__SYSCALL_WITH_COMPAT(2, sys_sail, compat_sail)',
    ]);
    expect(lines(headers, 'arch/x86/include/generated/uapi/asm/unistd_x32.h')).toContain(
      '#define __NR_dive (__X32_SYSCALL_BIT + 3)',
    );
    expect(lines(headers, 'arch/x86/include/generated/asm/unistd_64_x32.h')).toContain('#define __NR_x32_dive 3');
  });

  it('of architectures that list them come from the shared table', () => {
    const files = {
      'arch/riscv/include/asm/Kbuild': 'syscall-y += syscall_table_64.h\nsyscall-y += unistd_compat_64.h\n',
      'arch/riscv/kernel/Makefile.syscalls': 'syscall_abis_64 += wind\n',
      'scripts/Makefile.asm-headers':
        'syscall_abis_64 += common,64\nsyscalltbl := $(srctree)/scripts/syscall.tbl\nsyshdr-args := --emit-nr\n' +
        '-include $(srctree)/arch/$(SRCARCH)/kernel/Makefile.syscalls\n',
      'scripts/syscall.tbl': '1 common row sys_row\n2 wind blow sys_blow\n3 other rest sys_rest\n',
    };
    const headers = made(files, { arch: 'riscv' });
    const asm = 'arch/riscv/include/generated/asm';
    expect(lines(headers, `${asm}/syscall_table_64.h`)).toEqual([
      '__SYSCALL(0, sys_ni_syscall)',
      '__SYSCALL(1, sys_row)',
      '__SYSCALL(2, sys_blow)',
    ]);
    expect(lines(headers, `${asm}/unistd_compat_64.h`)[1]).toBe('#define __NR_compat64_blow 2');
  });

  it('of s390 name both entries of a number', () => {
    const files = {
      'arch/s390/kernel/syscalls/syscall.tbl':
        '1 common row sys_row compat_row\n3 32 sail - old_sail\n3 64 sail sys_sail -\n',
    };
    const headers = made(files, { arch: 's390' });
    expect(lines(headers, 'arch/s390/include/generated/asm/syscall_table.h').slice(1)).toEqual([
      'NI_SYSCALL',
      'SYSCALL(sys_row,compat_row)',
      'NI_SYSCALL',
      'SYSCALL(sys_sail,old_sail)',
    ]);
    expect(lines(headers, 'arch/s390/include/generated/asm/unistd_nr.h')).toEqual(['#define NR_syscalls 4']);
  });

  it('of arm are counted in steps that fit an instruction', () => {
    const files = { 'arch/arm/tools/syscall.tbl': '0 common row sys_row\n397 eabi sail sys_sail\n' };
    const headers = made(files, { arch: 'arm' });
    expect(lines(headers, 'arch/arm/include/generated/asm/unistd-nr.h')).toEqual(['#define __NR_syscalls 400']);
  });
});

it('boards of arm have a number and a test', () => {
  const files = { 'arch/arm/tools/mach-types': '# board\nskiff ARCH_SKIFF SKIFF 7\nraft MACH_RAFT RAFT\n' };
  const found = lines(made(files, { arch: 'arm' }), 'arch/arm/include/generated/asm/mach-types.h');
  expect(found).toContain('#define MACH_TYPE_SKIFF 7');
  expect(found).toContain('# define machine_is_skiff() (machine_arch_type == MACH_TYPE_SKIFF)');
  expect(found).toContain('#define machine_is_raft() (0)');
});

it('capabilities of arm64 are counted', () => {
  const files = { 'arch/arm64/tools/cpucaps': '# one a line\nHAS_SAIL\n\nHAS_OARS\n' };
  expect(lines(made(files, { arch: 'arm64' }), 'arch/arm64/include/generated/asm/cpucap-defs.h')).toEqual([
    '#define ARM64_HAS_SAIL 0',
    '#define ARM64_HAS_OARS 1',
    '#define ARM64_NCAPS 2',
  ]);
});

it('registers of arm64 have encodings, fields, values and masks of the rest', () => {
  const table = `
Sysreg BOAT_EL1 3 0 1 2 4
Res0 63:8
UnsignedEnum 7:4 SAIL
	0b0000 DOWN
EndEnum
Res1 3
Field 2:0 CREW
EndSysreg
Sysreg RAFT_EL1 3 0 1 2 5
Fields BOAT
EndSysreg`;
  const found = lines(
    made({ 'arch/arm64/tools/sysreg': table }, { arch: 'arm64' }),
    'arch/arm64/include/generated/asm/sysreg-defs.h',
  );
  expect(found.filter((line) => !/SYS_|REG_/.test(line))).toEqual([
    '#define BOAT_EL1_SAIL GENMASK(7, 4)',
    '#define BOAT_EL1_SAIL_MASK GENMASK(7, 4)',
    '#define BOAT_EL1_SAIL_SHIFT 4',
    '#define BOAT_EL1_SAIL_WIDTH 4',
    '#define BOAT_EL1_SAIL_SIGNED false',
    '#define BOAT_EL1_SAIL_DOWN UL(0b0000)',
    '#define BOAT_EL1_CREW GENMASK(2, 0)',
    '#define BOAT_EL1_CREW_MASK GENMASK(2, 0)',
    '#define BOAT_EL1_CREW_SHIFT 0',
    '#define BOAT_EL1_CREW_WIDTH 3',
    '#define BOAT_EL1_RES0 (UL(0) | GENMASK_ULL(63, 8))',
    '#define BOAT_EL1_RES1 (UL(0) | GENMASK_ULL(3, 3))',
    '#define BOAT_EL1_UNKN (UL(0))',
  ]);
  expect(found).toContain('#define SYS_RAFT_EL1 sys_reg(3, 0, 1, 2, 5)');
});

it('facilities of s390 are bits from the left, some of them for an option', () => {
  const source = `static struct list lists[] = { { .name = "BOATS", .bits = (int[]){
    0, /* skiff */
#ifdef CONFIG_RAFT
    65,
#endif
    -1 } } };`;
  const path = 'arch/s390/include/generated/asm/facility-defs.h';
  const files = { 'arch/s390/tools/gen_facilities.c': source };
  expect(lines(made(files, { arch: 's390' }), path)[1]).toBe('#define BOATS _AC(0x8000000000000000,UL)');
  expect(lines(made(files, { arch: 's390', config: 'RAFT=y' }), path)[1]).toBe(
    '#define BOATS _AC(0x8000000000000000,UL),_AC(0x4000000000000000,UL)',
  );
});

it('instructions of s390 are grouped by their first byte', () => {
  const files = {
    'arch/s390/tools/opcodes.txt': '0101 row E\n0102 sailing E\n05 dive RR_RR\n',
    'arch/s390/tools/gen_opcode_table.c':
      '{ .byte = 0, .mask = 0xff, .format = (char *[]) { "RR", NULL, } }, { .byte = 1, .mask = 0xff, .format = (char *[]) { "E", NULL, } }',
  };
  const found = lines(made(files, { arch: 's390' }), 'arch/s390/include/generated/asm/dis-defs.h');
  expect(found).toContain('[LONG_INSN_SAILING] = "sailing", \\');
  expect(found).toContain('[2] = { .opfrag = 0x05, .format = INSTR_RR_RR, .name = "dive" }, \\');
  expect(found).toContain('{ .opcode = 0x01, .mask = 0xff, .byte = 1, .offset = 0, .count = 2 }, \\');
});

it('classes of selinux get numbers, their permissions bits', () => {
  const files = {
    'security/selinux/include/classmap.h': `
#define SHARED "row", \\
	"sail"
const struct security_class_mapping secclass_map[] = {
	{ "boat", { SHARED, "dive", NULL } }, /* "none" */
#if PF_MAX > 46
#error More families than known.
#endif
	{ "sea_socket", { "open", NULL } },
	{ NULL }
};`,
    'security/selinux/include/initial_sid_to_string.h':
      'static const char *const initial_sid_to_string[] = { NULL, "kernel", NULL, "port", };',
  };
  expect(lines(made(files), 'security/selinux/av_permissions.h')).toEqual([
    '#define BOAT__ROW 0x00000001U',
    '#define BOAT__SAIL 0x00000002U',
    '#define BOAT__DIVE 0x00000004U',
    '#define SEA_SOCKET__OPEN 0x00000001U',
  ]);
  const flask = lines(made(files), 'security/selinux/flask.h');
  expect(flask.slice(0, 5)).toEqual([
    '#define SECCLASS_BOAT 1',
    '#define SECCLASS_SEA_SOCKET 2',
    '#define SECINITSID_KERNEL 1',
    '#define SECINITSID_PORT 3',
    '#define SECINITSID_NUM 3',
  ]);
  expect(flask.filter((line) => line.startsWith('case'))).toEqual(['case SECCLASS_SEA_SOCKET:']);
});

it('the hash of ORC rests on its constants and on its record alone', () => {
  const path = 'arch/x86/include/generated/asm/orc_hash.h';
  const hash = (text: string): string[] =>
    lines(made({ 'arch/x86/include/asm/orc_types.h': text }, { config: 'UNWINDER_ORC=y' }), path);
  const text = '#define ORC_REG_SP 1\nstruct orc_entry {\n\tint a;\n} __packed;\n';
  expect(hash(text)[0]).toMatch(/^#define ORC_HASH (0x[0-9a-f]{2},){20}$/);
  expect(hash(`${text}int other;\n`)).toEqual(hash(text));
  expect(hash(text.replace('int a', 'int b'))).not.toEqual(hash(text));
});

it('calls of xen are those with a number of their own', () => {
  const files = {
    'include/xen/interface/xen.h':
      '#define __HYPERVISOR_row 1\n#define __HYPERVISOR_arch_0 48\n#define __HYPERVISOR_UP 2\n',
    'include/xen/interface/xen-sail.h': '#define __HYPERVISOR_sail __HYPERVISOR_arch_0\n',
  };
  expect(lines(made(files, { config: 'XEN=y' }), 'arch/x86/include/generated/asm/xen-hypercalls.h')).toEqual([
    'HYPERCALL(row)',
    'HYPERCALL(sail)',
  ]);
});

it('features of x86 that are required or disabled are masks', () => {
  const files = {
    'arch/x86/tools/cpufeaturemasks.awk': '',
    'arch/x86/include/asm/cpufeatures.h':
      '#define NCAPINTS 2\n#define X86_FEATURE_SAIL ( 0*32+ 3) /* wind */\n#define X86_FEATURE_OARS (1*32+31)\n',
  };
  const config = 'X86_REQUIRED_FEATURE_SAIL=y X86_DISABLED_FEATURE_OARS=y';
  expect(lines(made(files, { config }), 'arch/x86/include/generated/asm/cpufeaturemasks.h')).toEqual([
    '#define REQUIRED_MASK0 0x00000008U',
    '#define REQUIRED_MASK1 0x00000000U',
    '#define REQUIRED_MASK_CHECK BUILD_BUG_ON_ZERO(NCAPINTS != 2)',
    '#define DISABLED_MASK0 0x00000000U',
    '#define DISABLED_MASK1 0x80000000U',
    '#define DISABLED_MASK_CHECK BUILD_BUG_ON_ZERO(NCAPINTS != 2)',
  ]);
});

it('workarounds of xe are numbered, rules that go on apart', () => {
  const files = { 'drivers/gpu/drm/xe/xe_wa_oob.rules': '# all\n123\tSEA(1)\n\t\tSEA(2)\n456\tLAKE(1)\n' };
  expect(lines(made(files), 'drivers/gpu/drm/xe/generated/xe_wa_oob.h')).toEqual([
    ...['enum {', 'XE_WA_OOB_123 = 0,', 'XE_WA_OOB_456 = 1,', '_XE_WA_OOB_COUNT = 2', '};'],
  ]);
  expect(lines(made(files), 'drivers/gpu/drm/xe/generated/xe_wa_oob.c')).toEqual([
    '{ XE_RTP_NAME("123"),',
    'XE_RTP_RULES(SEA(1), OR,',
    'SEA(2)) },',
    '{ XE_RTP_NAME("456"),',
    'XE_RTP_RULES(LAKE(1)) },',
  ]);
});

it('grammars of ASN.1 have a decoder and the functions that they call', () => {
  const files = {
    'crypto/boatkey.asn1':
      '-- ({ not_this })\nBoat ::= SEQUENCE {\n\tsail INTEGER ({ sail_it }),\n\tname ANY ({ name_it }) }\n',
  };
  expect(lines(made(files), 'crypto/boatkey.asn1.h')).toEqual([
    '#include <linux/asn1_decoder.h>',
    'extern const struct asn1_decoder boatkey_decoder;',
    'extern int name_it(void *, size_t, unsigned char, const void *, size_t);',
    'extern int sail_it(void *, size_t, unsigned char, const void *, size_t);',
  ]);
});

it('compile.h names machine and compiler', () => {
  const headers = made({}, { arch: 'arm64', config: '64BIT=y CC_VERSION_TEXT="gcc 12"' });
  expect(lines(headers, 'include/generated/compile.h')).toContain('#define UTS_MACHINE "aarch64"');
  expect(lines(headers, 'include/generated/compile.h')).toContain('#define LINUX_COMPILER "gcc 12"');
});

describe('constants', () => {
  const files = { 'kernel/bounds.c': '', 'arch/x86/kernel/asm-offsets.c': '' };
  const evaluate: Evaluate = () => [
    { name: 'ROWERS', value: 4n },
    { name: 'SAIL_at', value: { unknown: 'struct boat is not known' } },
  ];

  it('are as they are evaluated; an unknown one spoils bounds.h and is left out of asm-offsets.h', () => {
    const headers = made(files, { evaluate });
    expect(lines(headers, 'include/generated/bounds.h')).toEqual([
      'not made: SAIL_at of kernel/bounds.c is not known: struct boat is not known',
    ]);
    expect(lines(headers, 'include/generated/asm-offsets.h')).toEqual([
      '#define ROWERS 4',
      '/* SAIL_at: struct boat is not known */',
    ]);
  });

  it('are not made where nobody evaluates them', () => {
    expect(lines(made(files), 'include/generated/bounds.h')[0]).toMatch(
      /^not made: its values are in kernel\/bounds\.c/,
    );
  });
});
