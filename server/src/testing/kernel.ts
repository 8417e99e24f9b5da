/** Where the kernel tests find Debian's kernel packages on this machine; newest package first where there are several. */
import fs from 'node:fs';
import path from 'node:path';

const PACKAGES = '/usr/src';

/** linux-source-6.12, unpacked; OVERLINT_KERNEL_SOURCE names another place for it. Read only. */
export const KERNEL_SOURCE = process.env.OVERLINT_KERNEL_SOURCE ?? '/opt/k/linux-source-6.12';

/** linux-headers-6.12.*-amd64: `.config`, include/generated and a vmlinux with BTF. */
export const KERNEL_BUILD = process.env.OVERLINT_KERNEL_BUILD ?? newest(/^linux-headers-6\.12\.[^-]*-amd64$/);

/** linux-headers-6.12.*-common: the headers that the build folder goes with. */
export const KERNEL_HEADERS = KERNEL_BUILD.replace(/amd64$/, 'common');

/**
 * That kernel's modules, packed or not, of linux-image-6.12.*-amd64; OVERLINT_MODULES names another place for them. Not every
 * machine has them.
 */
export const MODULES = process.env.OVERLINT_MODULES ?? path.join('/lib/modules', path.basename(KERNEL_BUILD).slice(14));

function newest(name: RegExp): string {
  const found = fs.existsSync(PACKAGES) ? fs.readdirSync(PACKAGES).filter((entry) => name.test(entry)) : [];
  found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return path.join(PACKAGES, found.at(-1) ?? 'linux-headers-6.12-amd64');
}

const ASKED = (process.env.OVERLINT_TARGETS ?? 'x86_64,i386,s390').split(',');

/** The architectures of a table that are asked: each takes minutes on a slow machine; `npm run test:targets` asks all. */
export function askedTargets<Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): readonly Row[] {
  return rows.filter(([arch]) => ASKED.includes('all') || ASKED.includes(arch));
}
