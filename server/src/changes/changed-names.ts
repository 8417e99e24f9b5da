/**
 * Names that a change gives another meaning: of records, macros, enumerators, typedefs and functions whose declaration it
 * changes, and of those in shared headers that are made from them.
 *
 * Told by the text alone, so that it is known before anything is parsed. More names may be given than change.
 */

import { type SourceFile, StepKind, sourceFile } from '../preprocessor/source';
import { Punct, TokenKind } from '../text/tokens';

type Kind = 'type' | 'constant' | 'function';

/** What names mean, by name. */
export type NamedKinds = ReadonlyMap<string, Kind>;

/** A declaration or a macro at the top of a file. */
interface Declared {
  readonly kind: Kind;
  readonly names: readonly string[];
  /** Of an enum: how each name is given its value. */
  readonly values?: readonly string[];
  /** Without comments, its blanks made one. */
  readonly text: string;
}

/** Names that two versions of a file do not declare in the same words. */
export function changedNames(before: string, after: string): NamedKinds {
  const [ours, theirs] = [declaredIn(before), declaredIn(after)];
  const same = new Set(ours.map(({ text }) => text));
  const still = new Set(theirs.map(({ text }) => text));
  const gone = ours.filter(({ text }) => !still.has(text));
  const fresh = theirs.filter(({ text }) => !same.has(text));
  const known = new Map(gone.flatMap((one) => one.names.map((name) => [name, one])));
  const changed = new Map<string, Kind>();
  for (const { kind, names, values } of fresh) {
    // An enumerator has the value that it had as long as all before it are the same.
    const earlier = names.map((name) => known.get(name)).find((one) => one !== undefined)?.values ?? [];
    const first = values?.findIndex((value, at) => value !== earlier[at]) ?? 0;
    if (first >= 0) for (const name of names.slice(first)) changed.set(name, kind);
  }
  const kept = new Set(fresh.flatMap(({ names }) => names));
  for (const { kind, names } of gone) for (const name of names) if (!kept.has(name)) changed.set(name, kind);
  return changed;
}

/** Names that a header declares by some others: types that hold one by value, constants that are worked out from one. */
export function namesMadeFrom(names: NamedKinds, text: string): NamedKinds {
  const of = (kind: Kind): string =>
    [...names].flatMap(([name, own]) => (own === kind ? [name] : [])).join('|') || '(?!)';
  const [types, constants] = [of('type'), of('constant')];
  const holds = new RegExp(`\\b(?:${types})\\b(?!\\s*[*(]|\\s*\\w*\\s*\\*)|\\b(?:${constants})\\b`);
  const measures = new RegExp(
    `\\b(?:sizeof|offsetof\\w*)\\s*\\(\\s*(?:(?:struct|union)\\s+)?(?:${types})\\b|\\b(?:${constants})\\b`,
  );
  const made = new Map<string, Kind>();
  for (const { kind, names: own, text: said } of declaredIn(text)) {
    if (kind === 'function' || own.some((name) => names.has(name))) continue;
    if ((kind === 'type' ? holds : measures).test(said)) for (const name of own) made.set(name, kind);
  }
  return made;
}

function declaredIn(text: string): Declared[] {
  if (text === '') return [];
  const file = sourceFile('', text);
  return [...macrosOf(file, text), ...declarationsOf(file, text)];
}

function macrosOf({ steps }: SourceFile, text: string): Declared[] {
  return steps.flatMap(({ kind, directive, definition }): Declared[] => {
    if (kind !== StepKind.Define || !definition) return [];
    const own = plain(text.slice(directive.start, directive.end));
    const name = /^# ?define (\w+)/.exec(own)?.[1];
    // What is made of statements is no constant.
    const isConstant = definition.parameters === undefined || !/[;{]/.test(own);
    return name === undefined ? [] : [{ kind: isConstant ? 'constant' : 'function', names: [name], text: own }];
  });
}

function* declarationsOf({ tokens }: SourceFile, text: string): Generator<Declared> {
  const { count, kinds, ids, starts, ends, directives } = tokens;
  const endOf = new Map(directives.map(({ firstToken, endToken }) => [firstToken, endToken]));
  let depth = 0;
  let first = 0;
  let isFunction = false;
  for (let at = 0; at < count; at++) {
    const end = endOf.get(at);
    if (end !== undefined) {
      // One that stands inside a declaration is part of what it says.
      if (first === at) first = end;
      at = end - 1;
      continue;
    }
    if (kinds[at] !== TokenKind.Punctuator) continue;
    const punct = ids[at];
    if (punct === Punct.LeftBrace && depth++ === 0)
      isFunction = at > first && kinds[at - 1] === TokenKind.Punctuator && ids[at - 1] === Punct.RightParen;
    if (punct === Punct.RightBrace) depth--;
    const isEnd = depth <= 0 && (punct === Punct.Semicolon || (punct === Punct.RightBrace && isFunction));
    if (!isEnd) continue;
    depth = 0;
    const own = plain(text.slice(starts[first], ends[at]));
    const declared = namesOf(own);
    if (declared.names.length > 0) yield { ...declared, text: own };
    [first, isFunction] = [at + 1, false];
  }
}

const BODY = /\benum\b[^;(){}]*\{([^{}]*)\}/;

function namesOf(own: string): Omit<Declared, 'text'> {
  const body = BODY.exec(own);
  if (body && !/\b(?:struct|union)\b[^;(){}]*\{/.test(own)) {
    const parts = body[1].split(',').map((part) => part.trim());
    const values = parts.filter((part) => /^[A-Za-z_]/.test(part));
    return { kind: 'constant', names: values.map((value) => /^\w+/.exec(value)![0]), values };
  }
  const isType = own.startsWith('typedef');
  const tags = [...own.matchAll(/\b(?:struct|union) (?:__\w+ )*(\w+) ?(?:__\w+ ?(?:\([^;{}]*?\) ?)*)*\{/g)].map(
    ([, tag]) => tag,
  );
  const type = isType ? /(\w+) ?(?:\[[^\]]*\] ?|\) ?\(.*\) ?|__\w+(?:\([^;{}]*\))* ?)*;$/.exec(own)?.[1] : undefined;
  if (tags.length > 0 || type !== undefined)
    return { kind: 'type', names: [...new Set([...tags, ...(type === undefined ? [] : [type])])] };
  const called = /^[^=({]*?\w[\s*]+(\w+)\s*\(/.exec(own)?.[1];
  return { kind: 'function', names: called === undefined ? [] : [called] };
}

function plain(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*|\s+|\\\n/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
