// Asks of the files that Kbuild compiles with a configuration (6.12 of Debian by default):
// usage: node tools/built-files.mjs list|tokens|statements|asserts [--count N] [--seed N] [--kernel DIR] [--build DIR] [--arch NAME --target NAME]
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD, KERNEL, needs } from './bench/places.mjs';
import { bundled } from './bundled.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    kernel: { type: 'string', default: KERNEL },
    build: { type: 'string', default: BUILD },
    arch: { type: 'string', default: 'x86' },
    target: { type: 'string', default: 'x86_64' },
  },
});
const [what] = positionals;
if (!['list', 'tokens', 'statements', 'asserts'].includes(what)) {
  console.error(
    'usage: built-files.mjs list|tokens|statements|asserts [--count N] [--seed N] [--kernel DIR] [--build DIR]',
  );
  process.exit(2);
}
needs(values.kernel, values.build);
const { BuiltFileChecks } = await bundled(
  path.join(import.meta.dirname, '../server/src/testing/built-files-process.ts'),
);
const checks = new BuiltFileChecks({
  kernel: fs.realpathSync(values.kernel),
  build: fs.realpathSync(values.build),
  arch: values.arch,
  target: values.target,
  say: console.log,
});
const seed = Number(values.seed);
const names = checks.list(values.count === undefined ? undefined : Number(values.count), seed);
if (what === 'list') for (const name of names) console.log(name);
else if (what === 'tokens') {
  const { different, refused } = checks.tokens(names);
  console.log(`seed ${seed}: ${names.length} built files, ${refused} refused by gcc, ${different} with other tokens`);
} else if (what === 'statements')
  console.log(`seed ${seed}: ${names.length} built files, ${checks.statements(names)} statements not understood`);
else {
  const { held, broken, unknown } = checks.asserts(names);
  console.log(`seed ${seed}: ${names.length} built files: ${held} held, ${broken} broken, ${unknown} unknown`);
}
