/** The syntax tree of some tokens: the shape of their text, and the tokens that each node covers. */
import type { Kind } from './kinds';
import type { Rendering } from './pieces';
import { type Node, type Shape, shapeOf } from './shape';

export type { Node };

export class SyntaxTree {
  private readonly shape: Shape;

  constructor(readonly rendering: Rendering) {
    this.shape = shapeOf(rendering.text, rendering.firsts.length);
  }

  kind(node: Node): Kind {
    return this.shape.kinds[node];
  }

  /** Index of the first token that a node covers. */
  first(node: Node): number {
    const { firsts, ends } = this.rendering;
    const piece = this.shape.firsts[node];
    return piece < firsts.length ? firsts[piece] : (ends[piece - 1] ?? 0);
  }

  /** Index behind the last token that a node covers; what was taken out behind it is not part of it. */
  end(node: Node): number {
    const piece = this.shape.ends[node];
    return piece === this.shape.firsts[node] ? this.first(node) : this.rendering.ends[piece - 1];
  }

  /** Whether a node holds what could not be parsed. */
  hasError(node: Node): boolean {
    return this.shape.errors?.[node] === 1;
  }

  /** Whether a node stands for nothing in the sources: it was written for the grammar's sake. */
  isMade(node: Node): boolean {
    return this.first(node) === this.end(node);
  }

  children(node: Node): Node[] {
    const { nexts } = this.shape;
    const found: Node[] = [];
    const end = nexts[node];
    for (let child = node + 1; child < end; child = nexts[child]) found.push(child);
    return found;
  }

  /** The node behind a node and all that it holds. */
  next(node: Node): Node {
    return this.shape.nexts[node];
  }

  /** The first child of a kind; -1 where there is none. */
  childOf(node: Node, kind: Kind): Node {
    const { kinds, nexts } = this.shape;
    const end = nexts[node];
    for (let child = node + 1; child < end; child = nexts[child]) if (kinds[child] === kind) return child;
    return -1;
  }

  /** The first node of a kind, wherever it stands; -1 where there is none. */
  find(kind: Kind): Node {
    return this.shape.kinds.indexOf(kind);
  }
}
