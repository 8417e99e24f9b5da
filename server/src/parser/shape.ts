/**
 * The shape of a text: its syntax tree as columns, in pieces of the text.
 *
 * Asking tree-sitter for a node's children crosses into native code for every node; one cursor that walks the tree once
 * takes a third of that time. And since the text of an item has no names, many texts are the same: what macros make of
 * their arguments, the signatures of functions. Each is parsed once.
 */
import { type TreeCursor, theGrammar } from './grammar';
import { isLeaf, Kind, kindNamed } from './kinds';
import { throughGate } from './native-gate';

/** A node: its index in the columns. The root is 0. */
export type Node = number;

export interface Shape {
  readonly kinds: Uint8Array;
  /** Pieces [first, end) that a node covers; the same number twice where it covers none. */
  readonly firsts: Int32Array;
  readonly ends: Int32Array;
  /** The node behind all that a node holds. */
  readonly nexts: Int32Array;
  /** By node, whether an error stands in it; undefined where there is none in the text. */
  readonly errors: Uint8Array | undefined;
}

/** Shapes by their texts; as many as there is room for. */
const known = new Map<string, Shape>();
let nodes = 0;

/** Nodes that are remembered at most: some 13 bytes each. */
const MOST_NODES = 1 << 20;

/** Longer texts are a function's own. */
const LONGEST = 1 << 12;

/** @param pieces How many pieces the text has, each with a blank behind it. */
export function shapeOf(text: string, pieces: number): Shape {
  let shape = known.get(text);
  if (shape) return shape;
  shape = parsed(text, pieces);
  if (text.length <= LONGEST) {
    nodes += shape.kinds.length;
    if (nodes > MOST_NODES) {
      known.clear();
      nodes = shape.kinds.length;
    }
    known.set(text, shape);
  }
  return shape;
}

function parsed(text: string, pieces: number): Shape {
  if (pieces === 0) return EMPTY;
  const walk = walked(text, pieces, false);
  // The grammar may make a leaf up in a text that it does not call wrong: where leaves stand is asked of it then.
  return (walk ?? walked(text, pieces, true))!.shape();
}

/** Undefined for a walk by the leaves' order that came to another number of them. */
function walked(text: string, pieces: number, byPlaces: boolean): Walk | undefined {
  return throughGate(() => {
    const { cursor, hasError, free } = theGrammar().parse(text);
    const hasPlaces = hasError || byPlaces;
    const walk = new Walk(hasPlaces ? startsOf(text, pieces) : undefined);
    walk.run(cursor);
    free();
    return hasPlaces || walk.piece === pieces ? walk : undefined;
  });
}

const EMPTY: Shape = {
  kinds: Uint8Array.of(Kind.Unit),
  firsts: Int32Array.of(0),
  ends: Int32Array.of(0),
  nexts: Int32Array.of(1),
  errors: undefined,
};

/** Kinds by tree-sitter's numbers for them; filled as they come up. */
const kindsById: (Kind | undefined)[] = [];

function startsOf(text: string, pieces: number): Int32Array {
  const starts = new Int32Array(pieces);
  for (let piece = 0, at = 0; piece < pieces; piece++) {
    starts[piece] = at;
    at = text.indexOf(' ', at) + 1;
  }
  return starts;
}

class Walk {
  private readonly kinds: Kind[] = [];
  private readonly firsts: number[] = [];
  private readonly ends: number[] = [];
  private readonly nexts: number[] = [];
  private readonly errors: number[] = [];
  /** The next piece. */
  piece = 0;

  /** @param starts Where each piece starts, for a text with errors: its tree may leave pieces out. */
  constructor(private readonly starts: Int32Array | undefined) {}

  shape(): Shape {
    return {
      kinds: Uint8Array.from(this.kinds),
      firsts: Int32Array.from(this.firsts),
      ends: Int32Array.from(this.ends),
      nexts: Int32Array.from(this.nexts),
      errors: this.starts && Uint8Array.from(this.errors),
    };
  }

  run(cursor: TreeCursor): void {
    const open: Node[] = [];
    for (;;) {
      const node = this.kinds.length;
      const id = cursor.nodeTypeId;
      let kind = kindsById[id];
      if (kind === undefined) kindsById[id] = kind = kindNamed(cursor.nodeType, cursor.nodeIsNamed);
      this.kinds.push(kind);
      this.firsts.push(this.piece);
      this.ends.push(this.piece);
      this.nexts.push(node + 1);
      if (this.starts) this.errors.push(kind === Kind.Error ? 1 : 0);
      if (!isLeaf(kind) && cursor.gotoFirstChild()) {
        open.push(node);
        continue;
      }
      this.leaf(node, cursor);
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
    if (this.starts) {
      const { startIndex } = cursor;
      this.piece = this.pieceAt(startIndex);
      this.firsts[node] = this.ends[node] = this.piece;
      if (cursor.nodeIsMissing) this.errors[node] = 1;
      if (cursor.nodeIsMissing || startIndex === cursor.endIndex) return;
    }
    this.ends[node] = ++this.piece;
  }

  /** All below a node is known. */
  private finish(node: Node): void {
    this.nexts[node] = this.kinds.length;
    this.firsts[node] = this.firsts[node + 1];
    this.ends[node] = this.piece;
    if (!this.starts) return;
    for (let child = node + 1; child < this.kinds.length; child = this.nexts[child])
      if (this.errors[child]) this.errors[node] = 1;
  }

  /** The first piece that starts at an offset or behind it. */
  private pieceAt(offset: number): number {
    const starts = this.starts!;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] >= offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
