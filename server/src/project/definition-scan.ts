/** Says by its words alone whether a text may define a record or a typedef of a name, so that few files have to be parsed. */

/** `strong`: it reads like a definition; `weak`: a macro might make one of it. */
type Likelihood = 'strong' | 'weak';

/** Characters behind a name that are looked at. */
const REACH = 240;

/** @param name An identifier. */
export function mayDefine(text: string, name: string): Likelihood | undefined {
  let best: Likelihood | undefined;
  for (const at of placesOf(text, name)) {
    const found = likelihoodAt(text, at, at + name.length);
    if (found === 'strong') return found;
    best ??= found;
  }
  return best;
}

/** The offsets at which a name stands as a word. */
function placesOf(text: string, name: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    if (!isWordCharacter(text, at - 1) && !isWordCharacter(text, at + name.length)) places.push(at);
  return places;
}

function isWordCharacter(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /\w/.test(text[at]);
}

function likelihoodAt(text: string, start: number, end: number): Likelihood | undefined {
  const behind = text.slice(end, end + REACH).replace(/\/\*[\s\S]*?\*\//g, ' ');
  const before = text.slice(Math.max(0, start - REACH), start).trimEnd();
  // struct name {, struct __packed name {, struct name __aligned(8) {
  const isTagged = /\b(?:struct|union)(?:\s+__\w+(?:\s*\(\s*\([^;{}]*\)\s*\))?)*$/.test(before);
  if (isTagged && /^\s*(?:__\w+\s*(?:\([^;{}]*\))?\s*)*\{/.test(behind)) return 'strong';
  // } name;  } __packed name, *pointer;  typedef struct other name;
  if (/^\s*(?:__\w+\s*(?:\([^;{}]*\))?\s*)*[;,[]/.test(behind)) {
    if (/\}(?:\s*__\w+(?:\s*\([^;{}]*\))?)*$/.test(before) || /\btypedef\b[^;]*$/.test(before)) return 'strong';
  }
  // A macro's argument, or a record whose body is a macro.
  if (/\w\s*\($/.test(before) && /^\s*,/.test(behind)) return 'weak';
  return isTagged && /^\s*\w/.test(behind) ? 'weak' : undefined;
}

/** Whether a text seems to declare a name of any kind: a record, a typedef, a macro, an enumerator. */
export function mayDeclare(text: string, name: string): boolean {
  if (mayDefine(text, name) === 'strong') return true;
  return new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+${name}\\b|^[ \\t]*${name}[ \\t]*(?:=[^=]|,)`, 'm').test(text);
}

/** Headers that may define records, and the others: nearly a third of all defines nothing but macros. */
export function definingAndOthers(
  headers: readonly string[],
  textOf: (file: string) => string,
): { defining: string[]; others: string[] } {
  const defining: string[] = [];
  const others: string[] = [];
  for (const file of headers) (textOf(file).includes('{') ? defining : others).push(file);
  return { defining, others };
}

/** The names of records and typedefs that a text seems to define. */
export function definedNames(text: string): string[] {
  const names: string[] = [];
  const tagged = /\b(?:struct|union)\s+(?:__\w+\s+)*(\w+)\s*(?:__\w+\s*(?:\([^;{}]*?\))?\s*)*\{/g;
  for (const [, name] of text.matchAll(tagged)) names.push(name);
  for (const [, name] of text.matchAll(/\}\s*(\w+)\s*;/g)) names.push(name);
  return names;
}

/** What macros of a text that stand for one word make of a name. */
interface WordMacros {
  /** The name that the name stands for: `#define rcu_head callback_head`. */
  readonly alias: string | undefined;
  /** The name that a macro turns into it: `#define __page_info page_info` where the text has `struct __page_info {`. */
  readonly renamed: string | undefined;
}

export function wordMacros(text: string, name: string): WordMacros {
  let alias: string | undefined;
  let renamed: string | undefined;
  for (const at of placesOf(text, name)) {
    const end = text.indexOf('\n', at);
    const line = text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end);
    const macro = WORD_MACRO.exec(line);
    if (macro?.[1] === name) alias ??= macro[2];
    if (macro?.[2] === name) renamed ??= macro[1];
  }
  return { alias, renamed };
}

const WORD_MACRO = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+([A-Za-z_]\w*)[ \t]*$/;

/** Whether a text has a macro that may paste the tag `name` together: the parts that are no parameters must stand in it. */
export function pastesTag(text: string, name: string): boolean {
  for (const match of text.matchAll(/\b(?:struct|union)\s+(\w*(?:\s*##\s*\w+)+)/g)) {
    const parameters = parametersBefore(text, match.index);
    const parts = match[1].split('##').map((part) => part.trim());
    const pattern = parts.map((part) => (part === '' || parameters.includes(part) ? '\\w*' : part)).join('');
    if (new RegExp(`^${pattern}$`).test(name)) return true;
  }
  return false;
}

/** The parameters of the macro whose body an offset stands in. */
function parametersBefore(text: string, offset: number): string[] {
  const start = Math.max(text.lastIndexOf('#define', offset), text.lastIndexOf('# define', offset), 0);
  const listed = /^#\s*define\s+\w+\(([^)]*)\)/.exec(text.slice(start, offset))?.[1] ?? '';
  const names = listed.match(/\w+/g) ?? [];
  return listed.includes('...') ? [...names, '__VA_ARGS__'] : names;
}

/** Whether a text includes a file whose path ends so. */
export function includes(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^[ \\t]*#[ \\t]*include[ \\t]*[<"](?:[^>"\\n]*/)?${escaped}[>"]`, 'm').test(text);
}
