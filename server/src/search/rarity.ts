/** How rare bytes are in kernel C, alone and beside each other, as measured over Linux 6.12: in halvings of all places. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** A row for each first letter: by the second, 0 for one pair in 64 or more, and 1 more for each half of that. */
const PAIRS: readonly string[] = [
  '8422863849523293822155755988899999994',
  '4867486746937756956539895999998999994',
  '3656367249334624855157987989889999883',
  '3664087939955855835757667999989999993',
  '3632323869834254412152635996969989792',
  '4866436829947636943559677989899999994',
  '6788377559976457954669999999999999994',
  '3965299949988858967579495897899999994',
  '5622423989734034942293769499798999974',
  '8999799989999989999989999999999999999',
  '8478479969988889995778999999999999993',
  '3765278929637926974547855998888999893',
  '2555388949955844984557799999999999893',
  '4832133849548536963146987999999999994',
  '6523736849633243925335478999999999994',
  '3855367449746835934447896999899999993',
  '9989799999989998987949999999999999995',
  '3644055929564336534325744999999999993',
  '5546175429366444864047595899788999993',
  '2645167229746725913428544998798897992',
  '6524346969944384923399959996959969595',
  '4977368949965848997899999999998989994',
  '4976589549966659847999999999999999794',
  '7876658969988996786489979925565566663',
  '9898899999988684976699999999999999994',
  '8999499999999989999999999999999999999',
  '8888889999899999999999919914446666674',
  '9989989999999999999999999944566547664',
  '9979989999999999998999979955676676684',
  '9999999999999999999999999957467678775',
  '9999999999999999999999999957767788785',
  '9999899999999999999999999967777768775',
  '9999999999999999999999989968775777795',
  '9999999999999999999999999977788877787',
  '9999999999999999999999989946777787656',
  '9999999999999999999999999966777777775',
  '3322334428633442622244479875677889794',
];

/** What 0 in that table says. */
const LEAST = 6;

/** By the upper four bits of a byte a row, by the lower ones a digit of base 36: 0 for all bytes, 2 more for each half of that. */
const BYTES: readonly string[] = [
  'zzzzzzzzzbbzzzzz',
  'zzzzzzzzzzzzzzzz',
  '5njfznkpfffmeghg',
  'aeeghiijhkkflghs',
  'pbfbdbdefcngcdcd',
  'cjccbfghghllmlx7',
  'ycgcc9cffbohdebd',
  'ejccbdghdiljmjtz',
];

export function byteRarity(byte: number): number {
  return Number.parseInt(BYTES[byte >> 4]?.[byte & 15] ?? 'z', 36) / 2;
}

/** How rare it is that some bytes stand beside each other, each hanging on the one before it; capitals count as small letters do. */
export function textRarity(bytes: Uint8Array): number {
  let sum = byteRarity(bytes[0]);
  for (let at = 1; at < bytes.length; at++) {
    const [first, second] = [lowered(bytes[at - 1]), lowered(bytes[at])];
    sum += (pairRarity(first, second) ?? byteRarity(first) + byteRarity(second)) - byteRarity(first);
  }
  return sum;
}

function lowered(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function pairRarity(first: number, second: number): number | undefined {
  const row = LETTERS.indexOf(String.fromCharCode(first));
  const column = LETTERS.indexOf(String.fromCharCode(second));
  return row < 0 || column < 0 ? undefined : LEAST + Number(PAIRS[row][column]);
}
