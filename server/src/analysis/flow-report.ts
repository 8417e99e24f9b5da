/** Turns a violation of the flow analysis into a finding: where, in whose words, and the path that leads there. */

import { flatten, wordText } from '../facts/overlay';
import type { Mark } from '../flow/abstract-state';
import type { FlowFunction, Violation } from '../flow/callees';
import type { Broken } from '../flow/check';
import type { Typestate } from '../packs/flow';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import type { Place } from '../text/text';
import type { Expression } from '../types/ast';
import type { FileAnalysis } from './analysis';
import type { Finding, Related, Severity } from './finding';
import { lendFix } from './lend-fix';

export function reportBroken(file: FileAnalysis, broken: Broken, severity: Severity): Finding {
  const { violation, of } = broken;
  const { forbidden, mark, expression } = violation;
  const place = placeOf(of, expression);
  const object = objectText(of, violation);
  const message = filled(forbidden.data.message, {
    object,
    line: `line ${file.lineNumber(tokenPlace(mark.site))}`,
    word: wordOf(file, forbidden.typestate),
  });
  return {
    rule: forbidden.typestate.rule,
    severity,
    ...place,
    message,
    related: [...pathOf(mark), ...insideOf(violation), ...declared(file, forbidden.typestate)],
    fixes: lendFix(file, broken, object),
  };
}

/** The marks that lead to a state, the first one first. */
function pathOf(mark: Mark): Related[] {
  const earlier = mark.earlier ? pathOf(mark.earlier) : [];
  return [...earlier, { ...tokenPlace(mark.site), message: mark.note }];
}

/** What happens inside of the function that is called. */
function insideOf(violation: Violation): Related[] {
  if (!violation.inside) return [];
  const { violation: inner, of } = violation.inside;
  const message = inner.inside ? `${of.name}() hands it on here` : `${of.name}() does it here`;
  return [{ ...placeOf(of, inner.expression), message }, ...insideOf(inner)];
}

/** Where the two members are declared that share their bytes. */
function declared(file: FileAnalysis, { record: tag, overlaid }: Typestate): Related[] {
  if (!overlaid) return [];
  const record = file.globals.record('struct', tag);
  const [one, other] = overlaid;
  const place = file.memberPlace(record, other);
  return place ? [{ ...place, message: `${other} shares its bytes with ${one}` }] : [];
}

function wordOf(file: FileAnalysis, { record: tag, overlaid }: Typestate): string {
  const record = file.globals.record('struct', tag);
  const found = overlaid && flatten(file.layout(record)).find((other) => other.name === overlaid[0]);
  return found ? wordText(found.offsetBits / 8, file.target) : 'the word that they share';
}

function filled(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The object as it is written, without the `&` of one that is handed over by address. */
function objectText(fn: FlowFunction, violation: Violation): string {
  const { first, end } = bare(fn, violation.named);
  const text = fn.tokens
    .slice(first, end)
    .map((token, index) => `${index > 0 && token.space ? ' ' : ''}${spelling(token)}`)
    .join('');
  return text.length > 40 ? 'it' : text;
}

function bare(fn: FlowFunction, expression: Expression): { first: number; end: number } {
  let { first, end } = expression;
  const is = (at: number, text: string): boolean => spelling(fn.tokens[at]) === text;
  while (end - first > 2 && is(first, '(') && is(end - 1, ')')) {
    first++;
    end--;
  }
  return is(first, '&') && end - first > 1 ? { first: first + 1, end } : { first, end };
}

/** Where an expression is written: what a macro makes is written where the macro is used. */
function placeOf(fn: FlowFunction, { first, end }: { first: number; end: number }): Place {
  const start = tokenPlace(fn.tokens[first]);
  const last = tokenPlace(fn.tokens[end - 1]);
  return last.path === start.path && last.end > start.start ? { ...start, end: last.end } : start;
}

function tokenPlace(token: PToken): Place {
  const written = writtenAt(token);
  return { path: written.file.path, start: written.start, end: written.end };
}
