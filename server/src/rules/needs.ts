/** Says by a text alone whether a rule may have anything to say about it; the same answer as the scan over a tree gives. */
import { type Facts, oncePerFacts } from '../packs/facts';
import type { Rule, WordNeed } from './rule';

/** What a rule asks for, given the facts that it goes by. */
export function needsOf(rule: Rule, facts: Facts): readonly WordNeed[] {
  return typeof rule.words === 'function' ? madeNeeds(facts).of(rule, rule.words) : rule.words;
}

const madeNeeds = oncePerFacts((facts) => {
  const known = new Map<Rule, readonly WordNeed[]>();
  return {
    of(rule: Rule, make: (facts: Facts) => readonly WordNeed[]): readonly WordNeed[] {
      let needs = known.get(rule);
      if (!needs) known.set(rule, (needs = make(facts)));
      return needs;
    },
  };
});

/** Whether a text holds what a rule asks for. */
export function maySpeak(rule: Rule, text: string, facts: Facts): boolean {
  return needsOf(rule, facts).some((need) => isMet(need, text));
}

function isMet(need: WordNeed, text: string): boolean {
  return typeof need === 'string' ? holds(text, need) : need.every((word) => holds(text, word));
}

const patterns = new Map<string, RegExp>();

function holds(text: string, word: string): boolean {
  const isMember = word.startsWith('.');
  const name = isMember ? word.slice(1) : word;
  // Most texts hold most words nowhere, which is found out faster without a pattern.
  if (!text.includes(name)) return false;
  let pattern = patterns.get(word);
  if (!pattern) {
    pattern = isMember ? new RegExp(`(?:\\.|->)[\\0- ]*${name}\\b`) : new RegExp(`\\b${name}\\b`);
    patterns.set(word, pattern);
  }
  return pattern.test(text);
}
