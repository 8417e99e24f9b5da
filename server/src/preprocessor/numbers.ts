/** The value of integer and character constants (C11 6.4.4), and the bytes of strings. */

export interface IntegerConstant {
  readonly value: bigint;
  /** A `u` suffix. */
  readonly unsigned: boolean;
  /** How many `l` the suffix has: 0, 1 or 2. */
  readonly longs: number;
  /** Decimal constants never turn unsigned on their own. */
  readonly decimal: boolean;
}

const INTEGER = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uU]?(?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU])$/;

/** Undefined for anything else than an integer or character constant. */
export function numberValue(text: string): IntegerConstant | undefined {
  const match = INTEGER.exec(text);
  if (match) {
    const digits = match[1];
    const suffix = match[2].toLowerCase();
    const octal = /^0[0-9]+$/.test(digits);
    if (octal && /[89]/.test(digits)) return undefined;
    return {
      value: BigInt(octal ? `0o${digits.slice(1)}` : digits),
      unsigned: suffix.includes('u'),
      longs: suffix.split('l').length - 1,
      decimal: !octal && !/^0[xXbB]/.test(digits),
    };
  }
  if (text.startsWith("'")) return characterValue(text.slice(1, -1));
  const [, prefix, hex, octal, plain] = WIDE.exec(text) ?? [];
  if (prefix === undefined) return undefined;
  const { value } = plain === undefined ? { value: BigInt(hex ? `0x${hex}` : `0o${octal}`) } : characterValue(plain);
  const isWide = prefix === 'L';
  const fitted = isWide ? BigInt.asIntN(32, value) : BigInt.asUintN(prefix === 'u' ? 16 : 32, value);
  return { value: fitted, unsigned: !isWide, longs: 0, decimal: true };
}

/** A character constant of wide characters, as conditions may have it. */
const WIDE = /^([LuU])'(?:\\x([0-9a-fA-F]+)|\\([0-7]{1,3})|(\\[^x0-7]|[\x20-\x7e]))'$/;

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  e: 27,
  '\\': 92,
  "'": 39,
  '"': 34,
  '?': 63,
};

/** The bytes that a string's text between its quotes stands for; a byte string. */
export function stringBytes(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (...found) => {
      const [, hex, octal, short, long, letter] = found as (string | undefined)[];
      const point = short ?? long;
      // A universal character name is its UTF-8.
      if (point !== undefined)
        return Buffer.from(String.fromCodePoint(parseInt(point, 16) % 0x110000)).toString('latin1');
      const code = letter === undefined ? parseInt(hex ?? octal ?? '0', hex === undefined ? 8 : 16) : ESCAPES[letter];
      return code === undefined ? (letter ?? '') : String.fromCharCode(code & 255);
    },
  );
}

/** Several characters make an int, the first one highest, as gcc does. */
function characterValue(body: string): IntegerConstant {
  let value = 0n;
  let count = 0;
  for (let at = 0; at < body.length; count++) {
    let code = body.charCodeAt(at++);
    if (code === 92) {
      const rest = body.slice(at);
      const numeric = /^(?:x[0-9a-fA-F]+|[0-7]{1,3})/.exec(rest)?.[0];
      code = numeric
        ? parseInt(numeric.replace('x', ''), numeric[0] === 'x' ? 16 : 8)
        : (ESCAPES[rest[0]] ?? rest.charCodeAt(0));
      at += numeric ? numeric.length : 1;
    }
    value = (value << 8n) | BigInt(code & 255);
  }
  if (count === 1) value = BigInt.asIntN(8, value);
  return { value: BigInt.asIntN(32, value), unsigned: false, longs: 0, decimal: true };
}
