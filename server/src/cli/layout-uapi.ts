/** `overlint layout --uapi [NAME…]`: what programs see of the kernel's records, a line each, on every target. */
import { isUapi } from '../facts/uapi-names';
import { Disk } from '../files/disk';
import uapi from '../packs/predefined/uapi.json';
import { whyUnfit } from '../project/fitting';
import { listSources, relativeTo } from '../project/listing';
import { folderOfTarget, treeFor } from '../project/other-target';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { modelOf } from '../project/tree-project';
import { type SurveyedRecord, surveyUapi } from '../queries/uapi-survey';
import { HeaderIndex } from '../store/header-index';
import { KeptConfigurations } from '../store/kept-configurations';
import { ResultMemory } from '../store/result-memory';
import { TracedFiles } from '../store/trace';
import { type CommandContext, EXIT, type ExitCode, UsageError, writeAll } from './command-context';
import { printable } from './printable';

/** A record with what each target makes of it. */
interface SharedRecord {
  readonly title: string;
  readonly kind: 'struct' | 'union';
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly on: Record<string, OnTarget>;
  readonly numbers: Record<string, Record<string, number>>;
}

interface OnTarget {
  readonly size?: number;
  readonly reason?: string;
  readonly holes: readonly { readonly offset: number; readonly size: number }[];
  readonly members: readonly { readonly name: string; readonly offset: number; readonly size: number }[];
}

interface UapiFlags {
  readonly format: string;
  /** As the user named it: one target, or several. */
  readonly arch?: string;
  readonly cache: boolean;
}

/** @throws UsageError where a name is no record of these headers. */
export function layoutUapi(
  names: readonly string[],
  targets: readonly string[] | undefined,
  tree: Tree,
  flags: UapiFlags,
  { out }: CommandContext,
): ExitCode {
  if (flags.format !== 'text' && flags.format !== 'json')
    throw new UsageError('--uapi gives a line a record: --format text or json.');
  const wanted = new Set(names);
  const all = sharedRecords(tree, targets ?? only(tree, flags.arch) ?? uapi.targets, flags.cache);
  const records = wanted.size === 0 ? all : all.filter(({ name, title }) => wanted.has(name) || wanted.has(title));
  const missing = names.find((name) => !records.some((one) => one.name === name || one.title === name));
  if (missing !== undefined) throw new UsageError(`No header for programs defines ${missing}.`);
  writeAll(out, records.map(flags.format === 'json' ? jsonLine : textLine));
  const isExact = records.every(({ on }) => Object.values(on).every(({ size }) => size !== undefined));
  return isExact ? EXIT.clean : EXIT.findings;
}

/** The one target that was named. */
function only({ target }: Tree, arch: string | undefined): readonly string[] | undefined {
  return arch === undefined ? undefined : [target ?? arch];
}

function sharedRecords(tree: Tree, targets: readonly string[], cache: boolean): SharedRecord[] {
  const found = new Map<string, SharedRecord>();
  for (const target of targets) {
    const survey = surveyOn(target, tree, cache);
    const numbers = new Map<string, { name: string; value: number }[]>();
    for (const { record, name, value } of survey.numbers)
      if (record !== undefined) numbers.set(record, [...(numbers.get(record) ?? []), { name, value }]);
    for (const { title, kind, name, path, line, size, reason, holes, members } of survey.records) {
      const file = relativeTo(tree, path);
      const key = `${file}\0${title}`;
      const shared = found.get(key) ?? { title, kind, name, file, line, on: {}, numbers: {} };
      shared.on[target] = {
        ...(size === undefined ? { reason } : { size }),
        holes: holes.map((hole) => ({ offset: hole.offset / 8, size: hole.size / 8 })),
        members: members.map((one) => ({ name: one.name, offset: one.offset / 8, size: one.size / 8 })),
      };
      for (const number of numbers.get(name) ?? []) (shared.numbers[number.name] ??= {})[target] = number.value;
      found.set(key, shared);
    }
  }
  return [...found.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

interface KeptSurvey {
  readonly records: readonly SurveyedRecord[];
  readonly numbers: readonly { readonly record?: string; readonly name: string; readonly value: number }[];
}

function surveyOn(target: string, tree: Tree, cache: boolean): KeptSurvey {
  // A configuration that is for another target says nothing of this one.
  const isFit = whyUnfit(tree, new Disk(tree.roots)) === undefined;
  const on = treeFor(
    isFit ? tree : { ...tree, target: undefined },
    target,
    cache ? new KeptConfigurations() : undefined,
  );
  if (!on?.target) return { records: [], numbers: [] };
  const memory = cache ? new ResultMemory(on) : undefined;
  const question = ['uapi', target];
  const known = memory?.recall<KeptSurvey>(question);
  if (known) return known;
  const files = new TracedFiles(new Disk(on.roots), new FileGroups(on), on.kernel);
  const headers = cache ? new HeaderIndex() : undefined;
  const { preprocessed, target: model } = modelOf(on, files, headers?.lex);
  const folders = uapi.folders.map((folder) => `${on.kernel}/${folder.replace('ARCH', folderOfTarget(target))}`);
  const there = folders.filter((folder) => listSources(on, [folder]).files.length > 0);
  const paths = listSources(on, there).files.filter((file) => isUapi(relativeTo(on, file)));
  const { records, numbers } = surveyUapi(preprocessed, model, paths);
  const kept = { records, numbers: numbers.map(({ record, name, value }) => ({ record, name, value })) };
  headers?.keep();
  memory?.keep(question, files.trace(), kept);
  return kept;
}

function jsonLine({ title: _title, on, ...record }: SharedRecord): string {
  return `${JSON.stringify({ ...record, targets: on })}\n`;
}

function textLine({ title, file, line, on, numbers }: SharedRecord): string {
  const sizes = grouped(on, ({ size }) => `${size ?? '?'}`);
  const holes = grouped(on, ({ holes: list }) => list.map(bytesOf).join(' '));
  const holeText = holes === '' ? '' : `  holes ${holes}`;
  const held = Object.keys(numbers);
  return `${printable(title)}  ${sizes}${holeText}${held.length > 0 ? `  ${held.join(' ')}` : ''}  ${printable(file)}:${line}\n`;
}

/** What targets say, the first one's without its name: `24, i386 m68k 16`. */
function grouped(on: Record<string, OnTarget>, text: (one: OnTarget) => string): string {
  const groups = new Map<string, string[]>();
  for (const [target, one] of Object.entries(on)) groups.set(text(one), [...(groups.get(text(one)) ?? []), target]);
  const [[first], ...others] = groups;
  const rest = others.map(([said, targets]) => `${targets.join(' ')} ${said === '' ? 'none' : said}`);
  return [...(first === '' && rest.length > 0 ? ['none'] : [first]), ...rest].join(', ');
}

function bytesOf({ offset, size }: { readonly offset: number; readonly size: number }): string {
  return size === 1 ? `${offset}` : `${offset}..${offset + size - 1}`;
}
