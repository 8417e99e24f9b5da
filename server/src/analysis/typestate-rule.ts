/** Makes a rule of the typestates that packs give for it: which files it reads, its gate, and its findings. */

import { flatten, sharing } from '../facts/overlay';
import { violationsIn } from '../flow/check';
import { startersOf, Typestates } from '../flow/typestates';
import type { Facts } from '../packs/facts';
import { oncePerFacts } from '../packs/facts';
import type { Typestate } from '../packs/flow';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import type { FileAnalysis } from './analysis';
import { reportBroken } from './flow-report';
import type { Rule, RuleMetadata } from './rule';
import { spells } from './spelled-names';

/** @param needs What a file must hold; without it one that begins a state together with one that a forbidden speaks of. */
export function typestateRule(
  metadata: Omit<RuleMetadata, 'needs'>,
  needs: (typestate: Typestate) => readonly WordNeed[] = pairsOf,
): Rule {
  const { id, severity } = metadata;
  const mine = oncePerFacts((facts: Facts) =>
    facts.typestates
      .filter(({ rule }) => rule === id)
      .map((typestate) => {
        const ready = new Typestates([typestate], facts.flow);
        return { typestate, ready, asked: new Set([...ready.words, typestate.gate].map(nameId)) };
      }),
  );
  return {
    ...metadata,
    needs: 'flow',
    words: (facts) => mine(facts).flatMap(({ typestate }) => needs(typestate)),
    takesHeaders: true,
    *check(file) {
      for (const { typestate, ready, asked } of mine(file.facts)) {
        const path = file.relative(file.main.path);
        if (typestate.exempt?.some((start) => path.startsWith(start))) continue;
        if (!mentions(file, asked) || !isOffered(file, typestate)) continue;
        for (const broken of violationsIn(file.globals, ready, (counter, by) => file.count(counter, by)))
          yield reportBroken(file, broken, severity);
      }
    },
  };
}

function pairsOf(typestate: Typestate): WordNeed[] {
  const banned = typestate.forbids.flatMap(({ touch, store, call, member }) => touch ?? store ?? member ?? call ?? []);
  return startersOf(typestate).flatMap((starter) => [...new Set(banned)].map((name) => [starter, name]));
}

function mentions(file: FileAnalysis, asked: ReadonlySet<number>): boolean {
  for (const id of asked) if (spells(file.main, id)) return true;
  return false;
}

/** The gate: what is declared, and which members share their bytes. */
function isOffered(file: FileAnalysis, { gate, record, overlaid, spelled }: Typestate): boolean {
  if ((spelled && !file.mayOffer(gate)) || !file.offers(gate)) return false;
  if (!overlaid) return true;
  const layout = file.layout(file.globals.record('struct', record));
  if (!flatten(layout).some((member) => member.name === overlaid[0])) return false;
  return sharing(layout, overlaid[0]).some((shared) => shared.member.name === overlaid[1]);
}
