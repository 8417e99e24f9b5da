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
 * The BTF of that kernel and all its modules (`/lib/modules/*\/kernel`, unpacked) as one file, made by
 * `node btf-merge.mjs VMLINUX OUT MODULE…`; OVERLINT_MODULES_BTF names another place for it. Not every machine has it.
 */
export const MODULES_BTF = process.env.OVERLINT_MODULES_BTF ?? '/opt/img/merged.btf';

function newest(name: RegExp): string {
  const found = fs.existsSync(PACKAGES) ? fs.readdirSync(PACKAGES).filter((entry) => name.test(entry)) : [];
  found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return path.join(PACKAGES, found.at(-1) ?? 'linux-headers-6.12-amd64');
}
