/**
 * Counts how many functions parse, with the masking and by tree-sitter alone, and what the masking costs: functions and
 * member accesses that tree-sitter alone saw whole and that are not in the masked tree.
 */
import { liveTokens } from './conditionals';
import { nameId } from './names';
import type { Shapes } from './shapes';
import { lineColumn, lineStarts, type SourceText } from './text';
import { tokenAt } from './tokens';
import { FunctionSpan, parse, parsePlain, type SyntaxNode, type SyntaxTree } from './tree';
import { Word, wordOfName } from './words';

/** A place worth a look: path and line from 1. */
export interface Oddity {
  readonly kind: 'error in a function' | 'error outside of functions' | 'lost function' | 'lost member access';
  readonly path: string;
  readonly line: number;
  /** The function's name or the source text that could not be parsed, cut short. */
  readonly text: string;
}

export interface SyntaxStatistics {
  files: number;
  bytes: number;
  functions: number;
  functionsWithError: number;
  errorsOutside: number;
  /** By tree-sitter alone. */
  plainFunctions: number;
  plainFunctionsWithError: number;
  plainErrorsOutside: number;
  /** Functions that tree-sitter alone parsed without error and that the masked tree lacks, or has with another end. */
  lostFunctions: number;
  /** Member accesses in functions that both parse, which the masked tree lacks; unevaluated operands don't count. */
  lostAccesses: number;
  readonly oddities: Oddity[];
}

const MOST_TEXT = 60;

/** Parses every file both ways. `shapesOf` gives the shapes of the headers that a file can see. */
export function syntaxStatistics(files: Iterable<SourceText>, shapesOf: (path: string) => Shapes): SyntaxStatistics {
  const total: SyntaxStatistics = {
    files: 0,
    bytes: 0,
    functions: 0,
    functionsWithError: 0,
    errorsOutside: 0,
    plainFunctions: 0,
    plainFunctionsWithError: 0,
    plainErrorsOutside: 0,
    lostFunctions: 0,
    lostAccesses: 0,
    oddities: [],
  };
  for (const file of files) addFile(file, shapesOf(file.path), total);
  return total;
}

