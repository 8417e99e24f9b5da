/** Reads expressions of a tree (C11 6.5, gcc's extensions). */
import { stringBytes } from '../preprocessor/numbers';
import { type PToken, spelling } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';
import type { BlockStatement, Designator, Expression, Initializer } from '../types/ast';
import { stringUnits } from '../types/literals';
import { type CType, INT, strip } from '../types/model';
import { isExpression, Kind } from './kinds';
import { Reader } from './reader';
import type { Node } from './syntax-tree';

/** Whether a string is what `__FILE__` comes to. */
function isFileName({ made, file, start, end }: PToken): boolean {
  return made !== undefined && file.text.slice(start, end) === '__FILE__';
}

/** Escapes that no compiler takes, or Clang alone. */
const UNREADABLE_ESCAPE = /\\(?:x(?![0-9a-fA-F])|u(?![0-9a-fA-F]{4})|U(?![0-9a-fA-F]{8})|N\{)/;

export abstract class ExpressionReader extends Reader {
  /** @param from The token behind what precedes the type's name, where attributes may stand. */
  protected abstract typeName(node: Node, from: number): CType;
  protected abstract block(node: Node): BlockStatement;
  /** A type with the length that an initializer gives it. */
  protected abstract completed(type: CType, initializer: Initializer): CType;

  /** @throws ParseError where the node is no expression, or holds an error. */
  expression(node: Node): Expression {
    if (this.tree.hasError(node)) this.fail('an expression is missing', this.tree.first(node));
    return this.nested(() => this.read(node));
  }

  private read(node: Node): Expression {
    const { tree } = this;
    const { first, end } = this.range(node);
    switch (tree.kind(node)) {
      case Kind.Name:
        return this.name(first, end);
      case Kind.Number:
        return {
          kind: this.tokens[first].kind === TokenKind.Character ? 'character' : 'number',
          text: spelling(this.tokens[first]),
          first,
          end,
        };
      case Kind.String:
      case Kind.Strings:
        return this.strings(first, end);
      case Kind.Parens:
        return this.parens(node);
      case Kind.Unary:
        return this.unary(node);
      case Kind.Update:
        return this.update(node);
      case Kind.Binary:
        return this.binary(node);
      case Kind.Comma:
        return this.comma(node);
      case Kind.Assign: {
        const [left, operator, right] = this.children(node);
        const target = this.expression(left);
        return {
          kind: 'assign',
          operator: this.punctOf(operator),
          left: target,
          right: this.expression(right),
          first,
          end,
        };
      }
      case Kind.Conditional: {
        const parts = this.children(node).filter((child) => this.kind(child) !== Kind.Token);
        const test = this.expression(parts[0]);
        const yes = parts.length > 2 ? this.expression(parts[1]) : undefined;
        return { kind: 'conditional', test, yes, no: this.expression(parts[parts.length - 1]), first, end };
      }
      case Kind.Call:
        return this.call(node);
      case Kind.Index: {
        const [base, , index] = this.children(node);
        const indexed = this.expression(base);
        return { kind: 'index', base: indexed, index: this.expression(index), first, end };
      }
      case Kind.Field: {
        const [base, operator, member] = this.children(node);
        const nameToken = tree.first(member);
        return {
          kind: 'member',
          base: this.expression(base),
          arrow: this.punctOf(operator) === Punct.Arrow,
          name: this.wordAt(nameToken) ?? this.fail('the name of a member is missing', nameToken),
          nameToken,
          first,
          end,
        };
      }
      case Kind.Cast: {
        const [open, type, , operand] = this.children(node);
        const to = this.typeName(type, tree.end(open));
        return { kind: 'cast', type: to, operand: this.expression(operand), first, end };
      }
      case Kind.Compound: {
        const [open, type, , list] = this.children(node);
        const of = this.typeName(type, tree.end(open));
        const initializer = this.initializer(list);
        return { kind: 'compound', type: this.completed(of, initializer), initializer, first, end };
      }
      case Kind.Sizeof:
        return this.sizeof(node);
      case Kind.Generic:
        return this.generic(node);
      default:
        return this.fail('an expression is missing', first);
    }
  }

  private name(first: number, end: number): Expression {
    const name = this.wordAt(first);
    if (name === undefined) this.fail('an expression is missing', first);
    return { kind: 'name', name, declaration: this.scope.local(name), first, end };
  }

  /** Adjacent strings are one (C11 5.1.1.2p6); names between them are macros that nobody defined, such as PRI*. */
  private strings(first: number, end: number): Expression {
    let text = '';
    const bodies: string[] = [];
    const prefixes = new Set<string>();
    let isWhole = true;
    for (let at = first; at < end; at++) {
      if (this.tokens[at].kind !== TokenKind.String) {
        isWhole = false;
        continue;
      }
      const written = spelling(this.tokens[at]).replace(/\\\r?\n/g, '');
      const quote = written.indexOf('"');
      if (quote > 0) prefixes.add(written.slice(0, quote));
      const body = written.slice(quote + 1, -1);
      bodies.push(body);
      // How the compiler is told the file decides of its name.
      isWhole &&= !isFileName(this.tokens[at]) && !UNREADABLE_ESCAPE.test(body.replace(/\\\\/g, ''));
      text += stringBytes(body);
    }
    const prefix = prefixes.size > 1 || !isWhole ? undefined : ([...prefixes][0] ?? '');
    const bytes = prefix === 'u' || (prefix === 'L' && this.scope.globals.dialect.wideBytes === 2) ? 2 : 4;
    const units =
      prefix === '' || prefix === 'u8' ? text.length : bodies.reduce((sum, body) => sum + stringUnits(body, bytes), 0);
    return { kind: 'string', text, prefix, units, first, end };
  }

  private parens(node: Node): Expression {
    const { first, end } = this.range(node);
    const [, inner] = this.children(node);
    if (this.kind(inner) === Kind.Block) return { kind: 'statement', body: this.block(inner), first, end };
    return { ...this.expression(inner), first, end };
  }

  private unary(node: Node): Expression {
    const { first, end } = this.range(node);
    const [operator, operand] = this.children(node);
    // A mark that the text has for the grammar's sake.
    if (this.tree.isMade(operator)) return this.expression(operand);
    const punct = this.punctOf(operator);
    if (punct === Punct.AndAnd) {
      const name = this.kind(operand) === Kind.Name ? this.wordOf(operand) : undefined;
      return { kind: 'label', name: name ?? this.fail('the name of a label is missing', first + 1), first, end };
    }
    return { kind: 'unary', operator: punct, postfix: false, operand: this.expression(operand), first, end };
  }

  private update(node: Node): Expression {
    const { first, end } = this.range(node);
    const [left, right] = this.children(node);
    if (this.kind(left) === Kind.Token)
      return {
        kind: 'unary',
        operator: this.punctOf(left),
        postfix: false,
        operand: this.expression(right),
        first,
        end,
      };
    const operator = this.punctOf(right);
    // The grammar lets `-a++` be `(-a)++`.
    const apply = (operand: Expression, isBare: boolean): Expression =>
      isBare && operand.kind === 'unary' && !operand.postfix
        ? { ...operand, operand: apply(operand.operand, this.punctAt(operand.operand.first) !== Punct.LeftParen), end }
        : { kind: 'unary', operator, postfix: true, operand, first: operand.first, end };
    return apply(this.expression(left), this.kind(left) === Kind.Unary);
  }

  /** A chain of operators leans to the left, and may be long. */
  private binary(node: Node): Expression {
    const chain: Node[] = [];
    let leftmost = node;
    for (; this.kind(leftmost) === Kind.Binary; leftmost = leftmost + 1) chain.push(leftmost);
    let left = this.expression(leftmost);
    for (const one of chain.reverse()) {
      const [, operator, right] = this.children(one);
      left = {
        kind: 'binary',
        operator: this.punctOf(operator),
        left,
        right: this.expression(right),
        ...this.range(one),
      };
    }
    return left;
  }

  private comma(node: Node): Expression {
    const first = this.tree.first(node);
    let left: Expression | undefined;
    for (let rest = node; ; ) {
      const isLast = this.kind(rest) !== Kind.Comma;
      const [head, , tail] = isLast ? [rest] : this.children(rest);
      const right = this.expression(head);
      left = left ? { kind: 'binary', operator: Punct.Comma, left, right, first, end: right.end } : right;
      if (isLast) return left;
      rest = tail;
    }
  }

  private call(node: Node): Expression {
    const { first, end } = this.range(node);
    const [callee, list] = this.children(node);
    const given = this.children(list).filter((child) => this.kind(child) !== Kind.Token);
    const word = this.kind(callee) === Kind.Name ? this.wordOf(callee) : undefined;
    const builtin = word === undefined ? undefined : BUILTINS[word];
    if (builtin) return builtin.call(this, given, { first, end });
    const called = this.expression(callee);
    return { kind: 'call', callee: called, arguments: given.map((one) => this.expression(one)), first, end };
  }

  /** The type that an argument of a builtin is; it stands in a `sizeof`. */
  private typeArgument(node: Node | undefined, range: { first: number }): CType {
    const parts = node !== undefined && this.kind(node) === Kind.Sizeof ? this.children(node) : [];
    const named = parts.length > 1 ? this.namedIn(this.measuredNode(parts)) : undefined;
    return named === undefined ? this.fail('a type is missing', range.first) : this.measuredType(named, parts);
  }

  private measuredNode([, open, inner]: readonly Node[]): Node {
    return this.kind(open) === Kind.Token ? inner : open;
  }

  /** A type's name in the parentheses of a `sizeof`. */
  private measuredType(named: Node, [, open]: readonly Node[]): CType {
    return this.typeName(named, this.tree.end(this.kind(open) === Kind.Parens ? open + 1 : open));
  }

  /** The name of a type that an operand is; the tree has a typedef's name alone as an expression. */
  protected namedIn(operand: Node): Node | undefined {
    if (this.kind(operand) === Kind.TypeName) return operand;
    let inner = this.kind(operand) === Kind.Parens ? this.children(operand)[1] : operand;
    // A mark that the text has for the grammar's sake.
    if (this.kind(inner) === Kind.Unary && this.tree.isMade(inner + 1)) inner = this.children(inner)[1];
    return this.kind(inner) === Kind.Name && this.scope.isTypedef(this.wordOf(inner) ?? '') ? inner : undefined;
  }

  compatible([left, right]: readonly Node[], range: { first: number; end: number }): Expression {
    const one = this.typeArgument(left, range);
    return { kind: 'compatible', left: one, right: this.typeArgument(right, range), ...range };
  }

  vaArg([list, type]: readonly Node[], range: { first: number; end: number }): Expression {
    if (type === undefined) this.fail('a type is missing', range.end);
    const from = this.expression(list);
    return { kind: 'va_arg', list: from, type: this.typeArgument(type, range), ...range };
  }

  offsetof([record, member]: readonly Node[], range: { first: number; end: number }): Expression {
    if (member === undefined) this.fail('the member of offsetof is missing', range.end);
    const type = this.typeArgument(record, range);
    return { kind: 'offsetof', type, path: this.memberPath(member), ...range };
  }

  /** `a.b[1]` of offsetof, which the grammar reads as an expression. */
  private memberPath(node: Node): Designator[] {
    if (this.kind(node) === Kind.Name) return [this.memberNamed(node)];
    const [base, , last] = this.children(node);
    if (this.kind(node) === Kind.Field) return [...this.memberPath(base), this.memberNamed(last)];
    if (this.kind(node) === Kind.Index)
      return [...this.memberPath(base), { kind: 'index', index: this.expression(last) }];
    return this.fail('the member of offsetof is missing', this.tree.first(node));
  }

  private memberNamed(node: Node): Designator {
    const token = this.tree.first(node);
    return { kind: 'member', name: this.wordAt(token) ?? this.fail('the name of a member is missing', token), token };
  }

  private sizeof(node: Node): Expression {
    const { first, end } = this.range(node);
    const parts = this.children(node);
    const isSizeof = this.tree.isMade(parts[0]) || this.wordAt(first) === 'sizeof';
    const isC11 = C11_ALIGNOF.has(this.wordAt(first) ?? '');
    const kind = isSizeof ? 'sizeof' : isC11 ? 'alignof' : 'preferred';
    const operand = this.measuredNode(parts);
    const named = this.namedIn(operand);
    if (named === undefined)
      return { kind, type: undefined, operand: this.measured(this.expression(operand)), first, end };
    return { kind, type: this.measuredType(named, parts), operand: undefined, first, end };
  }

  /** What a `sizeof` or `typeof` measures: outside of functions no statement can stand in it. */
  protected measured(operand: Expression): Expression {
    if (operand.kind === 'statement' && !this.scope.outer && !this.isLoose)
      this.fail('a statement stands outside of functions', operand.first);
    return operand;
  }

  /** Whether what is read may stand in a function, though its scope is none. */
  protected isLoose = false;

  private generic(node: Node): Expression {
    const { first, end } = this.range(node);
    const parts = this.children(node);
    const control = this.expression(parts[2]);
    const branches: { type: CType | undefined; value: Expression }[] = [];
    // `, type : value`
    for (let at = 4; at + 2 < parts.length; at += 4) {
      const isDefault = this.wordOf(parts[at]) === 'default';
      const type = isDefault ? undefined : this.typeName(parts[at], this.tree.end(parts[at - 1]));
      const { kind } = type === undefined ? INT : strip(type);
      // C11 6.5.1.1p2.
      if (kind === 'void' || kind === 'function')
        this.fail('_Generic of what no value has', this.tree.first(parts[at]));
      branches.push({ type, value: this.expression(parts[at + 2]) });
    }
    return { kind: 'generic', control, branches, first, end };
  }

  initializer(node: Node): Initializer {
    if (this.kind(node) !== Kind.List) return this.expression(node);
    const open = this.tree.first(node);
    if (this.tree.hasError(node)) this.fail('the } of an initializer is missing', open);
    if (this.tree.rendering.elided.has(open)) return this.listByItself(open);
    return this.nested(() => {
      const items: { path: Designator[]; value: Initializer }[] = [];
      for (const child of this.children(node)) {
        if (this.kind(child) === Kind.Token) continue;
        if (this.kind(child) !== Kind.Pair) items.push({ path: [], value: this.initializer(child) });
        else {
          const parts = this.children(child);
          // Behind the designators stand a token and the value.
          const path = parts.slice(0, -2).map((part) => this.designator(part));
          items.push({ path, value: this.initializer(parts[parts.length - 1]) });
        }
      }
      return { kind: 'list', items, ...this.range(node) };
    });
  }

  /** A list whose brace was taken for a block's. */
  private listByItself(open: number): Initializer {
    const close = this.brackets.closeOf(open);
    const tree = this.treeOf(open + 1, close, 'list');
    const list = tree.find(Kind.List);
    const range = { first: open, end: close + 1 };
    return this.within(tree, () => ({ ...this.initializer(list), ...range }));
  }

  private designator(node: Node): Designator {
    // GNU's old `member: value` has the bare name.
    if (this.kind(node) === Kind.Name) return this.memberNamed(node);
    const parts = this.children(node);
    if (this.kind(node) === Kind.FieldDesignator) return this.memberNamed(parts[1]);
    const index = this.expression(parts[1]);
    const last = this.kind(node) === Kind.RangeDesignator ? this.expression(parts[3]) : undefined;
    return { kind: 'index', index, last };
  }

  /** The expressions below a node that stand whole, where the node itself does not. */
  protected wholeExpressions(node: Node): Expression[] {
    const found: Expression[] = [];
    const visit = (at: Node): void => {
      if (isExpression(this.kind(at)) && !this.tree.hasError(at) && !this.tree.isMade(at)) {
        try {
          found.push(this.expression(at));
          return;
        } catch (error) {
          if (!(error instanceof Error)) throw error;
        }
      }
      for (const child of this.children(at)) visit(child);
    };
    visit(node);
    return found;
  }
}

const C11_ALIGNOF: ReadonlySet<string> = new Set(['_Alignof', 'alignof']);

type Builtin = (this: ExpressionReader, given: readonly Node[], range: { first: number; end: number }) => Expression;

const BUILTINS: Readonly<Record<string, Builtin | undefined>> = Object.assign(Object.create(null), {
  __builtin_types_compatible_p: ExpressionReader.prototype.compatible,
  __builtin_va_arg: ExpressionReader.prototype.vaArg,
  __builtin_offsetof: ExpressionReader.prototype.offsetof,
  offsetof: ExpressionReader.prototype.offsetof,
});
