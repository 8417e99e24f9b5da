/**
 * Decodes LZMA2, what .xz files hold, as the LZMA SDK's specification (lzma-specification.txt) and the .xz file format
 * (5.3.1) describe it.
 */

/** A symbol's probability has 11 bits; each bit that is seen moves it by a 32nd. */
const HALF = 1 << 10;
const TOP = 1 << 24;

/** Where each table of probabilities begins. Literals come last, as their number is the stream's to say. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + 12 * 16;
const IS_REP_0 = IS_REP + 12;
const IS_REP_1 = IS_REP_0 + 12;
const IS_REP_2 = IS_REP_1 + 12;
const IS_REP_0_LONG = IS_REP_2 + 12;
const DISTANCE_SLOT = IS_REP_0_LONG + 12 * 16;
const DISTANCE = DISTANCE_SLOT + 4 * 64;
const ALIGN = DISTANCE + 115;
const LENGTH = ALIGN + 16;
const LENGTH_SIZE = 2 + 2 * 16 * 8 + 256;
const REP_LENGTH = LENGTH + LENGTH_SIZE;
const LITERAL = REP_LENGTH + LENGTH_SIZE;

/** The most literal states, lc + lp, that LZMA2 allows. */
const MOST_LITERAL_BITS = 4;

export class Lzma2Decoder {
  private readonly chances = new Uint16Array(LITERAL + (0x300 << MOST_LITERAL_BITS));
  private input: Uint8Array = new Uint8Array();
  /** Where the next byte of the input is read. */
  at = 0;
  private range = 0;
  private code = 0;
  private state = 0;
  private rep0 = 0;
  private rep1 = 0;
  private rep2 = 0;
  private rep3 = 0;
  private literalContextBits = 0;
  private literalPositionBits = 0;
  private positionBits = 0;
  /** What a distance may reach back to. */
  private dictionaryAt = 0;

  constructor(private readonly output: Uint8Array) {}

  /**
   * Decodes one LZMA2 stream; `at` then stands behind it.
   *
   * @returns Where in the output the next byte goes.
   * @throws Error where the bytes do not hold together.
   */
  decode(input: Uint8Array, at: number, to: number): number {
    this.input = input;
    this.at = at;
    let needsReset = true;
    let needsProperties = true;
    for (;;) {
      const control = this.byte();
      if (control === 0) return to;
      if (control >= 0x80) {
        const size = ((control & 0x1f) << 16) + this.half() + 1;
        const compressed = this.half() + 1;
        const reset = (control >> 5) & 3;
        if (reset === 3) this.dictionaryAt = to;
        if (reset >= 2) this.setProperties(this.byte());
        if (reset >= 1) this.resetState();
        if ((needsReset && reset < 3) || (needsProperties && reset < 2)) throw new Error('an LZMA2 chunk has no start');
        needsReset = needsProperties = false;
        to = this.decodeChunk(to, this.room(to, size), this.at + compressed);
      } else {
        if (control > 2 || (needsReset && control !== 1)) throw new Error('an LZMA2 chunk is of no known kind');
        if (control === 1) this.dictionaryAt = to;
        needsReset = false;
        const end = this.room(to, this.half() + 1);
        if (this.at + end - to > input.length) throw new Error('the compressed data is cut short');
        this.output.set(input.subarray(this.at, this.at + end - to), to);
        this.at += end - to;
        to = end;
      }
    }
  }

  private room(to: number, size: number): number {
    if (to + size > this.output.length) throw new Error('the compressed data is longer than its index says');
    return to + size;
  }

  private byte(): number {
    if (this.at >= this.input.length) throw new Error('the compressed data is cut short');
    return this.input[this.at++];
  }

  private half(): number {
    return (this.byte() << 8) | this.byte();
  }

  private setProperties(properties: number): void {
    const lc = properties % 9;
    const lp = Math.floor(properties / 9) % 5;
    const pb = Math.floor(properties / 45);
    if (pb > 4 || lc + lp > MOST_LITERAL_BITS) throw new Error('the LZMA2 properties make no sense');
    this.literalContextBits = lc;
    this.literalPositionBits = lp;
    this.positionBits = pb;
  }

  private resetState(): void {
    this.state = this.rep0 = this.rep1 = this.rep2 = this.rep3 = 0;
    this.chances.fill(HALF);
  }

