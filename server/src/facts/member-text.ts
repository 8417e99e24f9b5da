/** Reads declarations and functions of headers by their text: members, the records around them, who gives them out. */

/** A member by its name and place. */
export interface Named {
  readonly name: string;
  /** The record whose kernel-doc names it; undefined where the comment stands at the member itself. */
  readonly tag: string | undefined;
  /** Offset of its name in the header. */
  readonly at: number;
}

/** The tag of the record that begins at the start of a line above an offset, and does not end before it. */
export function recordAround(text: string, offset: number): string | undefined {
  const above = text.slice(text.lastIndexOf('\n}', offset) + 1, offset);
  for (const { 0: head, 1: tag, index } of above.matchAll(/^(?:typedef\s+)?(?:struct|union)\s+(\w+)[^;{}()]*\{/gm)) {
    let depth = 1;
    for (let at = index + head.length; at < above.length && depth > 0; at++)
      if (above[at] === '{') depth++;
      else if (above[at] === '}') depth--;
    if (depth > 0) return tag;
  }
  return undefined;
}

/** A pointer to a function: `int (*read)(struct box *box);`. */
const CALLABLE =
  /^\s*(?!typedef\b|static\b|extern\b)(?:[A-Za-z_]\w*[\s*]+)+\(\s*\*\s*([A-Za-z_]\w*)\s*\)\s*\([^{};]*\)\s*;/d;

/** The one member that a declaration declares; undefined where it is no plain one. @param isCalled A pointer to a function is one, too. */
export function memberIn(declaration: string, offset: number, isCalled = false): Named | undefined {
  const match =
    /^\s*(?!typedef\b|static\b|extern\b|return\b)(?:[A-Za-z_]\w*[\s*]+)+?([A-Za-z_]\w*)\s*(?:\[[^;{}]*\]|:\s*\w+)?\s*;/d.exec(
      declaration,
    );
  const called = match ?? (isCalled ? CALLABLE.exec(declaration) : undefined);
  return called ? { name: called[1], tag: undefined, at: offset + called.indices![1][0] } : undefined;
}

export function plain(comment: string): string {
  return comment
    .replace(/\s*\n\s*\*?\s*/g, ' ')
    .replace(/(?<!\w)\*|\*(?!\()/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** The line of code around an offset, as evidence quotes it: in one blank each, without the mark that a macro goes on. */
export function lineQuoted(text: string, at: number): string {
  const from = text.lastIndexOf('\n', at) + 1;
  const to = text.indexOf('\n', at);
  return text
    .slice(from, to < 0 ? undefined : to)
    .replace(/\s+/g, ' ')
    .replace(/ ?\\$/, '')
    .trim();
}

/** A function's body in a pattern with the flag `m`: on the line of its brace, or up to a brace at the start of a line. */
export const BODY = String.raw`\{(?:(?<line>[^{}\n]*)\}[ \t]*$|(?<block>[\s\S]*?)^\})`;

/** The code of what `BODY` matched. */
export function bodyOf({ groups }: RegExpMatchArray): string {
  return groups?.line ?? groups?.block ?? '';
}

const FUNCTION = new RegExp(
  String.raw`^(?:static\s+)?(?:__always_)?inline\s+(?<returns>[\w\s*]*?)\b(?<name>\w+)\((?<parameters>[^{};]*)\)\s*${BODY}`,
  'gm',
);

/** The inline functions of a text: the groups `name`, `returns` and `parameters`, and the body that `bodyOf` gives. */
export function functionsIn(text: string): RegExpExecArray[] {
  return [...text.matchAll(FUNCTION)];
}

const MACRO = /^[ \t]*#[ \t]*define[ \t]+(?<name>\w+)\((?<parameters>[^)\n]*)\)(?<body>(?:[^\\\n]|\\[\s\S])*)/gm;

/** A macro with parameters, as a text defines it. */
interface MacroText {
  readonly name: string;
  readonly parameters: string;
  /** On one line, blanks in place of what goes on: each byte stands where it was, counted from the body's first. */
  readonly body: string;
  /** Offset of its name. */
  readonly start: number;
}

/** The macros with parameters that a text defines. */
export function* macrosIn(text: string): Iterable<MacroText> {
  for (const match of text.matchAll(MACRO)) {
    const { name, parameters, body } = match.groups!;
    const start = match.index + match[0].indexOf(`${name}(`);
    yield { name, parameters, body: body.replace(/\\\n/g, '  '), start };
  }
}

/** Functions through which a member is used, by what they do to it. */
interface MemberUsers {
  readonly accessors: readonly string[];
  /** Those that store what they are given, or a constant. */
  readonly writers: readonly string[];
  /** Those that store one constant alone, with its text: `false`. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** The functions of a header that give a member of a record out, or store to it: for where a comment names none. */
export function usersIn(text: string, tag: string | undefined, member: string): MemberUsers {
  const accessors: string[] = [];
  const writers: string[] = [];
  const constants: Record<string, string> = {};
  const taking = new RegExp(
    String.raw`(?<void>\bvoid\s+)?\b(?<name>\w+)\(\s*(?:const\s+)?struct\s+${tag}\s*\*\s*(?<base>\w+)(?<others>[^(){};]*)\)\s*${BODY}`,
    'gm',
  );
  for (const match of tag === undefined ? [] : text.matchAll(taking)) {
    const { void: isVoid, name, base, others } = match.groups!;
    const body = bodyOf(match);
    const named = `\\b${base}->${member}\\b`;
    const given = [...others.matchAll(/(\w+)\s*(?=,|$)/g)].map(([other]) => other).join('|');
    const isStored = given !== '' && new RegExp(`${named}\\s*[-+|&^]?=(?!=)[^;]*\\b(?:${given})\\b`).test(body);
    // What is handed on to a call among others is not what is given out.
    // An element may be given out, but not a part of it.
    const whole = `${named}(?:\\[[^\\]]*\\])?(?!\\s*(?:\\[|\\.|->))`;
    const returned = new RegExp(`\\breturn\\b(?:[^;(]*${whole}[^;,]*|\\s*\\w+\\(&?${whole}\\));`).exec(body)?.[0];
    // Nor is what is asked of it together with another member.
    const isAsked =
      new RegExp(`\\b${base}->(?!${member}\\b)\\w`).test(returned ?? '') && /&&|\|\||[=!]=/.test(returned!);
    const isGiven = returned !== undefined && !isAsked;
    const constant = new RegExp(`^\\s*${base}->${member}\\s*=\\s*(\\w+)\\s*;\\s*$`).exec(body)?.[1];
    const isConstant = isVoid !== undefined && constant !== undefined && others === '';
    if (isConstant) constants[name] = constant;
    if (isStored || isConstant) writers.push(name);
    if (isStored || isConstant || isGiven) accessors.push(name);
  }
  return { accessors, writers, ...(Object.keys(constants).length > 0 && { constants }) };
}

/** Whether a text names a member, behind `.` or `->`. */
export function isMemberIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/\w/.test(text[at + name.length] ?? '') && /(?:->|\.)\s*$/.test(text.slice(Math.max(0, at - 8), at)))
      return true;
  return false;
}
