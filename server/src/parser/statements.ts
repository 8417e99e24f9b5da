/** Reads statements of a tree (C11 6.8, gcc's asm); what can't be read costs its statement, not the function. */
import { Punct } from '../text/tokens';
import type { AsmStatement, BlockStatement, Declaration, Expression, ForStatement, Statement } from '../types/ast';
import { Scope } from '../types/scope';
import { STATIC_ASSERT } from '../types/specifiers';
import { EnumReader } from './enums';
import { isExpression, Kind } from './kinds';
import { ParseError } from './reader';
import { statementEnd } from './resume';
import type { Node, SyntaxTree } from './syntax-tree';

export abstract class StatementReader extends EnumReader {
  /** Syntax errors so far, with the index of the token where each stands. */
  protected readonly errors: { at: number; reason: string }[] = [];

  protected inScope<T>(read: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, outer.globals);
    try {
      return read();
    } finally {
      this.scope = outer;
    }
  }

  protected block(node: Node): BlockStatement {
    const first = this.tree.first(node);
    const close = this.brackets.closeOf(first);
    return this.nested(() =>
      this.inScope(() => {
        if (close >= this.tokens.length) this.errors.push({ at: close, reason: 'the } of a block is missing' });
        const items = this.itemsBetween(first + 1, close);
        return { kind: 'block', items, first, end: Math.min(close + 1, this.tokens.length) };
      }),
    );
  }

  /** The body of a switch without braces: one statement, labels among it. */
  private bareBlock(node: Node): BlockStatement {
    const { first, end } = this.range(node);
    return this.nested(() => ({ kind: 'block', items: this.itemsBetween(first, end), first, end }));
  }

  /** The statements in tokens [first, end): of one tree or, where that has an error, each from a tree of its own. */
  private itemsBetween(first: number, end: number): Statement[] {
    const tree = this.treeOf(first, end, 'block');
    if (!tree.hasError(0)) return this.within(tree, () => this.items(this.itemsOf(tree), first));
    const items: Statement[] = [];
    for (let at = first; at < end; ) {
      const next = statementEnd(this.tokens, this.brackets, at, end);
      items.push(...this.itemsByThemselves(at, next));
      at = next;
    }
    return items;
  }

  private itemsByThemselves(first: number, end: number): Statement[] {
    const tree = this.treeOf(first, end, 'block');
    return this.within(tree, () => {
      if (!tree.hasError(0)) return this.items(this.itemsOf(tree), first);
      const reason = 'a statement can not be read';
      this.errors.push({ at: first, reason });
      return [{ kind: 'broken', reason, salvaged: this.wholeExpressions(0), first, end }];
    });
  }

  /** The statements of a tree that has a block's. */
  private itemsOf(tree: SyntaxTree): Node[] {
    return tree.children(tree.find(Kind.Block)).slice(1, -1);
  }

  /** @param from The token behind what precedes them. */
  protected items(nodes: readonly Node[], from: number): Statement[] {
    const items: Statement[] = [];
    for (const node of nodes) {
      items.push(...this.itemOrBroken(node, from));
      from = this.tree.end(node);
    }
    return items;
  }

  private itemOrBroken(node: Node, from: number): Statement[] {
    const { scope } = this;
    try {
      return this.item(node, from);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.scope = scope;
      return [this.broken(node, error.message)];
    }
  }

  private broken(node: Node, reason: string): Statement {
    this.errors.push({ at: this.tree.first(node), reason });
    return { kind: 'broken', reason, salvaged: this.wholeExpressions(node), ...this.range(node) };
  }

  /** A statement or declaration; case labels and what stands behind them come one after another. */
  private item(node: Node, from: number): Statement[] {
    return this.kind(node) === Kind.Case ? this.nested(() => this.cases(node)) : [this.statement(node, from)];
  }

  protected statement(node: Node, from = this.tree.first(node)): Statement {
    return this.nested(() => this.readStatement(node, from));
  }

  private readStatement(node: Node, from: number): Statement {
    const { first, end } = this.range(node);
    const parts = this.children(node);
    switch (this.kind(node)) {
      case Kind.Block:
        return this.block(node);
      case Kind.Declaration:
        if (this.wordAt(first) === '__label__') return this.localLabels(node);
        if (STATIC_ASSERT.has(this.wordAt(first) ?? '')) {
          this.declaration(node, from);
          return { kind: 'expression', expression: undefined, first, end };
        }
        return this.declarationStatement(node, from);
      case Kind.TypeDefinition:
      case Kind.FunctionDefinition:
        return this.declarationStatement(node, from);
      case Kind.Record:
      case Kind.Enum:
        // `struct tag { … };`: the `;` is a statement of its own.
        this.declareTag(node);
        this.specifiers([node], from, this.behindAttributes(end));
        return { kind: 'declaration', declarations: [], first, end };
      case Kind.Token:
        if (this.punctOf(node) !== Punct.Semicolon || this.tree.hasError(node))
          return this.fail('a statement is missing', first);
        return { kind: 'expression', expression: undefined, first, end };
      case Kind.ExpressionStatement:
        return this.expressionStatement(node);
      case Kind.If:
        return this.ifStatement(node);
      case Kind.While: {
        const test = this.test(parts[1]);
        return { kind: 'while', test, body: this.statement(parts[2]), first, end };
      }
      case Kind.Do: {
        const body = this.statement(parts[1]);
        return { kind: 'do', test: this.test(parts[3]), body, first, end };
      }
      case Kind.For:
        return this.forStatement(node);
      case Kind.Switch: {
        const value = this.test(parts[1]);
        const isBare = this.kind(parts[2]) === Kind.Block && this.punctOf(parts[2]) !== Punct.LeftBrace;
        const body = isBare ? this.bareBlock(parts[2]) : this.statement(parts[2]);
        return { kind: 'switch', value, body, first, end };
      }
      case Kind.Case: {
        const items = this.cases(node);
        return items.length === 1 ? items[0] : { kind: 'block', items, first, end };
      }
      case Kind.Label: {
        const name = this.wordAt(first) ?? this.fail('the name of a label is missing', first);
        const body = this.tree.isMade(parts[2]) ? undefined : this.statement(parts[2], this.tree.end(parts[1]));
        return { kind: 'label', name, body, first, end };
      }
      case Kind.Goto:
        return { kind: 'goto', label: this.wordOf(parts[1]), target: undefined, first, end };
      case Kind.Break:
      case Kind.Continue: {
        if (this.tree.hasError(node)) this.fail('the ; of a jump is missing', end);
        const kind = this.kind(node) === Kind.Break ? 'break' : 'continue';
        return { kind, label: undefined, target: undefined, first, end };
      }
      case Kind.Return: {
        if (this.tree.hasError(node)) this.fail('the ; of a return is missing', end);
        const value = parts.length > 2 ? this.expression(parts[1]) : undefined;
        if (this.wordAt(first) !== 'goto') return { kind: 'return', value, first, end };
        // `goto *target`
        if (value?.kind !== 'unary') return this.fail('the target of a goto is missing', end);
        return { kind: 'goto', label: undefined, target: value.operand, first, end };
      }
      default:
        return this.fail('a statement is missing', first);
    }
  }

  /** What stands in the parentheses behind `if`, `while` and `switch`, which are no part of it. */
  private test(node: Node): Expression {
    return this.expression(this.kind(node) === Kind.Parens ? this.children(node)[1] : node);
  }

  private declarationStatement(node: Node, from: number): Statement {
    const declarations: readonly Declaration[] = this.declaration(node, from);
    return { kind: 'declaration', declarations, ...this.rangeFrom(from, node) };
  }

  /** The tokens of a declaration with the attributes in front of it. */
  private rangeFrom(from: number, node: Node): { first: number; end: number } {
    const { first, end } = this.range(node);
    return { first: this.takenOut(from, first).length > 0 ? from : first, end };
  }

  private expressionStatement(node: Node): Statement {
    const { first, end } = this.range(node);
    const parts = this.children(node);
    if (this.tree.hasError(node)) this.fail('the ; of a statement is missing', end);
    if (parts.length < 2) return { kind: 'expression', expression: undefined, first, end };
    if (this.kind(parts[0]) === Kind.Asm) return this.asm(parts[0], end);
    return { kind: 'expression', expression: this.expression(parts[0]), first, end };
  }

  private ifStatement(node: Node): Statement {
    const { first, end } = this.range(node);
    const [, condition, consequence, alternative] = this.children(node);
    const test = this.test(condition);
    const yes = this.statement(consequence);
    const no = alternative === undefined ? undefined : this.statement(this.children(alternative)[1]);
    return { kind: 'if', test, yes, no, first, end };
  }

  private forStatement(node: Node): ForStatement {
    return this.inScope(() => {
      const { first, end } = this.range(node);
      const parts = this.children(node);
      let start: ForStatement['start'];
      let at = 2;
      if (this.kind(parts[at]) === Kind.Declaration) {
        const declarations = this.declaration(parts[at], this.tree.end(parts[1]));
        start = { kind: 'declaration', declarations, ...this.range(parts[at]) };
      } else if (!this.isSemicolon(parts[at])) start = this.expression(parts[at++]);
      const test = this.isSemicolon(parts[++at]) ? undefined : this.expression(parts[at++]);
      at++;
      const step = isExpression(this.kind(parts[at])) ? this.expression(parts[at]) : undefined;
      const body = this.statement(parts[parts.length - 1]);
      return { kind: 'for', start, test, step, body, first, end };
    });
  }

  /** `case low ... high:` or `default:`, the statement behind it as its body, and the others up to the next label. */
  private cases(node: Node): Statement[] {
    const parts = this.children(node);
    const isDefault = this.wordOf(parts[0]) === 'default';
    const value = isDefault ? undefined : parts[1];
    const [low, high] = value === undefined ? [] : this.caseRange(value);
    const rest = parts.slice(isDefault ? 2 : 3).filter((part) => !this.tree.isMade(part));
    const from = this.tree.end(parts[isDefault ? 1 : 2]);
    const [body, ...others] = this.items(rest, from);
    const first = this.tree.first(node);
    return [{ kind: 'case', low, high, body, first, end: body?.end ?? from }, ...others];
  }

  private caseRange(value: Node): Expression[] {
    if (this.kind(value) !== Kind.Binary) return [this.expression(value)];
    const [low, operator, high] = this.children(value);
    if (this.punctOf(operator) !== Punct.Ellipsis) return [this.expression(value)];
    return [this.expression(low), this.expression(high)];
  }

  /** `__label__ a, b;`: an empty statement that keeps the names of labels to its block. */
  private localLabels(node: Node): Statement {
    const [, ...rest] = this.children(node);
    const labels = rest.flatMap((part) => (this.kind(part) === Kind.Name ? (this.wordOf(part) ?? []) : []));
    return { kind: 'expression', expression: undefined, labels, ...this.range(node) };
  }

  /** gcc's extended asm: template : outputs : inputs : clobbers : labels. */
  private asm(node: Node, end: number): AsmStatement {
    const operands = (kind: Kind): Expression[] => {
      const list = this.tree.childOf(node, kind);
      const given = list < 0 ? [] : this.children(list).filter((child) => this.kind(child) === Kind.AsmOperand);
      // The value stands in front of the last parenthesis.
      return given.map((operand) => this.expression(this.children(operand).at(-2)!));
    };
    const named = this.tree.childOf(node, Kind.AsmLabels);
    const labels =
      named < 0
        ? []
        : this.children(named).flatMap((child) => (this.kind(child) === Kind.Name ? (this.wordOf(child) ?? []) : []));
    return {
      kind: 'asm',
      outputs: operands(Kind.AsmOutputs),
      inputs: operands(Kind.AsmInputs),
      labels,
      first: this.tree.first(node),
      end,
    };
  }
}
