/**
 * The index of a tree's headers: what lexing them gave, kept on disk for all later runs, workers and editor sessions.
 *
 * An entry is known by the content of its header, so that it is never wrong, only unused. The headers of one folder share
 * one entry of the store, as thousands of small files are slower to read than their headers are to lex: it holds a few
 * packs, each of which adds what the ones before it lack. Who keeps at the same time as another run may lose what the
 * other added; it is lexed again then.
 */
import crypto from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { version } from '../../../package.json';
import { ALL_KINDS, lex } from '../text/lexer';
import type { TokenList } from '../text/tokens';
import { Cache, cacheKey } from './cache';
import { sha256Of, type TextHashes } from './contents';
import { HeaderPack, isPackable, KEY_BYTES, type PackEntry, packOf } from './header-pack';
import { ALL, isOfShare, type Share } from './share';

/** To be raised with every change to the bytes of a pack. */
const FORMAT = 1;

/** The packs of a folder are made one again when there are more; older versions of its headers go then. */
const MOST_PACKS = 8;

/** The most that is kept for one folder, in bytes: driver folders with generated headers could push out all else. */
const MOST_FOLDER_BYTES = 32 << 20;

/** What a token takes in a pack, in bytes, but for its share of the names. */
const TOKEN_BYTES = 6;

/** An editor keeps what it lexed when it had nothing more to lex for this time, in milliseconds. */
export const IDLE = 2000;

export class HeaderIndex {
  private readonly packs = new Map<string, readonly HeaderPack[]>();
  private readonly fresh = new Map<string, PackEntry[]>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param idle After so many milliseconds without a new header, `keep` is called by itself; undefined for never.
   * @param keeps Whether anything is to be added.
   * @param hashes Takes in what is worked out of the headers' texts, for others who ask.
   */
  constructor(
    private readonly cache: Cache = new Cache(),
    private readonly idle?: number,
    private readonly keeps = true,
    private readonly hashes?: TextHashes,
  ) {}

  /** What `lex` would give for the text of this file. */
  readonly lex = (text: string, file: string): TokenList => {
    const folder = path.posix.dirname(file);
    if (!this.keeps && this.packsOf(folder).length === 0) return lex(text);
    const key = this.hashes?.of(file, text) ?? sha256Of(text);
    for (const pack of this.packsOf(folder)) {
      const known = findIn(pack, key, text);
      if (known) return known;
    }
    const tokens = lex(text);
    if (this.keeps) this.add(folder, { key, name: path.posix.basename(file), tokens });
    return tokens;
  };

  /** Puts what was lexed anew into the store; to be called when a run has ended, for each of the shares where there are more. */
  keep(share: Share = ALL): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [folder, entries] of this.fresh) {
      if (!isOfShare(folder, share)) continue;
      this.keepFolder(folder, entries);
      this.fresh.delete(folder);
    }
    this.cache.trim();
  }

  private add(folder: string, entry: PackEntry): void {
    const entries = this.fresh.get(folder);
    if (entries) entries.push(entry);
    else this.fresh.set(folder, [entry]);
    if (this.idle === undefined) return;
    if (this.timer) this.timer.refresh();
    else this.timer = setTimeout(() => this.keep(), this.idle).unref();
  }

  private packsOf(folder: string): readonly HeaderPack[] {
    let packs = this.packs.get(folder);
    if (!packs) this.packs.set(folder, (packs = this.stored(folder)));
    return packs;
  }

  private stored(folder: string): HeaderPack[] {
    const bytes = this.cache.get(keyOf(folder));
    return bytes ? openPacks(bytes) : [];
  }

  private keepFolder(folder: string, entries: readonly PackEntry[]): void {
    // Another worker or run may have kept some of them since this one looked.
    const stored = this.stored(folder);
    const isStored = (key: Uint8Array): boolean => stored.some((pack) => pack.has(key));
    const added = entries.filter(({ key, tokens }) => !isStored(key) && isPackable(tokens));
    const size = added.reduce((sum, { tokens }) => sum + tokens.count * TOKEN_BYTES, 0);
    if (added.length === 0 || size > MOST_FOLDER_BYTES) return;
    let packs = [...stored.map(({ bytes }) => bytes), packOf(added)];
    if (packs.length > MOST_PACKS) packs = [packOf(newest([...stored.flatMap((pack) => pack.all()), ...added]))];
    const isTooMuch = packs.reduce((sum, { length }) => sum + length, 0) > MOST_FOLDER_BYTES;
    // What is in use now is worth more than what was once.
    this.cache.put(keyOf(folder), ...joined(isTooMuch ? packs.slice(-1) : packs));
  }
}

/** A damaged entry passes no checksum; one that another product wrote under the same key still must not end a run. */
function findIn(pack: HeaderPack, key: Uint8Array, text: string): TokenList | undefined {
  try {
    return pack.find(key, text);
  } catch {
    return undefined;
  }
}

/** The last entry for each file name. */
function newest(entries: readonly PackEntry[]): PackEntry[] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

let maker: string | undefined;

function keyOf(folder: string): string {
  maker ??= cacheKey([version, os.endianness(), crypto.createHash('sha256').update(probe()).digest('hex')]);
  return cacheKey(['header index', `${FORMAT}`, maker, folder]);
}

/** A lexer that takes tokens otherwise does not find what this one kept. */
function probe(): Uint8Array {
  return packOf([{ key: new Uint8Array(KEY_BYTES), name: '', tokens: lex(ALL_KINDS) }]);
}

/** The packs' number, the length of each in bytes, then the packs; all words of 4 bytes. */
function joined(packs: readonly Uint8Array[]): Uint8Array[] {
  const head = Uint32Array.of(packs.length, ...packs.map(({ length }) => length));
  return [new Uint8Array(head.buffer), ...packs];
}

function openPacks(bytes: Buffer): HeaderPack[] {
  try {
    const [count, ...lengths] = new Uint32Array(Uint8Array.from(bytes.subarray(0, 4 * (MOST_PACKS + 1))).buffer);
    if (!(count <= lengths.length)) return [];
    let at = 4 * (count + 1);
    return lengths.slice(0, count).map((length) => new HeaderPack(bytes.subarray(at, (at += length))));
  } catch {
    return [];
  }
}
