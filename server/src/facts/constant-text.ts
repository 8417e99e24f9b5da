/** Works out constants by the text of headers alone: `((1U << KIND_BITS) - 1)`, `GENMASK(7, 0)`, names of macros and enumerators. */
import words from '../packs/predefined/number-words.json';

const TOKEN = /\s*(?:(0[xX][\da-fA-F]+|\d+)[uUlL]*\b|([A-Za-z_]\w*)|(<<|>>|[-+*|&^~(),]))/y;

/** A number as it is stored in a word of another byte order. */
const WRITER = new RegExp(words.writers);

/** A number as wide as any word. */
const WIDTH = 64;

/** So deep do names stand for names. */
const DEEPEST = 8;

/** By operator: how tightly it binds, and what it gives. */
const OPERATORS: Readonly<Record<string, readonly [number, (a: bigint, b: bigint) => bigint]>> = {
  '|': [1, (a, b) => a | b],
  '^': [2, (a, b) => a ^ b],
  '&': [3, (a, b) => a & b],
  '<<': [4, (a, b) => a << shiftBy(b)],
  '>>': [4, (a, b) => a >> shiftBy(b)],
  '+': [5, (a, b) => a + b],
  '-': [5, (a, b) => a - b],
  '*': [6, (a, b) => a * b],
};

function shiftBy(by: bigint): bigint {
  if (by < 0n || by >= BigInt(WIDTH)) throw new NoConstant();
  return by;
}

class NoConstant extends Error {}

/**
 * The value of a constant expression, as a number of 64 bits; undefined where the text does not tell it.
 *
 * @param define The text that a name stands for.
 */
export function constantOf(text: string, define: (name: string) => string | undefined): bigint | undefined {
  try {
    return BigInt.asUintN(WIDTH, new ConstantText(text, define, 0).whole());
  } catch (error) {
    if (error instanceof NoConstant) return undefined;
    throw error;
  }
}

class ConstantText {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(
    text: string,
    private readonly define: (name: string) => string | undefined,
    private readonly depth: number,
  ) {
    if (depth > DEEPEST) throw new NoConstant();
    TOKEN.lastIndex = 0;
    const end = text.trimEnd().length;
    for (let match = TOKEN.exec(text); match; match = TOKEN.lastIndex < end ? TOKEN.exec(text) : null) {
      this.tokens.push(match[1] ?? match[2] ?? match[3]);
      if (TOKEN.lastIndex >= end) return;
    }
    throw new NoConstant();
  }

  whole(): bigint {
    const value = this.binary(0);
    if (this.at < this.tokens.length) throw new NoConstant();
    return value;
  }

  private binary(binding: number): bigint {
    let left = this.unary();
    for (let found = OPERATORS[this.tokens[this.at]]; found && found[0] > binding; ) {
      this.at++;
      left = found[1](left, this.binary(found[0]));
      found = OPERATORS[this.tokens[this.at]];
    }
    return left;
  }

  private unary(): bigint {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NoConstant();
    if (token === '~') return ~this.unary();
    if (token === '-') return -this.unary();
    if (token === '(') {
      const close = this.castEnd();
      if (close > 0) {
        this.at = close + 1;
        return this.unary();
      }
      const value = this.binary(0);
      this.expect(')');
      return value;
    }
    if (/^\d/.test(token)) return BigInt(/^0\d/.test(token) ? `0o${token.slice(1)}` : token);
    if (!/^\w/.test(token)) throw new NoConstant();
    return this.tokens[this.at] === '(' ? this.made(token) : this.named(token);
  }

  /** Where a cast ends: names alone in parentheses, in front of an operand, that stand for no number. */
  private castEnd(): number {
    let close = this.at;
    while (/^[A-Za-z_]/.test(this.tokens[close] ?? '')) close++;
    const isCast = close > this.at && this.tokens[close] === ')' && /^[\w(~]/.test(this.tokens[close + 1] ?? '');
    return isCast ? close : -1;
  }

  private made(name: string): bigint {
    this.at++;
    const first = this.binary(0);
    if (WRITER.test(name)) {
      this.expect(')');
      return first;
    }
    if (words.bits.includes(name)) {
      this.expect(')');
      return 1n << shiftBy(first);
    }
    if (!words.masks.includes(name)) throw new NoConstant();
    this.expect(',');
    const low = this.binary(0);
    this.expect(')');
    return ((1n << (shiftBy(first) + 1n)) - 1n) & ~((1n << shiftBy(low)) - 1n);
  }

  private named(name: string): bigint {
    const text = this.define(name);
    if (text === undefined) throw new NoConstant();
    return new ConstantText(text, this.define, this.depth + 1).whole();
  }

  private expect(token: string): void {
    if (this.tokens[this.at++] !== token) throw new NoConstant();
  }
}

const DEFINED =
  /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+((?:[^\\\n]|\\[\s\S])+)|^[ \t]+([A-Z_][A-Z0-9_a-z]*)\s*=\s*([^,}\n]+?)\s*(?:,|\n?\s*\})/gm;

/** What the macros and enumerators of a text stand for; a text without comments. */
export function definesIn(code: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, macro, body, name, value] of code.matchAll(DEFINED))
    if (macro !== undefined) found.set(macro, body.replace(/\\\n/g, ' ').trim());
    else found.set(name, value);
  return found;
}
