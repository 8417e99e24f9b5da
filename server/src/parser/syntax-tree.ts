/**
 * A syntax tree as columns: the nodes in the order of the text, each with the tokens that it covers.
 *
 * Asking tree-sitter for a node's children crosses into native code for every node; one cursor that walks the tree once
 * takes a third of that time, and what comes after it works on arrays.
 */
import type { Grammar, TreeCursor } from './grammar';
import { isLeaf, Kind, kindNamed } from './kinds';
import type { Rendering } from './pieces';

/** A node: its index in the columns. The root is 0. */
export type Node = number;

/** Kinds by tree-sitter's numbers for them; filled as they come up. */
const kinds: (Kind | undefined)[] = [];

export class SyntaxTree {
  private readonly kindsOf: Kind[] = [];
  private readonly firsts: number[] = [];
  private readonly ends: number[] = [];
  /** The node behind all that a node holds. */
  private readonly nexts: number[] = [];
  /** Whether an error stands in a node; undefined where there is none in the tree. */
  private readonly errors: boolean[] | undefined;
  private piece = 0;

  constructor(
    readonly rendering: Rendering,
    grammar: Grammar,
  ) {
    if (rendering.firsts.length === 0) {
      this.kindsOf.push(Kind.Unit);
      this.firsts.push(0);
      this.ends.push(0);
      this.nexts.push(1);
      return;
    }
    const parsed = grammar.parse(rendering.text);
    if (parsed.hasError) this.errors = [];
    this.walk(parsed.cursor);
    parsed.free();
    if (!parsed.hasError && this.piece !== rendering.firsts.length)
      throw new Error(`the tree has ${this.piece} leaves for ${rendering.firsts.length} tokens: ${rendering.text}`);
  }

  get size(): number {
    return this.kindsOf.length;
  }

  kind(node: Node): Kind {
    return this.kindsOf[node];
  }

  /** Index of the first token that a node covers. */
  first(node: Node): number {
    return this.firsts[node];
  }

  /** Index behind the last token that a node covers; what was taken out behind it is not part of it. */
  end(node: Node): number {
    return this.ends[node];
  }

  /** Whether a node holds what could not be parsed. */
  hasError(node: Node): boolean {
    return this.errors?.[node] ?? false;
  }

  /** Whether a node stands for nothing in the sources: it was written for the grammar's sake. */
  isMade(node: Node): boolean {
    return this.firsts[node] === this.ends[node];
  }

  children(node: Node): Node[] {
    const found: Node[] = [];
    const end = this.nexts[node];
    for (let child = node + 1; child < end; child = this.nexts[child]) found.push(child);
    return found;
  }

  /** The node behind a node and all that it holds. */
  next(node: Node): Node {
    return this.nexts[node];
  }

  /** The first child of a kind; -1 where there is none. */
  childOf(node: Node, kind: Kind): Node {
    const end = this.nexts[node];
    for (let child = node + 1; child < end; child = this.nexts[child]) if (this.kindsOf[child] === kind) return child;
    return -1;
  }

  private walk(cursor: TreeCursor): void {
    const { kindsOf, firsts, ends, nexts, errors } = this;
    const open: Node[] = [];
    for (;;) {
      const node = kindsOf.length;
      const id = cursor.nodeTypeId;
      let kind = kinds[id];
      if (kind === undefined) kinds[id] = kind = kindNamed(cursor.nodeType, cursor.nodeIsNamed);
      kindsOf.push(kind);
      firsts.push(-1);
      ends.push(-1);
      nexts.push(-1);
      errors?.push(kind === Kind.Error);
      // What was skipped inside an error may be a keyword of any kind.
      if (!isLeaf(kind) && cursor.gotoFirstChild()) {
        open.push(node);
        continue;
      }
      this.leaf(node, cursor);
      nexts[node] = node + 1;
      while (!cursor.gotoNextSibling()) {
        const parent = open.pop();
        if (parent === undefined) return;
        this.finish(parent);
        cursor.gotoParent();
        if (open.length === 0) return;
      }
    }
  }

  private leaf(node: Node, cursor: TreeCursor): void {
    const { firsts, ends } = this.rendering;
    let { piece } = this;
    if (this.errors) {
      // Pieces may be missing from the tree, and tokens from the text.
      const { startIndex } = cursor;
      if (cursor.nodeIsMissing || startIndex === cursor.endIndex) {
        this.errors[node] ||= cursor.nodeIsMissing;
        this.firsts[node] = this.ends[node] = this.tokenAt(startIndex);
        return;
      }
      piece = this.pieceAt(startIndex);
    }
    this.firsts[node] = firsts[piece];
    this.ends[node] = ends[piece];
    this.piece = piece + 1;
  }

  private tokenAt(offset: number): number {
    const { offsets, firsts, ends } = this.rendering;
    if (offsets.length === 0) return 0;
    const piece = this.pieceAt(offset);
    return offset > offsets[piece] ? ends[piece] : firsts[piece];
  }

  private pieceAt(offset: number): number {
    const { offsets } = this.rendering;
    let low = 0;
    let high = offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (offsets[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** All below a node is known. */
  private finish(node: Node): void {
    const { firsts, ends, nexts, errors } = this;
    const size = this.kindsOf.length;
    nexts[node] = size;
    firsts[node] = firsts[node + 1];
    let last = node + 1;
    for (let child = node + 1; child < size; child = nexts[child]) {
      last = child;
      if (errors?.[child]) errors[node] = true;
    }
    ends[node] = ends[last];
  }
}
