/** Reads the options of entries: type, prompt, defaults, dependencies, help. */
import type { TokenKind } from './lexer';
import { Simplifier } from './simplify';
import { StatementReader, Unreadable } from './statement-reader';
import type { Expression, KconfigSymbol, MenuEntry, Property, PropertyKind, SymbolType } from './symbols';

const TYPES: Readonly<Record<string, SymbolType>> = {
  bool: 'bool',
  tristate: 'tristate',
  int: 'int',
  hex: 'hex',
  string: 'string',
  def_bool: 'bool',
  def_tristate: 'tristate',
};

export abstract class OptionReader extends StatementReader {
  private readonly simplifier = new Simplifier(this.table);
  /** The symbol that says whether there are modules. */
  protected modules: KconfigSymbol | undefined;
  /** The entry that options belong to. */
  protected current: MenuEntry | undefined;

  /** Reads an option of the entry that stands last; false where it is none. */
  protected option(kind: TokenKind, text: string): boolean {
    const entry = this.current;
    if (!entry) return false;
    switch (kind) {
      case 'depends':
        return this.dependsOption(entry);
      case 'visible':
        if (entry.kind !== 'menu') return false;
        this.advance();
        entry.visibility = this.table.and(entry.visibility, this.condition());
        this.endOfStatement();
        return true;
      case 'help':
        return this.helpOption(entry);
      case 'word':
        return this.olderOption(entry, text);
      default:
        if (entry.kind === 'config') return this.configOption(entry, entry.symbol!, kind);
        return entry.kind === 'choice' && this.choiceOption(entry, kind);
    }
  }

  protected dependsOption(entry: MenuEntry): boolean {
    if (this.advance() !== 'on') throw new Unreadable();
    this.advance();
    let expression = this.expression();
    const condition = this.condition();
    // "X if Y" asks for X only where Y is not n.
    if (condition) expression = this.table.connect('or', expression, this.simplifier.comparedWithNo(condition, '='));
    this.endOfStatement();
    this.depend(entry, expression);
    return true;
  }

  protected depend(entry: MenuEntry, expression: Expression): void {
    entry.dependency = this.table.and(entry.dependency, expression);
    entry.written.push({ expression, file: this.file, line: this.line });
  }

  protected helpOption(entry: MenuEntry): boolean {
    if (entry.kind !== 'config' && entry.kind !== 'choice') return false;
    if (this.token === 'help') this.advance();
    this.endOfStatement();
    const hasText = this.lexer.help();
    const severity = this.source.dialect.isNewer ? 'error' : 'warning';
    const name = entry.symbol?.name ?? '<choice>';
    if (entry.hasHelp) this.report(severity, `'${name}' defined with more than one help text`);
    if (!hasText) this.report(severity, `'${name}' defined with blank help text`);
    entry.hasHelp = true;
    return true;
  }

  /** Options of older kernels. */
  protected olderOption(entry: MenuEntry, text: string): boolean {
    if (text === '---help---' && (entry.kind === 'config' || entry.kind === 'choice')) {
      this.advance();
      return this.helpOption(entry);
    }
    if (text === 'optional' && entry.kind === 'choice') {
      this.advance();
      this.endOfStatement();
      return true;
    }
    if (text !== 'option' || entry.kind !== 'config') return false;
    if (this.advance() === 'modules') this.modules = entry.symbol;
    this.lexer.skipLine();
    return true;
  }

  protected configOption(entry: MenuEntry, symbol: KconfigSymbol, kind: TokenKind): boolean {
    switch (kind) {
      case 'bool':
      case 'tristate':
      case 'int':
      case 'hex':
      case 'string':
        if (this.advance() === 'quoted') this.prompt(entry);
        this.endOfStatement();
        this.setType(entry, TYPES[kind]);
        return true;
      case 'prompt':
        this.promptOption(entry);
        return true;
      case 'default':
      case 'def_bool':
      case 'def_tristate':
        this.advance();
        this.addProperty('default', entry, this.expression());
        if (kind !== 'default') this.setType(entry, TYPES[kind]);
        return true;
      case 'select':
      case 'imply':
        this.advance();
        this.addProperty(kind, entry, this.table.reference(this.namedSymbol()));
        return true;
      case 'range': {
        this.advance();
        const from = this.symbol();
        this.addProperty('range', entry, this.table.range(from, this.symbol()));
        return true;
      }
      case 'modules':
        this.advance();
        this.endOfStatement();
        if (this.modules)
          this.report(
            'error',
            `symbol '${symbol.name}' redefines option 'modules' already defined by symbol '${this.modules.name}'`,
          );
        this.modules = symbol;
        return true;
      case 'transitional':
        this.advance();
        this.endOfStatement();
        symbol.isTransitional = true;
        return true;
      default:
        return false;
    }
  }

  protected choiceOption(entry: MenuEntry, kind: TokenKind): boolean {
    if (kind === 'prompt' || kind === 'bool' || kind === 'tristate') this.promptOption(entry);
    else if (kind === 'default') {
      this.advance();
      this.addProperty('default', entry, this.table.reference(this.namedSymbol()));
    } else return false;
    return true;
  }

  protected promptOption(entry: MenuEntry): void {
    if (this.advance() !== 'quoted') throw new Unreadable();
    this.prompt(entry);
    this.endOfStatement();
  }

  /** Reads a prompt and its condition; all menus around it say where it is shown. */
  protected prompt(entry: MenuEntry): void {
    const { text } = this.lexer;
    this.advance();
    let condition = this.condition();
    const written = condition;
    for (let menu = entry.parent; menu; menu = menu.parent) condition = this.table.and(condition, menu.visibility);
    this.setPrompt(entry, this.property('prompt', entry, { text, condition: written, visible: condition }));
  }

  protected setPrompt(entry: MenuEntry, prompt: Property): void {
    const trimmed = prompt.text?.replace(/^[ \t\n\v\f\r]+/, '');
    if (trimmed !== prompt.text) this.report('warning', 'leading whitespace ignored');
    prompt.text = trimmed;
    if (entry.prompt) this.report('warning', 'prompt redefined');
    entry.prompt = prompt;
  }

  /** Adds a property whose condition and end of line are still to be read. */
  protected addProperty(kind: PropertyKind, entry: MenuEntry, value: Expression): void {
    const condition = this.condition();
    this.endOfStatement();
    this.property(kind, entry, { value, condition, visible: condition });
  }

  protected property(kind: PropertyKind, entry: MenuEntry, rest: Partial<Property>): Property {
    const { file, line } = this;
    const { text, value, condition, visible } = rest;
    const property: Property = { kind, entry, file, line, text, value, condition, visible };
    entry.symbol?.properties.push(property);
    return property;
  }

  protected setType(entry: MenuEntry, type: SymbolType): void {
    const symbol = entry.symbol!;
    if (symbol.type === type) return;
    if (symbol.type === 'unknown') symbol.type = type;
    else {
      const name = symbol.name ?? '<choice>';
      const text = `ignoring type redefinition of '${name}' from '${typeName(symbol.type)}' to '${typeName(type)}'`;
      this.source.report({ severity: 'warning', place: entry, text });
    }
  }
}

/** A type as scripts/kconfig names it. */
export function typeName(type: SymbolType): string {
  return type === 'int' ? 'integer' : type;
}
