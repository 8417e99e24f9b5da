/** What a condition's words alone tell: whether two conditions are the same, and whether one is so in every C compilation. */
import { nameId } from './names';
import { type Directive, Punct, TokenKind, type TokenList } from './tokens';

/** Names that only assembler sources and C++ define (GCC manual, "Standard Predefined Macros"; the kernel's Makefile). */
const NEVER_DEFINED = new Set(['__ASSEMBLY__', '__ASSEMBLER__', '__cplusplus'].map(nameId));
const DEFINED = nameId('defined');
/** A condition's text without a leading negation, so that `#ifdef X` and `#ifndef X` can be answered alike. */
export function conditionKey(tokens: TokenList, directive: Directive): { key: string; negated: boolean } {
  const first = directive.firstToken + 2;
  const words: string[] = [];
  for (let token = first; token < directive.endToken; token++) {
    words.push(tokens.text.slice(tokens.starts[token], tokens.ends[token]));
  }
  if (directive.name.endsWith('ndef')) return { key: words[0] ?? '', negated: true };
  if (directive.name.endsWith('def')) return { key: words[0] ?? '', negated: false };
  const simple = words.filter((word) => word !== 'defined' && word !== '(' && word !== ')');
  if (simple.length === 1) return { key: simple[0], negated: false };
  if (simple.length === 2 && simple[0] === '!') return { key: simple[1], negated: true };
  return { key: words.join(' '), negated: false };
}

/** The condition's value where it is the same in every C compilation; undefined for all others. */
export function constantCondition(tokens: TokenList, directive: Directive): boolean | undefined {
  const first = directive.firstToken + 2;
  const name = directive.name;
  if (name === 'ifdef' || name === 'elifdef') return NEVER_DEFINED.has(tokens.ids[first]) ? false : undefined;
  if (name === 'ifndef' || name === 'elifndef') return NEVER_DEFINED.has(tokens.ids[first]) ? true : undefined;
  if (name !== 'if' && name !== 'elif') return undefined;
  const reader = new ConditionReader(tokens, first, directive.endToken);
  const value = reader.disjunction();
  return reader.whole ? value : undefined;
}

/** Three-valued reading of `defined X`, `!`, `&&`, `||`, parentheses and the numbers 0 and 1; all else is unknown. */
class ConditionReader {
  whole = true;

  constructor(
    private readonly tokens: TokenList,
    private at: number,
    private readonly end: number,
  ) {}

  disjunction(): boolean | undefined {
    let value = this.conjunction();
    while (this.take(Punct.OrOr)) {
      const right = this.conjunction();
      value = value === true || right === true ? true : value === false && right === false ? false : undefined;
    }
    return value;
  }

  private conjunction(): boolean | undefined {
    let value = this.primary();
    while (this.take(Punct.AndAnd)) {
      const right = this.primary();
      value = value === false || right === false ? false : value === true && right === true ? true : undefined;
    }
    return value;
  }

  private primary(): boolean | undefined {
    if (this.take(Punct.Exclamation)) {
      const value = this.primary();
      return value === undefined ? undefined : !value;
    }
    let value: boolean | undefined;
    if (this.take(Punct.LeftParen)) {
      value = this.disjunction();
      this.take(Punct.RightParen);
    } else if (this.name() === DEFINED) {
      this.at++;
      const bracketed = this.take(Punct.LeftParen);
      value = NEVER_DEFINED.has(this.name()) ? false : undefined;
      this.at++;
      if (bracketed) this.take(Punct.RightParen);
    } else {
      const text =
        this.at < this.end ? this.tokens.text.slice(this.tokens.starts[this.at], this.tokens.ends[this.at]) : '';
      value = text === '0' ? false : text === '1' ? true : undefined;
      this.at++;
    }
    return this.skipOperand() ? undefined : value;
  }

  /** Skips what belongs to the operand (a comparison, a call's arguments); says whether there was any. */
  private skipOperand(): boolean {
    let depth = 0;
    const from = this.at;
    for (; this.at < this.end; this.at++) {
      const punct = this.punct();
      if (punct === Punct.LeftParen) depth++;
      else if (punct === Punct.RightParen && depth-- === 0) break;
      else if (depth === 0 && (punct === Punct.AndAnd || punct === Punct.OrOr)) break;
    }
    if (this.at >= this.end && depth > 0) this.whole = false;
    return this.at > from;
  }

  private name(): number {
    return this.at < this.end && this.tokens.kinds[this.at] === TokenKind.Identifier ? this.tokens.ids[this.at] : -1;
  }

  private punct(): Punct {
    return this.tokens.kinds[this.at] === TokenKind.Punctuator ? this.tokens.ids[this.at] : Punct.None;
  }

  private take(punct: Punct): boolean {
    if (this.at >= this.end || this.punct() !== punct) return false;
    this.at++;
    return true;
  }
}
