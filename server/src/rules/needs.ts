/** Says by a text alone whether a rule may have anything to say about it; the same answer as the scan over a tree gives. */
import type { Facts } from '../packs/facts';
import type { HeaderReader, Rule, WordNeed } from './rule';

/** What rules ask of files, by the facts and headers of one project. */
export class Needs {
  private readonly made = new Map<Rule, readonly WordNeed[]>();

  /** @param read Gives the text of a file by its path from the kernel folder, for rules that mine headers. */
  constructor(
    private readonly facts: Facts,
    private readonly read: HeaderReader = () => undefined,
  ) {}

  /** What a rule asks for. */
  of(rule: Rule): readonly WordNeed[] {
    if (typeof rule.words !== 'function') return rule.words;
    let needs = this.made.get(rule);
    if (!needs) this.made.set(rule, (needs = rule.words(this.facts, this.read)));
    return needs;
  }

  /** Whether a text holds what a rule asks for. */
  maySpeak(rule: Rule, text: string): boolean {
    if (text !== this.text) this.found.clear();
    this.text = text;
    return this.of(rule).some((need) => this.isMet(need, text));
  }

  /** The text that was asked about last, and which words it holds: rules ask for the same ones time and again. */
  private text = '';
  private readonly found = new Map<string, boolean>();

  private isMet(need: WordNeed, text: string): boolean {
    return typeof need === 'string' ? this.holds(text, need) : need.every((word) => this.holds(text, word));
  }

  private holds(text: string, word: string): boolean {
    let answer = this.found.get(word);
    if (answer === undefined) this.found.set(word, (answer = holds(text, word)));
    return answer;
  }
}

const patterns = new Map<string, RegExp>();

function holds(text: string, word: string): boolean {
  const isMember = word.startsWith('.');
  const name = isMember ? word.slice(1) : word;
  // Most texts hold most words nowhere, which is found out faster without a pattern.
  if (!text.includes(name)) return false;
  let pattern = patterns.get(word);
  if (!pattern) {
    pattern = isMember ? new RegExp(`(?:\\.|->)[\\0- ]*${name}\\b`) : alone(name);
    patterns.set(word, pattern);
  }
  return pattern.test(text);
}

/** A word may be a piece of code (`(struct folio *`): no letter stands before or behind it. */
function alone(word: string): RegExp {
  return new RegExp(`(?<!\\w)${word.replace(/[^\w ]/g, '\\$&')}(?!\\w)`);
}
