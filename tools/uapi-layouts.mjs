/**
 * Compares the layouts that `overlint layout --uapi` gives with what compilers make of the installed headers: a file of
 * static asserts for each header and target. A header that the compiler can't read there is counted, and not compared.
 *
 *   uapi-layouts.mjs KERNEL [--target NAME]…
 *
 * Needs `make` and, for each target, clang (gcc for m68k). Prints a line a difference, and ends with the counts.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const COMPILERS = {
  x86_64: ['clang', '--target=x86_64-linux-gnu'],
  i386: ['clang', '--target=i686-linux-gnu'],
  arm64: ['clang', '--target=aarch64-linux-gnu'],
  arm: ['clang', '--target=arm-linux-gnueabihf'],
  riscv64: ['clang', '--target=riscv64-linux-gnu'],
  s390: ['clang', '--target=s390x-linux-gnu', '-march=z13'],
  m68k: ['m68k-linux-gnu-gcc'],
};
const ARCH = { x86_64: 'x86', i386: 'x86', riscv64: 'riscv' };

/** Types of the C library that headers for programs name; what is not here stays unknown to both. */
const LIBRARY = `typedef __SIZE_TYPE__ size_t; typedef __UINT8_TYPE__ uint8_t; typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t; typedef __UINT64_TYPE__ uint64_t; typedef __INT32_TYPE__ int32_t; typedef __INT64_TYPE__ int64_t;
typedef __INT8_TYPE__ int8_t; typedef __INT16_TYPE__ int16_t; typedef __UINTPTR_TYPE__ uintptr_t; typedef long ssize_t;
typedef int pid_t; typedef unsigned uid_t; typedef unsigned gid_t; typedef _Bool bool;
`;

const args = process.argv.slice(2);
const [kernel] = args;
const named = args.flatMap((arg, at) => (arg === '--target' ? [args[at + 1]] : []));
const cli = path.join(import.meta.dirname, '../dist/cli.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-uapi-'));
let wrong = 0;
try {
  const made = spawnSync(process.execPath, [cli, 'layout', '--uapi', '--kernel', kernel, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  const records = made.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const target of named.length > 0 ? named : Object.keys(COMPILERS)) compare(target, records);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

function compare(target, records) {
  const arch = ARCH[target] ?? target;
  const build = path.join(folder, `build-${arch}`);
  const installed = path.join(build, 'usr/include');
  if (!fs.existsSync(installed))
    execFileSync('make', ['-s', '-C', kernel, `O=${build}`, `ARCH=${arch}`, 'headers'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const stubs = path.join(folder, 'library');
  for (const name of [
    'sys/socket.h',
    'sys/time.h',
    'sys/types.h',
    'sys/ioctl.h',
    'stdint.h',
    'stdlib.h',
    'string.h',
    'unistd.h',
    'time.h',
    'signal.h',
    'endian.h',
    'limits.h',
    'stdio.h',
    'netinet/in.h',
    'net/if.h',
    'arpa/inet.h',
  ]) {
    fs.mkdirSync(path.dirname(path.join(stubs, name)), { recursive: true });
    fs.writeFileSync(path.join(stubs, name), '');
  }
  fs.writeFileSync(
    path.join(stubs, 'sys/socket.h'),
    'struct sockaddr { unsigned short sa_family; char sa_data[14]; };\n',
  );
  const byHeader = new Map();
  for (const { file, kind, name, targets } of records) {
    const own = targets[target];
    if (own?.size === undefined) continue;
    const header = file.replace(/^.*include\/uapi\//, '');
    if (!byHeader.has(header)) byHeader.set(header, []);
    byHeader.get(header).push({ kind, name, ...own });
  }
  const [compiler, ...flags] = COMPILERS[target];
  const counts = { same: 0, different: 0, unread: 0, absent: 0 };
  for (const [header, list] of byHeader) {
    const run = (body) => {
      const source = path.join(folder, 'probe.c');
      fs.writeFileSync(
        source,
        `${LIBRARY}#include <stddef.h>\n#include <linux/types.h>\n#include <${header}>\n${body}`,
      );
      return spawnSync(
        compiler,
        [
          ...flags,
          '-std=gnu11',
          '-w',
          '-fsyntax-only',
          ...(compiler === 'clang' ? ['-ferror-limit=0'] : []),
          '-isystem',
          stubs,
          '-I',
          installed,
          source,
        ],
        { encoding: 'utf8' },
      );
    };
    if (run('').status !== 0) {
      counts.unread += list.length;
      continue;
    }
    const asserts = list.flatMap(({ kind, name, size, members }, at) => [
      `_Static_assert(sizeof(${kind} ${name}) == ${size}, "record ${at} size");`,
      ...members
        .filter(({ offset, size: bytes }) => Number.isInteger(offset) && Number.isInteger(bytes) && bytes > 0)
        .map(
          ({ name: member, offset }) =>
            `_Static_assert(__builtin_offsetof(${kind} ${name}, ${member}) == ${offset}, "record ${at} ${member}");`,
        ),
    ]);
    const { stderr } = run(asserts.join('\n'));
    const failed = new Set(
      [...stderr.matchAll(/static (?:assertion|_assert)[^\n]*?"?record (\d+) (\w+)"?/g)].map(
        ([, at, what]) => `${at} ${what}`,
      ),
    );
    const absent = new Set();
    for (const [, at] of stderr.matchAll(/^[^\n]*probe\.c:(\d+):\d+: error: (?!static)/gm)) {
      const text = fs.readFileSync(path.join(folder, 'probe.c'), 'utf8').split('\n')[at - 1];
      const own = /"record (\d+) /.exec(text ?? '')?.[1];
      if (own !== undefined) absent.add(own);
    }
    for (const [at, { kind, name }] of list.entries()) {
      const differences = [...failed].filter((one) => one.startsWith(`${at} `)).map((one) => one.replace(/^\d+ /, ''));
      if (differences.length > 0) {
        counts.different++;
        console.log(`${target}: ${kind} ${name} (${header}): ${differences.join(', ')}`);
      } else if (absent.has(`${at}`)) counts.absent++;
      else counts.same++;
    }
  }
  wrong += counts.different;
  console.log(
    `${target}: ${counts.same} records alike, ${counts.different} differ, ${counts.absent} not (or otherwise) in the installed header, ${counts.unread} in headers that the compiler can't read`,
  );
}
