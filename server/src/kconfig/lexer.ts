/** Words of Kconfig files: one file is one lexer, and macros are expanded as its words are read. */
import { isWordCharacter, type Macros } from './macros';

const KEYWORDS = [
  ...['bool', 'choice', 'comment', 'config', 'def_bool', 'def_tristate', 'default', 'depends', 'endchoice', 'endif'],
  ...['endmenu', 'help', 'hex', 'if', 'imply', 'int', 'mainmenu', 'menu', 'menuconfig', 'modules', 'on', 'prompt'],
  ...['range', 'select', 'source', 'string', 'transitional', 'tristate', 'visible'],
] as const;

const SIGNS = ['||', '&&', '=', '!=', '<', '<=', '>', '>=', '!', '(', ')', ':=', '+='] as const;

type Keyword = (typeof KEYWORDS)[number];
type Sign = (typeof SIGNS)[number];

/** `word` and `quoted` have a text; so has `value`, the right side of an assignment. */
export type TokenKind = Keyword | Sign | 'word' | 'quoted' | 'value' | 'end of line' | 'end of file';

const KEYWORD_SET: ReadonlySet<string> = new Set(KEYWORDS);
const SIGN_SET: ReadonlySet<string> = new Set(SIGNS);

type Warn = (line: number, message: string) => void;

export class Lexer {
  private at = 0;
  /** The line of the word that was read last, from 1. */
  line = 1;
  /** The text of the word that was read last. */
  text = '';
  private previous: TokenKind = 'end of line';
  private beforePrevious: TokenKind = 'end of line';
  private readsValue = false;
  /** Whether the last thing read was a help text, after which `NAME = VALUE` is not read as an assignment. */
  private afterHelp = false;

  constructor(
    private readonly source: string,
    private readonly macros: Macros,
    private readonly warn: Warn,
  ) {}

  /** Reads the next word; lines that hold nothing are skipped at the start of a statement. */
  next(): TokenKind {
    let kind = this.read();
    if (this.previous === 'end of line') while (kind === 'end of line') kind = this.read();
    if (
      this.beforePrevious === 'end of line' &&
      this.previous === 'word' &&
      !this.afterHelp &&
      (kind === '=' || kind === ':=' || kind === '+=')
    )
      this.readsValue = true;
    if (this.previous !== 'end of line') this.afterHelp = false;
    this.beforePrevious = this.previous;
    this.previous = kind;
    return kind;
  }

  private read(): TokenKind {
    const { source } = this;
    if (this.readsValue) {
      const value = this.value();
      if (value) return value;
    }
    while (this.at < source.length) {
      const code = source.charCodeAt(this.at);
      if (code === NEWLINE) {
        this.at++;
        this.line++;
        return 'end of line';
      }
      if (code === SPACE || code === TAB) this.at++;
      else if (code === HASH) this.at = this.endOfLine();
      else if (code === BACKSLASH && source.charCodeAt(this.at + 1) === NEWLINE) {
        this.at += 2;
        this.line++;
      } else if (code === QUOTE || code === APOSTROPHE) return this.quoted(code);
      else if (code === DOLLAR || isWordCharacter(code)) {
        const kind = this.word();
        if (kind) return kind;
      } else {
        const kind = this.sign();
        if (kind) return kind;
      }
    }
    if (this.previous !== 'end of line' && this.previous !== 'end of file')
      this.warn(this.line, 'no new line at end of file');
    return this.previous === 'end of line' || this.previous === 'end of file' ? 'end of file' : 'end of line';
  }

  /** The rest of the line behind `NAME =`, untouched; nothing where the line is over. */
  private value(): TokenKind | undefined {
    this.readsValue = false;
    const end = this.endOfLine();
    let start = this.at;
    while (start < end && isBlank(this.source.charCodeAt(start))) start++;
    this.at = end;
    if (start === end) return undefined;
    this.text = this.source.slice(start, end);
    return 'value';
  }