/** The figures as text, a line each, then the oddities. */
export function statisticsText(statistics: SyntaxStatistics): string {
  const share = (part: number, whole: number): string =>
    whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(2)} %)`;
  const { functions, functionsWithError, plainFunctions, plainFunctionsWithError } = statistics;
  const rows: readonly [string, number, string][] = [
    ['files', statistics.files, ''],
    ['functions', functions, ''],
    ['  with a syntax error', functionsWithError, share(functionsWithError, functions)],
    ['errors outside of functions', statistics.errorsOutside, ''],
    ['tree-sitter alone: functions', plainFunctions, ''],
    ['  with a syntax error', plainFunctionsWithError, share(plainFunctionsWithError, plainFunctions)],
    ['  errors outside of functions', statistics.plainErrorsOutside, ''],
    ['functions lost by masking', statistics.lostFunctions, ''],
    ['member accesses lost by masking', statistics.lostAccesses, ''],
  ];
  const lines = rows.map(([name, count, note]) => `${name.padEnd(32)}${String(count).padStart(9)}${note}`);
  for (const { path, line, kind, text } of statistics.oddities) lines.push(`${path}:${line}: ${kind}: ${text}`);
  return `${lines.join('\n')}\n`;
}

function addFile({ path, text }: SourceText, shapes: Shapes, total: SyntaxStatistics): void {
  const masked = parse(text, shapes);
  const plain = parsePlain(text);
  const lines = lineStarts(text);
  const report = (kind: Oddity['kind'], offset: number, what: string): void => {
    const short = what.replace(/\s+/g, ' ').slice(0, MOST_TEXT);
    total.oddities.push({ kind, path, line: lineColumn(lines, offset).line, text: short });
  };
  const functions = definitions(masked);
  const plainFunctions = definitions(plain);
  total.files++;
  total.bytes += text.length;
  total.functions += functions.length;
  total.plainFunctions += plainFunctions.length;
  total.plainFunctionsWithError += plainFunctions.filter((node) => node.hasError).length;
  total.plainErrorsOutside += issuesOutside(plain, plainFunctions).length;
  for (const node of functions) {
    if (!node.hasError) continue;
    total.functionsWithError++;
    const issue = masked.issues(node)[0] ?? { start: node.startIndex, end: node.endIndex };
    report('error in a function', issue.start, masked.textOf(issue));
  }
  for (const issue of issuesOutside(masked, functions)) {
    total.errorsOutside++;
    report('error outside of functions', issue.start, masked.textOf(issue));
  }
  const comparison = new Comparison(masked, plain);
  for (const { start, name } of comparison.lostFunctions()) {
    total.lostFunctions++;
    report('lost function', start, name);
  }
  for (const access of comparison.lostAccesses()) {
    total.lostAccesses++;
    report('lost member access', access.startIndex, plain.textOf(access));
  }
}

function definitions(tree: SyntaxTree): SyntaxNode[] {
  return tree.nodesOfType('function_definition');
}

function spans(tree: SyntaxTree): FunctionSpan[] {
  return definitions(tree).map((node) => new FunctionSpan(tree.text, node));
}

function issuesOutside(tree: SyntaxTree, functions: readonly SyntaxNode[]): { start: number; end: number }[] {
  return tree
    .issues()
    .filter(({ start }) => !functions.some((node) => node.startIndex <= start && start < node.endIndex));
}

/** What tree-sitter alone has right and the masked tree lacks. */
class Comparison {
  private readonly isLive = new Set<number>();
  private readonly clean: readonly FunctionSpan[];
  private readonly ours: ReadonlyMap<number, FunctionSpan>;

  constructor(
    private readonly masked: SyntaxTree,
    private readonly plain: SyntaxTree,
  ) {
    for (const token of liveTokens(masked.tokens)) this.isLive.add(token);
    this.clean = spans(plain).filter((one) => !one.hasError && this.isCredible(one));
    this.ours = new Map(spans(masked).map((one) => [one.nameNode?.startIndex ?? -1, one]));
  }

  /** Left to itself, tree-sitter takes `struct NOTE tag {` and `for_each(x) {` for functions too. */
  private isCredible(one: FunctionSpan): boolean {
    const name = one.nameNode;
    if (name?.parent?.type !== 'function_declarator') return false;
    if (wordOfName(nameId(one.name)) !== Word.Identifier) return false;
    return this.isLive.has(tokenAt(this.masked.tokens, name.startIndex));
  }

  private partner(one: FunctionSpan): FunctionSpan | undefined {
    const partner = this.ours.get(one.nameNode?.startIndex ?? -1);
    return partner && partner.end === one.end && partner.name === one.name ? partner : undefined;
  }

  lostFunctions(): FunctionSpan[] {
    return this.clean.filter((one) => this.partner(one) === undefined);
  }

  lostAccesses(): SyntaxNode[] {
    const lost: SyntaxNode[] = [];
    for (const one of this.clean) {
      const partner = this.partner(one);
      if (!partner) continue;
      const kept = new Set(this.masked.nodesOfType('field_expression', partner.node).map(rangeOf));
      const seen = this.plain.nodesOfType('field_expression', one.node);
      lost.push(...seen.filter((access) => !kept.has(rangeOf(access)) && this.counts(access)));
    }
    return lost;
  }

  /** Code that no compilation sees doesn't count, nor does what became part of a type's name, as in `typeof(a->b)`. */
  private counts(access: SyntaxNode): boolean {
    const operator = access.childForFieldName('operator');
    if (!operator || !this.isLive.has(tokenAt(this.masked.tokens, operator.startIndex))) return false;
    return this.masked.masked[operator.startIndex] !== '_';
  }
}

function rangeOf(node: SyntaxNode): string {
  return `${node.startIndex}-${node.endIndex}`;
}
