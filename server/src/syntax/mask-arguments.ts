/** Arguments of calls and macros: types, statements, operators, asm operands and nothing at all become expressions. */
import { ExpressionMask, Until } from './mask-expressions';
import { OPERAND_KEYWORDS, STATEMENT_START } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

export abstract class ArgumentMask extends ExpressionMask {
  /** Masks statements up to an index. */
  protected abstract statements(from: number, end: number): void;

  /** Masks `( … )` after an operand: a call's or a macro's arguments. */
  protected arguments(open: number): void {
    if (!this.enter()) return;
    this.eachArgument(open);
    this.leave();
  }

  private eachArgument(open: number): void {
    const close = this.match[open];
    let at = open + 1;
    while (at < close) {
      if (this.sym[at] === Punct.Comma || this.sym[at] === Punct.Colon) {
        this.emptyArgument(at++);
        continue;
      }
      const statements = this.statementArgument(at, close);
      const end = statements >= 0 ? statements : this.argument(at, close);
      if (end >= close) return;
      const next = this.sym[end];
      // A colon sets apart an asm's operand lists or a _Generic's associations.
      if (next === Punct.Colon) this.put(end, ',');
      else if (next === Punct.Semicolon) this.put(end, end + 1 < close ? ',' : ' ');
      at = end + 1;
    }
    const last = this.sym[close - 1];
    if (close > open + 1 && close < this.count && (last === Punct.Comma || last === Punct.Colon)) {
      if (!this.insertBetween(close - 1, close, '0')) this.blank(close - 1);
    }
  }

  /** An argument that is empty: `0` in the white space before its end, or one separator less. */
  private emptyArgument(separator: number): void {
    if (this.insertBetween(separator - 1, separator, '0')) this.put(separator, ',');
    else this.blank(separator);
  }

  /** Masks one argument; returns the index of what ends it. */
  private argument(from: number, close: number): number {
    const typeEnd = this.typeArgumentEnd(from, close);
    if (typeEnd > from) {
      this.weldTypeArgument(from, typeEnd - 1);
      return this.sym[typeEnd] === Punct.Equal ? this.expression(typeEnd + 1, Until.Comma) : typeEnd;
    }
    const sym = this.sym[from];
    if (sym === Punct.LeftBrace) return this.braceArgument(from);
    if (sym === Word.Goto && this.sym[from + 1] === Word.Identifier) {
      this.weld(from, from + 1);
      return from + 2;
    }
    if (sym === Word.Return && from + 1 < close && this.sym[from + 1] !== Punct.Comma) {
      this.blank(from);
      return this.expression(from + 1, Until.Comma);
    }
    if (sym > Word.Extension && !OPERAND_KEYWORDS.has(sym) && sym !== Word.Alignas) {
      this.renameKeyword(from);
      this.sym[from] = Word.Identifier;
    }
    return this.expression(from, Until.Comma);
  }

  /** One identifier for a type argument; a lone keyword is fine as it is, tree-sitter reads it as a name there. */
  private weldTypeArgument(from: number, to: number): void {
    if (from === to) {
      if (this.sym[from] === Word.Record || this.sym[from] === Word.Enum) this.renameKeyword(from);
      return;
    }
    this.weld(from, to);
  }

  /** `{ … }` as an argument: a block stays, an initializer's braces go where something is in them. */
  protected braceArgument(open: number): number {
    const close = this.match[open];
    if (close === open + 1) return this.past(open);
    for (let at = open + 1; at < close; at = this.past(at)) {
      if (this.sym[at] === Punct.Semicolon || STATEMENT_START.has(this.sym[at])) return this.block(open);
    }
    this.blank(open);
    this.arguments(open);
    if (close < this.count) {
      if (this.sym[close - 1] === Punct.Comma) this.blank(close - 1);
      this.blank(close);
    }
    return this.past(open);
  }

