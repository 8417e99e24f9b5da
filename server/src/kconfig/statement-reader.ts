/** Reads the words of statements one by one, and the expressions in them. */
import type { Lexer, TokenKind } from './lexer';
import type { KconfigMessage, Report } from './messages';
import { SymbolTable } from './symbol-table';
import type { Expression, KconfigSymbol } from './symbols';

/** How the language differs between kernels. */
export interface Dialect {
  /** Since 6.18: an entry that can be shown while a symbol is off is no part of its submenu, and no file is read twice. */
  readonly isNewer: boolean;
}

export interface KconfigSource {
  /** The first file: `Kconfig`. */
  readonly file: string;
  /** A file by the name that stands behind `source`; undefined where there is none. */
  read(file: string): string | undefined;
  /** Variables such as ARCH and CC. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a command of `$(shell,…)` would print; nothing is run. */
  shell(command: string): string;
  readonly dialect: Dialect;
  readonly report: Report;
}

/** A statement that is not as the grammar has it. */
export class Unreadable extends Error {}

export abstract class StatementReader {
  protected readonly table = new SymbolTable();
  protected file = '';
  /** Where the statement begins that is being read. */
  protected line = 1;
  protected token: TokenKind = 'end of file';
  protected abstract lexer: Lexer;
  /** How many parentheses and negations are open in the expression that is being read. */
  private depth = 0;

  constructor(protected readonly source: KconfigSource) {}

  protected report(severity: KconfigMessage['severity'], text: string, line = this.line): void {
    this.source.report({ severity, place: { file: this.file, line }, text });
  }

  protected advance(): TokenKind {
    this.token = this.lexer.next();
    return this.token;
  }

  protected endOfStatement(): void {
    if (this.token !== 'end of line') throw new Unreadable();
  }

  /** `if EXPRESSION`, where it is there. */
  protected condition(): Expression | undefined {
    if (this.token !== 'if') return undefined;
    this.advance();
    return this.expression();
  }

  protected expression(): Expression {
    let left = this.conjunction();
    while (this.token === '||') {
      this.advance();
      left = this.table.connect('or', left, this.conjunction());
    }
    return left;
  }

  protected conjunction(): Expression {
    let left = this.operand();
    while (this.token === '&&') {
      this.advance();
      left = this.table.connect('and', left, this.operand());
    }
    return left;
  }

  protected operand(): Expression {
    if (this.token !== '!' && this.token !== '(') return this.statementOfSymbols();
    if (this.depth >= DEEPEST) throw new Unreadable();
    this.depth++;
    try {
      return this.nested();
    } finally {
      this.depth--;
    }
  }

  private nested(): Expression {
    if (this.token === '!') {
      this.advance();
      return this.table.not(this.operand());
    }
    this.advance();
    const inner = this.expression();
    if (this.token !== ')') throw new Unreadable();
    this.advance();
    return inner;
  }

  private statementOfSymbols(): Expression {
    const left = this.symbol();
    switch (this.token) {
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const kind = this.token;
        this.advance();
        return this.table.compare(kind, left, this.symbol());
      }
      default:
        return this.table.reference(left);
    }
  }

  protected symbol(): KconfigSymbol {
    if (this.token !== 'quoted') return this.namedSymbol();
    const symbol = this.table.constant(this.lexer.text);
    this.advance();
    return symbol;
  }

  protected namedSymbol(): KconfigSymbol {
    if (this.token !== 'word') throw new Unreadable();
    const symbol = this.table.symbol(this.lexer.text);
    this.advance();
    return symbol;
  }
}

/** Expressions nested deeper are none that anybody writes. */
const DEEPEST = 1000;
