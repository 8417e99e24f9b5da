"""Makes server/src/packs/predefined/targets.json: the macros that compilers predefine, as the targets' own compilers say.

usage: python3 tools/data/predefined.py   (needs gcc with -m32 and clang-19)
"""
import json
import pathlib
import re
import subprocess

# The compiler's identity comes from the kernel's config; floating point and CPU features are nothing to headers.
SKIP = re.compile(
    r'^(__FLT|__DBL|__LDBL|__DEC|__BFLT|__clang|__llvm|__VERSION__|__GNUC|__GCC_(?!ASM|HAVE)|__FINITE|__PIC__|__pic__'
    r'|__PIE__|__pie__|__SSE|__SSE2|__MMX|__ATOMIC|__OPENCL|__MEMORY_SCOPE|__CLANG|__SEG_|__FXSR|__CET__'
    r'|__REGISTER_PREFIX__|__USER_LABEL|__OBJC|__k8|__SSP|__FLOAT|__INT_FAST|__UINT_FAST|__INT_LEAST|__UINT_LEAST'
    r'|__unix|unix$|linux$|__tune|__code_model|__HAVE_SPECULATION|__OPTIMIZE|__NO_INLINE|__NO_MATH|__PRAGMA|__GXX'
    r'|__CONSTANT_CFSTRINGS|__LAHF|__FPCLASS|__FP_FAST|__STDC_UTF|__STDC_IEC|__STDC_ISO|__ARM_FEATURE)'
)
COMMANDS = {
    'x86_64': ['gcc', '-m64'],
    'i386': ['gcc', '-m32', '-march=i686'],
    'arm64': ['clang-19', '--target=aarch64-linux-gnu'],
    'arm': ['clang-19', '--target=armv7-linux-gnueabi', '-mfloat-abi=soft'],
    'riscv64': ['clang-19', '--target=riscv64-linux-gnu'],
    's390': ['clang-19', '--target=s390x-linux-gnu'],
    'm68k': ['clang-19', '--target=m68k-linux-gnu'],
}

macros = {}
for target, command in COMMANDS.items():
    run = subprocess.run(command + ['-dM', '-E', '-x', 'c', '-std=gnu11', '/dev/null'], capture_output=True, text=True, check=True)
    found = {'__OPTIMIZE__': '1'}
    for line in run.stdout.splitlines():
        match = re.match(r'#define (\w+)(\(.*?\))?(?: (.*))?$', line)
        if match and not match.group(2) and not SKIP.match(match.group(1)):
            found[match.group(1)] = match.group(3) or ''
    macros[target] = found

first = macros['x86_64']
common = {name: body for name, body in sorted(first.items()) if all(other.get(name) == body for other in macros.values())}
result = {'common': common}
for target, found in macros.items():
    result[target] = {name: body for name, body in sorted(found.items()) if name not in common}
out = pathlib.Path(__file__).parents[2] / 'server/src/packs/predefined/targets.json'
out.write_text(json.dumps(result, indent=1) + '\n')
print({name: len(found) for name, found in result.items()})
