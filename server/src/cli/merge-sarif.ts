/** `overlint merge-sarif`: the logs of several shards as one, and what of it GitHub's code scanning takes. */
import path from 'node:path';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { reasonOf } from '../files/errno';
import { readGiven, writeResult } from '../files/result-file';
import { compareText, fromByteString, toByteString } from '../text/text';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';

export interface MergeFlags {
  readonly output?: string;
  readonly forGithub?: boolean;
}

/** GitHub refuses a run with more results, and shows so many of them (docs.github.com, "SARIF results exceed limit"). */
const MOST_TAKEN = 25_000;
const MOST_SHOWN = 5_000;

const GRAVITY: readonly (Result.level | undefined)[] = ['error', 'warning', 'note', 'none'];

/** @throws UsageError where a file is no SARIF log, or the merged one can't be written. */
export function mergeSarif(
  files: readonly string[],
  flags: MergeFlags,
  { folder, out, err }: CommandContext,
): ExitCode {
  const logs = files.map((file) => ({ file, log: readLog(file, folder) }));
  const runs = [...groupsOf(logs.flatMap(({ log }) => log.runs))].map(mergeRuns);
  const kept = flags.forGithub ? runs.map((run) => forGithub(run, (line) => err.write(line))) : runs;
  const { $schema, version } = logs[0].log;
  const text = `${JSON.stringify({ $schema, version, runs: kept })}\n`;
  if (flags.output === undefined) {
    out.write(text);
    return EXIT.clean;
  }
  const problem = writeResult(path.resolve(folder, flags.output), toByteString(text));
  if (problem !== undefined) throw new UsageError(`${flags.output}: not written: ${problem}.`);
  return EXIT.clean;
}

function readLog(file: string, folder: string): Log {
  let text: string;
  try {
    text = fromByteString(readGiven(path.resolve(folder, file)));
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}.`);
  }
  try {
    const log = JSON.parse(text) as Log;
    if (log.version === '2.1.0' && log.runs.every(isRun)) return log;
  } catch {
    // Whatever is wrong with it, it is no log.
  }
  throw new UsageError(`${file} is no SARIF 2.1.0 log.`);
}

/** Whether what is merged has the shapes of SARIF 2.1.0 (OASIS, sections 3.14, 3.20, 3.27); throws where not even that can be asked. */
function isRun({ tool, results = [], invocations = [] }: Run): boolean {
  const { name, rules = [] } = tool.driver;
  const notes = invocations.flatMap(({ toolExecutionNotifications = [] }) => toolExecutionNotifications);
  return (
    typeof name === 'string' &&
    rules.every(({ id }) => typeof id === 'string') &&
    results.every(isResult) &&
    notes.every(isObject)
  );
}

function isResult({ message, ruleId = '', locations = [], suppressions = [] }: Result): boolean {
  return isObject(message) && typeof ruleId === 'string' && [...locations, ...suppressions].every(isObject);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Runs of one tool and version belong together. */
function groupsOf(runs: readonly Run[]): Iterable<Run[]> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const { name, version = '' } = run.tool.driver;
    const key = `${name}\0${version}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return groups.values();
}

/** What several runs found, each once, sorted by place and rule: the same whatever the order of the runs is. */
function mergeRuns(runs: readonly Run[]): Run {
  const first = runs[0];
  const rules = new Map<string, ReportingDescriptor>();
  for (const { tool } of runs)
    for (const rule of tool.driver.rules ?? []) rules.set(rule.id, rules.get(rule.id) ?? rule);
  const sorted = [...rules.keys()].sort(compareText);
  const results = new Map<string, Result>();
  for (const result of runs.flatMap((run) => run.results ?? [])) {
    const index = sorted.indexOf(result.ruleId ?? '');
    const { ruleIndex: _old, ...rest } = result;
    results.set(keyOf(result), results.get(keyOf(result)) ?? { ...rest, ...(index >= 0 && { ruleIndex: index }) });
  }
  const invocations = runs.flatMap((run) => run.invocations ?? []);
  const notes = invocations.flatMap(({ toolExecutionNotifications = [] }) => toolExecutionNotifications);
  const once = new Map(notes.map((note) => [JSON.stringify(note), note]));
  return {
    ...first,
    tool: { driver: { ...first.tool.driver, rules: sorted.map((id) => rules.get(id)!) } },
    ...(invocations.length > 0 && {
      invocations: [
        {
          executionSuccessful: invocations.every(({ executionSuccessful }) => executionSuccessful),
          toolExecutionNotifications: [...once.values()],
        },
      ],
    }),
    results: [...results].sort(([a], [b]) => compareText(a, b)).map(([, result]) => result),
  };
}

/** Place, rule and message; numbers padded, so that they sort as numbers. */
function keyOf({ ruleId = '', message, locations }: Result): string {
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const { startLine, startColumn, endLine, endColumn } = region ?? {};
  const numbers = [startLine, startColumn, endLine, endColumn].map((number) => String(number ?? 0).padStart(9, '0'));
  return [artifactLocation?.uri ?? '', ...numbers, ruleId, message.text ?? ''].join('\0');
}

/** GitHub opens an alert for a result that is suppressed, too, and refuses a run that is too large. */
function forGithub(run: Run, warn: (line: string) => void): Run {
  const open = (run.results ?? []).filter(({ suppressions = [] }) => suppressions.length === 0);
  const gravest = open.map((result, at) => ({ result, at, gravity: GRAVITY.indexOf(result.level) }));
  gravest.sort((a, b) => a.gravity - b.gravity || a.at - b.at);
  const taken = gravest.slice(0, MOST_TAKEN).sort((a, b) => a.at - b.at);
  if (open.length > MOST_SHOWN) {
    const left = open.length - taken.length;
    const dropped = left > 0 ? `, and takes ${MOST_TAKEN}: ${left} of the least grave are left out` : '';
    warn(`overlint: warning: GitHub shows ${MOST_SHOWN} results of ${open.length}${dropped}\n`);
  }
  return { ...run, results: taken.map(({ result }) => result) };
}
