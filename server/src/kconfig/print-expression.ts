/** Prints expressions as Kconfig files write them. */
import type { Expression, KconfigSymbol } from './symbols';

/** How tightly operators bind; what binds less is put into parentheses. */
const STRENGTH: Readonly<Record<string, number>> = { or: 1, and: 2, not: 3 };

/** @param mark What stands behind each name, such as its value. */
export function printExpression(
  expression: Expression | undefined,
  mark: (symbol: KconfigSymbol) => string = () => '',
): string {
  if (!expression) return 'y';
  const name = (symbol: KconfigSymbol): string => {
    const text = symbol.name ?? '<choice>';
    return (symbol.isConstant && !/^[nmy]$/.test(text) ? `"${text}"` : text) + mark(symbol);
  };
  const print = (inner: Expression, outer: number): string => {
    const strength = STRENGTH[inner.kind] ?? 4;
    switch (inner.kind) {
      case 'symbol':
        return name(inner.symbol);
      case 'not':
        return `!${print(inner.operand, strength)}`;
      case 'and':
      case 'or': {
        const text = `${print(inner.left, strength)} ${inner.kind === 'and' ? '&&' : '||'} ${print(inner.right, strength)}`;
        return strength < outer ? `(${text})` : text;
      }
      case 'range':
        return `${name(inner.left)} ${name(inner.right)}`;
      default:
        return outer === STRENGTH.not
          ? `(${name(inner.left)} ${inner.kind} ${name(inner.right)})`
          : `${name(inner.left)} ${inner.kind} ${name(inner.right)}`;
    }
  };
  return print(expression, 0);
}

/** The symbols in an expression, each once, in the order in which they stand. */
export function symbolsIn(expression: Expression | undefined): KconfigSymbol[] {
  const found = new Set<KconfigSymbol>();
  const visit = (inner: Expression): void => {
    switch (inner.kind) {
      case 'symbol':
        found.add(inner.symbol);
        return;
      case 'not':
        visit(inner.operand);
        return;
      case 'and':
      case 'or':
        visit(inner.left);
        visit(inner.right);
        return;
      default:
        found.add(inner.left);
        found.add(inner.right);
    }
  };
  if (expression) visit(expression);
  return [...found];
}
