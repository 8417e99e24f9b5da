/** Tells what a brace opens: a record, an enum, a block or the values of an initializer. */
import { isPunct } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { statementBehind } from './bare-bodies';
import { Inside, Pieces } from './pieces';
import { entryOf, Rewrite, SWITCH, startsWithType } from './rewrites';

export abstract class Braces extends Pieces {
  /** The first token of a switch's body that has no braces, which the grammar wants; -1 where none is awaited. */
  protected bareBody = -1;

  /** @param word Of a statement with a parenthesis behind its word. */
  protected noteBareBody(word: number): void {
    if (this.tokens[word].id !== SWITCH) return;
    const at = this.brackets.closeOf(word + 1) + 1;
    if (at < this.end && !isPunct(this.tokens[at], Punct.LeftBrace)) this.bareBody = at;
  }

  /** Writes that body as a block whose statements are a text of their own. */
  protected bareBlock(at: number): number {
    const end = statementBehind(this.brackets, at, this.end);
    this.bareBody = -1;
    this.elided.add(at);
    this.write('{', at, at + 1);
    this.write('}', end - 1, end);
    this.isStatementStart = true;
    return end;
  }

  protected insideOf(at: number): Inside {
    const tag = this.tagBefore();
    if (tag !== undefined) return tag === 'enum' ? Inside.Enum : Inside.Record;
    const { last, level } = this;
    if (last < 0) return Inside.Block;
    if (level.inside === Inside.List || level.inside === Inside.Enum) {
      return isPunct(this.tokens[last], Punct.LeftParen) ? Inside.Block : Inside.List;
    }
    const token = this.tokens[last];
    if (token.kind === TokenKind.Identifier) return Inside.Block;
    if (this.isOneOf(last, Punct.Equal, Punct.RightBracket, Punct.Comma)) return Inside.List;
    if (!isPunct(token, Punct.RightParen)) return Inside.Block;
    // `(type) {` against `if (…) {` and `name (…) {`.
    if (level.inside === Inside.File) return level.hasValue ? Inside.List : Inside.Block;
    if (level.inside !== Inside.Block) return Inside.List;
    const opener = this.openerOf(last, at);
    const word = opener > 0 ? this.tokens[opener - 1] : undefined;
    if (word?.kind !== TokenKind.Identifier) return Inside.List;
    const { rewrite } = entryOf(word.id);
    if (rewrite === Rewrite.Control) return Inside.Block;
    const isOperator = rewrite === Rewrite.Sizeof || nameText(word.id) === 'return' || nameText(word.id) === 'case';
    return isOperator ? Inside.List : Inside.Block;
  }

  /** The parenthesis that the one at `close` closes. */
  protected openerOf(close: number, from: number): number {
    for (let at = from - 1; at >= 0; at--) if (this.brackets.partner[at] === close) return at;
    return -1;
  }

  /** Whether a type in parentheses stands in front of a token: `(unsigned long)&&label`. */
  protected closesCast(at: number): boolean {
    if (!isPunct(this.tokens[this.last], Punct.RightParen)) return false;
    const opener = this.openerOf(this.last, at);
    const [before, first] = [this.tokens[opener - 1], this.tokens[opener + 1]];
    if (opener < 0 || first?.kind !== TokenKind.Identifier || this.endsOperand(opener - 1)) return false;
    if (before?.kind === TokenKind.Identifier && entryOf(before.id).rewrite === Rewrite.Sizeof) return false;
    return startsWithType(first.id) || this.options.isTypedef(nameText(first.id), opener + 1);
  }

  /** `struct`, `union` or `enum`, where that and maybe a tag are what was written last. */
  protected tagBefore(): string | undefined {
    for (const at of [this.firsts.length - 1, this.firsts.length - 2]) {
      const token = this.tokens[this.firsts[at]];
      if (token?.kind !== TokenKind.Identifier) return undefined;
      if (entryOf(token.id).rewrite === Rewrite.Tag) return nameText(token.id);
    }
    return undefined;
  }

  /** Whether `asm (` here names the symbol of the declarator before it. */
  protected isLabel(): boolean {
    if (this.isStatementStart || this.last < 0) return false;
    if (this.tokens[this.last].kind === TokenKind.Identifier) return entryOf(this.tokens[this.last].id).rewrite === 0;
    return this.isOneOf(this.last, Punct.RightParen, Punct.RightBracket);
  }

  protected isTagName(): boolean {
    const token = this.tokens[this.last];
    return token?.kind === TokenKind.Identifier && entryOf(token.id).rewrite === Rewrite.Tag;
  }

  /** Where the type behind the colon of an enum ends: at its body, or at the end of a declaration outside of records; else 0. */
  protected fixedTypeEnd(at: number): number {
    while (at < this.end && !this.isOneOf(at, Punct.LeftBrace, Punct.Semicolon)) at++;
    return at < this.end && (this.isOneOf(at, Punct.LeftBrace) || this.level.inside !== Inside.Record) ? at : 0;
  }

  protected isControl(at: number): boolean {
    const token = this.tokens[at];
    return token?.kind === TokenKind.Identifier && entryOf(token.id).rewrite === Rewrite.Control;
  }
}
