/** The manual page, made from the commands as they are; `npm run docs` writes it to man/overlint.1. */
import type { Command } from 'commander';
import { version } from '../../../package.json';
import type { Output } from './command-context';
import { visibleCommands, visibleOptions } from './command-words';
import { commandTree } from './commands';

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['NO_COLOR', 'Set to anything: no colours, unless --color always asks for them.'],
  ['TERM', 'dumb: a terminal without colours.'],
  ['OVERLINT_PAGER', 'The program that long output for a terminal goes through; empty or cat: none.'],
  ['PAGER', 'Likewise, where OVERLINT_PAGER is not set. Without both it is less, with LESS=FRX unless LESS is set.'],
  ['XDG_CACHE_HOME', 'The folder that holds the cache, overlint; ~/.cache where it is not set.'],
];

const FILES: readonly (readonly [string, string])[] = [
  ['overlint.json', 'How loudly each rule speaks, and where; the nearest one above where you stand counts.'],
  ['.overlint/*.yaml', 'Packs: facts of your own about the tree.'],
  ['~/.cache/overlint', 'What earlier runs worked out. It may be removed at any time.'],
];

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'Nothing was found.'],
  ['1', 'Something was found. What counts, each command says above.'],
  ['2', 'Bad usage, or a file that could not be read; the others are looked at all the same.'],
];

/** What every command takes, and is said once. */
const HELP = '-h, --help';

/** The page in roff, with the macros of man(7). */
export function manPage(): string {
  const silent: Output = { write: () => {}, writeBytes: () => {}, isTerminal: false };
  const program = commandTree({ folder: '/', out: silent, err: silent, environment: {} }, () => {});
  return [
    '.\\" Made by "npm run docs" from what the commands say of themselves.',
    `.TH OVERLINT 1 "" "overlint ${version}" "User Commands"`,
    '.nh',
    '.SH NAME',
    'overlint \\- memory-layout linter for Linux kernel C',
    '.SH SYNOPSIS',
    '.B overlint',
    '.I command',
    '.RI [ option ...]',
    '.RI [ argument ...]',
    '.SH DESCRIPTION',
    textOf(program.description()),
    ...list(options(program)),
    '.SH COMMANDS',
    ...visibleCommands(program).flatMap(section),
    '.SH EXIT STATUS',
    ...list(EXIT_CODES),
    '.SH ENVIRONMENT',
    ...list(ENVIRONMENT),
    '.SH FILES',
    ...list(FILES),
    '.SH EXAMPLES',
    ...afterwards(program).slice(1),
    '',
  ].join('\n');
}

function section(command: Command): string[] {
  const help = command.createHelp();
  const description = help.commandDescription(command);
  return [
    `.SS ${textOf(help.commandUsage(command))}`,
    textOf(`${description[0].toUpperCase()}${description.slice(1)}.`),
    ...list(help.visibleArguments(command).map((each) => [help.argumentTerm(each), help.argumentDescription(each)])),
    ...list(options(command).filter(([term]) => term !== HELP)),
    ...afterwards(command),
  ];
}

function options(command: Command): [string, string][] {
  const help = command.createHelp();
  return visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]);
}

function list(entries: readonly (readonly [string, string])[]): string[] {
  return entries.flatMap(([term, text]) => ['.TP', `.B ${textOf(term)}`, textOf(text)]);
}

/** What help prints behind the options: lines that are indented keep their form, others flow. */
function afterwards(command: Command): string[] {
  let printed = '';
  command.configureOutput({
    writeOut: (text) => {
      printed += text;
    },
  });
  command.outputHelp();
  const lines = printed.slice(command.helpInformation().length).split('\n').filter(Boolean);
  return lines.flatMap((line, at) => {
    const isFormed = line.startsWith('  ');
    const wasFormed = at > 0 && lines[at - 1].startsWith('  ');
    const begin = isFormed ? (wasFormed ? [] : ['.nf']) : wasFormed ? ['.fi', '.PP'] : at === 0 ? ['.PP'] : [];
    const end = isFormed && at === lines.length - 1 ? ['.fi'] : [];
    return [...begin, textOf(line), ...end];
  });
}

/** No character of a text is taken for a request or an escape; hyphens stay such that they can be copied. */
function textOf(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
