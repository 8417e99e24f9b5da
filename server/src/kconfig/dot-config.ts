/** Reads and writes `.config` files. */
import type { Evaluator } from './evaluate';
import type { Report } from './messages';
import { isValueOf } from './property-types';
import type { SymbolTable } from './symbol-table';
import { choiceOf, type KconfigSymbol, type MenuEntry, MODULE, NO, YES } from './symbols';

const PREFIX = 'CONFIG_';
const UNSET = 'is not set';

interface ReadConfig {
  /** Lines about symbols that no Kconfig file defines, as they stand. */
  readonly unknown: readonly string[];
}

/** Takes over what a configuration says; what was said before is forgotten. Texts are byte strings. */
export function readDotConfig(evaluator: Evaluator, text: string, file: string, report: Report): ReadConfig {
  const { table } = evaluator.parsed;
  for (const symbol of table.all) {
    symbol.hasUserValue = false;
    symbol.userState = NO;
    symbol.userText = undefined;
    symbol.isRecorded = false;
  }
  evaluator.invalidate();
  const unknown: string[] = [];
  let number = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    if (end < 0) end = text.length;
    else if (end > start && text[end - 1] === '\r') end--;
    number++;
    const line = new ConfigLine(text.slice(start, end), file, number, report);
    start = next;
    const assignment = line.assignment();
    if (!assignment) continue;
    const symbol = find(table, assignment.name);
    if (!symbol) unknown.push(line.text);
    else assign(symbol, assignment.value, line);
  }
  return { unknown };
}

/**
 * Takes for true what a configuration says of the tools that it was made with: the values of symbols that nobody is asked
 * for, and whose default is a constant, as the answer of a tool is.
 */
export function trustRecordedAnswers({ parsed: { table } }: Evaluator): void {
  for (const symbol of table.all) {
    const { properties } = symbol;
    if (!symbol.hasUserValue || symbol.isChoice || properties.some(({ text }) => text !== undefined)) continue;
    const defaults = properties.filter(({ kind }) => kind === 'default');
    const [only] = defaults.length === 1 && defaults[0].visible === undefined ? defaults : [];
    symbol.isRecorded = only?.value?.kind === 'symbol' && isConstant(only.value.symbol);
  }
}

/** Also a number, which stands without quotes. */
function isConstant(symbol: KconfigSymbol): boolean {
  return symbol.isConstant || (symbol.type === 'unknown' && /^-?\d/.test(symbol.name ?? ''));
}

/** A symbol that a configuration can set; y, m and n are none. */
function find(table: SymbolTable, name: string): KconfigSymbol | undefined {
  const symbol = table.find(name);
  return symbol?.isConstant ? undefined : symbol;
}

class ConfigLine {
  constructor(
    readonly text: string,
    private readonly file: string,
    private readonly line: number,
    private readonly report: Report,
  ) {}

  warn(text: string): void {
    const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
    this.report({ severity: 'warning', place: { file: this.file, line: this.line }, text: shown });
  }

  assignment(): { name: string; value: string } | undefined {
    const { text } = this;
    if (text === '') return undefined;
    if (text[0] === '#') {
      if (!text.startsWith(`# ${PREFIX}`)) return undefined;
      const end = text.indexOf(' ', 2);
      if (end < 0 || text.slice(end + 1) !== UNSET) return undefined;
      return { name: text.slice(2 + PREFIX.length, end), value: 'n' };
    }
    const equals = text.startsWith(PREFIX) ? text.indexOf('=', PREFIX.length) : -1;
    if (equals >= 0) return { name: text.slice(PREFIX.length, equals), value: text.slice(equals + 1) };
    this.warn(`unexpected data: ${text}`);
    return undefined;
  }
}

/** A line of a hundred megabytes is not printed whole. */
const LONGEST_SHOWN = 200;

function assign(symbol: KconfigSymbol, value: string, line: ConfigLine): void {
  if (symbol.hasUserValue) line.warn(`override: reassigning to symbol ${symbol.name}`);
  if (!setUserValue(symbol, value, line)) return;
  const choice = choiceOf(symbol);
  if (choice) putFirst(choice, symbol);
}

/** Makes a member the first in its choice: of several that are set, the last one counts. */
export function putFirst(choice: MenuEntry, member: KconfigSymbol): void {
  takeOut(member);
  choice.members.unshift(member);
  member.memberOf = choice;
}

