/** The constants of a header with the comments that stand at them: values of enums, macros, and lists in comments. */
import { closing } from './members-beside';

/** A constant with what a comment says at it. */
export interface ConstantEntry {
  readonly constant: string;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly isMacro: boolean;
}

const CONSTANT = '[A-Z][A-Z0-9]*_[A-Z0-9_]+';

/**
 * The constants of a header in families: those of one enum, macros that follow one another, and those that a comment of a record lists.
 *
 * @param from Where the record begins, with the comment above it; `to` is where it ends.
 */
export function constantEntries(text: string, from: number, to: number): readonly (readonly ConstantEntry[])[] {
  if (kept.text !== text) kept = { text, families: [...enumsIn(text), ...macrosIn(text)] };
  return [...kept.families, ...listsIn(text, from, to)];
}

/** Those of the header that was asked for last: it is asked once for each of its records. */
let kept: { readonly text: string; readonly families: readonly (readonly ConstantEntry[])[] } = {
  text: '',
  families: [],
};

function enumsIn(text: string): readonly (readonly ConstantEntry[])[] {
  const found: ConstantEntry[][] = [];
  for (const { 0: head, index } of text.matchAll(/\benum(?:\s+\w+)*\s*\{/g)) {
    const open = index + head.length - 1;
    const close = closing(text, open);
    const above = text.slice(Math.max(0, index - 60), index).trimEnd();
    const doc = /\*\/(?:\s*typedef)?$/.test(above) ? text.lastIndexOf('/*', index) : -1;
    const entries = [...(doc >= 0 ? documented(text, doc, index) : []), ...valuesIn(text, open + 1, close)];
    const values = valueNames(text.slice(open + 1, close));
    // Every value has its entry, be it without words.
    const first = new Map<string, ConstantEntry>();
    for (const entry of entries)
      if (values.has(entry.constant) && !first.has(entry.constant)) first.set(entry.constant, entry);
    for (const constant of values)
      if (!first.has(constant)) first.set(constant, { constant, words: '', start: open, end: close, isMacro: false });
    if ([...first.values()].some(({ words }) => words !== '')) found.push([...first.values()]);
  }
  return found;
}

function valueNames(body: string): ReadonlySet<string> {
  const code = body.replace(/\/\*[\s\S]*?\*\/|\/\/.*|^[ \t]*#.*$/gm, '');
  return new Set([...code.matchAll(/(?:^|,)\s*([A-Z]\w*)/g)].map(([, name]) => name));
}

/** The entries of a kernel-doc: `@JOB_IDLE: words`. */
function documented(text: string, start: number, end: number): ConstantEntry[] {
  const comment = text.slice(start, end);
  const lines = new RegExp(
    `\\n[ \\t]*\\*[ \\t]*[@%](${CONSTANT}):((?:[^\\n]*\\n(?![ \\t]*\\*[ \\t]*(?:[@%]|/|\\n)))*[^\\n]*)`,
    'g',
  );
  return [...comment.matchAll(lines)].map(({ 1: constant, 2: words }) => {
    return { constant, words: plain(words), start, end: start + comment.indexOf('*/') + 2, isMacro: false };
  });
}

/** Comments behind values, or on lines of their own above them. */
function valuesIn(text: string, open: number, close: number): ConstantEntry[] {
  const found: ConstantEntry[] = [];
  const body = text.slice(open, close);
  for (const { 0: comment, index } of body.matchAll(/\/\*[\s\S]*?\*\//g)) {
    const [start, end] = [open + index, open + index + comment.length];
    const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
    const behind = new RegExp(`(?:^|[\\s,{])(${CONSTANT})\\s*(?:=[^,]*)?,?\\s*$`).exec(before)?.[1];
    const next = text.slice(end, close).split(/\n[^\n]*\/\*/, 1)[0];
    // What stands above several is about all of them.
    const isAlone = (next.match(/,/g) ?? []).length <= 1 && !/,\s*\w/.test(next);
    const below = before.trim() === '' && isAlone ? new RegExp(`^\\s*(${CONSTANT})\\b`).exec(next)?.[1] : undefined;
    const constant = behind ?? below;
    if (constant !== undefined) found.push({ constant, words: plain(comment), start, end, isMacro: false });
  }
  return found;
}

/** Macros that stand together, with the comments behind them or right above one of them. */
function macrosIn(text: string): readonly (readonly ConstantEntry[])[] {
  const found: ConstantEntry[][] = [];
  const line = new RegExp(
    `((?:^[ \\t]*/\\*(?:(?!\\*/)[\\s\\S])*\\*/[ \\t]*\\n)?)^[ \\t]*#[ \\t]*define[ \\t]+(${CONSTANT})[ \\t]+[^\\n/]*?(/\\*(?:(?!\\*/)[\\s\\S])*\\*/)?[ \\t]*\\n`,
    'gm',
  );
  let last = -1;
  for (const { 0: whole, 1: above, 2: constant, 3: behind, index } of text.matchAll(line)) {
    const family = found.at(-1);
    const isNext =
      family !== undefined &&
      text.slice(last, index).trim() === '' &&
      prefixOf(family[0].constant) === prefixOf(constant);
    last = index + whole.length;
    // What stands above several is about all of them.
    const isAlone = !new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+${prefixOf(constant)}`).test(text.slice(last));
    const comment = behind ?? (above !== '' && isAlone ? above : '');
    const start = comment === '' ? index : index + whole.indexOf(comment);
    const entry = { constant, words: plain(comment), start, end: start + comment.length, isMacro: true };
    if (isNext) family.push(entry);
    else found.push([entry]);
  }
  return found.filter((family) => family.some(({ words }) => words !== ''));
}

function prefixOf(constant: string): string {
  return constant.slice(0, constant.indexOf('_') + 1);
}

/** Lists in the comments of a record, a line each: `JOB_IDLE: @entry`, ` - %JOB_RUNS -> @due`. */
function listsIn(text: string, from: number, to: number): readonly (readonly ConstantEntry[])[] {
  const found: ConstantEntry[][] = [];
  for (const { 0: comment, index } of text.slice(from, to).matchAll(/\/\*[\s\S]*?\*\//g)) {
    const item = new RegExp(
      `\\n[ \\t]*\\*?[ \\t]*[-*]?[ \\t]*[%@]?(${CONSTANT})[ \\t]*(?::|-+>?|=>?)[ \\t]+([^\\n]*)`,
      'g',
    );
    const [start, end] = [from + index, from + index + comment.length];
    const entries = [...comment.matchAll(item)].map(({ 1: constant, 2: words }) => {
      return { constant, words: plain(words), start, end, isMacro: false };
    });
    const isFamily = entries.every(({ constant }) => prefixOf(constant) === prefixOf(entries[0].constant));
    if (entries.length > 1 && isFamily) found.push(entries);
  }
  return found;
}

/** A comment in one line. */
function plain(comment: string): string {
  return comment
    .replace(/^\s*\/\*+!?<?|\*+\/\s*$/g, '')
    .replace(/\n[ \t]*\*?[ \t]?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
