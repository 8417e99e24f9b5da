/** What literals of C mean: characters of all widths, floating constants (C11 6.4.4), and the units of strings (6.4.5). */
import { numberValue } from '../preprocessor/numbers';
import { constantType } from './conversions';
import { type CType, type FloatName, INT, type IntegerName, integer } from './model';
import type { Globals } from './scope';

/** The integer type of one unit of a wide literal. */
export function unitType(prefix: string, globals: Globals): CType {
  if (prefix === 'L')
    return globals.dialect.wideBytes === 2 ? integer('unsigned short') : integer(globals.oracle.wideCharacter);
  if (prefix === 'u') return integer('unsigned short');
  return integer(prefix === 'U' ? 'unsigned int' : 'char');
}

/** How many units of so many bytes a string's UTF-8 text has between its quotes, without the end; a byte string. */
export function stringUnits(body: string, bytes: number): number {
  const text = Buffer.from(body, 'latin1').toString('utf8');
  const pieces = /\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[\s\S])|([\s\S])/gu;
  let units = 0;
  for (const [, short, long, plain] of text.matchAll(pieces)) {
    const point = plain === undefined ? Number.parseInt(short ?? long ?? '0', 16) : (plain.codePointAt(0) ?? 0);
    units += bytes === 2 && point > 0xffff ? 2 : 1;
  }
  return units;
}

/** The value and type of an integer or character constant; undefined for anything else. */
export function integerLiteral(text: string, globals: Globals): { value: bigint; type: CType } | undefined {
  const { oracle } = globals;
  const prefix = /^(L|u8|u|U)'/.exec(text)?.[1];
  if (prefix === undefined) {
    const number = numberValue(text);
    if (!number) return undefined;
    const isCharacter = text.startsWith("'");
    // One character has the value that a char has.
    const isUnsigned = isCharacter && number.value < 0n && !oracle.charIsSigned && isOneCharacter(text);
    return {
      value: isUnsigned ? BigInt.asUintN(8, number.value) : number.value,
      type: isCharacter ? INT : constantType(number, oracle),
    };
  }
  const body = Buffer.from(text.slice(prefix.length + 1, -1), 'latin1').toString('utf8');
  const type = prefix === 'u8' ? integer('unsigned char') : unitType(prefix, globals);
  const numeric = /^\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))$/.exec(body);
  if (numeric) {
    const [, hex, octal, short, long] = numeric as (string | undefined)[] & string[];
    const value = octal === undefined ? BigInt(`0x${hex ?? short ?? long}`) : BigInt(`0o${octal}`);
    const bits = prefix === 'u8' ? 8 : prefix === 'u' || (prefix === 'L' && globals.dialect.wideBytes === 2) ? 16 : 32;
    return { value: prefix === 'L' && bits === 32 ? BigInt.asIntN(32, value) : BigInt.asUintN(bits, value), type };
  }
  const points = [...body];
  if (points.length === 1) return { value: BigInt(points[0].codePointAt(0) ?? 0), type };
  // An escape of one letter means the same in any width.
  const plain = body.startsWith('\\') && points.length === 2 ? numberValue(`'${body}'`) : undefined;
  return plain && { value: plain.value, type };
}

function isOneCharacter(text: string): boolean {
  return /^'(?:[^\\']|\\(?:x[0-9a-fA-F]+|[0-7]{1,3}|[\s\S]))'$/.test(text);
}

const HEX_FLOATING = /^0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)([fFlL]?)$/;
const FLOATING = /^(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)([fFlL]?)$/;

/** The value and type of a floating constant; undefined for anything else. */
export function floatLiteral(text: string): { value: number; name: FloatName } | undefined {
  const hex = HEX_FLOATING.exec(text);
  const match = hex ?? FLOATING.exec(text);
  if (!match) return undefined;
  const suffix = match[match.length - 1].toLowerCase();
  const value = hex ? hexFloat(hex) : Number(suffix === '' ? text : text.slice(0, -1));
  if (suffix === 'f') return { value: Math.fround(value), name: 'float' };
  return { value, name: suffix === 'l' ? 'long double' : 'double' };
}

function hexFloat([, whole, part = '', power]: readonly string[]): number {
  const digits = whole + part;
  // More of them than a double holds would be rounded twice.
  return digits === '' || digits.length > 13
    ? Number.NaN
    : Number.parseInt(digits, 16) * 2 ** (Number(power) - 4 * part.length);
}

/** `size_t` and `ptrdiff_t`, which are ints where a long has four bytes. */
export function sizeTypeName(globals: Globals): IntegerName {
  return globals.oracle.longBytes === 4 ? 'unsigned int' : 'unsigned long';
}

export function differenceTypeName(globals: Globals): IntegerName {
  return globals.oracle.longBytes === 4 ? 'int' : 'long';
}
