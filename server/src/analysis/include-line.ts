/** Fixes that call what a file does not include yet: they add the line that includes it, and are not proven. */
import type { HeaderScope } from '../facts/tree-offers';
import { StepKind } from '../preprocessor/source';
import { compareText } from '../text/text';
import type { FileAnalysis } from './analysis';
import type { Fix, TextEdit } from './finding';

/**
 * A fix that calls functions or macros; with the includes that it needs. Undefined where the file is a header, as what it
 * includes others may include in turn, and where there is no place for the line.
 *
 * @param home The header of those that nothing is known to declare.
 */
export function withIncludes(
  file: FileAnalysis,
  fix: Fix,
  names: readonly string[],
  home?: HeaderScope,
): Fix | undefined {
  const missing = names.flatMap((name) =>
    file.declares(name) ? [] : [file.offerOf(name)?.header ?? home?.header ?? ''],
  );
  if (missing.length === 0) return fix;
  if (!file.main.path.endsWith('.c')) return undefined;
  const lines = [...new Set(missing)].map((header) => includeLine(file, header));
  const edits = lines.filter((edit) => edit !== undefined);
  if (edits.length < lines.length) return undefined;
  return { ...fix, safe: false, edits: [...fix.edits, ...edits] };
}

interface Line {
  /** With its brackets or quotes. */
  readonly name: string;
  readonly start: number;
  /** Behind the line's end. */
  readonly end: number;
}

/** The line that includes a header, among those of its folder where these are sorted, else behind the last of them. */
function includeLine(file: FileAnalysis, header: string): TextEdit | undefined {
  const name = spelled(file, header);
  const lines = includesOf(file);
  if (name === undefined || lines.length === 0) return undefined;
  const [topic] = /^<[^/>]*/.exec(name) ?? ['"'];
  const same = lines.filter((line) => line.name.startsWith(topic));
  const group =
    same.length > 0 ? same : name.startsWith('"') ? lines : lines.filter((line) => line.name.startsWith('<'));
  if (group.length === 0) return undefined;
  const isSorted = same.every((line, index) => index === 0 || compareText(same[index - 1].name, line.name) < 0);
  const next = isSorted ? same.find((line) => compareText(name, line.name) < 0) : undefined;
  const at = next ? next.start : group[group.length - 1].end;
  return { path: file.main.path, start: at, end: at, text: `#include ${name}\n` };
}

/** How the file includes a header: by its name below an include folder, or beside the file. */
function spelled(file: FileAnalysis, header: string): string | undefined {
  const general = /^(?:arch\/[^/]+\/)?include\/(?:uapi\/|asm-generic\/(?=.))?(.+)$/.exec(file.relative(header));
  if (general) return `<${header.includes('/include/asm-generic/') ? 'asm/' : ''}${general[1]}>`;
  const folder = file.main.path.slice(0, file.main.path.lastIndexOf('/') + 1);
  return header.startsWith(folder) && !header.includes('/', folder.length)
    ? `"${header.slice(folder.length)}"`
    : undefined;
}

/** The lines of a file that include something whatever holds. */
function includesOf({ main: { steps, text } }: FileAnalysis): Line[] {
  const found: Line[] = [];
  for (let at = 0; at < steps.length; at++) {
    const { kind, directive, endif } = steps[at];
    if (kind === StepKind.If) at = endif - 1;
    if (kind !== StepKind.Include) continue;
    const end = text.indexOf('\n', directive.end) + 1;
    const [name] = /[<"][^>"\n]*[>"]/.exec(text.slice(directive.start, end)) ?? [];
    if (name !== undefined && end > 0) found.push({ name, start: directive.start, end });
  }
  return found;
}
