/**
 * What lexing a few texts gave, as bytes: columns that stand ready or are widened in one pass, and every spelling once.
 *
 * Numbers of names hold for one process only. A pack numbers its own spellings; reading asks for the process's number of
 * each that is really used, once. Layout, in the machine's own byte order, every part at a multiple of 4 bytes:
 *
 *     head      HEAD_WORDS words: entries, spellings, bytes of the spellings
 *     directory for each entry its key's KEY_WORDS words, its file's name as a spelling, its offset in bytes
 *     spellings hash of each, offset of each and of the end, then their bytes
 *     entries   ENTRY_WORDS words, then the columns in the order of `entryBytes`
 */
import { directiveAt } from '../text/lexer';
import { hashWith, nameIdIn, nameText } from '../text/names';
import { type Directive, TokenKind, type TokenList } from '../text/tokens';

const WORD = 4;
const HEAD_WORDS = 3;
/** A key is the SHA-256 of a text. */
const KEY_WORDS = 8;
export const KEY_BYTES = KEY_WORDS * WORD;
const DIRECTORY_WORDS = KEY_WORDS + 2;
const ENTRY_WORDS = 6;
/** A directive's first token, end token and end. */
const STEP_WORDS = 3;

/** In the column of codes, this stands for no id, lower numbers for punctuators, and NAMES_FROM for an entry's first name. */
const NO_ID = 63;
const NAMES_FROM = 64;
const MOST_NAMES = 0x10000 - NAMES_FROM;

/** Ids of the codes below NAMES_FROM. */
const FIXED_CODES = Int32Array.from({ length: NAMES_FROM }, (_, code) => (code === NO_ID ? -1 : code));

/** A gap or a length of so many bytes or more stands in the column of wide ones. */
const WIDE = 255;

export interface PackEntry {
  /** KEY_BYTES long. */
  readonly key: Uint8Array;
  /** The file's name without its folder, a byte string. */
  readonly name: string;
  readonly tokens: TokenList;
}

/** Whether a pack can hold this: entries count their names with 16 bits. */
export function isPackable(tokens: TokenList): boolean {
  const names = new Set<number>();
  for (let at = 0; at < tokens.count; at++) if (tokens.kinds[at] === TokenKind.Identifier) names.add(tokens.ids[at]);
  return names.size <= MOST_NAMES;
}

/** The bytes of a pack; all its entries must be packable. */
export function packOf(entries: readonly PackEntry[]): Uint8Array {
  const spellings = new Spellings();
  const bodies = entries.map((entry) => bodyOf(entry.tokens, spellings));
  const names = entries.map(({ name }) => spellings.indexOf(name));
  const head = new Uint32Array(HEAD_WORDS + entries.length * DIRECTORY_WORDS);
  const columns: Column[] = [head, ...spellings.columns()];
  head.set([entries.length, spellings.count, spellings.length]);
  let offset = sizeOf(columns);
  entries.forEach(({ key }, index) => {
    const at = HEAD_WORDS + index * DIRECTORY_WORDS;
    new Uint8Array(head.buffer, at * WORD, KEY_BYTES).set(key);
    head[at + KEY_WORDS] = names[index];
    head[at + KEY_WORDS + 1] = offset;
    offset += sizeOf(bodies[index]);
  });
  // A tree's headers take many megabytes: each column is copied once.
  const bytes = Buffer.allocUnsafe(offset);
  let end = 0;
  for (const column of [columns, ...bodies].flat()) {
    bytes.set(bytesOf(column), end);
    bytes.fill(0, end + column.byteLength, (end += padded(column.byteLength)));
  }
  return bytes;
}

type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array;

/** In bytes, with what lies between the columns. */
function sizeOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { byteLength }) => sum + padded(byteLength), 0);
}

/** Spellings of a pack in the making. */
class Spellings {
  private readonly indices = new Map<string, number>();
  private readonly hashes: number[] = [];
  private readonly offsets: number[] = [0];

  get count(): number {
    return this.hashes.length;
  }

  /** Bytes of all spellings, without what lies between them. */
  get length(): number {
    return this.offsets[this.hashes.length];
  }

