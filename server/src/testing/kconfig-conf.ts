/**
 * A stand-in for the kernel's scripts/kconfig/conf that evaluates with our own code, so that the language's own test suite
 * and comparisons with the real program can be run. As a test program it runs what `$(shell,…)` asks; the product never does.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { reportLoops } from '../kconfig/dependency-loops';
import { configLine, putLast, readDotConfig, writeDotConfig } from '../kconfig/dot-config';
import { Evaluator } from '../kconfig/evaluate';
import { type Filling, fillNew } from '../kconfig/filling';
import { finishTree } from '../kconfig/menu-tree';
import { type KconfigMessage, messageLine } from '../kconfig/messages';
import { type ParsedKconfig, parseKconfig } from '../kconfig/parser';
import { choiceOf, entriesBelow, type KconfigSymbol, type MenuEntry, MODULE, NO, YES } from '../kconfig/symbols';
import { ask } from './kconfig-asking';
import { sanityErrors } from './kconfig-sanity';
import { RandomNumbers } from './random-numbers';

const environment = process.env;
/** Which kernel's conf this stands for. */
const isNewer = environment.OVERLINT_KCONFIG_DIALECT === 'newer';
let errors = 0;

function report(message: KconfigMessage): void {
  if (message.severity === 'info') process.stdout.write(`${message.text}\n`);
  else process.stderr.write(`${messageLine(message)}\n`);
  if (message.severity === 'stop') process.exit(1);
  if (message.severity === 'error') errors++;
}

function read(file: string): string | undefined {
  const { srctree } = environment;
  const tried = [file, ...(srctree && !path.isAbsolute(file) ? [path.join(srctree, file)] : [])];
  const there = tried.find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
  return there === undefined ? undefined : fs.readFileSync(there, 'latin1');
}

function shell(command: string): string {
  const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'latin1', stdio: ['ignore', 'pipe', 'inherit'] });
  return stdout.replace(/\n+$/, '').replaceAll('\n', ' ');
}

function main(given: readonly string[]): number {
  const isSilent = given.includes('-s') || given.includes('--silent');
  const option = given.find((one) => one.startsWith('--') && one !== '--silent') ?? '--oldaskconfig';
  const [mode, argument] = option.slice(2).split('=');
  const file = given.filter((one) => !one.startsWith('-')).at(-1);
  if (file === undefined) return 1;
  const parsed = parseKconfig({ file, read, environment, shell, dialect: { isNewer }, report });
  if (errors > 0) return 1;
  finishTree(parsed, isNewer, report);
  reportLoops(parsed, report);
  for (const message of sanityErrors(parsed, isNewer)) report(message);
  if (errors > 0) return 1;
  const evaluator = new Evaluator(parsed);
  evaluator.restart();
  return new Run(evaluator, parsed, isSilent).run(mode, argument);
}

const FILLINGS: Readonly<Record<string, Filling>> = {
  allnoconfig: 'no',
  allyesconfig: 'yes',
  allmodconfig: 'module',
  alldefconfig: 'defaults',
};

