/**
 * What the linter and the preprocessor are told of a tree. It is made here alone, so that no caller can leave out a setting,
 * such as the flags from compile_commands.json.
 */
import { namesIn } from '../files/folder-names';
import { readerWithHeaders } from '../generated/made-reader';
import { type Target, target } from '../layout/target';
import type { Project } from '../linter';
import { parseConfig } from '../preprocessor/config';
import type { Lexer } from '../preprocessor/source';
import { PreprocessedTree } from '../preprocessor/tree';
import type { SourceReader } from '../text/text';
import { foldersOf, hasKconfig } from './configuration';
import { treeFor } from './other-target';
import type { Tree } from './tree';

/** The linter's project for a tree whose files come from this reader. */
export function projectOf(tree: Tree, reader: SourceReader, lex?: Lexer): Project {
  const { roots: _roots, version: _version, ...project } = tree;
  const onTarget = (name: string): Project | undefined => {
    const other = treeFor(tree, name);
    return other && projectOf(other, reader, lex);
  };
  return { ...project, reader: withMadeHeaders(tree, reader, lex), lex, list: namesIn, onTarget };
}

/** Headers that the build has not made are made as they are read, where the tree's sources are there to make them from. */
function withMadeHeaders(tree: Tree, reader: SourceReader, lex: Lexer | undefined): SourceReader {
  const { kernel, build, arch, target: name, configFile, configuration } = tree;
  const text = configuration?.text ?? reader.read(configFile ?? `${build}/.config`);
  if (name === undefined || (text !== undefined && !hasKconfig(kernel, reader.names ? reader : undefined)))
    return reader;
  const hexadecimal = new Set(configuration?.hexadecimal);
  return readerWithHeaders({
    kernel,
    build,
    arch,
    target: name,
    config: text === undefined ? undefined : parseConfig(text),
    reader,
    lex,
    list: reader.names ? (folder) => reader.names!(folder) : foldersOf(kernel),
    isHexadecimal: (symbol) => hexadecimal.has(symbol),
    // What stands on disk was made for another configuration.
    remade: configuration ? () => true : undefined,
  });
}

/** A tree for whoever asks for layouts and runs no rules. */
export interface TreeModel {
  readonly preprocessed: PreprocessedTree;
  readonly target: Target;
}

/** @throws Error where there is no data model for the tree's architecture. */
export function modelOf(tree: Tree, reader: SourceReader, lex?: Lexer): TreeModel {
  const name = tree.target;
  if (name === undefined) throw new Error(`no layout is known for the architecture ${tree.arch}`);
  const preprocessed = new PreprocessedTree({ ...projectOf(tree, reader, lex), target: name });
  return { preprocessed, target: target(name, preprocessed.compiler.name) };
}
