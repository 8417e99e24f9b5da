/**
 * tree-sitter with its C grammar: the native module where one loads, else WebAssembly, which gives the same trees.
 *
 * The grammar's WebAssembly comes from the same package as its native module, so that both are of one version.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { throughGate } from './native-gate';

/** No build of the parser is installed that runs here; the message is for people, and needs no stack. */
class MissingGrammar extends Error {
  constructor() {
    super('tree-sitter can not be loaded, native or as WebAssembly: install the package again');
    this.stack = undefined;
  }
}

/** A cursor over a tree, as both have it. */
export interface TreeCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  /** In characters of the text. */
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

interface ParsedText {
  readonly cursor: TreeCursor;
  readonly hasError: boolean;
  /** The tree as nested names, for people. */
  print(): string;
  /** The tree's memory is given back where nothing else does so. */
  free(): void;
}

interface Grammar {
  /** Which of the two it is. */
  readonly engine: 'native' | 'wasm';
  parse(text: string): ParsedText;
}

const load = createRequire(__filename);

/** Room past the text's length that the native module's read buffer needs. */
const BUFFER_SLACK = 1024;

function nativeGrammar(): Grammar | undefined {
  try {
    const Parser = load('tree-sitter') as typeof import('tree-sitter');
    const parser = new Parser();
    parser.setLanguage(load('tree-sitter-c') as import('tree-sitter').Language);
    return {
      engine: 'native',
      parse(text) {
        const tree = parser.parse(text, null, { bufferSize: text.length * 2 + BUFFER_SLACK });
        const { rootNode } = tree;
        return {
          cursor: tree.walk(),
          hasError: rootNode.hasError,
          print: () => rootNode.toString(),
          free: () => undefined,
        };
      },
    };
  } catch {
    // No build for this platform or this runtime: WebAssembly runs everywhere.
    return undefined;
  }
}

let grammar: Grammar | undefined;

/**
 * Gets the grammar ready. Whoever starts a thread that parses waits for this first: WebAssembly can't be had at once.
 *
 * @throws MissingGrammar where neither is installed.
 */
export async function loadGrammar(): Promise<Grammar> {
  grammar ??= throughGate(nativeGrammar);
  if (grammar) return grammar;
  const { Language, Parser } = webTreeSitter();
  await Parser.init();
  const folder = path.dirname(load.resolve('tree-sitter-c/package.json'));
  const parser = new Parser();
  parser.setLanguage(await Language.load(path.join(folder, 'tree-sitter-c.wasm')));
  return (grammar = {
    engine: 'wasm',
    parse(text) {
      const tree = parser.parse(text);
      if (!tree) throw new Error('tree-sitter gave no tree');
      const { rootNode } = tree;
      const cursor = tree.walk();
      return {
        cursor,
        hasError: rootNode.hasError,
        print: () => rootNode.toString(),
        free() {
          cursor.delete();
          tree.delete();
        },
      };
    },
  });
}

function webTreeSitter(): typeof import('web-tree-sitter') {
  try {
    return load('web-tree-sitter');
  } catch {
    throw new MissingGrammar();
  }
}

/** The grammar that is loaded. @throws MissingGrammar where none is: see loadGrammar. */
export function theGrammar(): Grammar {
  grammar ??= nativeGrammar();
  if (!grammar) throw new MissingGrammar();
  return grammar;
}
