// Where the benchmarks find Debian's kernel packages: options and environment first, then the usual folders.
import fs from 'node:fs';
import path from 'node:path';

export const KERNEL = process.env.OVERLINT_KERNEL_SOURCE ?? '/opt/k/linux-source-6.12';

export const BUILD = process.env.OVERLINT_KERNEL_BUILD ?? newestHeaders();

/** The bundled product. */
export const DIST = path.resolve(import.meta.dirname, '../../dist');

function newestHeaders() {
  const packages = '/usr/src';
  const found = fs.existsSync(packages) ? fs.readdirSync(packages) : [];
  const headers = found.filter((name) => /^linux-headers-6\.12\.[^-]*-amd64$/.test(name));
  headers.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return path.join(packages, headers.at(-1) ?? 'linux-headers-6.12-amd64');
}

/** Stops with a clear message where something that the benchmark compares is not installed. */
export function needs(...paths) {
  const missing = paths.filter((wanted) => !fs.existsSync(wanted));
  if (missing.length === 0) return;
  console.error(`missing: ${missing.join(', ')} (.ci/run installs all that the benchmarks need)`);
  process.exit(2);
}

/** The middle value. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
