/** Reads the shapes of macros from their definitions. */
import { lex } from './lexer';
import { nameText } from './names';
import type { MacroShapes } from './shapes';
import type { SourceText } from './text';
import { type Directive, Punct, TokenKind, type TokenList } from './tokens';
import { Word, wordOfName } from './words';

/** The shapes of all macros that some headers define; those that are plain everywhere are left out. */
export function mineShapes(texts: Iterable<SourceText>): MacroShapes {
  const found = new Map<string, Set<string>>();
  for (const { text } of texts) mineText(text, found);
  return asTable(found, (definitions) => [...definitions].some((one) => one.replace(/^f/, '') !== 'P'));
}

/** The shapes of all macros that one lexed file defines, plain ones too: they hide those of headers. */
export function shapesDefinedIn(tokens: TokenList): MacroShapes {
  const found = new Map<string, Set<string>>();
  for (const directive of tokens.directives) {
    if (directive.name === 'define') addDefinition(tokens, directive, found);
  }
  return asTable(found, () => true);
}

function asTable(found: Map<string, Set<string>>, keeps: (definitions: Set<string>) => boolean): MacroShapes {
  const table: Record<string, readonly string[]> = Object.create(null);
  for (const [name, definitions] of found) if (keeps(definitions)) table[name] = [...definitions];
  return table;
}

function remember(found: Map<string, Set<string>>, name: string, definition: string): void {
  const known = found.get(name);
  if (known) known.add(definition);
  else found.set(name, new Set([definition]));
}

