/** `--format json`, the contract that others script against: see DESIGN.md. */
import type { Finding, Fix, Related, TextEdit } from '../analysis/finding';
import { namedFile, relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import { fromByteString } from '../text/text';
import type { RunReport } from '../workers/run';
import { Places } from './places';

/**
 * One line of JSON, in pieces, since all of it may be longer than a string can be: files relative to the kernel folder, or
 * to the `root` that they name: a module out of the tree;
 * lines and columns from 1, columns in bytes.
 */
export function* printJson(report: RunReport, findings: readonly Finding[], tree: Tree): Generator<string> {
  const places = new Places(report);
  const relatedAsJson = (related: Related): unknown => {
    const { line, column } = places.rangeOf(related);
    return { ...namedFile(tree, related.path), line, column, message: fromByteString(related.message) };
  };
  const editAsJson = (edit: TextEdit): unknown => {
    const { line, column, endLine, endColumn } = places.rangeOf(edit);
    const text = fromByteString(edit.text);
    return { ...namedFile(tree, edit.path), startLine: line, startColumn: column, endLine, endColumn, text };
  };
  const fixAsJson = (fix: Fix): unknown => ({
    title: fromByteString(fix.title),
    safe: fix.safe,
    edits: fix.edits.map(editAsJson),
  });
  const findingAsJson = (finding: Finding): unknown => ({
    ...namedFile(tree, finding.path),
    ...places.rangeOf(finding),
    rule: finding.rule,
    severity: finding.severity,
    ...(report.subjects?.has(finding) && { patch: report.subjects.get(finding) }),
    message: fromByteString(finding.message),
    related: finding.related.map(relatedAsJson),
    ...(finding.targets && { targets: finding.targets }),
    fixes: finding.fixes.map(fixAsJson),
  });
  yield '{"findings":[';
  for (const [index, finding] of findings.entries())
    yield (index === 0 ? '' : ',') + JSON.stringify(findingAsJson(finding));
  yield `],"configuration":${JSON.stringify(configurationOf(tree))},"stats":${JSON.stringify(report.stats)}}\n`;
}

/** What findings are for: the configuration by its name, or by its file from the kernel folder. */
function configurationOf(tree: Tree): { name: string; assumed: boolean } {
  const { build, configFile, configuration } = tree;
  if (configuration && configuration.file === undefined)
    return { name: configuration.name, assumed: configuration.assumed };
  return { name: relativeTo(tree, configFile ?? `${build}/.config`), assumed: false };
}
