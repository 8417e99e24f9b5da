/** Reads attributes, which the grammar does not see: their tokens were taken out, and are read here by themselves. */
import { writtenAt } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type Alignment, isUnknownValue, strip, type UnknownValue } from '../types/model';
import type { Attributes } from '../types/scope';
import { ALIGNAS, ATTRIBUTE, RESTRICT } from '../types/specifiers';
import { partsOf } from '../types/walk';
import { ExpressionReader } from './expressions';
import { Kind } from './kinds';
import type { TakenOut } from './pieces';
import type { Node } from './syntax-tree';

const GNU_PREFIX: ReadonlySet<string> = new Set(['gnu', '__gnu__']);

/** Attributes that make vectors and matrices of types for clang, and nothing for gcc. */
const CLANG_VECTORS: ReadonlySet<string> = new Set([
  'ext_vector_type',
  'matrix_type',
  'neon_vector_type',
  'neon_polyvector_type',
  'arm_sve_vector_bits',
  'riscv_rvv_vector_bits',
]);

/** Of the attributes that change a layout: compilers refuse more arguments. */
const MOST_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ['packed', 0],
  ['aligned', 1],
  ['vector_size', 1],
  ['mode', 1],
]);
const NEEDS_ARGUMENT: ReadonlySet<string> = new Set(['vector_size', 'mode']);

export abstract class AttributeReader extends ExpressionReader {
  protected constant(expression: Expression): number | UnknownValue {
    const value = this.constantValue(expression);
    if (isUnknownValue(value)) return value;
    return strip(value.type).kind === 'pointer' ? { unknown: 'a pointer is no number' } : Number(value.value);
  }

  /** The value of a constant expression whose names are declared in front of it. */
  protected constantValue(expression: Expression): ReturnType<typeof evaluate> {
    return this.whyBehind(expression) ?? evaluate(expression, this.scope.globals);
  }

  /**
   * Why an expression can't stand where it does: a name of it, or a record that it measures, is declared only behind, or its
   * file declares the name as something else, too.
   */
  protected whyBehind(expression: Expression): UnknownValue | undefined {
    if (expression.kind === 'name' && !expression.declaration) {
      const declared = this.scope.globals.ordinary(expression.name);
      const why = declared && this.whyNameRefused(declared, expression.first);
      return why === undefined ? undefined : { unknown: why };
    }
    if ('type' in expression && expression.type) {
      const bare = strip(expression.type);
      const { file, start } = writtenAt(this.tokens[expression.end - 1]);
      if (bare.kind === 'record' && bare.record.place?.path === file.path && bare.record.place.start > start)
        return bare.record.tag === undefined ? undefined : { unknown: `${bare.record.tag} is defined only behind` };
    }
    for (const part of partsOf(expression)) {
      const why = this.whyBehind(part);
      if (why) return why;
    }
    return undefined;
  }

  /** Why a tag of file scope means nothing in its file. */
  protected whyMixed(tag: string): string | undefined {
    const isMixed = this.scope.globals.isOfSeveralKinds?.(tag);
    return isMixed ? `${tag} is the tag of things of several kinds` : undefined;
  }

  private whyNameRefused(declared: Declaration, at: number): string | undefined {
    const { name, kind, place } = declared;
    if (this.isBehind(declared, at)) return `${name} is declared only behind`;
    // Of an enumerator the value says it.
    return place && kind !== 'enumerator' ? this.scope.globals.conflict?.(name, place.path) : undefined;
  }

  /** Whether a name of file scope is declared only behind a token of the same file; a name of several items counts as before. */
  protected isBehind({ name, place }: Declaration, at: number): boolean {
    if (!place) return false;
    const { file, start } = writtenAt(this.tokens[at]);
    return place.start > start && place.path === file.path && this.scope.globals.isDeclaredAgain?.(name) === false;
  }

  /** Reads the attributes of a definition that start at a token behind its brace, and gives the token behind them. */
  protected attributesAt(at: number, into: Attributes): number {
    const { takenOut } = this.tree.rendering;
    for (let index = this.takenOutFrom(at); takenOut[index]?.first === at; index++) {
      const word = this.wordAt(at) ?? '';
      // Those are of what is declared (C11 6.7p1).
      if (word === '_Atomic' || RESTRICT.has(word) || ALIGNAS.has(word)) break;
      // C23 6.7.12.1: `[[…]]` there is of the type where it is used, and no part of its definition.
      if (!this.isBracketed(at)) this.attribute(takenOut[index], into);
      at = takenOut[index].end;
    }
    return at;
  }

  /** Reads the attributes among tokens [first, end) that stand in none of some ranges. */
  protected attributesIn(first: number, end: number, into: Attributes, outside: readonly TakenOut[] = []): void {
    for (const one of this.takenOut(first, end))
      if (!outside.some((other) => other.first <= one.first && one.end <= other.end)) this.attribute(one, into);
  }

