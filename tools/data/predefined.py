"""Makes server/src/packs/predefined/targets.json: the macros that compilers predefine, as the targets' own compilers say.

usage: python3 tools/data/predefined.py   (needs gcc with -m32, clang-19, and the cross compilers that COMMANDS names)
"""
import json
import pathlib
import re
import subprocess

# The compiler's identity comes from the kernel's config; floating point and CPU features are nothing to headers.
SKIP = re.compile(
    r'^(__FLT|__DBL|__LDBL|__DEC|__BFLT|__clang|__llvm|__VERSION__|__GNUC|__GCC_(?!ASM|HAVE)|__FINITE|__PIC__|__pic__'
    r'|__PIE__|__pie__|__SSE|__SSE2|__MMX|__ATOMIC|__OPENCL|__MEMORY_SCOPE|__CLANG|__SEG_|__seg_|__FXSR|__CET__'
    r'|__REGISTER_PREFIX__|__USER_LABEL|__OBJC|__k8|__SSP|__FLOAT|__INT_FAST|__UINT_FAST|__INT_LEAST|__UINT_LEAST'
    r'|__unix|unix$|linux$|__tune|__code_model|__HAVE_SPECULATION|__OPTIMIZE|__NO_INLINE|__NO_MATH|__PRAGMA|__GXX'
    r'|__CONSTANT_CFSTRINGS|__LAHF|__FPCLASS|__FP_FAST|__STDC_UTF|__STDC_IEC|__STDC_ISO|__ARM_FEATURE|__HVX|__ANDROID|__QDSP'
    r'|__\w+_FMT[dioxuX]__$|__\w+_C_SUFFIX__|__STDC_EMBED|__BITINT_MAXWIDTH__|__BOOL_WIDTH__|__POINTER_WIDTH__|__LLONG_WIDTH__'
    r'|__U?S?L{0,2}(ACCUM|FRACT)_|__U?[A-Z][AQ]_[FI]BIT|__builtin_vsx|__(vector|pixel|bool)$|(vector|pixel|bool|_Bool)$)'
)
RISCV = ['-march=rv64imac_zicsr_zifencei', '-mabi=lp64', '-mcmodel=medany']
MIPS = ['-msoft-float', '-mno-abicalls', '-fno-pic']
COMMANDS = {
    'x86_64': ['gcc', '-m64'],
    'i386': ['gcc', '-m32', '-march=i686'],
    'arm64': ['aarch64-linux-gnu-gcc', '-mgeneral-regs-only'],
    'arm64be': ['aarch64-linux-gnu-gcc', '-mbig-endian', '-mgeneral-regs-only'],
    'arm': ['arm-linux-gnueabi-gcc', '-march=armv7-a', '-msoft-float'],
    'armeb': ['arm-linux-gnueabi-gcc', '-mbig-endian', '-march=armv7-a', '-msoft-float'],
    'riscv64': ['riscv64-linux-gnu-gcc', *RISCV],
    'riscv32': ['clang-19', '--target=riscv32-linux-gnu'],
    's390': ['s390x-linux-gnu-gcc', '-msoft-float', '-march=z196'],
    'm68k': ['m68k-linux-gnu-gcc'],
    'ppc32': ['powerpc-linux-gnu-gcc', '-msoft-float'],
    'ppc64': ['powerpc64-linux-gnu-gcc', '-msoft-float', '-mno-altivec', '-mno-vsx', '-mabi=elfv2'],
    'ppc64le': ['powerpc64le-linux-gnu-gcc', '-msoft-float', '-mno-altivec', '-mno-vsx', '-mabi=elfv2'],
    'mips': ['mips-linux-gnu-gcc', *MIPS],
    'mipsel': ['mipsel-linux-gnu-gcc', *MIPS],
    'mips64': ['mips64-linux-gnuabi64-gcc', *MIPS],
    'mips64el': ['mips64el-linux-gnuabi64-gcc', *MIPS],
    'sparc': ['sparc64-linux-gnu-gcc', '-m32', '-mcpu=v8'],
    'sparc64': ['sparc64-linux-gnu-gcc', '-m64', '-mcpu=ultrasparc'],
    'parisc': ['hppa-linux-gnu-gcc'],
    'parisc64': ['hppa64-linux-gnu-gcc'],
    'alpha': ['alpha-linux-gnu-gcc'],
    'sh': ['sh4-linux-gnu-gcc', '-ml', '-m4-nofpu'],
    'sheb': ['sh4-linux-gnu-gcc', '-mb', '-m4-nofpu'],
    'arc': ['arc-linux-gnu-gcc'],
    'arceb': ['arc-linux-gnu-gcc', '-mbig-endian'],
    'loongarch': ['clang-19', '--target=loongarch64-linux-gnu', '-msoft-float'],
    'hexagon': ['clang-19', '--target=hexagon-linux-musl', '-fno-short-enums'],
    'openrisc': ['or1k-elf-gcc'],
    'xtensa': ['xtensa-lx106-elf-gcc'],
}

