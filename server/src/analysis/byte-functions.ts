/** The functions of a file whose objects are followed byte by byte, and what that rests on. */
import { ByteNames } from '../flow/byte-facts';
import type { SearchContext } from '../flow/byte-search';
import { type BuiltFunction, Functions } from '../flow/functions';
import { Typestates } from '../flow/typestates';
import { oncePerFacts } from '../packs/facts';
import type { FileAnalysis } from './analysis';

export const byteNames = oncePerFacts((facts) => new ByteNames(facts.bytes));

/** Functions of the main file around some offsets, ready to be followed. */
export function* functionsAt(
  file: FileAnalysis,
  places: readonly number[],
): Iterable<{ readonly fn: BuiltFunction; readonly context: SearchContext }> {
  if (places.length === 0) return;
  const { globals, target, facts } = file;
  const typestates = new Typestates([], facts.flow);
  const skipped = (reason: string): void => file.count(`flow.skipped: ${reason}`);
  const functions = new Functions(globals, typestates, skipped);
  const isSteady = (call: string): boolean => typestates.isSteady(call);
  const context = { globals, target, names: byteNames(facts), functions, isSteady, skipped };
  const { starts } = file.main.tokens;
  for (const item of globals.mainTable.items) {
    if (!item.isFunction || !places.some((at) => starts[item.first] <= at && at < starts[item.end - 1])) continue;
    for (const { name } of globals.parse(globals.unit.main, item).declarations) {
      const fn = functions.named(name);
      if (!fn) continue;
      file.count('flow.functions');
      yield { fn, context };
    }
  }
}
