/** What may be typed, as plain data read off the tree of commands, for completions and the manual page. */
import type { Argument, Command, Option } from 'commander';

/** What stands where a value is typed: one of some words, or something that the shell or the rules know. */
export type Value = readonly string[] | 'file' | 'folder' | 'rule' | 'other';

export interface TypedOption {
  /** `-h` and `--help`, as far as there are both. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined for a flag without one. */
  readonly value: Value | undefined;
}

export interface TypedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly TypedOption[];
  /** By place. */
  readonly values: readonly Value[];
  /** Whether the last of the values may be given again and again. */
  readonly repeats: boolean;
}

/** By the name between the brackets, as in `--kernel <dir>`. */
const VALUES: Readonly<Record<string, Value>> = {
  a: 'file',
  b: 'file',
  dir: 'folder',
  file: 'file',
  flags: 'file',
  pack: 'file',
  path: 'file',
  rule: 'rule',
};

/** The commands below a command, as they are listed in its help. */
export function typedCommands(program: Command): TypedCommand[] {
  return visibleCommands(program).map((command) => ({
    name: command.name(),
    description: command.description(),
    options: typedOptions(command),
    values: command.registeredArguments.map(valueOfArgument),
    repeats: command.registeredArguments.at(-1)?.variadic === true,
  }));
}

/** The options of a command itself. */
export function typedOptions(command: Command): TypedOption[] {
  return visibleOptions(command).map(typedOption);
}

/** As the help lists them, with `help` left out. */
export function visibleCommands(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');
}

/** As the help lists them, with `--help` last. */
export function visibleOptions(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function typedOption(option: Option): TypedOption {
  const placeholder = /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(option.flags)?.[1];
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    description: option.description,
    value: placeholder === undefined ? undefined : (option.argChoices ?? VALUES[placeholder] ?? 'other'),
  };
}

function valueOfArgument(argument: Argument): Value {
  return argument.argChoices ?? VALUES[argument.name()] ?? 'other';
}