# Of targets that are measured by gcc, those that clang builds, too.
BY_CLANG = {
    'x86_64': ['--target=x86_64-linux-gnu'],
    'i386': ['--target=i386-linux-gnu'],
    'arm64': ['--target=aarch64-linux-gnu', '-mgeneral-regs-only'],
    'arm64be': ['--target=aarch64_be-linux-gnu', '-mgeneral-regs-only'],
    'arm': ['--target=arm-linux-gnueabi', '-march=armv7-a', '-msoft-float'],
    'armeb': ['--target=armeb-linux-gnueabi', '-march=armv7-a', '-msoft-float'],
    'riscv64': ['--target=riscv64-linux-gnu', *RISCV],
    's390': ['--target=s390x-linux-gnu', '-msoft-float', '-march=z196'],
    'ppc32': ['--target=powerpc-linux-gnu', '-msoft-float'],
    'ppc64': ['--target=powerpc64-linux-gnu', '-msoft-float', '-mno-altivec', '-mno-vsx', '-mabi=elfv2'],
    'ppc64le': ['--target=powerpc64le-linux-gnu', '-msoft-float', '-mno-altivec', '-mno-vsx'],
    'mips': ['--target=mips-linux-gnu', *MIPS],
    'mipsel': ['--target=mipsel-linux-gnu', *MIPS],
    'mips64': ['--target=mips64-linux-gnuabi64', *MIPS],
    'mips64el': ['--target=mips64el-linux-gnuabi64', *MIPS],
    'sparc64': ['--target=sparc64-linux-gnu', '-mcpu=ultrasparc'],
}

# Compilers for bare machines are like those for Linux but in these.
LINUX = {'__linux': '1', '__linux__': '1', '__gnu_linux__': '1'}
LITTLE = {'__BYTE_ORDER__': '__ORDER_LITTLE_ENDIAN__'}
BIG = {'__BYTE_ORDER__': '__ORDER_BIG_ENDIAN__'}
# The C library's header decides the fixed-width types, and Linux's are alike on all 32-bit targets.
FIXED_WIDTH = re.compile(r'^__U?INT(8|16|32|64|MAX|PTR)_(TYPE|MAX|WIDTH)__$')

# No compiler of these is a package: a measured target that is like it, and what GCC's config/NAME says otherwise.
UNMEASURED = {
    'microblaze': ('openrisc', {**BIG, '__MICROBLAZE__': '1', '__microblaze__': '1', 'MICROBLAZE': '1', '__WCHAR_TYPE__': 'int'}),
    'microblazeel': ('openrisc', {**LITTLE, '__MICROBLAZE__': '1', '__microblaze__': '1', 'MICROBLAZE': '1', '__MICROBLAZEEL__': '1', '__WCHAR_TYPE__': 'int'}),
    'nios2': ('openrisc', {**LITTLE, '__nios2': '1', '__nios2__': '1', '__NIOS2': '1', '__NIOS2__': '1', '__nios2_little_endian': '1',
                           '__nios2_little_endian__': '1', '__nios2_arch__': '1', '__WCHAR_TYPE__': 'int'}),
    'csky': ('openrisc', {**LITTLE, '__csky__': '2', '__CSKY__': '2', '__ckcore__': '2', '__CKCORE__': '2', '__CSKYABI__': '2', '__CSKYABIV2__': '1',
                          '__cskyLE__': '1', '__cskyle__': '1', '__CHAR_UNSIGNED__': '1', '__WCHAR_TYPE__': 'long int'}),
}
OWN_TO_OPENRISC = re.compile(r'or1k|OR1K')