class Run {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly parsed: ParsedKconfig,
    private readonly isSilent: boolean,
  ) {}

  private get output(): string {
    return environment.KCONFIG_CONFIG ?? '.config';
  }

  run(mode: string, argument: string | undefined): number {
    const { evaluator } = this;
    if (mode === 'defconfig') {
      if (!this.take(argument ?? '')) {
        process.stderr.write(`***\n*** Can't find default configuration "${argument}"!\n***\n`);
        return 1;
      }
      fillNew(evaluator, 'defaults');
    } else if (mode in FILLINGS || mode === 'randconfig') {
      const seed = environment.KCONFIG_ALLCONFIG;
      if (seed !== undefined && !this.take(seed)) return 1;
      if (mode === 'randconfig') this.fillRandomly();
      else fillNew(evaluator, FILLINGS[mode]);
    } else {
      this.take(this.output);
      const asked = { oldaskconfig: 'all', oldconfig: 'new', syncconfig: 'new', listnewconfig: 'list' } as const;
      evaluator.restart();
      for (const symbol of this.parsed.table.all) evaluator.calculate(symbol);
      if (mode in asked) {
        const print = (text: string): unknown => process.stdout.write(text);
        ask({ evaluator, mode: asked[mode as keyof typeof asked], print, line: readLine });
      }
    }
    if (mode === 'listnewconfig') return 0;
    evaluator.restart();
    const text = mode === 'savedefconfig' ? this.minimal() : writeDotConfig(evaluator);
    const target = mode === 'savedefconfig' ? (argument ?? 'defconfig') : this.output;
    fs.writeFileSync(target, text, 'latin1');
    if (environment.KCONFIG_WARN_CHANGED_INPUT) this.warnOfChanges();
    if (!this.isSilent && mode !== 'savedefconfig')
      process.stdout.write(`#\n# configuration written to ${target}\n#\n`);
    return 0;
  }

  private take(file: string): boolean {
    const text = read(file);
    if (text === undefined) return false;
    readDotConfig(this.evaluator, text, file, (message) => process.stderr.write(`${messageLine(message)}\n`));
    return true;
  }

  private fillRandomly(): void {
    const numbers = new RandomNumbers(Number(environment.KCONFIG_SEED ?? Date.now()));
    for (const entry of entriesBelow(this.parsed.root)) {
      const { symbol, prompt } = entry;
      if (!symbol || !prompt || symbol.hasUserValue || symbol.memberOf) continue;
      if (symbol.isChoice) shuffleMembers(entry, numbers);
      else if (symbol.type === 'bool' || symbol.type === 'tristate') {
        const percent = numbers.below(100);
        const [yes, module] = symbol.type === 'bool' ? [50, 50] : [33, 66];
        symbol.userState = percent < yes ? YES : percent < module ? MODULE : NO;
        symbol.hasUserValue = true;
      }
    }
    this.evaluator.restart();
  }

  /** The lines of `.config` that say anything else than the defaults would. */
  private minimal(): string {
    const { evaluator } = this;
    const written = new Set<KconfigSymbol>();
    let text = '';
    for (const { symbol } of entriesBelow(this.parsed.root)) {
      if (!symbol || symbol.isChoice || written.has(symbol)) continue;
      written.add(symbol);
      evaluator.calculate(symbol);
      if (!symbol.isWritten || symbol.visible <= symbol.selectedState) continue;
      const value = evaluator.textOf(symbol);
      const choice = choiceOf(symbol);
      if (value === this.defaultOf(symbol)) continue;
      if (choice && value === 'y' && evaluator.defaultMember(choice) === symbol) continue;
      text += `${configLine(symbol, evaluator)}\n`;
    }
    return text;
  }

  private defaultOf(symbol: KconfigSymbol): string {
    const { evaluator } = this;
    const property = evaluator.activeProperty(symbol, 'default');
    if (symbol.type === 'bool' || symbol.type === 'tristate') {
      const own = property ? Math.min(evaluator.value(property.value), evaluator.value(property.visible)) : NO;
      let state = Math.max(own, symbol.selectedState);
      if (state === MODULE && evaluator.typeOf(symbol) === 'bool') state = YES;
      return 'nmy'[Math.max(state, symbol.impliedState)];
    }
    const text = property?.value?.kind === 'symbol' ? property.value.symbol.text : '';
    return text === '' ? ({ int: '0', hex: '0x0' }[symbol.type as string] ?? '') : text;
  }

  private warnOfChanges(): void {
    const lines: string[] = [];
    const seen = new Set<KconfigSymbol>();
    for (const { symbol } of entriesBelow(this.parsed.root)) {
      if (!symbol?.name || seen.has(symbol) || !symbol.hasUserValue || symbol.type === 'unknown') continue;
      seen.add(symbol);
      const isLogic = symbol.type === 'bool' || symbol.type === 'tristate';
      const asked = isLogic ? 'nmy'[symbol.userState] : (symbol.userText ?? '');
      const value = this.evaluator.textOf(symbol);
      if (asked !== value) lines.push(`  CONFIG_${symbol.name}: ${asked} -> ${value}\n`);
    }
    if (lines.length > 0) process.stderr.write(`warning: user-provided values changed by Kconfig:\n${lines.join('')}`);
  }
}

/** Gives the members of a choice that nobody has set a random order. */
function shuffleMembers(choice: MenuEntry, numbers: RandomNumbers): void {
  const free = [...entriesBelow(choice)].flatMap(({ symbol }) => (symbol && !symbol.hasUserValue ? symbol : []));
  while (free.length > 0) {
    const [member] = free.splice(numbers.below(free.length), 1);
    member.userState = YES;
    member.hasUserValue = true;
    putLast(choice, member);
  }
}

let input = '';

/** Reads standard input in large pieces: whoever runs the test suite writes one line end after the other, whatever is read. */
function readLine(): string {
  const piece = Buffer.alloc(1 << 16);
  while (!input.includes('\n')) {
    let count: number;
    try {
      count = fs.readSync(0, piece, 0, piece.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') continue;
      count = 0;
    }
    if (count === 0) break;
    input += piece.toString('latin1', 0, count);
  }
  const end = input.indexOf('\n') + 1 || input.length;
  const line = input.slice(0, end);
  input = input.slice(end);
  return line;
}

process.exitCode = main(process.argv.slice(2));
