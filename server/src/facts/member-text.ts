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

/** The one member that a declaration declares; undefined where it is no plain one. */
export function memberIn(declaration: string, offset: number): Named | undefined {
  const match =
    /^\s*(?!typedef\b|static\b|extern\b|return\b)(?:[A-Za-z_]\w*[\s*]+)+?([A-Za-z_]\w*)\s*(?:\[[^;{}]*\]|:\s*\w+)?\s*;/d.exec(
      declaration,
    );
  return match ? { name: match[1], tag: undefined, at: offset + match.indices![1][0] } : undefined;
}

export function plain(comment: string): string {
  return comment
    .replace(/\s*\n\s*\*?\s*/g, ' ')
    .replace(/\*/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** The functions of a header that give a member of a record out, or store what they are given: for where a comment names none. */
export function usersIn(
  text: string,
  tag: string | undefined,
  member: string,
): { readonly accessors: readonly string[]; readonly writers: readonly string[] } {
  const accessors: string[] = [];
  const writers: string[] = [];
  const taking = new RegExp(
    `\\b(\\w+)\\(\\s*(?:const\\s+)?struct\\s+${tag}\\s*\\*\\s*(\\w+)([^(){};]*)\\)\\s*\\{([\\s\\S]*?)^\\}`,
    'gm',
  );
  for (const [, name, base, others, body] of tag === undefined ? [] : text.matchAll(taking)) {
    const named = `\\b${base}->${member}\\b`;
    const given = [...others.matchAll(/(\w+)\s*(?=,|$)/g)].map(([other]) => other).join('|');
    const isStored = given !== '' && new RegExp(`${named}\\s*[-+|&^]?=(?!=)[^;]*\\b(?:${given})\\b`).test(body);
    // What is handed on to a call among others is not what is given out.
    const isGiven = new RegExp(`\\breturn\\b(?:[^;(]*${named}[^;,]*|\\s*\\w+\\(&?${named}\\));`).test(body);
    if (isStored) writers.push(name);
    if (isStored || isGiven) accessors.push(name);
  }
  return { accessors, writers };
}
