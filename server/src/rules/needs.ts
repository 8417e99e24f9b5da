/** Says by a text alone whether a rule may have anything to say about it; the same answer as the scan over a tree gives. */
import type { Facts } from '../packs/facts';
import type { HeaderReader, Rule, WordNeed } from './rule';
import { IN_WORD, WordSet } from './word-set';

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
  private readonly names = new WordSet();
  /** By word, the name without which it can't stand in a text. */
  private readonly nameIn = new Map<string, string>();

  private isMet(need: WordNeed, text: string): boolean {
    return typeof need === 'string' ? this.holds(text, need) : need.every((word) => this.holds(text, word));
  }

  private holds(text: string, word: string): boolean {
    let name = this.nameIn.get(word);
    if (name === undefined) this.nameIn.set(word, (name = this.names.add(word)));
    if (!this.names.holds(text, name)) return false;
    let answer = this.found.get(word);
    if (answer === undefined) this.found.set(word, (answer = holds(text, word)));
    return answer;
  }
}

/**
 * Whether a text holds a word by itself; one with a dot in front, as the name of a member that is accessed. A word may be
 * a piece of code (`(struct folio *`): no letter stands before or behind it.
 */
function holds(text: string, word: string): boolean {
  const isMember = word.startsWith('.');
  const name = isMember ? word.slice(1) : word;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (IN_WORD[text.charCodeAt(at + name.length)]) continue;
    if (isMember ? isAccessed(text, at) : !IN_WORD[text.charCodeAt(at - 1)]) return true;
  }
  return false;
}

/** Whether `.` or `->` stands before an offset, blanks and line ends aside. */
function isAccessed(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && text.charCodeAt(at) <= BLANK) at--;
  return text[at] === '.' || (text[at] === '>' && text[at - 1] === '-');
}

const BLANK = 0x20;
