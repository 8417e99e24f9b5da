/** Reads declarators and type names of a tree (C11 6.7.6, 6.7.7). */
import { Punct } from '../text/tokens';
import type { Declaration } from '../types/ast';
import { type CType, type Parameter, strip } from '../types/model';
import { type Attributes, noAttributes, Scope } from '../types/scope';
import { ARITHMETIC, CONST, QUALIFIERS, STARTS_TYPE, VOLATILE } from '../types/specifiers';
import { alignedType, applyMode, decay, mergeAttributes, namedTypeWith } from '../types/type-attributes';
import { AttributeReader } from './attributes';
import { Kind } from './kinds';
import type { TakenOut } from './pieces';
import type { Node } from './syntax-tree';

/** A name with the type that stands around it. */
interface Declarator {
  readonly name: string | undefined;
  readonly nameToken: number;
  readonly type: CType;
  /** Parameters, where the name itself is declared as a function. */
  readonly parameters: readonly Declaration[] | undefined;
}

export interface Specifiers {
  readonly type: CType;
  readonly storage: ReadonlySet<string>;
  readonly attributes: Attributes;
  /** A record or enum was defined or named, so that a bare `;` may follow. */
  readonly tagged: boolean;
  /** What `[[…]]` behind the type say, which are no declarator's own. */
  readonly ofType?: Attributes;
  /** `__auto_type`: the initializer gives the type. */
  readonly deduced: boolean;
}

const NOTHING: Declarator = { name: undefined, nameToken: -1, type: { kind: 'void' }, parameters: undefined };

export abstract class DeclaratorReader extends AttributeReader {
  private isParameter = false;

  /**
   * @param nodes What stands in front of the declarators.
   * @param from Tokens [from, end) are those of the specifiers, attributes included.
   */
  protected abstract specifiers(nodes: readonly Node[], from: number, end: number): Specifiers;

  protected typeName(node: Node, from: number): CType {
    if (this.tree.hasError(node)) this.fail('a type is missing', this.tree.first(node));
    const parts = this.kind(node) === Kind.Name ? [node] : this.children(node);
    const at = this.kind(node) === Kind.Name ? -1 : this.declaratorsAt(parts);
    const nodes = at < 0 ? parts : parts.slice(0, at);
    const end = at < 0 ? this.behindWords(this.tree.end(node)) : this.tree.first(parts[at]);
    const { type, attributes } = this.specifiers(nodes, from, end);
    if (at < 0) return this.namedWith(type, attributes);
    const declared = this.declarator(parts[at], type);
    mergeAttributes(attributes, this.attributesOf(parts[at], this.behindAttributes(this.tree.end(node))));
    return this.namedWith(declared.type, attributes);
  }

  private namedWith(type: CType, attributes: Attributes): CType {
    return namedTypeWith(type, attributes, this.scope.globals.oracle.compiler);
  }

  /** The token behind the words and attributes of a type of which the tree has the first: `long __attribute__((…)) long`. */
  private behindWords(at: number): number {
    for (;;) {
      const end = this.behindAttributes(at);
      const word = this.wordAt(end) ?? '';
      if (!ARITHMETIC.has(word) && !QUALIFIERS.has(word)) return end;
      at = end + 1;
    }
  }

  /** The token behind the attributes that start at one. */
  protected behindAttributes(at: number): number {
    const { takenOut } = this.tree.rendering;
    for (let index = this.takenOutFrom(at); takenOut[index]?.first === at; index++) at = takenOut[index].end;
    return at;
  }