  indexOf(spelling: string): number {
    const known = this.indices.get(spelling);
    if (known !== undefined) return known;
    const index = this.count;
    let hash = 0;
    for (let at = 0; at < spelling.length; at++) hash = hashWith(hash, spelling.charCodeAt(at));
    this.indices.set(spelling, index);
    this.offsets.push(this.length + spelling.length);
    this.hashes.push(hash);
    return index;
  }

  columns(): Column[] {
    const text = Buffer.from([...this.indices.keys()].join(''), 'latin1');
    return [Int32Array.from(this.hashes), Uint32Array.from(this.offsets), text];
  }
}

function bodyOf(tokens: TokenList, spellings: Spellings): Column[] {
  const { count, kinds, flags, starts, ends, ids, directives, comments } = tokens;
  const local = new Map<number, number>();
  const names: number[] = [];
  const codes = new Uint16Array(count);
  const gaps = new Uint8Array(count);
  const lengths = new Uint8Array(count);
  const wide: number[] = [];
  const narrow = (value: number): number => {
    if (value < WIDE) return value;
    wide.push(value);
    return WIDE;
  };
  let end = 0;
  for (let at = 0; at < count; at++) {
    gaps[at] = narrow(starts[at] - end);
    lengths[at] = narrow(ends[at] - starts[at]);
    end = ends[at];
    const id = ids[at];
    if (kinds[at] !== TokenKind.Identifier) codes[at] = id < 0 ? NO_ID : id;
    else {
      let code = local.get(id);
      if (code === undefined) {
        local.set(id, (code = NAMES_FROM + names.length));
        names.push(spellings.indexOf(nameText(id)));
      }
      codes[at] = code;
    }
  }
  const steps = Uint32Array.from(directives.flatMap((one) => [one.firstToken, one.endToken, one.end]));
  const head = [tokens.text.length, count, names.length, directives.length, comments.length, wide.length];
  return [
    Uint32Array.from(head),
    Uint32Array.from(names),
    steps,
    comments,
    Uint32Array.from(wide),
    codes,
    kinds,
    flags,
    gaps,
    lengths,
  ];
}

/** One pack, opened. */
export class HeaderPack {
  readonly count: number;
  private readonly words: Uint32Array;
  private readonly hashes: Int32Array;
  private readonly offsets: Uint32Array;
  private readonly spellings: string;
  /** The process's numbers of the spellings; -1 where none was asked for yet. */
  private readonly ids: Int32Array;
  private readonly entries = new Map<string, number>();

  /**
   * @param bytes A copy is made only where they don't stand at a multiple of 4.
   * @throws RangeError where they are no pack.
   */
  constructor(readonly bytes: Uint8Array) {
    const { buffer, byteOffset, length } = aligned(bytes);
    this.words = new Uint32Array(buffer, byteOffset, length / WORD);
    const [count, names, text] = this.words;
    this.count = count;
    let at = HEAD_WORDS + count * DIRECTORY_WORDS;
    if (!(at + 2 * names + 1 + text / WORD <= this.words.length)) throw new RangeError('no pack');
    this.hashes = new Int32Array(buffer, byteOffset + at * WORD, names);
    at += names;
    this.offsets = this.words.subarray(at, at + names + 1);
    at += names + 1;
    this.spellings = Buffer.from(buffer, byteOffset + at * WORD, text).toString('latin1');
    this.ids = new Int32Array(names).fill(-1);
    for (let entry = 0; entry < count; entry++) this.entries.set(this.keyOf(entry), entry);
  }

  has(key: Uint8Array): boolean {
    return this.entries.has(keyText(key));
  }

  /** What lexing this text gave; undefined where the pack does not hold it. */
  find(key: Uint8Array, text: string): TokenList | undefined {
    const entry = this.entries.get(keyText(key));
    if (entry === undefined) return undefined;
    const tokens = this.read(entry, text);
    return tokens?.text.length === text.length ? tokens : undefined;
  }

  /** All entries, for another pack. They have no text of their own but one of the right length. */
  all(): PackEntry[] {
    return Array.from({ length: this.count }, (_, entry) => {
      const at = HEAD_WORDS + entry * DIRECTORY_WORDS;
      const key = new Uint8Array(this.words.buffer, this.words.byteOffset + at * WORD, KEY_BYTES);
      return { key, name: this.spelling(this.words[at + KEY_WORDS]), tokens: this.read(entry)! };
    });
  }

