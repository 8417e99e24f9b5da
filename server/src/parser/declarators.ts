/** Parses attributes, declarators and type names (C11 6.7.6, 6.7.7; gcc's attributes). */
import { isPunct } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { evaluate } from '../types/constants';
import { type Alignment, type CType, isUnknownValue, type Parameter, strip, type UnknownValue } from '../types/model';
import { type Attributes, noAttributes, Scope } from '../types/scope';
import { ALIGNAS, ASM, ATTRIBUTE, CONST, NO_NAMES, QUALIFIERS, STARTS_TYPE } from '../types/specifiers';
import { ExpressionParser } from './expressions';

/** What stands around a name: how the type of the specifiers becomes the name's. */
export interface Declarator {
  readonly name: string | undefined;
  readonly nameToken: number;
  readonly wrap: (base: CType) => CType;
  /** Parameters, where the name itself is declared as a function. */
  readonly parameters: readonly Declaration[] | undefined;
  readonly attributes: Attributes;
}

export interface Specifiers {
  readonly type: CType;
  readonly storage: ReadonlySet<string>;
  readonly attributes: Attributes;
  /** A record or enum was defined or named, so that a bare `;` may follow. */
  readonly tagged: boolean;
}

type Wrap = (base: CType) => CType;

export abstract class DeclaratorParser extends ExpressionParser {
  abstract parseSpecifiers(required: boolean): Specifiers;

  protected startsType(ahead = 0): boolean {
    const word = this.word(ahead);
    if (word === undefined) return false;
    return STARTS_TYPE.has(word) || (!NO_NAMES.has(word) && this.scope.isTypedef(word));
  }

  protected parseTypeName(): CType {
    return this.nested(() => {
      const specifiers = this.parseSpecifiers(true);
      return this.parseDeclarator(true).wrap(specifiers.type);
    });
  }

  /** Reads every attribute at the cursor into `into`. */
  protected parseAttributes(into: Attributes): void {
    for (;;) {
      const word = this.word();
      if (word === undefined) return;
      if (ATTRIBUTE.has(word)) {
        this.at++;
        this.expect(Punct.LeftParen, 'the ( of an attribute');
        this.expect(Punct.LeftParen, 'the (( of an attribute');
        while (!this.is(Punct.RightParen)) {
          if (this.accept(Punct.Comma)) continue;
          this.parseAttribute(into);
        }
        this.at++;
        this.expect(Punct.RightParen, 'the )) of an attribute');
      } else if (ALIGNAS.has(word)) {
        this.at++;
        this.expect(Punct.LeftParen, 'the ( of _Alignas');
        into.aligns.push(this.alignArgument());
        this.expect(Punct.RightParen, 'the ) of _Alignas');
      } else if (ASM.has(word) && isPunct(this.peek(), Punct.LeftParen)) {
        this.at++;
        this.skipParens();
      } else return;
    }
  }

  private parseAttribute(into: Attributes): void {
    const word = this.word();
    if (word === undefined) this.fail('the name of an attribute is missing');
    const name = word.replace(/^__(.*)__$/, '$1');
    this.at++;
    into.names.push(name);
    if (name === 'packed') into.packed = true;
    if (!this.is(Punct.LeftParen)) {
      if (name === 'aligned') into.aligns.push(this.scope.globals.oracle.biggestAlignment);
      return;
    }
    const open = this.at;
    if (name === 'aligned' || name === 'vector_size') {
      this.at++;
      const value = this.alignArgument();
      if (name === 'aligned') into.aligns.push(value);
      else into.vectorBytes = isUnknownValue(value) ? undefined : value;
      this.accept(Punct.RightParen);
      return;
    }
    const argument = this.word(1);
    if (name === 'mode') into.mode = argument?.replace(/^__(.*)__$/, '$1');
    if (name === 'cleanup') into.cleanup = argument;
    this.at = open;
    this.skipParens();
  }

  private alignArgument(): Alignment {
    const oracle = this.scope.globals.oracle;
    if (this.startsType()) return oracle.alignOf(this.parseTypeName());
    return this.constant(this.parseConditional());
  }

  protected constant(expression: Expression): number | UnknownValue {
    const value = evaluate(expression, this.scope.globals);
    return isUnknownValue(value) ? value : Number(value.value);
  }