  /** What is said between a `*` and what stands behind it; for Clang `aligned` there is the declaration's (see attributesOf). */
  private pointer(node: Node, parts: readonly Node[], to: CType): CType {
    const has = (words: ReadonlySet<string>): boolean =>
      parts.some((part) => this.kind(part) === Kind.Word && words.has(this.wordOf(part) ?? ''));
    let pointer: CType = { kind: 'pointer', to };
    if (has(CONST)) pointer = { ...pointer, isConst: true };
    if (has(VOLATILE)) pointer = { ...pointer, isVolatile: true };
    const own = this.attributesBehindStar(node, parts);
    if (own === undefined) return pointer;
    if (own.isRestrict) this.checkRestrict(pointer, this.tree.first(node));
    if (own.alignas.length > 0) this.fail('_Alignas can not stand there', this.tree.first(node));
    const made: CType = own.isAtomic ? { ...pointer, isAtomic: true } : pointer;
    const { compiler } = this.scope.globals.oracle;
    if (compiler === 'clang' || own.aligns.length === 0) return applyMode(made, own);
    if (compiler === 'gcc') return applyMode(alignedType(made, own.aligns), own);
    return { kind: 'unknown', reason: 'gcc and clang read attributes behind a * differently' };
  }

  /** C11 6.7.3p2: of pointers to objects alone. */
  protected checkRestrict(type: CType, at: number): void {
    const bare = strip(type);
    const isPointer = bare.kind === 'pointer' && strip(bare.to).kind !== 'function';
    if (!isPointer && bare.kind !== 'unknown') this.fail('restrict of what is no pointer to an object', at);
  }

  private attributesBehindStar(node: Node, parts: readonly Node[]): Attributes | undefined {
    const { first, end } = this.partBehindStar(node, parts);
    if (this.takenOut(first, end).length === 0) return undefined;
    const own = noAttributes();
    this.attributesIn(first, end, own);
    return own;
  }

  private partBehindStar(node: Node, parts: readonly Node[]): TakenOut {
    const inner = this.innerOf(parts);
    const end = inner === undefined ? this.behindAttributes(this.tree.end(node)) : this.tree.first(inner);
    return { first: this.tree.first(node), end };
  }

  /** @param base The type of the specifiers. */
  protected declarator(node: Node | undefined, base: CType): Declarator {
    if (node === undefined) return { ...NOTHING, type: base };
    return this.nested(() => {
      switch (this.kind(node)) {
        case Kind.Name: {
          const nameToken = this.tree.first(node);
          if (STARTS_TYPE.has(this.wordAt(nameToken) ?? ''))
            this.fail('the name of a declaration is missing', nameToken);
          return { name: this.wordAt(nameToken), nameToken, type: base, parameters: undefined };
        }
        case Kind.Pointer: {
          const parts = this.children(node);
          return this.declarator(this.innerOf(parts), this.pointer(node, parts, base));
        }
        case Kind.Parenthesized: {
          const inner = this.innerOf(this.children(node));
          if (inner !== undefined) this.checkBehindInner(this.tree.end(inner), this.tree.end(node));
          return this.declarator(inner, base);
        }
        case Kind.Array:
          return this.array(node, base);
        case Kind.Function: {
          const inner = this.nameInParens(node);
          return inner === node ? this.functionOf(node, base) : this.declarator(inner, base);
        }
        default:
          return this.fail('the name of a declaration is missing', this.tree.first(node));
      }
    });
  }

  /** `int (*f __attribute__((…)))(void)`: no compiler takes that. */
  private checkBehindInner(at: number, end: number): void {
    for (const { first } of this.takenOut(at, end))
      if (!this.isBracketed(first)) this.fail('an attribute can not stand in front of a )', first);
  }

  private innerOf(parts: readonly Node[]): Node | undefined {
    return parts.find((part) => isDeclarator(this.kind(part)));
  }

  private array(node: Node, of: CType): Declarator {
    const parts = this.children(node);
    const open = parts.findIndex((part) => this.punctOf(part) === Punct.LeftBracket && this.kind(part) === Kind.Token);
    const given = parts.slice(open + 1, -1);
    const size = given.find((part) => this.kind(part) !== Kind.Word && this.wordOf(part) !== 'static');
    // C11 6.7.6.2p1.
    if (!this.isParameter && given.length > (size === undefined ? 0 : 1))
      this.fail('static and qualifiers of a length are for parameters', this.tree.first(given[0]));
    return this.declarator(this.innerOf(parts.slice(0, open)), { kind: 'array', of, length: this.lengthOf(size) });
  }

