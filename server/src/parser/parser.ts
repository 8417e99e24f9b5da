/** Parses whole items of preprocessed GNU C; a syntax error costs its statement or declaration, not what follows. */
import { type PToken, spelling } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';
import type { BlockStatement, Declaration, Expression, StaticAssert } from '../types/ast';
import { type Globals, Scope } from '../types/scope';
import { Brackets } from './brackets';
import { startsDeclaration } from './junk';
import { Kind } from './kinds';
import type { Frame } from './pieces';
import { ParseError } from './reader';
import { render } from './rendering';
import { StatementReader } from './statements';
import { type Node, SyntaxTree } from './syntax-tree';

/** What an item of file scope turned out to be. */
export interface ParsedItem {
  readonly tokens: readonly PToken[];
  readonly declarations: readonly Declaration[];
  readonly asserts: readonly StaticAssert[];
  /** Syntax errors, with the index of the token where each stands. */
  readonly errors: readonly { readonly at: number; readonly reason: string }[];
}

interface ParseOptions {
  /** Whether function bodies are parsed or skipped. */
  readonly bodies: boolean;
  /** What `#pragma pack` says here, or at each token: the strictest alignment of members, in bytes; 0 for no limit. */
  readonly pack: number | readonly number[];
  /** Why it is not known whether this is what the compiler sees. */
  readonly doubt?: string;
}

/** Parses the declarations and functions in a list of tokens, at file scope. Never throws. */
export function parseItem(
  tokens: readonly PToken[],
  globals: Globals,
  options: ParseOptions = { bodies: true, pack: 0 },
): ParsedItem {
  return new Parser(tokens, globals, options).parseAll();
}

/** Parses tokens that are one expression, at file scope; undefined where they are not. */
export function parseWholeExpression(tokens: readonly PToken[], globals: Globals): Expression | undefined {
  return new Parser(tokens, globals, { bodies: false, pack: 0 }).parseExpression();
}

/** The trees that an item is read from, in the order in which they are made: its own, and one for each of its blocks. */
export function treesOf(tokens: readonly PToken[], globals: Globals): readonly SyntaxTree[] {
  const parser = new Parser(tokens, globals, { bodies: true, pack: 0 });
  parser.parseAll();
  return parser.trees;
}

/** A brace that nobody closes may hold all that a file includes: seconds of work, and then an error. */
export const MOST_TOKENS = 200_000;

class Parser extends StatementReader {
  scope: Scope;
  readonly trees: SyntaxTree[] = [];

  constructor(
    tokens: readonly PToken[],
    globals: Globals,
    private readonly options: ParseOptions,
  ) {
    super(tokens, new Brackets(tokens));
    this.pack = options.pack;
    this.doubt = options.doubt;
    this.scope = new Scope(undefined, globals);
  }

  parseAll(): ParsedItem {
    const declarations: Declaration[] = [];
    const { tokens, asserts, errors } = this;
    try {
      if (!this.brackets.isShallow) throw new ParseError('nesting is too deep');
      if (tokens.length > MOST_TOKENS) throw new ParseError(`an item has more than ${MOST_TOKENS} tokens`);
      if (tokens.length > 0) {
        this.doubt ??= this.whyNoDeclaration();
        this.tree = this.treeOf(0, tokens.length, 'file');
        // An error in a member costs that member.
        if (this.tree.hasError(0)) this.tree = this.treeOf(0, tokens.length, 'file', true);
        this.readUnit(declarations);
      }
    } catch (error) {
      if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
      errors.push({ at: 0, reason: error.message });
    }
    return { tokens, declarations, asserts, errors };
  }

  /** What is no declaration from its first token on is none of which a part could be trusted. */
  private whyNoDeclaration(): string | undefined {
    const [first] = this.tokens;
    if (!startsDeclaration(first.kind, first.id)) return `${spelling(first)} stands in front of a declaration`;
    const { stray } = this.brackets;
    return stray < 0 ? undefined : `${spelling(this.tokens[stray])} is no token of C`;
  }

  parseExpression(): Expression | undefined {
    this.isLoose = true;
    if (this.tokens.length === 0 || !this.brackets.isShallow) return undefined;
    try {
      const tree = this.treeOf(0, this.tokens.length, 'operand');
      return this.within(tree, () => {
        const node = this.operand(0);
        const isWhole = node !== undefined && !tree.hasError(0) && this.namedIn(node) === undefined;
        return isWhole ? this.expression(node) : undefined;
      });
    } catch (error) {
      if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
      return undefined;
    }
  }