  /**
   * Where an argument is statements, `{` and `}` go into the white space around it, which makes it a compound
   * argument. Returns the index of what ends it, or -1 where it isn't so.
   */
  private statementArgument(from: number, close: number): number {
    const end = this.statementsEnd(from, close);
    if (end < 0 || this.gap(from - 1, from) < 0 || this.gap(end - 1, end) < 0) return -1;
    this.insertBetween(from - 1, from, '{');
    this.statements(from, end);
    this.insertBetween(end - 1, end, '}');
    return end;
  }

  /** Where an argument is whole statements, the index past them; else -1. */
  protected statementsEnd(from: number, close: number): number {
    let holds = STATEMENT_START.has(this.sym[from]);
    let end = from;
    for (; end < close; end = this.past(end)) {
      const sym = this.sym[end];
      if (sym === Punct.Semicolon) holds = true;
      else if (sym === Punct.Comma) {
        const before = this.sym[end - 1];
        if (!holds || before === Punct.Semicolon || before === Punct.RightBrace) break;
      }
    }
    const last = this.sym[end - 1];
    const isHeader = last === Punct.RightBrace && this.sym[this.match[end - 1] - 1] === Punct.RightParen;
    if (close >= this.count || (last !== Punct.Semicolon && last !== Punct.RightBrace)) return -1;
    return holds || (isHeader && this.sym[from] === Word.Identifier) ? end : -1;
  }

  /** `offsetof(type, member.designator[3])`: tree-sitter-c takes one member name. */
  protected offsetOf(at: number): number {
    const open = at + 1;
    if (this.sym[open] !== Punct.LeftParen) {
      this.renameKeyword(at);
      return at + 1;
    }
    const close = this.match[open];
    let comma = open + 1;
    while (comma < close && this.sym[comma] !== Punct.Comma) comma = this.past(comma);
    if (comma >= close) return this.past(open);
    const isKeyword = this.length(at) === 'offsetof'.length;
    if (isKeyword) this.typeName(open + 1, comma);
    else if (comma > open + 2) this.weld(open + 1, comma - 1);
    if (close > comma + 2 && close < this.count) this.weld(comma + 1, close - 1);
    return this.past(open);
  }

  /** GNU asm: kept where tree-sitter-c's grammar has it, else written as a call whose arguments are the operands. */
  protected assembly(at: number): number {
    let open = at + 1;
    while (this.sym[open] === Word.Qualifier || this.sym[open] === Word.Storage || this.sym[open] === Word.Goto) open++;
    if (this.sym[open] !== Punct.LeftParen) return open;
    if (this.isPlainAssembly(open)) {
      for (let operand = open + 1; operand < this.match[open]; operand = this.past(operand)) {
        if (this.sym[operand] === Punct.LeftParen) this.enclosed(operand);
      }
      return this.past(open);
    }
    this.renameKeyword(at);
    for (let word = at + 1; word < open; word++) this.blank(word);
    return open;
  }

  /** Whether template, constraints and clobbers are strings alone. */
  private isPlainAssembly(open: number): boolean {
    const close = this.match[open];
    let section = 0;
    for (let at = open + 1; at < close; at++) {
      const sym = this.sym[at];
      if (sym === Punct.Colon) section++;
      else if (section === 0) {
        if (sym !== Word.String) return false;
      } else if (section < 3) {
        if (sym === Punct.LeftBracket) {
          if (this.sym[at + 1] !== Word.Identifier || this.match[at] !== at + 2) return false;
          at += 2;
          if (this.sym[at + 1] !== Word.String) return false;
        } else if (sym === Word.String) {
          if (this.sym[at + 1] !== Punct.LeftParen) return false;
          at = this.match[at + 1];
          if (this.sym[at + 1] !== Punct.Comma && this.sym[at + 1] !== Punct.Colon && at + 1 < close) return false;
        } else if (sym !== Punct.Comma || this.sym[at + 1] === Punct.Colon) return false;
      } else if (section === 3) {
        if (sym !== Word.String && sym !== Punct.Comma) return false;
      } else if (sym !== Word.Identifier && sym !== Punct.Comma) return false;
    }
    return this.sym[open + 1] === Word.String;
  }
}
