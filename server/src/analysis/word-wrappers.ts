/** Functions of headers that give a tagged word out with its tags, and what a file does with what they give. */

import { nameId } from '../text/names';
import type { Declaration, Expression, Statement } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { partsOf, statementsIn, walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import { spells } from './spelled-names';
import type { TaggedWord } from './tagged-word';
import type { WordTest, WordUse } from './word-test';
import { wordUsesIn } from './word-uses';

/** What some functions of headers give out. */
export interface Wrappers {
  /** Those that return the word whole, as what it is declared. */
  readonly whole: ReadonlySet<string>;
  /** Those that return it as a pointer to something, which may be off by the tags. */
  readonly followable: ReadonlySet<string>;
}

/** The functions of headers that a file names and that give a word out with its tags. */
export function wrappersOf(file: FileAnalysis, word: TaggedWord, test: WordTest): Wrappers {
  const whole = new Set<string>();
  const followable = new Set<string>();
  for (const name of word.derived?.wrappers ?? []) {
    const definition = spells(file.main, nameId(name)) ? file.globals.definitionOf(name) : undefined;
    if (!definition || definition.reading.file === file.main) continue;
    const { declarations } = file.globals.parseWhole(definition.reading, definition.item);
    for (const declaration of declarations) {
      if (declaration.name !== name || !declaration.body) continue;
      const { uses, isReturned } = wordUsesIn(file.globals, declaration, test);
      if (isReturned) whole.add(name);
      else if (handsOut(declaration, uses)) followable.add(name);
    }
  }
  return { whole, followable };
}

/** Whether a function takes nothing off the word, and returns it as a pointer to a record. */
function handsOut({ body, type }: Declaration, uses: readonly WordUse[]): boolean {
  const bare = strip(type);
  if (!body || bare.kind !== 'function' || strip(bare.returns).kind !== 'pointer' || !recordBehind(bare.returns))
    return false;
  if (uses.some(({ use }) => use === 'bits')) return false;
  const given = new Set(uses.flatMap(({ at, use, isImplicit }) => (use === 'pointer' && isImplicit ? [at] : [])));
  const holds = (part: Expression): boolean => given.has(part) || partsOf(part).some(holds);
  return valuesIn(body).some(holds);
}

function valuesIn(statement: Statement): Expression[] {
  const own = statement.kind === 'return' && statement.value ? [statement.value] : [];
  return [...own, ...[...statementsIn(statement)].flatMap(valuesIn)];
}

/**
 * Where a function follows what it was given as a pointer with its tags. One that asks any of the word's accessors knows of them.
 */
export function followedIn(
  file: FileAnalysis,
  declaration: Declaration,
  word: TaggedWord,
  { followable }: Wrappers,
  test: WordTest,
): readonly WordUse[] {
  if (followable.size === 0 || !declaration.body) return [];
  const own: WordTest = {
    ...test,
    is: () => false,
    isMember: () => false,
    isReturnedBy: (name) => followable.has(name),
  };
  const asking = new Set((word.derived?.accessors ?? []).map(({ name }) => name));
  if (callsAny(declaration.body, asking)) return [];
  return wordUsesIn(file.globals, declaration, own).uses.filter(
    ({ use, isImplicit }) => use === 'pointer' && isImplicit,
  );
}

function callsAny(statement: Statement, names: ReadonlySet<string>): boolean {
  let isCalled = false;
  walkStatement(statement, (part) => {
    isCalled ||= part.kind === 'call' && part.callee.kind === 'name' && names.has(part.callee.name);
  });
  return isCalled;
}