  /** Whether what starts at a token is `[[…]]`. */
  protected isBracketed(first: number): boolean {
    return this.punctAt(first) === Punct.LeftBracket;
  }

  private attribute({ first, end }: TakenOut, into: Attributes): void {
    const word = this.wordAt(first) ?? '';
    if (ALIGNAS.has(word)) into.alignas.push(this.alignArgument(first + 2, end - 1));
    if (word === '_Atomic') into.isAtomic = true;
    if (RESTRICT.has(word)) into.isRestrict = true;
    const isBracketed = this.isBracketed(first);
    // asm labels and _Pragma say nothing of a layout.
    if (!ATTRIBUTE.has(word) && !isBracketed) return;
    // __attribute__ (( name, name (arguments), … )), [[ gnu::name, gnu::name (arguments), … ]]
    const isDoubled =
      isBracketed || (this.punctAt(first + 2) === Punct.LeftParen && this.brackets.closeOf(first + 2) === end - 2);
    if (!isDoubled || (isBracketed && this.wordAt(first + 2) === 'using'))
      this.fail('an attribute can not be read', first);
    for (let at = first + (isBracketed ? 2 : 3); at < end - 2; ) {
      if (isBracketed && GNU_PREFIX.has(this.wordAt(at) ?? '') && this.punctAt(at + 1) === Punct.Colon) at += 3;
      else if (isBracketed) {
        // Standard attributes and those of others change no layout.
        at++;
        continue;
      }
      const name = this.wordAt(at)?.replace(/^__(.*)__$/, '$1');
      const hasArguments = this.punctAt(at + 1) === Punct.LeftParen;
      const close = hasArguments ? this.brackets.closeOf(at + 1) : at;
      if (name !== undefined) {
        this.named(name, into, hasArguments ? at + 2 : close, close);
        if (close + 1 < end - 2 && this.punctAt(close + 1) !== Punct.Comma)
          this.fail('an attribute can not be read', at);
      }
      at = close + 1;
    }
  }

  /** @param first Tokens [first, end) are its arguments. */
  private named(name: string, into: Attributes, first: number, end: number): void {
    into.names.push(name);
    const argument = first < end ? this.wordAt(first) : undefined;
    const most = MOST_ARGUMENTS.get(name);
    if (most !== undefined && (first < end ? this.argumentsIn(first, end) : 0) > most)
      this.fail(`the attribute ${name} has too many arguments`, first);
    if (NEEDS_ARGUMENT.has(name) && first >= end) this.fail(`the attribute ${name} lacks its argument`, first);
    if (name === 'packed') into.packed = true;
    else if (name === 'aligned')
      into.aligns.push(first < end ? this.alignArgument(first, end) : this.scope.globals.oracle.biggestAlignment);
    else if (name === 'vector_size') into.vectorBytes = this.alignArgument(first, end);
    else if (name === 'mode') into.mode = argument?.replace(/^__(.*)__$/, '$1');
    else if (name === 'cleanup') into.cleanup = argument;
    else if (CLANG_VECTORS.has(name)) {
      if (this.scope.globals.oracle.compiler !== 'gcc') into.vectorBytes = { unknown: `${name} is not worked out` };
    } else if (name === 'copy') into.aligns.push({ unknown: 'the attribute copy takes what another declaration has' });
  }

  private argumentsIn(first: number, end: number): number {
    let count = 1;
    for (let at = first; at < end; at++)
      if (this.punctAt(at) === Punct.Comma) count++;
      else if (this.punctAt(at) === Punct.LeftParen) at = this.brackets.closeOf(at);
    return count;
  }

  /** `aligned (64)`, `aligned (sizeof (long))`, `_Alignas (type)`: a number of bytes. */
  protected alignArgument(first: number, end: number): Alignment {
    const token = this.tokens[first];
    if (end === first + 1 && token?.kind === TokenKind.Number)
      return this.constant({
        kind: 'number',
        text: token.made ?? token.file.text.slice(token.start, token.end),
        first,
        end,
      });
    const tree = this.treeOf(first, end, 'operand');
    return this.within(tree, () => {
      const measured = this.operand(0);
      if (measured === undefined || this.tree.hasError(0))
        return { unknown: 'the argument of aligned can not be read' };
      const named = this.namedIn(measured);
      if (named === undefined) return this.constant(this.expression(measured));
      // C11 6.7.5p6: `_Alignas (type)` is `_Alignas (_Alignof (type))`.
      return this.scope.globals.oracle.alignOf(this.typeName(named, first));
    });
  }

  /** What the tree of an operand measures: a type's name or an expression. */
  protected operand(node: Node): Node | undefined {
    for (let at = node; at < this.tree.next(node); at++)
      if (this.kind(at) === Kind.Sizeof) {
        const parts = this.children(at);
        return this.kind(parts[1]) === Kind.Token ? parts[2] : parts[1];
      }
    return undefined;
  }
}
