/** Reads a pack from YAML text that anybody may have written: checked against the schema, or refused with the place. */
import type { ErrorObject } from 'ajv';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { Pack } from './pack';
import { unknownNames } from './pack-names';
import { validatePack } from './validate';

/** What is wrong with a pack; line and column from 1, in characters. */
interface PackProblem {
  readonly line: number;
  readonly column: number;
  /** A whole sentence without its full stop. */
  readonly message: string;
}

/** A pack, or why there is none; never both. */
type ReadPack =
  | { readonly pack: Pack; readonly problems: readonly [] }
  | { readonly pack?: undefined; readonly problems: readonly PackProblem[] };

/** The longest pack that is read, in bytes; the largest that ships has 8,000. */
export const MAX_PACK_BYTES = 1 << 20;

const TOO_DEEP = 'is nested too deeply';

/** So many things that are wrong with one pack are told. */
const MOST_PROBLEMS = 20;

/**
 * Reads a pack. Cannot fail: what is wrong is told with its place, and the pack is left out whole.
 *
 * @param bytes Byte string, as files are read.
 * @param rules Ids of all rules that there are: a fact for another one would be about nothing.
 */
export function readPack(bytes: string, rules: readonly string[]): ReadPack {
  const refused = (message: string, line = 1, column = 1): ReadPack => ({ problems: [{ line, column, message }] });
  if (bytes.length > MAX_PACK_BYTES) return refused(`is too large for a pack: the limit is ${MAX_PACK_BYTES >> 10} kB`);
  if (bytes.includes('\0')) return refused('is binary, not YAML');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return refused('is not UTF-8');
  }
  const lines = new LineCounter();
  const found: PackProblem[] = [];
  const report = (offset: number, message: string): void => {
    const { line, col } = lines.linePos(offset);
    if (found.length < MOST_PROBLEMS) found.push({ line: Math.max(1, line), column: Math.max(1, col), message });
  };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      schema: 'core',
      // The parser compares each key with all before it; see refuseTricks.
      uniqueKeys: false,
    });
    for (const { pos, message } of [...document.errors, ...document.warnings]) report(pos[0], plainly(message));
    if (found.length === 0) refuseTricks(document, report);
    if (found.length > 0) return { problems: found };
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (value === null || value === undefined) return refused('is empty; a pack starts with "pack: NAME"');
    for (const error of validatePack(value).slice(0, MOST_PROBLEMS))
      report(offsetOf(document, error), sentenceFor(error));
    if (found.length > 0) return { problems: found };
    const pack = value as Pack;
    for (const { path, message } of unknownNames(pack, rules)) report(startOf(document, path), message);
    return found.length > 0 ? { problems: found } : { pack, problems: [] };
  } catch (error) {
    if (error instanceof RangeError) return refused(TOO_DEEP);
    throw error;
  }
}

/**
 * What YAML allows and a pack has no use for: one name may stand for a million others, or for an object of a program. And
 * what YAML does not allow: one key twice.
 */
function refuseTricks(document: Document, report: (offset: number, message: string) => void): void {
  const startOfNode = (node: Node): number => node.range?.[0] ?? 0;
  visit(document, {
    Node(_key, node) {
      if (isAlias(node))
        report(startOfNode(node), `*${node.source} is an alias, which packs do not have: write it out`);
      else if (node.anchor) report(startOfNode(node), `&${node.anchor} is an anchor, which packs do not have`);
    },
    Map(_key, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) report(startOfNode(key), 'Map keys must be unique');
        keys.add(key.value);
      }
    },
  });
}

/** The first line of what the YAML parser says, without its full stop. */
function plainly(message: string): string {
  // The parser goes down into nested lists by calling itself, and tells of its stack as of the text.
  if (/call stack/.test(message)) return TOO_DEEP;
  return message.split('\n')[0].replace(/[.:]$/, '');
}

/** Where an error stands: at the key that should not be there, else at the value. */
function offsetOf(document: Document, error: ErrorObject): number {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = error.params.additionalProperty ?? error.propertyName;
  if (typeof extra !== 'string') return startOf(document, path);
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === extra)
    : undefined;
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : startOf(document, path);
}

function startOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return document.contents?.range?.[0] ?? 0;
}

/** Keys by the names that they had before the first release. */
const RENAMED_KEYS: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  protocols: 'typestates',
  protocol: 'typestate',
  bans: 'forbids',
  heads: 'headGetters',
  steady: 'pure',
  aspects: 'dimensions',
  aspect: 'dimension',
});

function sentenceFor({ keyword, params, instancePath, message, parentSchema }: ErrorObject): string {
  const where = instancePath.split('/').at(-1)!;
  const what = where === '' ? 'a pack' : /^\d+$/.test(where) ? 'this entry' : where;
  switch (keyword) {
    case 'additionalProperties': {
      const now = RENAMED_KEYS[params.additionalProperty as string];
      if (now) return `the key ${JSON.stringify(params.additionalProperty)} is now ${JSON.stringify(now)}`;
      const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
      return `${JSON.stringify(params.additionalProperty)} is no key here; there are ${known.join(', ')}`;
    }
    case 'required':
      return `the key ${JSON.stringify(params.missingProperty)} is missing`;
    case 'type':
      return `${what} must be ${TYPES[params.type as string] ?? params.type}`;
    case 'enum':
      return `${what} must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
    case 'oneOf':
    case 'anyOf': {
      const choices = ((parentSchema?.[keyword] as { required: string[] }[] | undefined) ?? []).map(({ required }) =>
        required.join(' with '),
      );
      return `${what} must have ${keyword === 'oneOf' ? 'exactly one' : 'at least one'} of: ${choices.join('; ')}`;
    }
    case 'pattern':
      return `${what} must be ${PATTERNS[params.pattern as string] ?? `like ${params.pattern}`}`;
    default:
      return `${what} ${message ?? 'is not right'}`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map of keys and values',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** What the schema's patterns for names are, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[A-Za-z_][A-Za-z0-9_]*$': 'a name as C writes it',
  '^[A-Za-z0-9_*]+$': 'a name as C writes it, where * stands for any part of one',
};
