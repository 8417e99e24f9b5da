/** Findings of a series of mails, apart by the mail that brought them. */
import type { Finding } from '../analysis/finding';
import type { RunReport } from '../workers/run';

interface MailFindings {
  /** Unicode, on one line; undefined where the change came in no series. */
  readonly subject: string | undefined;
  readonly findings: readonly Finding[];
}

/** In the order of the mails; what is known of none comes first. */
export function byMail({ subjects }: RunReport, findings: readonly Finding[]): MailFindings[] {
  const groups = new Map<string | undefined, Finding[]>([[undefined, []]]);
  for (const subject of subjects?.values() ?? []) groups.set(subject, []);
  for (const finding of findings) groups.get(subjects?.get(finding))!.push(finding);
  return [...groups].map(([subject, own]) => ({ subject, findings: own })).filter((group) => group.findings.length > 0);
}