  private lengthOf(size: Node | undefined) {
    if (size === undefined) return null;
    if (this.kind(size) === Kind.Token) return { unknown: 'the length is variable' };
    return this.constant(this.expression(size));
  }

  private functionOf(node: Node, returns: CType): Declarator {
    const parts = this.children(node);
    const list = parts.find((part) => this.kind(part) === Kind.Parameters)!;
    const { parameters, declarations, variadic } = this.parameters(list);
    const inner = this.innerOf(parts.filter((part) => part !== list));
    const declared = this.declarator(inner, { kind: 'function', returns, parameters, variadic });
    // `int (f)(int x)` declares a function, `int (*f)(int x)` a pointer to one.
    const isOwn = inner !== undefined && this.isBare(inner);
    return isOwn ? { ...declared, parameters: declarations } : declared;
  }

  private isBare(node: Node): boolean {
    if (this.kind(node) !== Kind.Parenthesized) return this.kind(node) === Kind.Name;
    const inner = this.innerOf(this.children(node));
    return inner !== undefined && this.isBare(inner);
  }

  private parameters(list: Node): { parameters: Parameter[]; declarations: Declaration[]; variadic: boolean } {
    const parameters: Parameter[] = [];
    const declarations: Declaration[] = [];
    let variadic = false;
    const outer = this.scope;
    // A parameter's array length may name an earlier parameter.
    this.scope = new Scope(outer, outer.globals);
    try {
      let from = this.tree.end(list + 1);
      const given = this.children(list);
      for (const [index, node] of given.entries()) {
        if (this.kind(node) === Kind.Variadic) variadic = true;
        if (this.kind(node) === Kind.Parameter) {
          const behind = this.tree.first(given[index + 1] ?? node);
          const declaration = this.parameter(node, from, behind);
          const isVoid = given.length === 3 && strip(declaration.type).kind === 'void' && declaration.name === '';
          if (!isVoid) {
            parameters.push({ name: declaration.name || undefined, type: declaration.type });
            declarations.push(declaration);
            if (declaration.name !== '') this.scope.define(declaration);
          }
        } else if (this.kind(node) === Kind.Token) from = this.tree.end(node);
        else if (this.kind(node) !== Kind.Variadic)
          this.fail('the ) of the parameters is missing', this.tree.first(node));
      }
    } finally {
      this.scope = outer;
    }
    return { parameters, declarations, variadic };
  }

  /** @param end The token behind it. */
  private parameter(node: Node, from: number, end: number): Declaration {
    const parts = this.kind(node) === Kind.Name ? [node] : this.children(node);
    const at = this.kind(node) === Kind.Name ? -1 : this.declaratorsAt(parts);
    const nodes = at < 0 ? parts : parts.slice(0, at);
    const start = at < 0 ? end : this.tree.first(parts[at]);
    const specifiers = this.specifiers(nodes, from, start);
    const outer = this.isParameter;
    this.isParameter = true;
    let declared: Declarator;
    try {
      declared = this.declarator(at < 0 ? undefined : parts[at], specifiers.type);
    } finally {
      this.isParameter = outer;
    }
    const own = at < 0 ? noAttributes() : this.attributesOf(parts[at], end);
    const given = applyMode(declared.type, specifiers.attributes, own);
    const decayed = decay(given);
    const type = decayed.kind === 'pointer' && isArray(given) ? { ...decayed, isOfArray: true } : decayed;
    return { kind: 'parameter', name: declared.name ?? '', type, nameToken: declared.nameToken, isStatic: false };
  }

  /** `int (name)`, which the grammar takes for a function of a type `name`. */
  private nameInParens(node: Node): Node {
    if (this.kind(node) !== Kind.Function) return node;
    const [list, more] = this.children(node);
    if (more !== undefined || this.kind(list) !== Kind.Parameters) return node;
    const [, only, , rest] = this.children(list);
    if (rest !== undefined || only === undefined || this.kind(only) !== Kind.Parameter) return node;
    const [name, other] = this.children(only);
    const isName = other === undefined && this.kind(name) === Kind.Name;
    return isName && !this.scope.isTypedef(this.wordOf(name) ?? '') ? name : node;
  }

