/** Cuts the text of a makefile into logical lines, references and arguments. Nothing is expanded here. */

/**
 * Stands in a value for what is not known, such as the output of a command. Texts are byte strings, so that it can't be
 * one of their characters.
 */
export const UNKNOWN = '\u2047';

/** Stands for a flag that is not known either, but changes neither macros nor layouts, whichever it is: a warning's. */
export const UNKNOWN_WARNING = `${UNKNOWN}-`;

/** Flags that decide which macros and headers there are, or how types lie; or that nobody can tell from them. */
const MATTERS = /^(?:-[DUIi]|-Wp,|-X|-f(?:short|pack|un?signed|signed)|-m(?:16|32|64|abi)|--|@)/;

/** Whether flags, of which one stands perhaps and another does not, leave macros and layouts as they are. */
export function isHarmless(text: string): boolean {
  return wordsOf(text).every((word) => !MATTERS.test(word) && (!word.includes(UNKNOWN) || word === UNKNOWN_WARNING));
}

/** A line with its continuations joined and its comment taken off. */
interface LogicalLine {
  readonly text: string;
  /** It starts with a tab: behind a rule it is a command, and not for us. */
  readonly isIndented: boolean;
}

/** Comments of a recipe are left in, as nobody reads them. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let at = 0;
  while (at < text.length) {
    const pieces: string[] = [];
    let isIndented: boolean | undefined;
    for (let isOpen = true; isOpen && at < text.length; ) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      let piece = text.slice(at, end);
      at = end + 1;
      if (piece.endsWith('\r')) piece = piece.slice(0, -1);
      isOpen = isContinued(piece);
      if (isOpen) piece = piece.slice(0, -1);
      isIndented ??= piece.startsWith('\t');
      pieces.push(pieces.length > 0 || isOpen ? piece.trim() : piece);
    }
    yield { text: withoutComment(pieces.join(' ')), isIndented: isIndented ?? false };
  }
}

/** An odd number of backslashes at the end goes on in the next line. */
function isContinued(line: string): boolean {
  let count = 0;
  while (count < line.length && line[line.length - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

function withoutComment(line: string): string {
  let at = line.indexOf('#');
  // `\#` is a character, `$(…#…)` a part of a reference.
  while (at > 0 && line[at - 1] === '\\') at = line.indexOf('#', at + 1);
  const bare = at < 0 ? line : line.slice(0, at);
  return bare.includes('\\#') ? bare.replaceAll('\\#', '#') : bare;
}

/** The words of a value. */
export function wordsOf(text: string): string[] {
  return text.split(/[ \t\n\r]+/).filter((word) => word !== '');
}

/** Where the bracket at `open` closes; the text's length where it does not. */
export function closing(text: string, open: number): number {
  const opener = text[open];
  const closer = opener === '(' ? ')' : '}';
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (character === opener) depth++;
    else if (character === closer && --depth === 0) return at;
  }
  return text.length;
}

/** The parts between commas that stand in no bracket; `most` parts, the last of which takes all further commas. */
export function splitArguments(text: string, most = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length && parts.length + 1 < most; at++) {
    const character = text[at];
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

interface Assignment {
  readonly name: string;
  /** `=`, `:=`, `+=`, `?=` or `!=`; `::=` and `:::=` count as `:=`. */
  readonly operator: string;
  readonly value: string;
}

/** The assignment on a line; undefined where it is a rule or something else. */
export function assignmentOn(line: string): Assignment | undefined {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (depth > 0) continue;
    else if (character === '=') {
      const before = line[at - 1];
      const isDouble = before === '+' || before === '?' || before === '!';
      const operator = isDouble ? `${before}=` : '=';
      return { name: line.slice(0, isDouble ? at - 1 : at).trim(), operator, value: line.slice(at + 1).trimStart() };
    } else if (character === ':') {
      const colons = /^:{1,3}=/.exec(line.slice(at, at + 4))?.[0];
      if (colons === undefined) return undefined;
      return { name: line.slice(0, at).trim(), operator: ':=', value: line.slice(at + colons.length).trimStart() };
    }
  }
  return undefined;
}

/** Whether a word fits a pattern with at most one `%`; gives what `%` stands for. */
export function stemOf(pattern: string, word: string): string | undefined {
  const at = pattern.indexOf('%');
  if (at < 0) return pattern === word ? '' : undefined;
  const tail = pattern.slice(at + 1);
  if (word.length < pattern.length - 1 || !word.startsWith(pattern.slice(0, at)) || !word.endsWith(tail))
    return undefined;
  return word.slice(at, word.length - tail.length);
}

/** `$(patsubst from,to,words)`. */
export function substituted(words: readonly string[], from: string, to: string): string[] {
  return words.map((word) => {
    const stem = stemOf(from, word);
    return stem === undefined ? word : from.includes('%') ? to.replace('%', () => stem) : to;
  });
}

/** `NAME:from=to` in its three parts; undefined where it has another shape. */
export function splitAtColon(inner: string): [string, string, string] | undefined {
  let depth = 0;
  let colon = -1;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (depth > 0) continue;
    else if (character === ':' && colon < 0) colon = at;
    else if (character === '=' && colon >= 0)
      return [inner.slice(0, colon), inner.slice(colon + 1, at), inner.slice(at + 1)];
  }
  return undefined;
}