  private keyOf(entry: number): string {
    const at = (HEAD_WORDS + entry * DIRECTORY_WORDS) * WORD;
    return keyText(new Uint8Array(this.words.buffer, this.words.byteOffset + at, KEY_BYTES));
  }

  private spelling(index: number): string {
    return this.spellings.slice(this.offsets[index], this.offsets[index + 1]);
  }

  private read(entry: number, given?: string): TokenList | undefined {
    const { words } = this;
    const at = words[HEAD_WORDS + entry * DIRECTORY_WORDS + KEY_WORDS + 1] / WORD;
    const length = words[at];
    const count = words[at + 1];
    if (given !== undefined && given.length !== length) return undefined;
    const text = given ?? '\0'.repeat(length);
    const { buffer } = words;
    const namesAt = words.byteOffset + (at + ENTRY_WORDS) * WORD;
    const stepsAt = namesAt + words[at + 2] * WORD;
    const commentsAt = stepsAt + words[at + 3] * STEP_WORDS * WORD;
    const wideAt = commentsAt + words[at + 4] * WORD;
    const codesAt = wideAt + words[at + 5] * WORD;
    const names = new Uint32Array(buffer, namesAt, words[at + 2]);
    const steps = new Uint32Array(buffer, stepsAt, words[at + 3] * STEP_WORDS);
    const comments = new Uint32Array(buffer, commentsAt, words[at + 4]);
    const wide = new Uint32Array(buffer, wideAt, words[at + 5]);
    const codes = new Uint16Array(buffer, codesAt, count);
    const bytesAt = codesAt + padded(count * 2);
    const kinds = new Uint8Array(buffer, bytesAt, count);
    const flags = new Uint8Array(buffer, bytesAt + padded(count), count);
    const gaps = new Uint8Array(buffer, bytesAt + 2 * padded(count), count);
    const lengths = new Uint8Array(buffer, bytesAt + 3 * padded(count), count);
    const idOf = this.idsOf(names);
    const widened = new ArrayBuffer(3 * count * WORD);
    const ids = new Int32Array(widened, 0, count);
    const starts = new Uint32Array(widened, count * WORD, count);
    const ends = new Uint32Array(widened, 2 * count * WORD, count);
    translate(codes, idOf, ids);
    widen(gaps, lengths, wide, starts, ends);
    const directives = directivesOf(steps, kinds, ids, starts);
    return { text, count, kinds, flags, starts, ends, ids, directives, comments };
  }

  /** The ids that the codes of an entry stand for. */
  private idsOf(names: Uint32Array): Int32Array {
    const idOf = new Int32Array(NAMES_FROM + names.length);
    idOf.set(FIXED_CODES);
    for (let at = 0; at < names.length; at++) {
      const index = names[at];
      let id = this.ids[index];
      if (id < 0) {
        id = nameIdIn(this.spellings, this.offsets[index], this.offsets[index + 1], this.hashes[index], true);
        this.ids[index] = id;
      }
      idOf[NAMES_FROM + at] = id;
    }
    return idOf;
  }
}

function directivesOf(steps: Uint32Array, kinds: Uint8Array, ids: Int32Array, starts: Uint32Array): Directive[] {
  const directives: Directive[] = [];
  for (let at = 0; at < steps.length; at += STEP_WORDS) {
    directives.push(directiveAt(steps[at], steps[at + 1], kinds, ids, starts, steps[at + 2]));
  }
  return directives;
}

function translate(codes: Uint16Array, idOf: Int32Array, ids: Int32Array): void {
  for (let at = 0; at < codes.length; at++) ids[at] = idOf[codes[at]];
}

/** Offsets from the gap before each token and its length, in bytes. */
function widen(gaps: Uint8Array, lengths: Uint8Array, wide: Uint32Array, starts: Uint32Array, ends: Uint32Array): void {
  let end = 0;
  let nextWide = 0;
  for (let at = 0; at < gaps.length; at++) {
    const gap = gaps[at];
    end += gap < WIDE ? gap : wide[nextWide++];
    starts[at] = end;
    const length = lengths[at];
    end += length < WIDE ? length : wide[nextWide++];
    ends[at] = end;
  }
}

function keyText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
}

function bytesOf(column: Column): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

function padded(length: number): number {
  return (length + WORD - 1) & -WORD;
}

function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % WORD === 0 ? bytes : Uint8Array.from(bytes);
}
