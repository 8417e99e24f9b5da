/** Says by a text alone whether a rule may have anything to say about it; the same answer as the scan over a tree gives. */
import type { Facts } from '../packs/facts';
import { roomFor } from '../search/text-room';
import type { WordNeed } from '../search/word-search';
import { WordSearch } from '../search/word-search';
import type { HeaderReader, Rule } from './rule';

/** What rules ask of files, by the facts and headers of one project. */
export class Needs {
  private readonly made = new Map<Rule, readonly WordNeed[]>();
  /** All words of the rules asked about so far; a text is searched for all of them at once. */
  private readonly words = new Set<string>();
  private search: { readonly for: readonly string[]; readonly of: WordSearch } | undefined;
  /** The text that was asked about last, and which of the words it holds: rules come one after another with the same text. */
  private text: string | undefined;
  private readonly found = new Set<string>();

  /**
   * @param read Gives the text of a file by its path from the kernel folder, for rules that mine headers.
   * @param rules Those that will be asked about; others may be, too.
   */
  constructor(
    private readonly facts: Facts,
    private readonly read: HeaderReader = () => undefined,
    private readonly rules: readonly Rule[] = [],
  ) {}

  /** What a rule asks for. */
  of(rule: Rule): readonly WordNeed[] {
    let needs = this.made.get(rule);
    if (!needs) {
      needs = typeof rule.words === 'function' ? rule.words(this.facts, this.read) : rule.words;
      this.made.set(rule, needs);
      for (const word of needs.flat()) this.words.add(word);
    }
    return needs;
  }

  /** Whether a text holds what a rule asks for. */
  maySpeak(rule: Rule, text: string): boolean {
    const needs = this.of(rule);
    if (text !== this.text || this.search?.for.length !== this.words.size) this.look(text);
    return needs.some((need) => [need].flat().every((word) => this.found.has(word)));
  }

  /** Makes the search for what is asked for. */
  getReady(): void {
    this.look('');
  }

  private look(text: string): void {
    for (const rule of this.rules) this.of(rule);
    if (this.search?.for.length !== this.words.size) {
      const words = [...this.words];
      this.search = { for: words, of: new WordSearch(words) };
    }
    const { for: words, of: search } = this.search;
    this.text = text;
    this.found.clear();
    roomFor(text.length).write(text, 'latin1');
    search.find(text.length, (word) => {
      this.found.add(words[word]);
      return false;
    });
  }
}