/** The same the other way round. */
export function putLast(choice: MenuEntry, member: KconfigSymbol): void {
  takeOut(member);
  choice.members.push(member);
  member.memberOf = choice;
}

function takeOut(member: KconfigSymbol): void {
  const before = member.memberOf?.members;
  if (before?.includes(member)) before.splice(before.indexOf(member), 1);
}

/** @returns False where the value is none for the symbol. */
function setUserValue(symbol: KconfigSymbol, value: string, line: ConfigLine): boolean {
  switch (symbol.type) {
    case 'bool':
    case 'tristate': {
      const state = value[0] === 'y' ? YES : value[0] === 'n' ? NO : value[0] === 'm' ? MODULE : undefined;
      if (state === undefined || (state === MODULE && symbol.type === 'bool')) {
        line.warn(`symbol value '${value}' invalid for ${symbol.name}`);
        return false;
      }
      symbol.userState = state;
      symbol.hasUserValue = true;
      return true;
    }
    case 'unknown':
      return true;
    default:
      return setUserText(symbol, value, line);
  }
}

function setUserText(symbol: KconfigSymbol, value: string, line: ConfigLine): boolean {
  let text = value;
  if (symbol.type === 'string') {
    if (value[0] !== '"') return true;
    const unquoted = unquote(value);
    if (unquoted === undefined) {
      line.warn('invalid string found');
      return false;
    }
    text = unquoted;
  }
  if (!isValueOf(symbol.type, text)) {
    line.warn(`symbol value '${text}' invalid for ${symbol.name}`);
    return false;
  }
  symbol.userText = text;
  symbol.hasUserValue = true;
  return true;
}

/** What stands between two quotes; undefined where the second one is missing. */
function unquote(value: string): string | undefined {
  let text = '';
  let start = 1;
  for (let at = 1; at < value.length; at++) {
    if (value[at] === '"') return text + value.slice(start, at);
    if (value[at] !== '\\') continue;
    // The character behind a backslash stands for itself.
    text += value.slice(start, at);
    start = ++at;
  }
  return undefined;
}

/** How a line of `.config` says the value of a symbol. */
export function configLine(symbol: KconfigSymbol, evaluator: Evaluator): string | undefined {
  const value = evaluator.textOf(symbol);
  switch (symbol.type) {
    case 'unknown':
      return undefined;
    case 'bool':
    case 'tristate':
      return value === 'n' ? `# ${PREFIX}${symbol.name} ${UNSET}` : `${PREFIX}${symbol.name}=${value}`;
    case 'string':
      return `${PREFIX}${symbol.name}="${value.replace(/["\\]/g, '\\$&')}"`;
    default:
      return `${PREFIX}${symbol.name}=${value}`;
  }
}

/** The whole `.config`: symbols in the order of the menus, each menu named before and after. */
export function writeDotConfig(evaluator: Evaluator): string {
  const { root } = evaluator.parsed;
  const lines = ['#', '# Automatically generated file; DO NOT EDIT.', `# ${root.prompt?.text}`, '#'];
  const written = new Set<KconfigSymbol>();
  let endedMenu = false;
  const line = (text: string): void => {
    if (endedMenu) lines.push('');
    endedMenu = false;
    lines.push(text);
  };
  const write = ({ symbol, prompt }: MenuEntry): void => {
    if (!symbol) {
      endedMenu = false;
      lines.push('', '#', `# ${prompt?.text}`, '#');
    } else if (!symbol.isChoice && !written.has(symbol)) {
      evaluator.calculate(symbol);
      if (!symbol.isWritten) return;
      written.add(symbol);
      const text = configLine(symbol, evaluator);
      if (text !== undefined) line(text);
    }
  };
  const visit = (parent: MenuEntry): void => {
    for (let entry = parent.firstChild; entry; entry = entry.next) {
      const isTitle = !entry.symbol && evaluator.isVisible(entry);
      if (entry.symbol || isTitle) write(entry);
      visit(entry);
      if (!isTitle || entry.prompt?.kind !== 'menu') continue;
      lines.push(`# end of ${entry.prompt.text}`);
      endedMenu = true;
    }
  };
  visit(root);
  return `${lines.join('\n')}\n`;
}