  private readUnit(declarations: Declaration[]): void {
    let from = 0;
    const { doubt } = this;
    for (const node of this.children(0)) {
      const { scope } = this;
      try {
        declarations.push(...this.unitItem(node, from));
      } catch (error) {
        if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
        this.scope = scope;
        this.errors.push({ at: this.tree.first(node), reason: error.message });
        this.doubt ??= `its declaration can not be read: ${error.message}`;
        this.defineWithin(node);
        // Up to a `;` or a brace, what follows is part of it.
        if (ENDS_DECLARATION.has(this.punctAt(this.tree.end(node) - 1))) this.doubt = doubt;
        from = this.tree.end(node);
        continue;
      }
      this.doubt = doubt;
      from = this.tree.end(node);
    }
  }

  /** Defines the records and enums that stand whole in what can't be read. */
  private defineWithin(node: Node): void {
    for (let at = node; at < this.tree.next(node); at++) {
      if (this.kind(at) !== Kind.Record && this.kind(at) !== Kind.Enum) continue;
      const isDefinition = this.children(at).some((child) =>
        [Kind.Members, Kind.Enumerators].includes(this.kind(child)),
      );
      if (!isDefinition || this.tree.hasError(at)) continue;
      try {
        this.specifiers([at], this.tree.first(at), this.behindAttributes(this.tree.end(at)));
      } catch (error) {
        if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
      }
      at = this.tree.next(at) - 1;
    }
  }

  private unitItem(node: Node, from: number): Declaration[] {
    switch (this.kind(node)) {
      case Kind.Declaration:
      case Kind.TypeDefinition:
      case Kind.FunctionDefinition:
        return this.declaration(node, from);
      case Kind.Record:
      case Kind.Enum:
        // `struct tag { … };`
        if (this.behindAttributes(this.tree.end(node)) >= this.tokens.length)
          this.doubt ??= 'no ; stands behind its declaration';
        this.specifiers([node], from, this.behindAttributes(this.tree.end(node)));
        return [];
      case Kind.ExpressionStatement:
        // An asm, or a `;` too many.
        if (!this.tree.hasError(node)) return [];
        return this.fail('a declaration is missing', this.tree.first(node));
      case Kind.Token:
      case Kind.Primitive:
      case Kind.Name:
        if (!this.tree.hasError(node)) return [];
        return this.fail('a declaration is missing', this.tree.first(node));
      default:
        return this.fail('a declaration is missing', this.tree.first(node));
    }
  }

  protected functionBody(node: Node, parameters: readonly Declaration[]): BlockStatement {
    if (!this.options.bodies) return { kind: 'block', items: [], ...this.range(node) };
    return this.inScope(() => {
      for (const parameter of parameters) this.scope.define(parameter);
      return this.block(node);
    });
  }

  protected treeOf(first: number, end: number, frame: Frame, withoutMembers = false): SyntaxTree {
    const isTypedef = (name: string, at: number): boolean => this.scope.isTypedef(name) && !this.isHidden(at);
    const close = frame === 'file' && !this.options.bodies;
    const tree = new SyntaxTree(render(this.brackets, first, end, { frame, close, withoutMembers, isTypedef }));
    this.trees.push(tree);
    return tree;
  }

  /** Whether a declaration in front of a token gives its name another meaning than file scope has. */
  private isHidden(at: number): boolean {
    this.hiding ??= this.firstDeclarations();
    const first = this.hiding.get(this.tokens[at].id);
    return first !== undefined && first < at;
  }

  private hiding: ReadonlyMap<number, number> | undefined;

  /** By name, the first token that seems to declare it. One pass for all: a damaged file is one item of many thousand names. */
  private firstDeclarations(): Map<number, number> {
    const found = new Map<number, number>();
    for (let at = 1; at < this.tokens.length; at++) {
      const { kind, id } = this.tokens[at];
      if (kind !== TokenKind.Identifier || found.has(id)) continue;
      if (DECLARES_BEFORE.has(this.punctAt(at + 1)) && this.mayBeType(at - 1)) found.set(id, at);
    }
    return found;
  }

  private mayBeType(at: number): boolean {
    const word = this.wordAt(at);
    return word === undefined ? this.punctAt(at) === Punct.Star : !NO_TYPES.has(word);
  }
}

const ENDS_DECLARATION: ReadonlySet<number> = new Set([Punct.Semicolon, Punct.RightBrace]);

const DECLARES_BEFORE: ReadonlySet<number> = new Set([
  Punct.Equal,
  Punct.Semicolon,
  Punct.Comma,
  Punct.RightParen,
  Punct.LeftBracket,
  Punct.Colon,
]);

const NO_TYPES: ReadonlySet<string> = new Set('return case goto else struct union enum sizeof typedef'.split(' '));