  /** Skips a balanced `( … )`. */
  protected skipParens(): void {
    let depth = 0;
    do {
      if (this.is(Punct.LeftParen)) depth++;
      else if (this.is(Punct.RightParen)) depth--;
      else if (this.done) this.fail('a ) is missing');
      this.at++;
    } while (depth > 0);
  }

  protected parseDeclarator(abstract: boolean): Declarator {
    return this.nested(() => {
      const attributes = noAttributes();
      const pointers: boolean[] = [];
      this.parseAttributes(attributes);
      while (this.accept(Punct.Star) || this.accept(Punct.Caret)) {
        let isConst = false;
        for (;;) {
          const word = this.word();
          if (word !== undefined && QUALIFIERS.has(word)) {
            isConst ||= CONST.has(word);
            this.at++;
          } else if (word !== undefined && ATTRIBUTE.has(word)) this.parseAttributes(noAttributes());
          else break;
        }
        pointers.push(isConst);
      }
      const wrapPointers: Wrap = (base) =>
        pointers.reduce<CType>(
          (to, isConst) => (isConst ? { kind: 'pointer', to, isConst } : { kind: 'pointer', to }),
          base,
        );

      let inner: Declarator | undefined;
      let name: string | undefined;
      let nameToken = -1;
      if (this.is(Punct.LeftParen) && this.nestedDeclaratorFollows(abstract)) {
        this.at++;
        inner = this.parseDeclarator(abstract);
        this.expect(Punct.RightParen, 'the ) of a declarator');
      } else if (
        this.word() !== undefined &&
        !STARTS_TYPE.has(this.word() as string) &&
        !ASM.has(this.word() as string)
      ) {
        name = this.word();
        nameToken = this.at++;
      }
      const suffixes: Wrap[] = [];
      let parameters: readonly Declaration[] | undefined;
      for (;;) {
        if (this.is(Punct.LeftBracket)) suffixes.push(this.parseArraySuffix());
        else if (this.is(Punct.LeftParen)) {
          const list = this.parseParameters();
          parameters ??= list.declarations;
          suffixes.push((returns) => ({
            kind: 'function',
            returns,
            parameters: list.parameters,
            variadic: list.variadic,
          }));
        } else break;
      }
      this.parseAttributes(attributes);
      const wrap: Wrap = (base) => {
        const outer = suffixes.reduceRight<CType>((type, suffix) => suffix(type), wrapPointers(base));
        return inner ? inner.wrap(outer) : outer;
      };
      if (!inner) return { name, nameToken, wrap, parameters, attributes };
      mergeAttributes(attributes, inner.attributes);
      // `int (f)(int x)` declares a function, `int (*f)(int x)` a pointer to one.
      const own = inner.parameters ?? (isDirect(inner) ? parameters : undefined);
      return { name: inner.name, nameToken: inner.nameToken, wrap, parameters: own, attributes };
    });
  }

  private nestedDeclaratorFollows(abstract: boolean): boolean {
    const next = this.peek();
    if (isPunct(next, Punct.Star) || isPunct(next, Punct.Caret) || isPunct(next, Punct.LeftParen)) return true;
    if (isPunct(next, Punct.LeftBracket)) return abstract;
    const word = this.word(1);
    if (word === undefined) return false;
    if (ATTRIBUTE.has(word)) return true;
    return !STARTS_TYPE.has(word) && !this.scope.isTypedef(word) && !abstract;
  }

  private parseArraySuffix(): Wrap {
    this.at++;
    while (this.acceptWord('static', ...QUALIFIERS));
    if (this.accept(Punct.RightBracket)) return (of) => ({ kind: 'array', of, length: null });
    if (this.is(Punct.Star) && isPunct(this.peek(), Punct.RightBracket)) {
      this.at += 2;
      return (of) => ({ kind: 'array', of, length: { unknown: 'the length is variable' } });
    }
    const length = this.constant(this.parseAssignment());
    this.expect(Punct.RightBracket, 'the ] of an array');
    return (of) => ({ kind: 'array', of, length });
  }

