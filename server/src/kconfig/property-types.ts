/** Checks that properties fit the type of their symbol: numbers for numbers, selects of what can be on. */
import type { KconfigMessage } from './messages';
import { choiceOf, type KconfigSymbol, type Property, type SymbolType } from './symbols';

/** Whether a text is a value of a type. */
export function isValueOf(type: SymbolType, text: string): boolean {
  switch (type) {
    case 'string':
      return true;
    case 'int':
      return /^-?(?:0|[1-9]\d*)$/.test(text);
    case 'hex':
      return /^(?:0[xX])?[\da-fA-F]+$/.test(text);
    case 'bool':
    case 'tristate':
      return /^[yYmMnN]/.test(text);
    default:
      return false;
  }
}

/** What is odd about the properties of a symbol. */
export function* typeProblems(symbol: KconfigSymbol): Generator<KconfigMessage> {
  for (const property of symbol.properties)
    for (const text of oddities(symbol, property)) yield { severity: 'warning', place: property, text };
}

function* oddities(symbol: KconfigSymbol, property: Property): Generator<string> {
  const { kind, value } = property;
  const isNumber = symbol.type === 'int' || symbol.type === 'hex';
  const canBeOn = symbol.type === 'bool' || symbol.type === 'tristate';
  const fits = (other: KconfigSymbol): boolean =>
    other.type === 'int' ||
    other.type === 'hex' ||
    (other.type === 'unknown' && isValueOf(symbol.type, other.name ?? ''));
  if (kind === 'default') {
    if ((isNumber || symbol.type === 'string') && value?.kind !== 'symbol')
      yield `default for config symbol '${symbol.name}' must be a single symbol`;
    if (value?.kind !== 'symbol') return;
    if (isNumber && !fits(value.symbol)) yield `'${symbol.name}': number is invalid`;
    if (symbol.isChoice && choiceOfNow(value.symbol) !== symbol)
      yield `choice default symbol '${value.symbol.name}' is not contained in the choice`;
  } else if (kind === 'select' || kind === 'imply') {
    if (value?.kind !== 'symbol') return;
    const { type, name } = value.symbol;
    if (!canBeOn) yield `config symbol '${symbol.name}' uses ${kind}, but is not bool or tristate`;
    else if (type !== 'unknown' && type !== 'bool' && type !== 'tristate')
      yield `'${name}' has wrong type. '${kind}' only accept arguments of bool and tristate type`;
  } else if (kind === 'range') {
    if (!isNumber) yield 'range is only allowed for int or hex symbols';
    if (value?.kind === 'range' && !(fits(value.left) && fits(value.right))) yield 'range is invalid';
  }
}

/** The tree is not finished while its properties are checked, so that nothing is remembered. */
function choiceOfNow(symbol: KconfigSymbol): KconfigSymbol | undefined {
  const choice = choiceOf(symbol)?.symbol;
  symbol.choice = undefined;
  return choice;
}