/** A define's line up to the body's first byte. */
const DEFINE = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_$][\w$]*)(\()?/gm;
/** Bodies that are plain by their first bytes: numbers, parenthesized expressions, strings, signs. */
const PLAIN_BODY = /[ \t]*(?:[0-9"'({~!&-]|do\b|sizeof\b)/y;

function mineText(text: string, found: Map<string, Set<string>>): void {
  DEFINE.lastIndex = 0;
  for (let match = DEFINE.exec(text); match; match = DEFINE.exec(text)) {
    const functionLike = match[2] !== undefined;
    const closes = functionLike ? text.indexOf(')', DEFINE.lastIndex) : DEFINE.lastIndex - 1;
    PLAIN_BODY.lastIndex = closes + 1;
    if (PLAIN_BODY.test(text)) {
      const first = text.charCodeAt(PLAIN_BODY.lastIndex - 1);
      // A brace may open statements, so only the whole body tells.
      if (first !== 123) {
        remember(found, match[1], functionLike ? 'fP' : 'P');
        continue;
      }
    }
    const end = logicalLineEnd(text, DEFINE.lastIndex);
    const tokens = lex(text.slice(match.index, end));
    if (tokens.directives.length > 0) addDefinition(tokens, tokens.directives[0], found);
    DEFINE.lastIndex = end;
  }
}

/** End of the line that holds an offset, spliced lines and comments that run over its end included. */
function logicalLineEnd(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return text.length;
    const comment = text.indexOf('/*', at);
    if (comment >= 0 && comment < newline) {
      const close = text.indexOf('*/', comment + 2);
      if (close < 0) return text.length;
      at = close + 2;
    } else if (/\\[ \t\r]*$/.test(text.slice(Math.max(at, newline - 8), newline))) at = newline + 1;
    else return newline;
  }
}

function addDefinition(tokens: TokenList, directive: Directive, found: Map<string, Set<string>>): void {
  const name = directive.firstToken + 2;
  if (name >= directive.endToken || tokens.kinds[name] !== TokenKind.Identifier) return;
  const parameters = new Set<number>();
  let body = name + 1;
  const functionLike = isPunct(tokens, body, Punct.LeftParen) && tokens.starts[body] === tokens.ends[name];
  if (functionLike) {
    for (body++; body < directive.endToken && !isPunct(tokens, body, Punct.RightParen); body++) {
      if (tokens.kinds[body] === TokenKind.Identifier) parameters.add(tokens.ids[body]);
    }
    body++;
  }
  const shape = new Body(tokens, Math.min(body, directive.endToken), directive.endToken, parameters).shape();
  remember(found, nameText(tokens.ids[name]), functionLike ? `f${shape}` : shape);
}

function isPunct(tokens: TokenList, token: number, punct: Punct): boolean {
  return token < tokens.count && tokens.kinds[token] === TokenKind.Punctuator && tokens.ids[token] === punct;
}

/** Words that add nothing to the grammar where a declaration's specifiers stand. */
const SILENT: ReadonlySet<number> = new Set([Word.Qualifier, Word.Storage, Word.Extension]);
/** Such words that bring their own parenthesis. */
const SILENT_CALLS: ReadonlySet<number> = new Set([Word.Attribute, Word.Alignas]);
const TYPE_WORDS: ReadonlySet<number> = new Set([Word.Type, Word.Record, Word.Enum, Word.Typeof]);
const OPEN_HEADERS: ReadonlySet<number> = new Set([Word.If, Word.While, Word.For]);

/** One macro's body. */
class Body {
  constructor(
    private readonly tokens: TokenList,
    private readonly start: number,
    private readonly end: number,
    private readonly parameters: ReadonlySet<number>,
  ) {}

  shape(): string {
    return this.annotationOrAlias() ?? this.header(this.start) ?? (this.isType() ? 'T' : this.isWhole() ? 'W' : 'P');
  }

  private word(token: number): Word | 0 {
    return token < this.end && this.tokens.kinds[token] === TokenKind.Identifier
      ? wordOfName(this.tokens.ids[token])
      : 0;
  }

  private is(token: number, punct: Punct): boolean {
    return token < this.end && isPunct(this.tokens, token, punct);
  }

  /** Past the bracket that opens at a token; the token itself where none does. */
  private past(token: number, open: Punct, close: Punct): number {
    let depth = 0;
    for (let at = token; at < this.end; at++) {
      if (this.is(at, open)) depth++;
      else if (this.is(at, close)) depth--;
      if (depth === 0) return at === token ? token : at + 1;
    }
    return this.end;
  }

  private pastParens(token: number): number {
    return this.past(token, Punct.LeftParen, Punct.RightParen);
  }

  private annotationOrAlias(): string | undefined {
    const names: string[] = [];
    let silent = false;
    for (let at = this.start; at < this.end; ) {
      const word = this.word(at);
      if (SILENT.has(word)) {
        silent = true;
        at++;
        // `extern "C"`.
        if (at < this.end && this.tokens.kinds[at] === TokenKind.String) at++;
      } else if (SILENT_CALLS.has(word) && this.is(at + 1, Punct.LeftParen)) {
        silent = true;
        at = this.pastParens(at + 1);
      } else if (word === Word.Identifier && !this.parameters.has(this.tokens.ids[at])) {
        names.push(nameText(this.tokens.ids[at]));
        at = this.pastParens(at + 1);
      } else return undefined;
    }
    if (names.length === 0) return 'A';
    // `static foo` is an annotation only if foo is one; two unlike names make sure that foo's own shape doesn't pass.
    return silent ? `=${names.join(' ')} ${names[0]}` : `=${names.join(' ')}`;
  }

  /** `H` for a body that ends in an open header, `>NAME` where a macro's use ends it. */
  private header(from: number): string | undefined {
    let at = from;
    let opened = false;
    while (at < this.end) {
      const word = this.word(at);
      if (OPEN_HEADERS.has(word) && this.is(at + 1, Punct.LeftParen)) {
        at = this.pastParens(at + 1);
        opened = true;
        if (at < this.end && word === Word.If) {
          const branch = this.pastElse(at);
          if (branch !== undefined) at = branch;
        }
      } else if (word === Word.Else) at++;
      else if (word === Word.Do && at + 1 === this.end) return 'H';
      else if (word === Word.Identifier && opened && this.pastParens(at + 1) === this.end) {
        return `>${nameText(this.tokens.ids[at])}`;
      } else if (!opened) {
        // Declarations and assignments may come before the header.
        const next = this.pastSemicolon(at);
        if (next === undefined) return undefined;
        at = next;
      } else return undefined;
    }
    return opened ? 'H' : undefined;
  }

  /** Past the `else` that follows the one statement at a token. */
  private pastElse(token: number): number | undefined {
    const after = this.is(token, Punct.LeftBrace)
      ? this.past(token, Punct.LeftBrace, Punct.RightBrace)
      : this.pastSemicolon(token);
    return after !== undefined && this.word(after) === Word.Else ? after + 1 : undefined;
  }

  private pastSemicolon(token: number): number | undefined {
    for (let at = token; at < this.end; ) {
      if (this.is(at, Punct.Semicolon)) return at + 1;
      if (this.is(at, Punct.LeftParen)) at = this.pastParens(at);
      else if (this.is(at, Punct.LeftBrace)) at = this.past(at, Punct.LeftBrace, Punct.RightBrace);
      else at++;
    }
    return undefined;
  }

  private isType(): boolean {
    let typed = false;
    for (let at = this.start; at < this.end; at++) {
      const word = this.word(at);
      if (TYPE_WORDS.has(word)) {
        typed = true;
        if (word === Word.Typeof) at = this.pastParens(at + 1) - 1;
      } else if (typed && this.is(at, Punct.LeftBrace)) {
        at = this.past(at, Punct.LeftBrace, Punct.RightBrace) - 1;
        if (!this.is(at, Punct.RightBrace)) return false;
      } else if (word !== Word.Identifier && word !== Word.Qualifier && !this.is(at, Punct.Star)) return false;
    }
    return typed;
  }

  /** Whether the body ends as a statement or a declaration does; `{ … }` without a semicolon is an initializer. */
  private isWhole(): boolean {
    const last = this.end - 1;
    if (this.is(last, Punct.Semicolon)) return true;
    if (!this.is(last, Punct.RightBrace)) return false;
    if (!this.is(this.start, Punct.LeftBrace)) return true;
    for (let at = this.start; at < this.end; at++) if (this.is(at, Punct.Semicolon)) return true;
    return false;
  }
}
