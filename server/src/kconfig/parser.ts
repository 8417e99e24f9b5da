/**
 * Reads Kconfig files into symbols and a tree of menu entries.
 *
 * A statement that makes no sense loses its line, a file that is missing or would include itself is left out: each is
 * reported, and the rest is read.
 */
import { OptionReader } from './entry-options';
import { Lexer, type TokenKind } from './lexer';
import { type AssignmentOperator, Macros } from './macros';
import { type KconfigSource, Unreadable } from './statement-reader';
import type { SymbolTable } from './symbol-table';
import { type KconfigSymbol, MenuEntry } from './symbols';

export interface ParsedKconfig {
  readonly table: SymbolTable;
  readonly root: MenuEntry;
  /** The symbol that says whether there are modules. */
  readonly modules: KconfigSymbol;
  /** Every file that was read. */
  readonly files: readonly string[];
  /** Files that are named and not there. */
  readonly missing: readonly string[];
}

/** An entry whose end was not read yet. */
interface Block {
  readonly entry: MenuEntry;
  last: MenuEntry | undefined;
}

/** A kernel has under two thousand; files that include one another twice and twice again have no end. */
const MOST_FILES = 50_000;

export function parseKconfig(source: KconfigSource): ParsedKconfig {
  return new Parser(source).parse();
}

class Parser extends OptionReader {
  private readonly root = new MenuEntry('root', undefined, undefined, '', 0);
  private readonly blocks: Block[] = [{ entry: this.root, last: undefined }];
  private readonly files: string[] = [];
  private readonly missing: string[] = [];
  private readonly firstIncluded = new Map<string, string>();
  /** The files that are being read, with the line of the `source` that they stand at. */
  private readonly including: { file: string; line: number }[] = [];
  private readonly macros: Macros;
  private choice: MenuEntry | undefined;
  private hasStopped = false;
  protected lexer: Lexer;

  constructor(source: KconfigSource) {
    super(source);
    this.macros = new Macros({
      environment: source.environment,
      shell: (command) => source.shell(command),
      info: (text) => source.report({ severity: 'info', text }),
      warning: (text) => this.report('note', text, this.lexer.line),
      stop: (text) => this.report('stop', text, this.lexer.line),
      place: this.placeForMacros(),
    });
    this.lexer = new Lexer('', this.macros, () => {});
  }

  private placeForMacros(): { readonly file: string; readonly line: number } {
    const parser = this;
    return {
      get file() {
        return parser.file;
      },
      get line() {
        return parser.lexer.line;
      },
    };
  }

  parse(): ParsedKconfig {
    const text = this.source.read(this.source.file);
    if (text === undefined) {
      this.missing.push(this.source.file);
      this.source.report({ severity: 'stop', text: `can't find file ${this.source.file}` });
    } else this.readFile(this.source.file, text);
    this.root.prompt ??= this.property('menu', this.root, { text: 'Main menu' });
    const { table, root, files, missing } = this;
    return { table, root, modules: this.modules ?? table.no, files, missing };
  }

  private readFile(file: string, text: string): void {
    const outer = { file: this.file, line: this.line, lexer: this.lexer };
    const depth = this.blocks.length;
    this.file = file;
    this.files.push(file);
    this.lexer = new Lexer(text, this.macros, (line, message) => this.report('warning', message, line));
    for (this.advance(); this.token !== 'end of file'; this.advance()) this.statement();
    this.finishEntry();
    while (this.blocks.length > depth) {
      const { entry } = this.blocks[this.blocks.length - 1];
      this.source.report({ severity: 'error', place: entry, text: 'missing end statement for this entry' });
      this.endBlock();
    }
    ({ file: this.file, line: this.line, lexer: this.lexer } = outer);
    this.token = 'end of line';
  }

