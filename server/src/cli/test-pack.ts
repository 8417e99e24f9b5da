/** `overlint rules --test PACK`: runs the examples of a pack, a file or one that ships, and says which hold. */
import path from 'node:path';
import { Disk, realPath } from '../files/disk';
import { type Pack, shippedPacks } from '../packs/pack';
import { readPack } from '../packs/read-pack';
import { rules } from '../rules/index';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import { runExamples } from './pack-examples';
import { printable } from './printable';

/** @throws UsageError where there is no such pack, or it can't be read; each thing that is wrong is told first. */
export function testPack(named: string, context: CommandContext): ExitCode {
  const { out } = context;
  const shipped = shippedPacks.find(({ pack }) => pack === named);
  const pack = shipped ?? packFrom(named, context);
  const results = runExamples(pack, shipped !== undefined);
  if (results.length === 0) throw new UsageError(`${printable(pack.pack)} has no examples to run.`);
  for (const { title, difference } of results) {
    out.write(`${difference === undefined ? 'ok  ' : 'FAIL'} ${title}\n`);
    if (difference !== undefined) out.writeBytes(difference);
  }
  const failed = results.filter(({ difference }) => difference !== undefined).length;
  out.write(`${results.length - failed} of ${results.length} examples hold\n`);
  return failed > 0 ? EXIT.findings : EXIT.clean;
}

function packFrom(named: string, { folder, err }: CommandContext): Pack {
  const file = path.resolve(folder, named);
  const names = shippedPacks.map(({ pack }) => pack).join(', ');
  const real = realPath(file);
  if (real === undefined)
    throw new UsageError(
      `There is no file ${printable(named)}, and no pack of that name ships; those that do: ${names}.`,
    );
  const loaded = new Disk([path.dirname(real)]).load(real);
  if ('problem' in loaded) throw new UsageError(`${printable(named)}: ${loaded.problem}.`);
  const { pack, problems } = readPack(
    loaded.text,
    rules.map(({ id }) => id),
  );
  for (const { line, column, message } of problems)
    err.write(`${printable(named)}:${line}:${column}: ${printable(message)}\n`);
  if (!pack) throw new UsageError(`${printable(named)} is no pack that can be used.`);
  return pack;
}