  private word(): TokenKind | undefined {
    const { source } = this;
    const start = this.at;
    let hasDollar = false;
    let end = start;
    for (; end < source.length; end++) {
      const code = source.charCodeAt(end);
      if (code === DOLLAR) hasDollar = true;
      else if (!isWordCharacter(code)) break;
    }
    if (hasDollar) {
      const expanded = this.macros.word(source, start, this.endOfLine());
      this.at = expanded.next;
      this.text = expanded.value;
      return expanded.value === '' ? undefined : 'word';
    }
    this.at = end;
    this.text = source.slice(start, end);
    return KEYWORD_SET.has(this.text) ? (this.text as Keyword) : 'word';
  }

  private sign(): TokenKind | undefined {
    const two = this.source.slice(this.at, this.at + 2);
    for (const sign of [two, two[0]]) {
      if (!SIGN_SET.has(sign)) continue;
      this.at += sign.length;
      return sign as Sign;
    }
    this.at++;
    this.warn(this.line, `ignoring unsupported character '${two[0]}'`);
    return undefined;
  }

  private quoted(quote: number): TokenKind {
    const { source } = this;
    let text = '';
    let at = this.at + 1;
    for (;;) {
      let end = at;
      let code = source.charCodeAt(end);
      while (end < source.length && code !== quote && code !== DOLLAR && code !== BACKSLASH && code !== NEWLINE)
        code = source.charCodeAt(++end);
      text += source.slice(at, end);
      at = end;
      if (at >= source.length) break;
      if (code === quote) {
        at++;
        break;
      }
      if (code === NEWLINE) {
        this.warn(this.line, 'multi-line strings not supported');
        break;
      }
      if (code === DOLLAR) {
        const expanded = this.macros.reference(source, at, this.endOfLine(at));
        text += expanded.value;
        at = expanded.next;
      } else {
        // A backslash gives the next character, whatever it is; at the end of a line it gives nothing.
        const escaped = source[at + 1];
        if (escaped !== undefined && escaped !== '\n') text += escaped;
        at += escaped === undefined || escaped === '\n' ? 1 : 2;
      }
    }
    this.at = at;
    this.text = text;
    return 'quoted';
  }

  /**
   * Reads a help text, from the line behind `help` on: it ends before the first line that is indented less than its first.
   *
   * @returns Whether there is any text.
   */
  help(): boolean {
    const { source } = this;
    let first = 0;
    let hasText = false;
    for (;;) {
      const end = this.endOfLine();
      let text = this.at;
      let indent = 0;
      for (; text < end; text++) {
        const code = source.charCodeAt(text);
        if (code === TAB) indent = (indent & ~7) + 8;
        else if (code === SPACE) indent++;
        else break;
      }
      const isBlankLine = text === end;
      if (!isBlankLine) {
        if (first > 0 && text > this.at && indent < first) {
          this.at = text;
          break;
        }
        hasText = true;
        if (first === 0) first = indent;
      }
      this.at = end;
      if (end >= source.length) break;
      this.at = end + 1;
      this.line++;
      // Whatever stands at the very start of a line is no help text.
      const code = source.charCodeAt(this.at);
      if (this.at < source.length && code !== SPACE && code !== TAB && code !== NEWLINE) break;
    }
    this.previous = 'end of line';
    this.beforePrevious = 'end of line';
    this.afterHelp = true;
    return hasText;
  }

  /** Goes to the end of the line, which a statement that makes no sense loses. */
  skipLine(): void {
    if (this.previous === 'end of line' || this.previous === 'end of file') return;
    let kind = this.next();
    while (kind !== 'end of line' && kind !== 'end of file') kind = this.next();
  }

  private endOfLine(from = this.at): number {
    const end = this.source.indexOf('\n', from);
    return end < 0 ? this.source.length : end;
  }
}

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const BACKSLASH = 92;

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
