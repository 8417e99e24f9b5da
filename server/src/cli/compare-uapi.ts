/** `overlint diff A B --uapi`: what changed between two sides for any program that was built before. */
import type { Side } from '../changes/sides';
import { surfaceChanges } from '../changes/surface-changes';
import { counted } from '../drawing/diagram';
import { isUapi } from '../facts/uapi-names';
import { relativeTo } from '../project/listing';
import { lineAt, lineStarts } from '../text/text';
import { type CommandContext, EXIT, type ExitCode, writeAll } from './command-context';
import { printable } from './printable';

/** So many reasons are told of what was not compared. */
const MOST_TOLD = 3;

/** Headers that both sides have alike are not read. */
export function compareUapi(before: Side, after: Side, isJson: boolean, { out, err }: CommandContext): ExitCode {
  const { kernel } = after.tree;
  const [ours, theirs] = [headersOf(before), headersOf(after)];
  const changed = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (name) => ours.get(name) !== theirs.get(name),
  );
  const side = (texts: ReadonlyMap<string, string>): Map<string, string> =>
    new Map(changed.filter((name) => texts.has(name)).map((name) => [`${kernel}/${name}`, texts.get(name)!]));
  const change = { before: side(ours), after: side(theirs) };
  const options = { rules: new Set(['uapi-change']), ahead: false };
  const { findings, stats } = surfaceChanges(change, after.tree, options, true);
  const lines = findings.map(({ path, start, severity, message }) => {
    const file = relativeTo(after.tree, path);
    const line = lineAt(lineStarts(change.after.get(path) ?? after.files.read(path) ?? ''), start) + 1;
    return isJson
      ? `${JSON.stringify({ file, line, severity, message })}\n`
      : `${printable(file)}:${line}: ${printable(message)}\n`;
  });
  if (isJson || lines.length > 0) writeAll(out, lines);
  else
    out.write(
      `Nothing changed for programs: ${counted(changed.length, 'header')} for them differ${changed.length === 1 ? 's' : ''}.\n`,
    );
  const unknown = Object.keys(stats).map((counter) => counter.replace(/^uapi\.unknown: /, ''));
  if (unknown.length > 0) {
    const more = unknown.length > MOST_TOLD ? `; and ${unknown.length - MOST_TOLD} more` : '';
    const told = unknown.slice(0, MOST_TOLD).join('; ');
    err.write(`overlint: warning: what is unknown was not compared: ${printable(told)}${more}\n`);
  }
  return lines.length > 0 ? EXIT.findings : EXIT.clean;
}

/** The texts of the headers for programs, by their paths from the kernel folder. */
function headersOf({ files, tree }: Side): Map<string, string> {
  const names = new Map<string, string>();
  for (const group of ['headers', 'outside'] as const)
    for (const path of files.list(group)) {
      const name = relativeTo(tree, path);
      if (isUapi(name)) names.set(name, files.read(path) ?? '');
    }
  return names;
}