  private parseParameters(): { parameters: Parameter[]; declarations: Declaration[]; variadic: boolean } {
    this.at++;
    const parameters: Parameter[] = [];
    const declarations: Declaration[] = [];
    let variadic = false;
    const outer = this.scope;
    // A parameter's array length may name an earlier parameter.
    this.scope = new Scope(outer, outer.globals);
    try {
      if (this.word() === 'void' && isPunct(this.peek(), Punct.RightParen)) this.at++;
      while (!this.is(Punct.RightParen)) {
        if (this.accept(Punct.Ellipsis)) {
          variadic = true;
          break;
        }
        const specifiers = this.parseSpecifiers(true);
        const declarator = this.parseDeclarator(this.abstractFollows());
        const type = decay(applyMode(declarator.wrap(specifiers.type), specifiers.attributes, declarator.attributes));
        parameters.push({ name: declarator.name, type });
        const declaration: Declaration = {
          kind: 'parameter',
          name: declarator.name ?? '',
          type,
          nameToken: declarator.nameToken,
          isStatic: false,
        };
        declarations.push(declaration);
        if (declarator.name !== undefined) this.scope.define(declaration);
        if (!this.accept(Punct.Comma)) break;
      }
      this.expect(Punct.RightParen, 'the ) of the parameters');
    } finally {
      this.scope = outer;
    }
    return { parameters, declarations, variadic };
  }

  /** A parameter may lack a name; `(name)` of a typedef name is then a parameter list, not a nested declarator. */
  private abstractFollows(): boolean {
    const word = this.is(Punct.LeftParen) ? this.word(1) : undefined;
    return word !== undefined && (STARTS_TYPE.has(word) || this.scope.isTypedef(word));
  }

  /** Skips to a token at this nesting where parsing can go on; stops before it. */
  protected skipTo(...stops: readonly Punct[]): void {
    let depth = 0;
    for (; !this.done; this.at++) {
      const token = this.tokens[this.at];
      if (token.kind !== TokenKind.Punctuator) continue;
      if (depth === 0 && stops.includes(token.id)) return;
      if (token.id === Punct.LeftParen || token.id === Punct.LeftBrace || token.id === Punct.LeftBracket) depth++;
      else if (token.id === Punct.RightParen || token.id === Punct.RightBrace || token.id === Punct.RightBracket) {
        if (depth === 0) return;
        depth--;
      }
    }
  }
}

function isDirect(declarator: Declarator): boolean {
  const probe: CType = { kind: 'void' };
  return declarator.wrap(probe) === probe;
}

export function mergeAttributes(into: Attributes, from: Attributes): void {
  into.packed ||= from.packed;
  into.aligns.push(...from.aligns);
  into.names.push(...from.names);
  into.vectorBytes ??= from.vectorBytes;
  into.mode ??= from.mode;
  into.cleanup ??= from.cleanup;
}

/** Applies `vector_size` and `mode`, which change the type itself. */
export function applyMode(type: CType, ...attributes: readonly Attributes[]): CType {
  for (const { vectorBytes, mode } of attributes) {
    if (vectorBytes !== undefined) type = { kind: 'vector', of: type, bytes: vectorBytes };
    if (mode !== undefined) type = modeType(type, mode);
  }
  return type;
}

const MODE_NAMES: Readonly<Record<string, readonly ['unsigned char', 'signed char'] | readonly [string, string]>> = {
  QI: ['unsigned char', 'signed char'],
  byte: ['unsigned char', 'signed char'],
  HI: ['unsigned short', 'short'],
  SI: ['unsigned int', 'int'],
  DI: ['unsigned long long', 'long long'],
  TI: ['unsigned __int128', '__int128'],
  word: ['unsigned long', 'long'],
  pointer: ['unsigned long', 'long'],
};

function modeType(type: CType, mode: string): CType {
  const names = MODE_NAMES[mode];
  const bare = strip(type);
  if (!names || bare.kind !== 'integer') return { kind: 'unknown', reason: `mode(${mode}) is not known` };
  const unsigned = bare.name.startsWith('unsigned');
  return { kind: 'integer', name: names[unsigned ? 0 : 1] as 'int' };
}

/** Parameters of array and function type are pointers (C11 6.7.6.3p7, p8). */
export function decay(type: CType): CType {
  const bare = strip(type);
  if (bare.kind === 'array') return { kind: 'pointer', to: bare.of };
  if (bare.kind === 'function') return { kind: 'pointer', to: bare };
  return type;
}