  private statement(): void {
    this.line = this.lexer.line;
    const first = this.token;
    const { text } = this.lexer;
    try {
      if (!this.option(first, text)) {
        this.finishEntry();
        this.blockStatement(first, text);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.report('error', first === 'word' ? `unknown statement "${text}"` : 'invalid statement');
      this.lexer.skipLine();
    }
  }

  /** What is to be checked of an entry once all its options are read. */
  private finishEntry(): void {
    const entry = this.current;
    this.current = undefined;
    if (!entry?.symbol) return;
    const wrong = (text: string): void =>
      this.source.report({ severity: 'error', place: entry, text: `error: ${text}` });
    if (entry.kind === 'choice') {
      if (!entry.prompt) wrong('choice must have a prompt');
    } else if (this.choice) {
      if (!entry.prompt) wrong('choice member must have a prompt');
      if (entry.symbol.type !== 'bool') wrong('choice member must be bool');
      if (!entry.symbol.memberOf) {
        entry.symbol.memberOf = this.choice;
        this.choice.members.push(entry.symbol);
      }
    }
  }

  private blockStatement(kind: TokenKind, text: string): void {
    switch (kind) {
      case 'config':
        this.configStatement();
        return;
      case 'comment':
        this.titled('comment');
        return;
      case 'if': {
        this.advance();
        const expression = this.expression();
        this.endOfStatement();
        const entry = this.addEntry('if', undefined);
        this.depend(entry, expression);
        this.blocks.push({ entry, last: undefined });
        return;
      }
      case 'endif':
      case 'endmenu':
      case 'endchoice':
        this.advance();
        this.endOfStatement();
        this.endStatement(kind.slice('end'.length));
        return;
      default:
        if (this.choice) throw new Unreadable();
        this.statementOutsideChoice(kind, text);
    }
  }

  private statementOutsideChoice(kind: TokenKind, text: string): void {
    switch (kind) {
      case 'menuconfig':
        this.configStatement();
        this.menuConfigOptions();
        return;
      case 'choice': {
        this.advance();
        this.endOfStatement();
        const entry = this.addEntry('choice', this.table.choice());
        entry.symbol!.type = 'bool';
        this.blocks.push({ entry, last: undefined });
        // Options come first; what stands behind them is in the choice.
        this.current = entry;
        this.choice = entry;
        return;
      }
      case 'menu':
        this.blocks.push({ entry: this.titled('menu'), last: undefined });
        return;
      case 'mainmenu': {
        const title = this.title();
        if (this.root.prompt || this.root.firstChild) throw new Unreadable();
        this.setPrompt(this.root, this.property('menu', this.root, { text: title }));
        return;
      }
      case 'source':
        this.include(this.title());
        return;
      case 'word': {
        const operator = this.advance();
        if (operator !== '=' && operator !== ':=' && operator !== '+=') throw new Unreadable();
        this.assign(text, operator);
        return;
      }
      default:
        throw new Unreadable();
    }
  }

  private assign(name: string, operator: AssignmentOperator): void {
    const value = this.advance() === 'value' ? this.lexer.text : '';
    if (this.token === 'value') this.advance();
    this.endOfStatement();
    this.macros.assign(name, operator, value);
  }

  private configStatement(): void {
    this.advance();
    const symbol = this.namedSymbol();
    this.endOfStatement();
    this.current = this.addEntry('config', symbol);
  }

  /** Reads the options of a `menuconfig` at once, as its prompt is a menu's. */
  private menuConfigOptions(): void {
    const entry = this.current!;
    const line = this.line;
    for (this.advance(); this.token !== 'end of file'; this.advance()) {
      this.line = this.lexer.line;
      const before = { token: this.token, text: this.lexer.text };
      try {
        if (this.option(before.token, before.text)) continue;
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        this.report('error', 'invalid statement');
        this.lexer.skipLine();
        continue;
      }
      break;
    }
    this.finishEntry();
    if (entry.prompt) entry.prompt.kind = 'menu';
    else if (this.source.dialect.isNewer) this.report('error', 'menuconfig statement without prompt', line);
    else this.report('note', 'warning: menuconfig statement without prompt', line);
    if (this.token !== 'end of file') this.statement();
  }

  private titled(kind: 'menu' | 'comment'): MenuEntry {
    const text = this.title();
    const entry = this.addEntry(kind, undefined);
    this.setPrompt(entry, this.property(kind, entry, { text }));
    this.current = entry;
    return entry;
  }

  private title(): string {
    if (this.advance() !== 'quoted') throw new Unreadable();
    const { text } = this.lexer;
    this.advance();
    this.endOfStatement();
    return text;
  }

  private addEntry(kind: MenuEntry['kind'], symbol: KconfigSymbol | undefined): MenuEntry {
    const block = this.blocks[this.blocks.length - 1];
    const entry = new MenuEntry(kind, symbol, block.entry, this.file, this.line);
    if (block.last) block.last.next = entry;
    else block.entry.firstChild = entry;
    block.last = entry;
    symbol?.entries.push(entry);
    return entry;
  }

  private endStatement(name: string): void {
    const { entry } = this.blocks[this.blocks.length - 1];
    if (entry.kind === 'root') throw new Unreadable();
    if (entry.kind !== name) this.report('error', `unexpected '${name}' within ${entry.kind} block`);
    else if (entry.file !== this.file) {
      this.report('error', `'${name}' in different file than '${entry.kind}'`);
      this.source.report({ severity: 'error', place: entry, text: `location of the '${entry.kind}'` });
    } else this.endBlock();
  }

  private endBlock(): void {
    if (this.blocks.pop()?.entry.kind === 'choice') this.choice = undefined;
  }

  private include(file: string): void {
    if (this.files.length >= MOST_FILES) {
      if (!this.hasStopped) this.report('stop', `more than ${MOST_FILES} files are included`);
      this.hasStopped = true;
      return;
    }
    const text = this.source.read(file);
    if (text === undefined) {
      this.missing.push(file);
      this.report('stop', `can't open file "${file}"`);
      return;
    }
    const path = [...this.including, { file: this.file, line: this.line }];
    if (path.some((outer) => outer.file === file)) {
      const trail = path.reverse().map((outer) => `  included from: ${outer.file}:${outer.line}\n`);
      this.source.report({
        severity: 'stop',
        text: `Recursive inclusion detected.\nInclusion path:\n  current file : ${file}\n${trail.join('').trimEnd()}`,
      });
      return;
    }
    const first = this.firstIncluded.get(file);
    const here = `${this.file}:${this.line}`;
    if (first !== undefined && this.source.dialect.isNewer) {
      const text = `${here}: error: repeated inclusion of ${file}\n${first}: note: location of first inclusion of ${file}`;
      this.source.report({ severity: 'stop', text });
      return;
    }
    if (first === undefined) this.firstIncluded.set(file, here);
    this.including.push({ file: this.file, line: this.line });
    this.readFile(file, text);
    this.including.pop();
  }
}
