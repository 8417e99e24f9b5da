// Makes a folder in which a stand-in for the kernel's scripts/kconfig/conf evaluates with our own code. The language's own
// test suite is then run there:
//
//   node tools/kconfig-conf.mjs DIR && cd DIR && python3 -m pytest TREE/scripts/kconfig/tests
//
// OVERLINT_KCONFIG_DIALECT=newer stands for a conf of 6.18 or later.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? '.');
const scripts = path.join(folder, 'scripts/kconfig');
fs.mkdirSync(scripts, { recursive: true });
const outfile = path.join(scripts, 'conf.cjs');
await build({
  entryPoints: [path.join(root, 'server/src/testing/kconfig-conf.ts')],
  ...{ outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' },
});
const conf = path.join(scripts, 'conf');
// The suite goes on writing line ends until it sees that the program has ended: the shell keeps the reading end open and
// makes room, and leaves somebody behind who keeps it open a while longer.
const script = [
  '#!/bin/sh',
  `'${process.execPath}' '${outfile}' "$@"`,
  'code=$?',
  'dd iflag=nonblock bs=65536 count=4 of=/dev/null 2>/dev/null',
  'sleep 2 <&0 >/dev/null 2>&1 &',
  'exit $code',
];
fs.writeFileSync(conf, `${script.join('\n')}\n`);
fs.chmodSync(conf, 0o755);
