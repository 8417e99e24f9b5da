/** Syntax trees of masked kernel C; the only file that knows tree-sitter. */
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import type { Decide } from './conditionals';
import { lex } from './lexer';
import { mask } from './mask';
import { shapesDefinedIn } from './mining';
import type { Shapes } from './shapes';
import { lineAt, lineStarts, type Span } from './text';
import type { TokenList } from './tokens';

/** A node of the tree; its offsets are byte offsets into the text. */
export type SyntaxNode = Parser.SyntaxNode;
export type TreeCursor = Parser.TreeCursor;

/** A function's definition; its span is a half-open range of byte offsets. */
export class FunctionSpan implements Span {
  readonly start: number;
  readonly end: number;

  constructor(
    private readonly text: string,
    readonly node: SyntaxNode,
  ) {
    this.start = node.startIndex;
    this.end = node.endIndex;
  }

  /** The declared name; empty where the tree has none. */
  get name(): string {
    const name = this.nameNode;
    return name ? this.text.slice(name.startIndex, name.endIndex) : '';
  }

  /** The identifier that is declared. */
  get nameNode(): SyntaxNode | undefined {
    return declaredName(this.node.childForFieldName('declarator'));
  }

  /** The block between the braces, these included; empty in half-typed code. */
  get body(): Span {
    const body = this.node.childForFieldName('body');
    return body ? { start: body.startIndex, end: body.endIndex } : { start: this.end, end: this.end };
  }

  get hasError(): boolean {
    return this.node.hasError;
  }
}

/** A place that could not be parsed: skipped text, or a token that is missing at an offset. */
export interface SyntaxIssue extends Span {
  readonly kind: 'error' | 'missing';
}

const parser = new Parser();
parser.setLanguage(C as unknown as Parser.Language);

/** Room past the text's length that tree-sitter's read buffer needs. */
const BUFFER_SLACK = 1024;

export class SyntaxTree {
  private cachedFunctions: readonly FunctionSpan[] | undefined;
  private cachedLines: Uint32Array | undefined;

  constructor(
    /** The source as it is: a byte string. */
    readonly text: string,
    /** What tree-sitter read: the same length, macro uses rewritten. */
    readonly masked: string,
    readonly tokens: TokenList,
    private readonly tree: Parser.Tree,
  ) {}

  get root(): SyntaxNode {
    return this.tree.rootNode;
  }

  /** The file's functions in order. */
  functions(): readonly FunctionSpan[] {
    if (this.cachedFunctions === undefined) {
      const found: FunctionSpan[] = [];
      this.collectFunctions(this.root, found);
      this.cachedFunctions = found;
    }
    return this.cachedFunctions;
  }

