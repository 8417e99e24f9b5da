/** Reads the section table of an ELF file, of either class and byte order. */

interface ElfSection {
  readonly name: string;
  /** The section's bytes; empty for one that occupies no space in the file. */
  readonly bytes: Uint8Array;
}

interface ElfFile {
  readonly isBigEndian: boolean;
  readonly is64Bit: boolean;
  readonly sections: readonly ElfSection[];
}

const NO_SPACE_IN_FILE = 8;

/** Whether bytes begin as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/**
 * The sections of an ELF file (System V ABI, chapter 4, "ELF Header" and "Sections"). Throws an Error that says what is
 * wrong with a file that does not hold together.
 */
export function readElf(bytes: Uint8Array): ElfFile {
  if (!isElf(bytes) || bytes.length < 52) throw new Error('this is no ELF file');
  const is64Bit = bytes[4] === 2;
  if (!is64Bit && bytes[4] !== 1) throw new Error(`the ELF class ${bytes[4]} is neither 32 nor 64 bit`);
  const isBigEndian = bytes[5] === 2;
  if (!isBigEndian && bytes[5] !== 1) throw new Error(`the ELF byte order ${bytes[5]} is neither little nor big`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const half = (at: number) => view.getUint16(at, !isBigEndian);
  const word = (at: number) => view.getUint32(at, !isBigEndian);
  const address = (at: number) => (is64Bit ? Number(view.getBigUint64(at, !isBigEndian)) : word(at));
  if (is64Bit && bytes.length < 64) throw new Error('the ELF header is cut short');

  const tableAt = address(is64Bit ? 40 : 32);
  const entrySize = half(is64Bit ? 58 : 46);
  let count = half(is64Bit ? 60 : 48);
  let namesIndex = half(is64Bit ? 62 : 50);
  if (tableAt === 0) return { isBigEndian, is64Bit, sections: [] };
  const fits = (at: number, length: number) => at + length <= bytes.length;
  if (entrySize < (is64Bit ? 64 : 40) || !fits(tableAt, entrySize))
    throw new Error('the ELF section table is cut short');

  const sizeOffset = is64Bit ? 32 : 20;
  const linkOffset = is64Bit ? 40 : 24;
  // With 65,280 sections or more, the first entry holds the true counts.
  if (count === 0) count = address(tableAt + sizeOffset);
  if (namesIndex === 0xffff) namesIndex = word(tableAt + linkOffset);
  if (!fits(tableAt, entrySize * count)) throw new Error('the ELF section table is cut short');

  const raw = Array.from({ length: count }, (_, index) => {
    const at = tableAt + index * entrySize;
    const start = address(at + (is64Bit ? 24 : 16));
    const size = address(at + sizeOffset);
    const isEmpty = word(at + 4) === NO_SPACE_IN_FILE;
    if (!isEmpty && !fits(start, size)) throw new Error(`ELF section ${index} reaches past the end of the file`);
    return { nameAt: word(at), bytes: isEmpty ? bytes.subarray(0, 0) : bytes.subarray(start, start + size) };
  });
  const names = raw[namesIndex]?.bytes ?? bytes.subarray(0, 0);
  return {
    isBigEndian,
    is64Bit,
    sections: raw.map(({ nameAt, bytes }) => ({ name: zeroTerminated(names, nameAt), bytes })),
  };
}

/** The Latin-1 text from an offset to the next zero byte. */
function zeroTerminated(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at);
  let text = '';
  for (let index = at; index < (end < 0 ? bytes.length : end); index++) text += String.fromCharCode(bytes[index]);
  return text;
}
