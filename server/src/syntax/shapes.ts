/**
 * What a macro's uses look like in C's grammar: its *shape*, read from its definition.
 *
 * A table is plain data (`MacroShapes`), so that it can be kept on disk; `Shapes` answers by name id.
 */
import { nameId } from './names';

export enum Shape {
  /** No macro, or one that stands where an expression, a call or a name may stand. */
  Plain = 0,
  /** Expands to nothing, to attributes or to words such as `static inline`: adds nothing to the grammar. */
  Annotation = 1,
  /** Expands to an open header, `for (…)` or `if (…) …; else`: a statement follows. */
  Header = 2,
  /** Expands to whole statements or declarations: no semicolon need follow. */
  Whole = 3,
  /** Expands to a type. */
  Type = 4,
}

/**
 * The definitions of each macro, in short. `A`, `H`, `W`, `T` and `P` are shapes. `=NAME NAME` is a body of other
 * macros' uses alone: one name passes its shape on; several make an annotation if all are, else give the last one's.
 * `>NAME` is a header that ends in a use of NAME. An `f` in front marks a function-like macro.
 */
export type MacroShapes = Readonly<Record<string, readonly string[]>>;

const LETTERS: ReadonlyMap<string, Shape> = new Map([
  ['A', Shape.Annotation],
  ['H', Shape.Header],
  ['W', Shape.Whole],
  ['T', Shape.Type],
  ['P', Shape.Plain],
]);

/** Bit beside the shape in an answer: every definition takes arguments. */
const FUNCTION_LIKE = 8;
const UNKNOWN = 0xff;

/** Where several `#if` branches define a macro differently, the first of these that any branch has is the answer. */
const PRECEDENCE: readonly Shape[] = [Shape.Header, Shape.Whole, Shape.Type, Shape.Plain, Shape.Annotation];

/** Shapes by name id: one table over weaker ones (a file's own macros over its folder's over the tree's). */
export class Shapes {
  static readonly none: Shapes = new Shapes({});

  private readonly own = new Map<number, readonly string[]>();
  /** Macros whose definitions name another one, by that one's id. */
  private readonly users = new Map<number, number[]>();
  private answers = new Uint8Array(1024).fill(UNKNOWN);

  constructor(
    table: MacroShapes,
    private readonly weaker?: Shapes,
  ) {
    for (const name of Object.keys(table)) this.define(nameId(name), table[name]);
    // A weaker table's macro that uses one of these now means something else.
    for (const id of this.own.keys()) this.adoptUsers(id);
  }

  private define(id: number, definitions: readonly string[]): void {
    this.own.set(id, definitions);
    for (const definition of definitions) {
      for (const used of namesIn(definition)) {
        const users = this.users.get(nameId(used));
        if (users) users.push(id);
        else this.users.set(nameId(used), [id]);
      }
    }
  }

  private adoptUsers(id: number): void {
    for (let layer = this.weaker; layer; layer = layer.weaker) {
      for (const user of layer.users.get(id) ?? []) {
        // Entries added here are visited by the loop in the constructor in turn.
        if (!this.own.has(user)) this.define(user, layer.own.get(user)!);
      }
    }
  }

  /** These shapes with a stronger table over them. */
  under(table: MacroShapes): Shapes {
    return Object.keys(table).length === 0 ? this : new Shapes(table, this);
  }

  of(id: number): Shape {
    return this.answer(id) & 7;
  }

  /** Whether the name is a macro that only counts when a parenthesis follows. */
  takesArguments(id: number): boolean {
    return (this.answer(id) & FUNCTION_LIKE) !== 0;
  }

  private answer(id: number): number {
    if (id < 0) return Shape.Plain;
    if (id < this.answers.length && this.answers[id] !== UNKNOWN) return this.answers[id];
    const definitions = this.own.get(id);
    if (definitions === undefined) return this.weaker?.answer(id) ?? Shape.Plain;
    // A macro that leads back to itself is left alone by the preprocessor (C11 6.10.3.4p2).
    this.remember(id, Shape.Plain);
    const answer = this.resolve(definitions);
    this.remember(id, answer);
    return answer;
  }

  private resolve(definitions: readonly string[]): number {
    const shapes = definitions.map((definition) => this.shapeOf(definition.replace(/^f/, '')));
    const shape = PRECEDENCE.find((one) => shapes.includes(one)) ?? Shape.Plain;
    return definitions.every((definition) => definition.startsWith('f')) ? shape | FUNCTION_LIKE : shape;
  }

  private shapeOf(definition: string): Shape {
    const letter = LETTERS.get(definition);
    if (letter !== undefined) return letter;
    const shapes = namesIn(definition).map((name) => this.of(nameId(name)));
    const last = shapes[shapes.length - 1];
    if (definition[0] === '>') return last === Shape.Header ? Shape.Header : Shape.Plain;
    if (shapes.length === 1 || last === Shape.Whole || last === Shape.Header) return last;
    return shapes.every((shape) => shape === Shape.Annotation) ? Shape.Annotation : Shape.Plain;
  }

  private remember(id: number, answer: number): void {
    if (id >= this.answers.length) {
      const grown = new Uint8Array(id * 2).fill(UNKNOWN);
      grown.set(this.answers);
      this.answers = grown;
    }
    this.answers[id] = answer;
  }
}

/** The macros that a definition names. */
function namesIn(definition: string): readonly string[] {
  const marked = definition.startsWith('f') ? definition.slice(1) : definition;
  return marked.length > 1 ? marked.slice(1).split(' ') : [];
}