  /** The function whose span holds a byte offset. */
  enclosingFunction(offset: number): FunctionSpan | undefined {
    const functions = this.functions();
    let low = 0;
    let high = functions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (functions[middle].start <= offset) low = middle + 1;
      else high = middle;
    }
    const found = functions[low - 1];
    return found !== undefined && offset < found.end ? found : undefined;
  }

  /** The smallest node that spans `[start, end)`. */
  nodeAt(start: number, end = start): SyntaxNode {
    return this.root.descendantForIndex(start, Math.max(start, end - 1));
  }

  /** The smallest named node that spans `[start, end)`. */
  namedNodeAt(start: number, end = start): SyntaxNode {
    return this.root.namedDescendantForIndex(start, Math.max(start, end - 1));
  }

  /** The source text of a node, as it was before masking. */
  textOf(span: SyntaxNode | Span): string {
    return 'startIndex' in span
      ? this.text.slice(span.startIndex, span.endIndex)
      : this.text.slice(span.start, span.end);
  }

  /** All nodes of some types within a node, in order; the walk is tree-sitter's own, which is faster than one from here. */
  nodesOfType(types: string | string[], within: SyntaxNode = this.root): SyntaxNode[] {
    return within.descendantsOfType(types);
  }

  /** Everything that could not be parsed, in order. */
  issues(within: SyntaxNode = this.root): SyntaxIssue[] {
    const found: SyntaxIssue[] = [];
    collectIssues(within, found);
    return found;
  }

  /** The tree as an S-expression, one node a line, with byte offsets. */
  dump(): string {
    const lines: string[] = [];
    const cursor = this.root.walk();
    let depth = 0;
    for (;;) {
      if (cursor.nodeIsNamed || cursor.nodeIsMissing) lines.push(this.dumpLine(cursor, depth));
      if (cursor.gotoFirstChild()) {
        depth++;
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return `${lines.join('\n')}\n`;
        depth--;
      }
    }
  }

  /** Moves this tree to a text that differs from its own, so that it can be parsed anew in parts. */
  editedTo(masked: string): Parser.Tree {
    const edit = difference(this.masked, masked);
    if (edit !== undefined) {
      const { start, oldEnd, newEnd } = edit;
      this.cachedLines ??= lineStarts(this.masked);
      const point = pointIn(this.cachedLines);
      this.tree.edit({
        startIndex: start,
        oldEndIndex: oldEnd,
        newEndIndex: newEnd,
        startPosition: point(start),
        oldEndPosition: point(oldEnd),
        newEndPosition: pointIn(lineStarts(masked))(newEnd),
      });
    }
    return this.tree;
  }

  /** Functions stand at the top; half-typed code before one can put it into an error node. */
  private collectFunctions(parent: SyntaxNode, found: FunctionSpan[]): void {
    const cursor = parent.walk();
    if (!cursor.gotoFirstChild()) return;
    do {
      const type = cursor.nodeType;
      if (type === 'function_definition') found.push(new FunctionSpan(this.text, cursor.currentNode));
      else if (type === 'ERROR' && parent.parent === null) this.collectFunctions(cursor.currentNode, found);
    } while (cursor.gotoNextSibling());
  }

  private dumpLine(cursor: TreeCursor, depth: number): string {
    const field = cursor.currentFieldName ? `${cursor.currentFieldName}: ` : '';
    const type = cursor.nodeIsMissing ? `MISSING ${cursor.nodeType}` : cursor.nodeType;
    return `${'  '.repeat(depth)}${field}(${type}) [${cursor.startIndex}, ${cursor.endIndex})`;
  }
}

/**
 * Parses a text. `shapes` are those of the headers that it can see; its own macros are read here. A previous tree of
 * the same document makes it faster, and must not be used afterwards.
 */
export function parse(text: string, shapes: Shapes, previous?: SyntaxTree, decide?: Decide): SyntaxTree {
  const tokens = lex(text);
  const masked = mask(tokens, shapes.under(shapesDefinedIn(tokens)), decide);
  return new SyntaxTree(text, masked, tokens, parseMasked(masked, previous));
}

/** Parses a text with tree-sitter alone, as a measure of what the masking brings. */
export function parsePlain(text: string): SyntaxTree {
  return new SyntaxTree(text, text, lex(text), parseMasked(text));
}

function parseMasked(masked: string, previous?: SyntaxTree): Parser.Tree {
  const old = previous?.editedTo(masked);
  return parser.parse(masked, old, { bufferSize: masked.length + BUFFER_SLACK });
}

function declaredName(declarator: SyntaxNode | null): SyntaxNode | undefined {
  let node = declarator;
  while (node && node.type !== 'identifier') {
    node =
      node.childForFieldName('declarator') ?? (node.type === 'parenthesized_declarator' ? node.namedChild(0) : null);
  }
  return node ?? undefined;
}

/** Nodes are kept on a list of our own, as trees can be deeper than the call stack. */
function collectIssues(within: SyntaxNode, found: SyntaxIssue[]): void {
  const open = [within];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.isMissing) found.push({ kind: 'missing', start: node.startIndex, end: node.endIndex });
    else if (node.isError) found.push({ kind: 'error', start: node.startIndex, end: node.endIndex });
    else if (node.hasError) open.push(...node.children.reverse());
  }
}

/** The one range in which two texts differ; undefined where they are equal. */
function difference(before: string, after: string): { start: number; oldEnd: number; newEnd: number } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

function pointIn(starts: Uint32Array): (offset: number) => Parser.Point {
  return (offset) => {
    const row = lineAt(starts, offset);
    return { row, column: offset - starts[row] };
  };
}
