/** What every part of the reader of trees has: the tokens, the tree that is read, and the scope at this place. */
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { callEnd } from '../text/postfix';
import { type Punct, TokenKind } from '../text/tokens';
import type { Scope } from '../types/scope';
import type { Brackets } from './brackets';
import type { Kind } from './kinds';
import type { Frame, TakenOut } from './pieces';
import type { Node, SyntaxTree } from './syntax-tree';

/** Thrown where a tree is no C that is understood; caught where reading can go on. It has no stack: half-typed code throws many. */
export class ParseError extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Deeper trees than this are given up: no kernel code has them, hostile text may. */
const DEEPEST = 400;

export abstract class Reader {
  abstract scope: Scope;
  /** The tree that is read now; a block whose text has errors is read by trees of its own. */
  protected tree!: SyntaxTree;
  private depth = 0;

  constructor(
    readonly tokens: readonly PToken[],
    protected readonly brackets: Brackets,
  ) {}

  /** Reads tokens [first, end) as a tree of their own. */
  protected abstract treeOf(first: number, end: number, frame: Frame, withoutMembers?: boolean): SyntaxTree;

  protected kind(node: Node): Kind {
    return this.tree.kind(node);
  }

  protected children(node: Node): Node[] {
    return this.tree.children(node);
  }

  /** The spelling of an identifier at a token; undefined for any other token. */
  protected wordAt(at: number): string | undefined {
    const token = this.tokens[at];
    return token?.kind === TokenKind.Identifier ? nameText(token.id) : undefined;
  }

  /** The spelling of a node that is one word. */
  protected wordOf(node: Node): string | undefined {
    return this.wordAt(this.tree.first(node));
  }

  /** The punctuator at a node of one token; 0 for any other. */
  protected punctOf(node: Node): Punct {
    return this.punctAt(this.tree.first(node));
  }

  protected punctAt(at: number): Punct {
    const token = this.tokens[at];
    return token?.kind === TokenKind.Punctuator ? token.id : 0;
  }

  /** The tokens that a node covers. */
  protected range(node: Node): { first: number; end: number } {
    return { first: this.tree.first(node), end: this.tree.end(node) };
  }

  /** What was taken out of tokens [first, end). */
  protected takenOut(first: number, end: number): readonly TakenOut[] {
    const { takenOut } = this.tree.rendering;
    const found: TakenOut[] = [];
    for (let index = this.takenOutFrom(first); index < takenOut.length && takenOut[index].first < end; index++)
      if (takenOut[index].end <= end) found.push(takenOut[index]);
    return found;
  }

  /** Index of the first of what was taken out that starts at a token or behind it. */
  protected takenOutFrom(first: number): number {
    const { takenOut } = this.tree.rendering;
    let low = 0;
    for (let high = takenOut.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (takenOut[middle].first >= first) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  protected placeOf(first: number, end: number): { path: string; start: number; end: number } {
    const start = this.tokens[first];
    const last = this.tokens[end - 1];
    return { path: start.file.path, start: start.start, end: last.file === start.file ? last.end : start.end };
  }

  /** Where what tokens [first, end) define is written: for what a macro makes, the macro's use, as in DWARF's decl_line. */
  protected writtenPlaceOf(first: number, end: number): { path: string; start: number; end: number } {
    const start = writtenAt(this.tokens[first]);
    const last = writtenAt(this.tokens[end - 1]);
    const { file } = start;
    const isOneFile = last.file === file;
    // One call of a macro may bring all of it.
    if (isOneFile && last.start === start.start && this.tokens[first].via)
      return { path: file.path, start: start.start, end: callEnd(file.tokens, start.start) };
    return { path: file.path, start: start.start, end: isOneFile ? Math.max(last.end, start.end) : start.end };
  }

  protected fail(reason: string, at: number): never {
    const token = this.tokens[at];
    throw new ParseError(token ? `${reason} before "${spelling(token)}"` : `${reason} at the end`);
  }

  /** Guards a recursion: hostile nesting becomes a syntax error, not a stack overflow. */
  protected nested<T>(read: () => T): T {
    if (++this.depth > DEEPEST) {
      this.depth--;
      throw new ParseError('nesting is too deep');
    }
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** Reads another tree for a while. */
  protected within<T>(tree: SyntaxTree, read: () => T): T {
    const outer = this.tree;
    this.tree = tree;
    try {
      return read();
    } finally {
      this.tree = outer;
    }
  }
}
