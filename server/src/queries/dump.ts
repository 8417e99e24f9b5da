/** What the product makes of a file after each of its steps, for `overlint dump`: text for people who work on it. */
import type { FileAnalysis } from '../analysis/analysis';
import { type Block, reachable, type Step } from '../flow/graph';
import { buildGraph } from '../flow/lowering';
import { Kind } from '../parser/kinds';
import { type ParsedItem, treesOf } from '../parser/parser';
import type { Node, SyntaxTree } from '../parser/syntax-tree';
import type { Item, ItemTable } from '../preprocessor/items';
import { type PToken, spelling } from '../preprocessor/ptoken';
import type { Reading } from '../preprocessor/reading';
import { lineAt, lineStarts } from '../text/text';
import { TokenKind, tokenText } from '../text/tokens';
import type { CType } from '../types/model';
import { typeName } from '../types/typename';

/** The steps, in their order. */
export const STAGES = ['tokens', 'unit', 'items', 'tree', 'ast', 'flow'] as const;
export type Stage = (typeof STAGES)[number];

/** Pieces of text, as byte strings; `unit` has no line ends but one at its end. */
export function* dump(file: FileAnalysis, stage: Stage): Generator<string> {
  switch (stage) {
    case 'tokens':
      yield* tokens(file);
      break;
    case 'unit':
      yield* unit(file);
      break;
    case 'items':
      for (const item of file.globals.mainTable.items) yield `${heading(file, item)}\n`;
      break;
    default:
      for (const item of file.globals.mainTable.items) {
        yield `${heading(file, item)}\n`;
        yield* stage === 'tree' ? trees(file, item) : stage === 'ast' ? ast(file, item) : flow(file, item);
      }
  }
}

/** A line a token of the file itself: where it stands, its kind, its spelling. */
function* tokens(file: FileAnalysis): Generator<string> {
  const { tokens: list, text } = file.main;
  const starts = lineStarts(text);
  for (let at = 0; at < list.count; at++) {
    const line = lineAt(starts, list.starts[at]);
    yield `${line + 1}:${list.starts[at] - starts[line] + 1} ${TokenKind[list.kinds[at]]} ${tokenText(list, at)}\n`;
  }
}

/** The tokens of the whole unit, macros expanded and files included, a blank between two: what `gcc -E -P` prints. */
function* unit(file: FileAnalysis): Generator<string> {
  const { globals } = file;
  const tables = new Map(globals.tables.map(({ reading, table }) => [reading, table]));
  const included = new Set([...tables.keys()].flatMap(({ children }) => children.map(({ reading }) => reading)));
  let isFirst = true;
  for (const reading of file.unit.readings)
    if (!included.has(reading))
      for (const token of unitTokens(file, reading, tables)) {
        yield isFirst ? spelling(token) : ` ${spelling(token)}`;
        isFirst = false;
      }
  yield '\n';
}

function* unitTokens(file: FileAnalysis, reading: Reading, tables: ReadonlyMap<Reading, ItemTable>): Generator<PToken> {
  const { children } = reading;
  let next = 0;
  for (const item of tables.get(reading)?.items ?? []) {
    for (; next < children.length && children[next].at <= item.first; next++)
      yield* unitTokens(file, children[next].reading, tables);
    yield* file.globals.tokensOf(reading, item);
    // What stands inside an item came with its tokens.
    while (next < children.length && children[next].at < item.end) next++;
  }
  for (; next < children.length; next++) yield* unitTokens(file, children[next].reading, tables);
}

/** `mm/memory.c:120: function do_fault` */
function heading(file: FileAnalysis, item: Item): string {
  const { tokens: list, text, path } = file.globals.mainTable.file;
  const start = list.starts[item.first];
  const line = lineAt(lineStarts(text), start) + 1;
  const kind = item.isCall ? 'macro call' : item.isFunction ? 'function' : 'declaration';
  const names = parsedOf(file, item).declarations.map(({ name }) => name);
  return `${file.relative(path)}:${line}: ${[kind, ...names].join(' ')}`;
}

