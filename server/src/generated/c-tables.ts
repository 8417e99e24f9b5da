/** Reads what a build's own C files hold as tables: text without comments, lines that an option leaves in, strings. */

export function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found) => (found[0] === '"' ? found : ' '));
}

/** The lines that `#ifdef CONFIG_…`, `#ifndef`, `#else` and `#endif` leave in; other directives are dropped. */
export function activeLines(text: string, symbols: ReadonlyMap<string, string>): string {
  const conditions: boolean[] = [];
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const [, directive, rest] = /^[ \t]*#[ \t]*(\w+)(.*)$/.exec(line) ?? [];
    if (directive?.startsWith('if'))
      conditions.push(directive === 'ifndef' || (directive === 'if') !== isSet(rest, symbols));
    else if (directive === 'else') conditions.push(!conditions.pop());
    else if (directive === 'endif') conditions.pop();
    else if (!directive && conditions.every(Boolean)) kept.push(line);
  }
  return kept.join('\n');
}

function isSet(name: string, symbols: ReadonlyMap<string, string>): boolean {
  return symbols.has(name.trim());
}

/** Values of a brace list: strings without quotes, `null` for NULL, and lists in it. */
export type BraceList = readonly (string | null | BraceList)[];

/** The initializer of an array, macros of the file expanded; undefined where there is none of that name. */
export function braceList(text: string, array: string): BraceList | undefined {
  const bare = withoutComments(text).replace(/\\\r?\n/g, ' ');
  const macros = new Map(
    [...bare.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(.+)$/gm)].map(([, name, body]) => [name, body]),
  );
  const start = new RegExp(`\\b${array}\\s*\\[[^\\]]*\\]\\s*=\\s*\\{`).exec(bare.replace(/^[ \t]*#.*$/gm, blank));
  if (!start) return undefined;
  const tokens = expanded(bare.slice(start.index + start[0].length).replace(/^[ \t]*#.*$/gm, ''), macros, 0);
  const list: (string | null | BraceList)[] = [];
  const open: (string | null | BraceList)[][] = [list];
  for (const token of tokens) {
    const inner = open[open.length - 1];
    if (token === '{') {
      const next: (string | null | BraceList)[] = [];
      inner.push(next);
      open.push(next);
    } else if (token === '}') {
      open.pop();
      if (open.length === 0) return list;
    } else if (token.startsWith('"')) inner.push(token.slice(1, -1));
    else if (token === 'NULL') inner.push(null);
  }
  return undefined;
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

function* expanded(text: string, macros: ReadonlyMap<string, string>, depth: number): Generator<string> {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\w+|[{}]/g)) {
    const body = macros.get(token);
    if (body !== undefined && depth < DEEPEST) yield* expanded(body, macros, depth + 1);
    else yield token;
  }
}

const DEEPEST = 20;