def defined(command):
    flags = ['-nostdinc', '-O2', '-funsigned-char', '-dM', '-E', '-x', 'c', '-std=gnu11', '/dev/null']
    run = subprocess.run(command + flags, capture_output=True, text=True, check=True)
    found = {'__OPTIMIZE__': '1', '__USER_LABEL_PREFIX__': ''}
    for line in run.stdout.splitlines():
        match = re.match(r'#define (\w+)(\(.*?\))?(?: (.*))?$', line)
        is_alias = match and (match.group(3) or '').startswith('__builtin_')
        if match and not match.group(2) and not is_alias and not SKIP.match(match.group(1)):
            found[match.group(1)] = match.group(3) or ''
    return found


macros = {target: defined(command) for target, command in COMMANDS.items()}
fixed_width = {name: body for name, body in macros['mips'].items() if FIXED_WIDTH.match(name)}
for target in ('openrisc', 'xtensa'):
    macros[target].update(LINUX, __CHAR32_TYPE__='unsigned int', **fixed_width)
# The kernel passes arguments in register windows, as the measured core does not.
for name in [name for name in macros['xtensa'] if 'CALL0' in name or 'WINDOWED' in name]:
    del macros['xtensa'][name]
macros['xtensa']['__XTENSA_WINDOWED_ABI__'] = '1'
macros['xtensa'].update({
    '__SIZEOF_WCHAR_T__': '4', '__WCHAR_WIDTH__': '32', '__WCHAR_TYPE__': 'long int',
    '__WCHAR_MAX__': '0x7fffffffL', '__WCHAR_MIN__': '(-__WCHAR_MAX__ - 1)',
})
macros['xtensaeb'] = {name: body for name, body in macros['xtensa'].items() if name != '__XTENSA_EL__'} | BIG | {'__XTENSA_EB__': '1'}
for target, (like, own) in UNMEASURED.items():
    macros[target] = {name: body for name, body in macros[like].items() if not OWN_TO_OPENRISC.search(name)} | own



def meaning(body):
    """A type's words in any order, a number in any base: compilers write them differently."""
    words = body.split()
    if words and all(word in ('long', 'short', 'int', 'unsigned', 'signed', 'char') for word in words):
        return sorted(word for word in words if word != 'int' or not {'long', 'short'} & set(words))
    number = re.match(r'(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)$', body)
    return (int(number.group(1), 0), number.group(2).lower()) if number else body


# What the two compilers say differently is each one's own.
own = {'gcc': {}, 'clang': {}}
for target, flags in BY_CLANG.items():
    theirs = {'gcc': macros[target], 'clang': defined(['clang-19', *flags])}
    is_same = lambda name: all(name in found for found in theirs.values()) and meaning(theirs['gcc'][name]) == meaning(theirs['clang'][name])
    for compiler, found in theirs.items():
        own[compiler][target] = {name: body for name, body in sorted(found.items()) if not is_same(name)}
    macros[target] = {name: body for name, body in macros[target].items() if is_same(name)}

first = macros['x86_64']
common = {name: body for name, body in sorted(first.items()) if all(other.get(name) == body for other in macros.values())}
targets = {target: {name: body for name, body in sorted(found.items()) if name not in common} for target, found in macros.items()}
out = pathlib.Path(__file__).parents[2] / 'server/src/packs/predefined/targets.json'
out.write_text(json.dumps({'common': common, 'targets': targets, **own}, indent=2) + '\n')
print({name: len(found) for name, found in targets.items()})
