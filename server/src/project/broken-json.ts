/** Reads what can be read of a JSON object that is broken somewhere, as it is while someone types in it. */

interface BrokenObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** The first thing that is wrong, and where, as an offset. */
  readonly problem: string;
  readonly at: number;
}

const NAME = /"((?:[^"\\\n]|\\.)*)"[ \t]*/y;
const BETWEEN = /(?:[\s,]|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
/** A text, or what stands up to the next thing that could end a value. */
const PIECE = /"(?:[^"\\\n]|\\.)*"|[^"[\]{},\n]+|[\s\S]/y;

/** @param text what JSON.parse refused */
export function readBroken(text: string): BrokenObject {
  const value: Record<string, unknown> = {};
  let wrong: { problem: string; at: number } | undefined;
  const complain = (problem: string, at: number): void => {
    wrong ??= { problem, at };
  };
  let at = text.indexOf('{') + 1;
  if (at === 0) complain('it holds no { … }', 0);
  while (at > 0 && at < text.length) {
    at = after(BETWEEN, text, at);
    if (at >= text.length || text[at] === '}') break;
    const name = matchAt(NAME, text, at);
    if (!name) {
      complain('a name in quotation marks is missing', at);
      at = endOfLine(text, at) + 1;
      continue;
    }
    const colon = at + name[0].length;
    if (text[colon] !== ':') {
      complain(`the colon behind "${name[1]}" is missing`, at);
      at = endOfLine(text, colon) + 1;
      continue;
    }
    const end = valueEnd(text, colon + 1);
    const given = parsed(text.slice(colon + 1, end));
    if (given === undefined) complain(`the value of "${name[1]}" is missing or broken`, at);
    else value[name[1]] = given.value;
    at = end;
  }
  const { problem, at: place } = wrong ?? {
    problem: 'a comma or a bracket is missing, or one too many',
    at: Math.max(0, at - 1),
  };
  return { value, problem, at: place };
}

/** Where a value ends that starts here: before the comma, or the bracket, that is not its own. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const piece = matchAt(PIECE, text, at)![0];
    if (depth === 0 && (piece === ',' || piece === '}' || (piece === '\n' && text.slice(start, at).trim() !== '')))
      break;
    if (piece === '[' || piece === '{') depth++;
    else if (piece === ']' || piece === '}') depth--;
    at += piece.length;
  }
  return at;
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function after(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