function parsedOf(file: FileAnalysis, item: Item): ParsedItem {
  return file.parsedWhole(file.unit.main, item);
}

/** The trees that an item is read from: its own, and one for each block. */
function* trees(file: FileAnalysis, item: Item): Generator<string> {
  const list = file.globals.tokensOf(file.unit.main, item);
  for (const tree of treesOf(list, file.globals)) {
    yield `  text: ${tree.rendering.text}\n`;
    yield* nodes(tree, 0, list, '    ');
  }
}

function* nodes(tree: SyntaxTree, node: Node, list: readonly PToken[], indent: string): Generator<string> {
  const children = tree.children(node);
  const mark = tree.hasError(node) ? ' (error)' : '';
  const spelled = list.slice(tree.first(node), tree.end(node)).map(spelling).join(' ');
  yield `${indent}${Kind[tree.kind(node)]}${mark}${children.length === 0 ? `: ${spelled}` : ''}\n`;
  for (const child of children) yield* nodes(tree, child, list, `${indent}  `);
}

/** The declarations of an item, a line each, as JSON; types as C writes them. */
function* ast(file: FileAnalysis, item: Item): Generator<string> {
  const { declarations, asserts, errors } = parsedOf(file, item);
  for (const part of [...declarations, ...asserts]) yield `  ${JSON.stringify(part, shortened)}\n`;
  for (const { at, reason } of errors) yield `  error at token ${at}: ${reason}\n`;
}

function shortened(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (key === 'place' || typeof value !== 'object' || value === null) return key === 'place' ? undefined : value;
  if (key === 'declaration') return (value as { name: string }).name;
  return isType(value) ? typeName(value) : value;
}

/** Types have a kind, and none of the tokens that nodes have. */
function isType(value: object): value is CType {
  return 'kind' in value && TYPE_KINDS.has(value.kind as string) && !('first' in value) && !('nameToken' in value);
}

const TYPE_KINDS: ReadonlySet<string> = new Set<CType['kind']>([
  'void',
  'integer',
  'float',
  'pointer',
  'array',
  'vector',
  'function',
  'record',
  'enum',
  'typedef',
  'va_list',
  'unknown',
]);

/** The control-flow graph of a function: blocks with their steps, and where each leads. */
function* flow(file: FileAnalysis, item: Item): Generator<string> {
  const parsed = parsedOf(file, item);
  for (const { body } of parsed.declarations) {
    if (!body) continue;
    const graph = buildGraph(body, file.globals, {
      noreturn: new Set(file.facts.flow.flatMap(({ noreturn }) => noreturn)),
    });
    if ('skipped' in graph) yield `  no graph: ${graph.skipped}\n`;
    else for (const block of reachable(graph)) yield* blockLines(block, parsed.tokens);
  }
}

function* blockLines({ index, steps, edges }: Block, list: readonly PToken[]): Generator<string> {
  yield `  block ${index}\n`;
  for (const step of steps) yield `    ${stepLine(step, list)}\n`;
  for (const { to, holds } of edges)
    yield `    -> ${to.index}${holds === undefined ? '' : holds ? ' if true' : ' if false'}\n`;
}

function stepLine(step: Step, list: readonly PToken[]): string {
  const written = (range: { first: number; end: number } | undefined): string =>
    range ? list.slice(range.first, range.end).map(spelling).join(' ') : '';
  switch (step.kind) {
    case 'declare':
    case 'cleanup':
      return `${step.kind} ${step.declaration.name}`;
    case 'hold':
      return `hold ${written(step.of)} = ${typeof step.value === 'object' ? written(step.value) : step.value}`;
    case 'leave':
      return `leave ${step.variables.map(({ name }) => name).join(', ')}`;
    case 'return':
      return `return ${written(step.value)}`;
    case 'outputs':
      return `outputs ${step.expressions.map(written).join(', ')}`;
    case 'unknown':
      return `unknown: ${step.reason}`;
    default:
      return `${step.kind} ${written(step.expression)}`;
  }
}
