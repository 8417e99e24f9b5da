/** Whether code uses a member where a test has said what the member's accessor asks before it gives the member out. */

import type { Answer } from '../flow/answers';
import { followAnswers } from '../flow/known-answers';
import type { ParsedItem } from '../parser/parser';
import type { AccessSite, FileAnalysis } from './analysis';

/** @param accessors Functions that do more than return the member. */
export function isBehindTest(file: FileAnalysis, site: AccessSite, accessors: readonly string[]): boolean {
  if (site.file !== file.main) return false;
  const asked = accessors.flatMap((name) => {
    const definition = file.globals.definitionOf(name);
    const parsed = definition && file.globals.parseWhole(definition.reading, definition.item);
    return parsed ? answersAt(file, parsed, site.name) : [];
  });
  const { reading, item } = asked.length > 0 ? file.itemAt(site.nameToken) : { reading: undefined, item: undefined };
  if (!item || !reading) return false;
  const said = answersAt(file, file.parsedWhole(reading, item), site.name, file.main.tokens.starts[site.nameToken]);
  return said.some((one) => asked.some((other) => isSame(one, other)));
}

/** The answers that stand where a member is read; at one place, if it is given. */
function answersAt(file: FileAnalysis, { declarations, tokens }: ParsedItem, name: string, start?: number): Answer[] {
  const found: Answer[] = [];
  for (const declaration of declarations)
    followAnswers(
      declaration,
      tokens,
      file.globals,
      file.facts,
      {
        member(expression, use, answers) {
          if (expression.name !== name || use === 'store') return;
          if (start !== undefined && tokens[expression.nameToken].start !== start) return;
          found.push(...answers.of(answers.objectOf(expression)));
        },
      },
      // Whoever has asked has asked, also where a function is called in between.
      { isLasting: true },
    );
  return found;
}

function isSame(one: Answer, other: Answer): boolean {
  return one.asked === other.asked && one.holds === other.holds && one.equals === other.equals;
}
