/** Holds the names that a pack refers to against what they name: rules, states of a typestate, placeholders of a message. */
import type { DimensionStates, Typestate } from './flow';
import type { Pack } from './pack';
import { whyNoPattern } from './patterns';
import { whyNoRule } from './renamed-rules';

/** A value of a pack that refers to nothing: its path in the pack's data, and a sentence without its full stop. */
interface UnknownName {
  readonly path: readonly string[];
  readonly message: string;
}

/** The state in which every object starts; it is not listed among a dimension's own. */
const UNKNOWN = 'unknown';

/** What a message of a forbidden may have in braces. */
const PLACEHOLDERS = ['object', 'line', 'word'];

/** Every name in a pack that refers to nothing. @param rules Ids of all rules that there are. */
export function* unknownNames(pack: Pack, rules: readonly string[]): Iterable<UnknownName> {
  for (const [key, entries] of Object.entries(pack))
    if (Array.isArray(entries))
      for (const [index, entry] of entries.entries()) yield* unknownRules(entry, [key, String(index)], rules);
  for (const [index, { pattern }] of (pack.claims ?? []).entries()) {
    const message = whyNoPattern(pattern);
    if (message) yield { path: ['claims', String(index), 'pattern'], message };
  }
  for (const [index, saying] of (pack.reserved?.sayings ?? []).entries()) {
    const message = whyNoPattern(saying, 0);
    if (message) yield { path: ['reserved', 'sayings', String(index)], message };
  }
  for (const [index, typestate] of (pack.typestates ?? []).entries())
    for (const { path, message } of unknownStates(typestate))
      yield { path: ['typestates', String(index), ...path], message };
}

function* unknownRules(
  entry: { readonly rule?: string; readonly rules?: readonly string[] } | string,
  path: readonly string[],
  rules: readonly string[],
): Iterable<UnknownName> {
  if (typeof entry === 'string') return;
  const named = [
    ...(entry.rule === undefined ? [] : [{ name: entry.rule, at: ['rule'] }]),
    ...(entry.rules ?? []).map((name, index) => ({ name, at: ['rules', String(index)] })),
  ];
  for (const { name, at } of named)
    if (!rules.includes(name))
      yield {
        path: [...path, ...at],
        message: `${JSON.stringify(name)} ${whyNoRule(name)}: "overlint rules" lists them`,
      };
}

function* unknownStates({ dimensions, moves, tests, forbids, overlaid }: Typestate): Iterable<UnknownName> {
  /** What is wrong with a dimension and some of its states, each with its path. */
  function* unknownOf(
    base: readonly string[],
    dimension: string,
    states: readonly (readonly [path: readonly string[], state: string])[],
  ): Iterable<UnknownName> {
    if (!Object.hasOwn(dimensions, dimension)) {
      const known = Object.keys(dimensions).join(', ');
      yield {
        path: [...base, 'dimension'],
        message: `${JSON.stringify(dimension)} is no dimension here; there are ${known}`,
      };
      return;
    }
    for (const [path, state] of states)
      if (state !== UNKNOWN && !dimensions[dimension].includes(state)) {
        const known = [...dimensions[dimension], UNKNOWN].join(', ');
        yield {
          path: [...base, ...path],
          message: `${JSON.stringify(state)} is no state of ${dimension}; there are ${known}`,
        };
      }
  }
  const listed = (key: string, states: readonly string[]) =>
    states.map((state, index) => [[key, String(index)], state] as const);

  for (const [index, { dimension, from = {}, to }] of moves.entries()) {
    const states = Object.entries(from).flatMap(([old, now]) => [
      [['from', old], old] as const,
      [['from', old], now] as const,
    ]);
    yield* unknownOf(['moves', String(index)], dimension, to === undefined ? states : [...states, [['to'], to]]);
  }
  for (const [index, { dimension, holds, yes, no }] of tests.entries())
    yield* unknownOf(['tests', String(index)], dimension, [...listed('holds', holds), [['yes'], yes], [['no'], no]]);
  for (const [index, forbidden] of forbids.entries()) {
    const base = ['forbids', String(index)];
    for (const key of ['when', 'unless'] as const) {
      const given: DimensionStates | undefined = forbidden[key];
      if (given) yield* unknownOf([...base, key], given.dimension, listed('states', given.states));
    }
    for (const [whole, name] of forbidden.message.matchAll(/\{(\w*)\}/g)) {
      const path = [...base, 'message'];
      if (!PLACEHOLDERS.includes(name)) {
        const known = PLACEHOLDERS.map((one) => `{${one}}`).join(', ');
        yield { path, message: `${whole} is no placeholder; there are ${known}` };
      } else if (name === 'word' && !overlaid)
        yield { path, message: '{word} is the word that the overlaid members share, and "overlaid" names none' };
    }
  }
}
