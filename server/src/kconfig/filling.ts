/** Fills in what a configuration leaves open: with n, m, y, or the defaults of the files. */
import type { Evaluator } from './evaluate';
import { entriesBelow, MODULE, NO, YES } from './symbols';

/** What symbols get that nobody has set. */
export type Filling = 'defaults' | 'no' | 'module' | 'yes';

const STATES = { no: NO, module: MODULE, yes: YES } as const;

/** Sets all that has a prompt and no value yet; choices go by their defaults. */
export function fillNew(evaluator: Evaluator, filling: Filling): void {
  if (filling !== 'defaults')
    for (const { symbol, prompt } of entriesBelow(evaluator.parsed.root)) {
      if (!symbol || !prompt || symbol.hasUserValue || symbol.memberOf || symbol.isChoice) continue;
      if (symbol.type !== 'bool' && symbol.type !== 'tristate') continue;
      symbol.userState = STATES[filling];
      symbol.hasUserValue = true;
    }
  evaluator.restart();
}
