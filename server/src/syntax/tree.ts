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

export interface FunctionSpan extends Span {
  /** The declared name; empty where the tree has none. */
  readonly name: string;
  readonly nameStart: number;
  /** Offset of the opening brace. */
  readonly bodyStart: number;
  /** Offset past the closing brace. */
  readonly bodyEnd: number;
  readonly hasError: boolean;
  readonly node: SyntaxNode;
}

/** A place that could not be parsed: skipped text, or a token that is missing at an offset. */
export interface SyntaxIssue extends Span {
  readonly kind: 'error' | 'missing';
}

const parser = new Parser();
parser.setLanguage(C as unknown as Parser.Language);
const FUNCTIONS = new Parser.Query(C as unknown as Parser.Language, '(function_definition) @function');

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

  /** Functions in order of their start; a function within another comes after it. */
  functions(): readonly FunctionSpan[] {
    this.cachedFunctions ??= FUNCTIONS.captures(this.root).map(({ node }) => this.functionSpan(node));
    return this.cachedFunctions;
  }

  /** The innermost function whose span holds a byte offset. */
  enclosingFunction(offset: number): FunctionSpan | undefined {
    const functions = this.functions();
    let low = 0;
    let high = functions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (functions[middle].start <= offset) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index--) if (offset < functions[index].end) return functions[index];
    return undefined;
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
    return 'startIndex' in span ? this.text.slice(span.startIndex, span.endIndex) : this.text.slice(span.start, span.end);
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

  private functionSpan(node: SyntaxNode): FunctionSpan {
    const body = node.childForFieldName('body');
    const name = declaredName(node.childForFieldName('declarator'));
    return {
      name: name ? this.textOf(name) : '',
      nameStart: name ? name.startIndex : node.startIndex,
      start: node.startIndex,
      end: node.endIndex,
      bodyStart: body ? body.startIndex : node.endIndex,
      bodyEnd: body ? body.endIndex : node.endIndex,
      hasError: node.hasError,
      node,
    };
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
    node = node.childForFieldName('declarator') ?? (node.type === 'parenthesized_declarator' ? node.namedChild(0) : null);
  }
  return node ?? undefined;
}

function collectIssues(node: SyntaxNode, found: SyntaxIssue[]): void {
  if (node.isMissing) found.push({ kind: 'missing', start: node.startIndex, end: node.endIndex });
  else if (node.isError) found.push({ kind: 'error', start: node.startIndex, end: node.endIndex });
  else if (node.hasError) for (const child of node.children) collectIssues(child, found);
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
