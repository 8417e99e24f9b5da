/** `overlint diff`: records on two sides, which are folders, git revisions, configurations or architectures. */

import { GitProblem } from '../changes/git';
import { NoSide, type Side, sideOf } from '../changes/sides';
import { relativeTo } from '../project/listing';
import type { FoundRecord } from '../project/record-finder';
import { nearest } from '../text/nearest';
import { coloursFor } from './colours';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import { compareAll } from './compare-all';
import { compareUapi } from './compare-uapi';
import { asText, type Compared, type CompareFlags, comparedJson } from './compared';
import { changesBetween } from './member-changes';
import { paintedDiff } from './painted';
import { withoutControls } from './printable';
import { type RecordName, recordNames, spelled } from './record-names';
import { settingsAround } from './settings-around';

/** @throws UsageError where a side or a name means nothing, before anything is printed. */
export function compare(
  sides: readonly [string, string],
  given: readonly string[],
  flags: CompareFlags,
  context: CommandContext,
): ExitCode {
  const names = recordNames(given);
  const { kernel, build, arch, config, module } = { ...settingsAround(context).settings, ...flags };
  const base = { folder: context.folder, paths: module === undefined ? [] : [module], kernel, build, arch, config };
  const expected = names.map(({ name }) => name);
  try {
    const [before, after] = sides.map((side) => sideOf(side, base, expected));
    for (const side of [before, after])
      for (const warning of side.warnings)
        context.err.write(`overlint: warning: ${withoutControls(`${side.name}: ${warning}`)}\n`);
    if (flags.uapi && names.length > 0) throw new UsageError('--uapi takes two sides and no names.');
    if (flags.uapi) return compareUapi(before, after, flags.format === 'json', context);
    if (names.length === 0) return compareAll(before, after, flags, context);
    const compared = names.map((name) => compareRecord(name, before, after));
    if (flags.format === 'json')
      context.out.write(compared.map((one) => `${JSON.stringify(comparedJson(one))}\n`).join(''));
    else context.out.write(paintedDiff(compared.map(asText).join('\n'), coloursFor(flags, context)));
    return compared.every(isSame) ? EXIT.clean : EXIT.findings;
  } catch (error) {
    if (error instanceof NoSide || error instanceof GitProblem) throw new UsageError(error.message);
    throw error;
  }
}

function compareRecord(name: RecordName, before: Side, after: Side): Compared {
  const ours = before.finder.find(name);
  const theirs = after.finder.find(name);
  if (ours.length === 0 && theirs.length === 0) {
    const meant = nearest(name.name, after.finder.names());
    throw new UsageError(`Neither side defines ${spelled(name)}.${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  // Of several definitions, those that stand in the same file belong together.
  const fileOf = (side: Side, found: FoundRecord): string => relativeTo(side.tree, found.path);
  const paired = ours.find((one) => theirs.some((other) => fileOf(before, one) === fileOf(after, other))) ?? ours[0];
  const partner = theirs.find((other) => paired && fileOf(before, paired) === fileOf(after, other)) ?? theirs[0];
  return { name, before: { side: before, found: paired }, after: { side: after, found: partner } };
}

/** Whether both sides are exact, and lie alike. */
function isSame({ before, after }: Compared): boolean {
  const [ours, theirs] = [before.found?.layout, after.found?.layout];
  if (ours?.status !== 'exact' || theirs?.status !== 'exact') return false;
  return ours.size === theirs.size && ours.align === theirs.align && changesBetween(ours, theirs).length === 0;
}
