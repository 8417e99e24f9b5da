/** Says by a text alone whether a rule may have anything to say about it; the same answer as the scan over a tree gives. */
import { type Derived, NOTHING_DERIVED } from '../facts/derived';
import type { Facts } from '../packs/facts';
import { roomFor } from '../search/text-room';
import type { WordNeed } from '../search/word-search';
import { WordSearch } from '../search/word-search';
import type { SourceText } from '../text/text';
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
    /** What headers say; undefined where that was not worked out, so that any file may be of interest. */
    private readonly derived?: Derived,
    /** Whether a file names what only headers beside it speak of. */
    private readonly isLocal: (path: string, text: string) => boolean = () => false,
    /** Whether a file calls a macro that a header beside it defines over an assert. */
    private readonly isAsserting: (path: string, text: string) => boolean = () => false,
  ) {}

  /** What a rule asks for. */
  of(rule: Rule): readonly WordNeed[] {
    let needs = this.made.get(rule);
    if (!needs) {
      const own = typeof rule.words === 'function' ? rule.words(this.facts, this.read) : rule.words;
      const said = rule.derivedWords?.(this.derived ?? NOTHING_DERIVED) ?? [];
      needs = [...own, ...said, ...(rule.asksOfAsserts ? this.asserting() : [])];
      this.made.set(rule, needs);
      for (const word of needs.flat()) this.words.add(word);
    }
    return needs;
  }

  /** How the macros of headers that assert are called. */
  private asserting(): readonly WordNeed[] {
    const { anywhere = [], atFileScope = [] } = this.derived?.asserting ?? {};
    // A call at file scope begins its line.
    return [...anywhere, ...atFileScope.map((name) => `\n${name}`)];
  }

  /** Whether a text holds what a rule asks for. */
  maySpeak(rule: Rule, { path, text }: SourceText): boolean {
    const needs = this.of(rule);
    if (text !== this.text || this.search?.for.length !== this.words.size) this.look(text);
    if (needs.some((need) => [need].flat().every((word) => this.found.has(word)))) return true;
    if (rule.asksOfAsserts && this.isAsserting(path, text)) return true;
    return rule.derivedWords !== undefined && (this.derived === undefined || this.isLocal(path, text));
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
