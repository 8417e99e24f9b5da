/** `--write-baseline` and `--baseline`: what was found on a day that is not to be heard of again. */
import path from 'node:path';
import type { Finding } from '../analysis/finding';
import { reasonOf } from '../files/errno';
import { readGiven, writeResult } from '../files/result-file';
import { type NamingRoots, relativeTo } from '../project/listing';
import { fromByteString, toByteString } from '../text/text';
import type { RunReport } from '../workers/run';
import { UsageError } from './command-context';
import { fingerprintsOf } from './fingerprint';

/** A finding as a baseline keeps it; the message is for those who read the file. */
interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

export interface Baseline {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** @throws UsageError where the file can't be read or is no baseline. */
export function readBaseline(name: string, folder: string): Baseline {
  let text: string;
  try {
    text = readGiven(path.resolve(folder, name));
  } catch (error) {
    throw new UsageError(`${name}: ${reasonOf(error)}. Check --baseline.`);
  }
  const entries = entriesIn(text);
  if (!entries) throw new UsageError(`${name} is no baseline: --write-baseline FILE makes one.`);
  return { name, entries };
}

function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const { version, findings } = JSON.parse(fromByteString(text));
    const isEntry = (entry: Entry): boolean =>
      [entry.fingerprint, entry.rule, entry.file].every((value) => typeof value === 'string');
    return version === 1 && Array.isArray(findings) && findings.every(isEntry) ? findings : undefined;
  } catch {
    return undefined;
  }
}

/** Findings that a baseline does not have, those that it has, and its entries that nothing was found for any more. */
export function beyond(
  baseline: Baseline,
  report: RunReport,
  roots: NamingRoots,
): { fresh: Finding[]; known: Finding[]; stale: Entry[] } {
  const prints = fingerprintsOf(report, report.findings, roots);
  const listed = new Set(baseline.entries.map(({ fingerprint }) => fingerprint));
  const found = new Set(prints);
  return {
    fresh: report.findings.filter((_, index) => !listed.has(prints[index])),
    known: report.findings.filter((_, index) => listed.has(prints[index])),
    stale: baseline.entries.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}

/** @throws UsageError where the file can't be written. */
export function writeBaseline(name: string, folder: string, report: RunReport, roots: NamingRoots): void {
  const prints = fingerprintsOf(report, report.findings, roots);
  const findings = report.findings.map(
    (finding, index): Entry => ({
      fingerprint: prints[index],
      rule: finding.rule,
      file: relativeTo(roots, finding.path),
      message: fromByteString(finding.message),
    }),
  );
  const text = `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`;
  const problem = writeResult(path.resolve(folder, name), toByteString(text));
  if (problem !== undefined) throw new UsageError(`${name}: not written: ${problem}.`);
}
