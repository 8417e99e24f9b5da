// Shows what Overlint does on the demo kernel: what it finds, how a record is laid out, and what a fix changes.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cli = path.join(root, 'dist/cli.js');

run('node tools/build.mjs', [path.join(root, 'tools/build.mjs')], [0]);
// Findings are what the demo is for: `check` says 1 then, and that is no failure here.
show('What is wrong in the demo kernel', ['check', 'demo'], [0, 1]);
show('How struct page is laid out, and who shares its words', ['layout', 'page', '--kernel', 'demo'], [0]);
show('What the fixes would change', ['check', '--fix-dry-run', 'demo'], [0, 1]);
console.log('Next: overlint check --kernel /path/to/linux mm drivers/dax');

function show(heading, args, allowed) {
  const command = `overlint ${args.join(' ')}`;
  console.log(`\n== ${heading}\n   $ ${command}\n`);
  run(command, [cli, ...args], allowed);
}

function run(command, args, allowed) {
  const child = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (allowed.includes(child.status)) return;
  console.error(`\n${command} ended with ${child.status ?? child.signal}, not ${allowed.join(' or ')}.`);
  process.exit(1);
}
