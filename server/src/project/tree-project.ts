/**
 * What the linter and the preprocessor are told of a tree. It is made here alone, so that no caller can leave out a setting,
 * such as the flags from compile_commands.json.
 */
import { type Target, target, targetName } from '../layout/target';
import type { Project } from '../linter';
import type { Lexer } from '../preprocessor/source';
import { PreprocessedTree } from '../preprocessor/tree';
import type { SourceReader } from '../text/text';
import type { Tree } from './tree';

/** The linter's project for a tree whose files come from this reader. */
export function projectOf(tree: Tree, reader: SourceReader, lex?: Lexer): Project {
  const { roots: _roots, version: _version, ...project } = tree;
  return { ...project, reader, lex };
}

/** A tree for whoever asks for layouts and runs no rules. */
export interface TreeModel {
  readonly preprocessed: PreprocessedTree;
  readonly target: Target;
}

/** @throws Error where there is no data model for the tree's architecture. */
export function modelOf(tree: Tree, reader: SourceReader, lex?: Lexer): TreeModel {
  const name = targetName(tree.arch);
  if (name === undefined) throw new Error(`no layout is known for the architecture ${tree.arch}`);
  const preprocessed = new PreprocessedTree({ ...projectOf(tree, reader, lex), target: name });
  return { preprocessed, target: target(name, preprocessed.compiler.name) };
}
