/** Makes raw BTF (Documentation/bpf/btf.rst) of a few types, for tests of what reads it. */

/** Kinds of types, by their numbers. */
export const BTF_KINDS = { int: 1, pointer: 2, array: 3, struct: 4, union: 5, typedef: 8 } as const;

export interface BtfEntry {
  kind: number;
  name?: string;
  /** Bytes, or the number of a type. */
  size: number;
  members?: [name: string, type: number, offset: number, bits?: number][];
  extra?: number[];
}

/**
 * Raw BTF with these types, numbered from 1.
 *
 * @param base Of a module's BTF, its kernel's: names are numbered on from there, as the caller numbers types.
 */
export function makeBtf(entries: readonly BtfEntry[], isLittleEndian = true, base?: Uint8Array): Uint8Array {
  const firstName = base ? new DataView(base.buffer).getUint32(20, isLittleEndian) : 0;
  let strings = base ? '' : '\0';
  const named = (name = '') => {
    if (name === '') return 0;
    strings += `${name}\0`;
    return firstName + strings.length - name.length - 1;
  };
  const words: number[] = [];
  for (const { kind, name, size, members, extra } of entries) {
    const flag = members?.some((each) => each[3] !== undefined) ? 1 : 0;
    words.push(named(name), ((flag << 31) | (kind << 24) | (members?.length ?? 0)) >>> 0, size, ...(extra ?? []));
    for (const [memberName, type, offset, bitSize] of members ?? []) {
      words.push(named(memberName), type, flag ? (((bitSize ?? 0) << 24) | offset) >>> 0 : offset);
    }
  }
  const bytes = new Uint8Array(24 + words.length * 4 + strings.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xeb9f, isLittleEndian);
  bytes[2] = 1;
  const header = [24, 0, words.length * 4, words.length * 4, strings.length];
  header.forEach((word, index) => {
    view.setUint32(4 + index * 4, word, isLittleEndian);
  });
  words.forEach((word, index) => {
    view.setUint32(24 + index * 4, word, isLittleEndian);
  });
  bytes.set(Buffer.from(strings, 'latin1'), 24 + words.length * 4);
  return bytes;
}