  /** Decodes a chunk that ends where `end` says in the output and `inputEnd` in the input. */
  private decodeChunk(to: number, end: number, inputEnd: number): number {
    if (inputEnd > this.input.length) throw new Error('the compressed data is cut short');
    const { output } = this;
    this.range = 0xffffffff;
    this.code = 0;
    for (let index = 0; index < 5; index++) this.code = ((this.code << 8) | this.byte()) >>> 0;
    const positionMask = (1 << this.positionBits) - 1;
    while (to < end) {
      const position = (to - this.dictionaryAt) & positionMask;
      if (this.bit(IS_MATCH + this.state * 16 + position) === 0) {
        output[to] = this.literal(to);
        to++;
        continue;
      }
      const length = this.bit(IS_REP + this.state) === 0 ? this.match(position) : this.repeatedMatch(position);
      const from = to - this.rep0 - 1;
      if (from < this.dictionaryAt || to + length > end) throw new Error('the compressed data is damaged');
      if (this.rep0 + 1 >= length) output.copyWithin(to, from, from + length);
      else for (let index = 0; index < length; index++) output[to + index] = output[from + index];
      to += length;
    }
    this.normalize();
    if (this.at !== inputEnd) throw new Error('the compressed data is damaged');
    return to;
  }

  /** The length of a match whose distance is new. */
  private match(position: number): number {
    this.rep3 = this.rep2;
    this.rep2 = this.rep1;
    this.rep1 = this.rep0;
    const length = this.length(LENGTH, position);
    this.state = this.state < 7 ? 7 : 10;
    this.rep0 = this.distance(length);
    return length;
  }

  /** The length of a match at one of the last four distances. */
  private repeatedMatch(position: number): number {
    if (this.bit(IS_REP_0 + this.state) === 0) {
      if (this.bit(IS_REP_0_LONG + this.state * 16 + position) === 0) {
        this.state = this.state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      let distance = this.rep1;
      if (this.bit(IS_REP_1 + this.state) === 1) {
        distance = this.rep2;
        if (this.bit(IS_REP_2 + this.state) === 1) {
          distance = this.rep3;
          this.rep3 = this.rep2;
        }
        this.rep2 = this.rep1;
      }
      this.rep1 = this.rep0;
      this.rep0 = distance;
    }
    const length = this.length(REP_LENGTH, position);
    this.state = this.state < 7 ? 8 : 11;
    return length;
  }

  private literal(to: number): number {
    const { output, literalContextBits: lc } = this;
    const position = (to - this.dictionaryAt) & ((1 << this.literalPositionBits) - 1);
    const before = to > this.dictionaryAt ? output[to - 1] : 0;
    const base = LITERAL + 0x300 * ((position << lc) + (before >> (8 - lc)));
    let symbol = 1;
    if (this.state >= 7) {
      let matched = output[to - this.rep0 - 1];
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.bit(base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(base + symbol);
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
    return symbol & 0xff;
  }

  private length(base: number, position: number): number {
    if (this.bit(base) === 0) return 2 + this.tree(base + 2 + position * 8, 3);
    if (this.bit(base + 1) === 0) return 10 + this.tree(base + 2 + 128 + position * 8, 3);
    return 18 + this.tree(base + 2 + 256, 8);
  }

  private distance(length: number): number {
    const slot = this.tree(DISTANCE_SLOT + Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const direct = (slot >> 1) - 1;
    let distance = ((2 | (slot & 1)) << direct) >>> 0;
    if (slot < 14) return distance + this.reverseTree(DISTANCE + distance - slot, direct);
    for (let index = direct - 1; index >= 4; index--) {
      this.normalize();
      this.range >>>= 1;
      if (this.code >= this.range) {
        this.code -= this.range;
        distance += 2 ** index;
      }
    }
    return distance + this.reverseTree(ALIGN, 4);
  }

  private tree(base: number, bits: number): number {
    let symbol = 1;
    for (let index = 0; index < bits; index++) symbol = (symbol << 1) | this.bit(base + symbol);
    return symbol - (1 << bits);
  }

  private reverseTree(base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let index = 0; index < bits; index++) {
      const bit = this.bit(base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  /** One bit, by its chance of being 0, which learns from it. */
  private bit(chanceAt: number): number {
    this.normalize();
    const chance = this.chances[chanceAt];
    const bound = Math.imul(this.range >>> 11, chance) >>> 0;
    if (this.code < bound) {
      this.range = bound;
      this.chances[chanceAt] = chance + ((2048 - chance) >> 5);
      return 0;
    }
    this.range -= bound;
    this.code -= bound;
    this.chances[chanceAt] = chance - (chance >> 5);
    return 1;
  }

  private normalize(): void {
    if (this.range >= TOP) return;
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.input[this.at++]) >>> 0;
  }
}
