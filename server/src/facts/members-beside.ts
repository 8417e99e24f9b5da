/** Which members of a record a comment is about, by where it stands. */

/** The member on the line of a comment, or right below it; of a struct without a name all of its members. */
export function membersBeside(text: string, opened: number, closed: number): readonly string[] {
  const lineStart = text.lastIndexOf('\n', opened) + 1;
  const before = text.slice(lineStart, opened);
  if (before.includes(';')) return [memberIn(before) ?? CLOSED.exec(before)?.[1] ?? lastIn(before) ?? []].flat();
  // Behind the brace of a struct it is about all of it.
  if (/\{[ \t]*$/.test(before)) return membersOf(text, lineStart + before.lastIndexOf('{'));
  if (before.trim() !== '') return [];
  const record = /^\s*(?:struct|union)\b[^;{}()]*\{/.exec(text.slice(closed, closed + 200));
  if (!record) return [memberIn(text.slice(closed, text.indexOf(';', closed) + 1)) ?? []].flat();
  return membersOf(text, closed + record[0].length - 1);
}

/** The name that a struct has behind its brace, or else its members. */
function membersOf(text: string, open: number): readonly string[] {
  const end = closing(text, open);
  const name = CLOSED.exec(text.slice(end, text.indexOf(';', end) + 1))?.[1];
  return name !== undefined ? [name] : namesIn(text.slice(open + 1, end).replace(/\/\*[\s\S]*?\*\//g, ''));
}

const MEMBER = /^\s*(?:[A-Za-z_]\w*[\s*]+)+?([A-Za-z_]\w*)\s*(?:\[[^;{}]*\]|:\s*\w+)?\s*;/;
const FUNCTION = /^\s*[A-Za-z_][\w\s*]*\(\s*\*\s*([A-Za-z_]\w*)\s*\)\s*\([^;{}]*\)\s*;/;

/** The name of the member that a line declares. */
function memberIn(line: string): string | undefined {
  return (MEMBER.exec(line) ?? FUNCTION.exec(line))?.[1];
}

/** Of several members on one line that also opens their record, or has a comment behind each, the last one. */
function lastIn(line: string): string | undefined {
  const own = line.slice(Math.max(line.lastIndexOf('{') + 1, line.lastIndexOf('*/') + 2));
  const last = own.length < line.length ? /[^;{}]*;\s*$/.exec(own)?.[0] : undefined;
  return last && memberIn(last);
}

/** What closes a record that is declared where it is used. */
const CLOSED = /\}\s*([A-Za-z_]\w*)\s*(?:\[[^;{}]*\])?\s*;\s*$/;

/** Where the brace closes that opens at an offset. */
export function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

export function namesIn(code: string): string[] {
  const declared = /\b([A-Za-z_]\w*)\s*(?:\[[^\]]*\]|:\s*\w+)?\s*;|\(\s*\*\s*([A-Za-z_]\w*)\s*\)\s*\(/g;
  return [...code.matchAll(declared)].map(([, name, called]) => name ?? called);
}

/** A comment with each constant in full: `KIND_A|KIND_B` for `KIND_A|B`, `KIND_A|KIND_A_LONG` for `KIND_A(_LONG)`. */
export function spelledOut(comment: string): string {
  return comment
    .replace(/\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\((_[A-Z0-9_]+)\)/g, '$1|$1$2')
    .replace(/\b((?:[A-Z][A-Z0-9]*_)+)([A-Z0-9]+)((?:[|/][A-Z][A-Z0-9]*\b(?!_))+)/g, (_, prefix, first, rest) =>
      [first, ...rest.split(/[|/]/).slice(1)].map((name) => prefix + name).join('|'),
    );
}