  /** Index of the first declarator among the parts of a declaration: it stands behind the type; -1 where there is none. */
  protected declaratorsAt(parts: readonly Node[]): number {
    const type = parts.findIndex((part) => isType(this.kind(part)));
    return parts.findIndex((part, index) => index > type && isDeclarator(this.kind(part)));
  }

  /**
   * The attributes of a declarator and behind it, up to a token; those of parameters and, but for Clang, behind a `*` are not
   * its own.
   *
   * @param first Where they may start: behind the comma.
   */
  protected attributesOf(node: Node, end: number, first = this.tree.first(node)): Attributes {
    const attributes = noAttributes();
    if (this.takenOut(first, end).length > 0) this.attributesIn(first, end, attributes, this.foreign(node));
    return attributes;
  }

  private foreign(node: Node): TakenOut[] {
    const found: TakenOut[] = [];
    for (let at = node; at < this.tree.next(node); at++) {
      const kind = this.kind(at);
      if (kind === Kind.Parameters || kind === Kind.Array) {
        found.push(this.bracketsOf(at));
        // Clang takes `[[…]]` behind them as the array's or function's, and ignores it.
        if (this.scope.globals.oracle.compiler !== 'gcc') found.push(...this.bracketedAt(this.tree.end(at)));
      } else if (kind === Kind.Parenthesized) found.push(...this.behindParen(at));
      else if (kind === Kind.Pointer) {
        const part = this.partBehindStar(at, this.children(at));
        if (this.scope.globals.oracle.compiler !== 'clang') found.push(part);
        // Clang gives the declaration what `__attribute__` says there; `[[…]]` is the pointer's, and ignored.
        else found.push(...this.takenOut(part.first, part.end).filter(({ first }) => this.isBracketed(first)));
      }
    }
    return found;
  }

  private bracketedAt(at: number): readonly TakenOut[] {
    return this.takenOut(at, this.behindAttributes(at)).filter(({ first }) => this.isBracketed(first));
  }

  /** `(__attribute__((…)) *f)(void)`: for GCC of the type that the pointer leads to (grokdeclarator), for Clang the declaration's. */
  private behindParen(node: Node): readonly TakenOut[] {
    const inner = this.innerOf(this.children(node));
    const given = this.takenOut(
      this.tree.first(node) + 1,
      inner === undefined ? this.tree.end(node) : this.tree.first(inner),
    );
    if (given.length === 0 || this.scope.globals.oracle.compiler === 'clang') return [];
    if (inner === undefined || this.kind(inner) === Kind.Name) return [];
    const own = noAttributes();
    this.attributesIn(given[0].first, given[given.length - 1].end, own);
    const isPlain = own.vectorBytes === undefined && own.mode === undefined;
    if (isPlain && own.aligns.length === 0) return [];
    if (!isPlain || this.kind(inner) !== Kind.Pointer || this.scope.globals.oracle.compiler === 'either')
      this.fail('an attribute behind a ( is not worked out', given[0].first);
    return given;
  }

  private bracketsOf(node: Node): TakenOut {
    const open = this.children(node).find((part) => this.kind(part) === Kind.Token);
    return { first: this.tree.first(open ?? node), end: this.tree.end(node) };
  }
}

/** Whether a node of this kind may be a declarator. */
export function isDeclarator(kind: Kind): boolean {
  return (
    kind === Kind.Name ||
    kind === Kind.Pointer ||
    kind === Kind.Function ||
    kind === Kind.Array ||
    kind === Kind.Parenthesized ||
    kind === Kind.InitDeclarator
  );
}

function isArray(type: CType): boolean {
  return strip(type).kind === 'array';
}

function isType(kind: Kind): boolean {
  return kind === Kind.Name || kind === Kind.Primitive || kind === Kind.Record || kind === Kind.Enum;
}
