/** What a generator of headers gets and gives: a source tree with one architecture and configuration, and headers. */
import type { BuildArchitecture } from '../kconfig/architecture';

/** A source tree for one build. Paths start at its root, without a slash in front; texts are byte strings. */
export interface BuildTree {
  readonly arch: BuildArchitecture;
  /** Options with their values as in `.config`. */
  readonly symbols: ReadonlyMap<string, string>;
  /** The text of a file of the source tree; undefined where there is none. */
  read(path: string): string | undefined;
  /** Names in a folder of the source tree; empty where there is none. */
  list(folder: string): readonly string[];
  /** Whether Kconfig files say that an option (`CONFIG_…`) is a hexadecimal number; undefined where nobody knows. */
  readonly isHexadecimal?: (symbol: string) => boolean;
  /** The values of the constants that a C file defines for other headers; see offsets.ts. */
  readonly evaluate?: Evaluate;
}

/** A constant of DEFINE(name, expression), with its value or the reason why it is not known. */
export interface DefinedConstant {
  readonly name: string;
  readonly value: bigint | { readonly unknown: string };
}

/** Finds the constants that a C file of the tree (`kernel/bounds.c`) defines, in order; undefined where it can't. */
export type Evaluate = (file: string) => readonly DefinedConstant[] | undefined;

/** A header's text, or the reason why only a build can make it. */
export type MadeHeader =
  | { readonly text: string; readonly unmade?: undefined }
  | { readonly unmade: string; readonly text?: undefined };

/** Headers by their path below the build folder. Each is made when it is asked for; `unmade` where a table is missing. */
export type HeaderMakers = ReadonlyMap<string, () => MadeHeader>;

/** Gives the headers that one kind of table stands for; the map holds those that this tree's build would make. */
export type Generator = (tree: BuildTree) => HeaderMakers;

/** Makes a header from its table; `unmade` where the tree does not have that file. */
export function fromTable(tree: BuildTree, table: string, make: (text: string) => string): () => MadeHeader {
  return () => {
    const text = tree.read(table);
    return text === undefined ? { unmade: `${table} is not in the tree` } : { text: make(text) };
  };
}

/** Whether an option is built in. */
export function isOn(tree: BuildTree, symbol: string): boolean {
  return tree.symbols.get(`CONFIG_${symbol}`) === 'y';
}

/** Lines of a table without comments (from a `#` at the start of a line) and blank lines, each parted at blanks. */
export function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
}
