/** What a finding is known by from one run to the next, wherever its line has moved to. */
import crypto from 'node:crypto';
import type { Finding } from '../analysis/finding';
import { type NamingRoots, relativeTo } from '../project/listing';
import type { RunReport } from '../workers/run';
import { Places } from './places';

/**
 * A fingerprint for each finding, in order: rule, file and the text of the line without its white space, and the how-manieth
 * of its like it is. Line numbers and other lines are no part of it, so that it survives what is written around it.
 *
 * @returns 32 hexadecimal digits each.
 */
export function fingerprintsOf(report: RunReport, findings: readonly Finding[], roots: NamingRoots): string[] {
  const places = new Places(report);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const line = places.lineOf(finding).text.replace(/\s+/g, '');
    const key = [finding.rule, relativeTo(roots, finding.path), line].join('\0');
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return crypto.createHash('sha256').update(`${key}\0${occurrence}`).digest('hex').slice(0, 32);
  });
}
