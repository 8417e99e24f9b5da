/** Makes a rule of the protocols that packs give for it: which files it reads, its gate, and its findings. */

import { flatten, sharing } from '../facts/overlay';
import { brokenBans } from '../flow/check';
import { Protocols, startersOf } from '../flow/protocols';
import type { Facts } from '../packs/facts';
import { oncePerFacts } from '../packs/facts';
import type { Protocol } from '../packs/flow';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import { TokenKind } from '../text/tokens';
import type { FileAnalysis } from './analysis';
import { reportBroken } from './flow-report';
import type { Rule, RuleMetadata } from './rule';

/** @param needs What a file must hold; without it one that begins a state together with one that a ban speaks of. */
export function protocolRule(
  metadata: Omit<RuleMetadata, 'needs'>,
  needs: (protocol: Protocol) => readonly WordNeed[] = pairsOf,
): Rule {
  const { id, severity } = metadata;
  const mine = oncePerFacts((facts: Facts) =>
    facts.protocols
      .filter(({ rule }) => rule === id)
      .map((protocol) => {
        const ready = new Protocols([protocol], facts.flow);
        return { protocol, ready, asked: new Set([...ready.words, protocol.gate].map(nameId)) };
      }),
  );
  return {
    ...metadata,
    needs: 'flow',
    words: (facts) => mine(facts).flatMap(({ protocol }) => needs(protocol)),
    takesHeaders: true,
    *check(file) {
      for (const { protocol, ready, asked } of mine(file.facts)) {
        const path = file.relative(file.main.path);
        if (protocol.exempt?.some((start) => path.startsWith(start))) continue;
        if (!mentions(file, asked) || !isOffered(file, protocol)) continue;
        for (const broken of brokenBans(file.globals, ready, (counter, by) => file.count(counter, by)))
          yield reportBroken(file, broken, severity);
      }
    },
  };
}

function pairsOf(protocol: Protocol): WordNeed[] {
  const banned = protocol.bans.flatMap(({ touch, store, call, member }) => touch ?? store ?? member ?? call ?? []);
  return startersOf(protocol).flatMap((starter) => [...new Set(banned)].map((name) => [starter, name]));
}

function mentions(file: FileAnalysis, asked: ReadonlySet<number>): boolean {
  const { ids, kinds, count } = file.main.tokens;
  for (let token = 0; token < count; token++)
    if (kinds[token] === TokenKind.Identifier && asked.has(ids[token])) return true;
  return false;
}

/** The gate: what is declared, and which members share their bytes. */
function isOffered(file: FileAnalysis, { gate, record, overlaid, spelled }: Protocol): boolean {
  if ((spelled && !file.mayOffer(gate)) || !file.offers(gate)) return false;
  if (!overlaid) return true;
  const layout = file.layout(file.globals.record('struct', record));
  if (!flatten(layout).some((member) => member.name === overlaid[0])) return false;
  return sharing(layout, overlaid[0]).some((shared) => shared.member.name === overlaid[1]);
}
