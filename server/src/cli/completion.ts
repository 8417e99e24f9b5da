/** `overlint completion SHELL`: scripts by which shells complete what is typed, made from the commands as they are. */
import type { Command } from 'commander';
import type { Shell } from './choices';
import { type TypedCommand, type TypedOption, typedCommands, typedOptions, type Value } from './command-words';

/** What a script is made from. */
interface Typed {
  readonly own: readonly TypedOption[];
  readonly commands: readonly TypedCommand[];
  /** Names of rules. */
  readonly rules: readonly string[];
}

/** @param rules The names that stand where a rule is asked for. @returns A script to be read by the shell as it starts. */
export function completionFor(shell: Shell, program: Command, rules: readonly string[]): string {
  return SCRIPTS[shell]({ own: typedOptions(program), commands: typedCommands(program), rules });
}

const SCRIPTS: Readonly<Record<Shell, (typed: Typed) => string>> = { bash, zsh, fish };

function wordsOf(value: Value, rules: readonly string[]): readonly string[] | undefined {
  if (typeof value !== 'string') return value;
  return value === 'rule' ? rules : undefined;
}

/** One word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const namesOf = (options: readonly TypedOption[]): string[] => options.flatMap(({ names }) => names);

/** Readline splits at `=`, so that `--format=json` comes as three words. */
function bash({ own, commands, rules }: Typed): string {
  const offered = (value: Value): string => {
    const words = wordsOf(value, rules);
    if (words) return `_overlint_words ${quoted(words.join(' '))}`;
    return value === 'other' ? 'COMPREPLY=()' : `_overlint_${value}s`;
  };
  const valued = commands.flatMap(({ name, options }) =>
    options.flatMap(({ names, value }) => (value === undefined ? [] : names.map((each) => ({ name, each, value })))),
  );
  const values = valued.map(({ name, each, value }) => `\t${name},${each}) ${offered(value)}; return ;;`);
  const places = commands.flatMap(({ name, values: all, repeats }) =>
    all.map((value, at) => `\t${name},${repeats && at === all.length - 1 ? '*' : at}) ${offered(value)} ;;`),
  );
  const options = commands.map(
    ({ name, options: all }) => `\t${name}) _overlint_words ${quoted(namesOf(all).join(' '))} ;;`,
  );
  return `# bash completion of overlint. In ~/.bashrc: source <(overlint completion bash)
_overlint_words() {
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}

_overlint_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

_overlint_folders() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -d -- "$current")
}

_overlint() {
	local at command='' place=0 word option='' current=\${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	# Which command it is, which of its places is typed, and behind which option.
	for ((at = 1; at < COMP_CWORD; at++)); do
		word=\${COMP_WORDS[at]}
		if [[ $word == = ]]; then continue; fi
		if [[ -n $option ]]; then option=
		elif [[ $word == -* ]]; then
			case $command,$word in
			${valued.map(({ name, each }) => `${name},${each}`).join(' | ')}) option=$word ;;
			esac
		elif [[ -z $command ]]; then command=$word
		else ((place++))
		fi
	done
	if [[ $current == = ]]; then current=; fi
	case $command,$option in
${values.join('\n')}
	esac
	if [[ -z $command ]]; then
		if [[ $current == -* ]]; then _overlint_words ${quoted(namesOf(own).join(' '))}
		else _overlint_words ${quoted(commands.map(({ name }) => name).join(' '))}
		fi
		return
	fi
	if [[ $current == -* ]]; then
		case $command in
${options.map((line) => `\t${line}`).join('\n')}
		esac
		return
	fi
	case $command,$place in
${places.join('\n')}
	esac
}
complete -F _overlint overlint
`;
}

function zsh({ own, commands, rules }: Typed): string {
  const offered = (value: Value): string => {
    const words = wordsOf(value, rules);
    if (words) return `(${words.join(' ')})`;
    return value === 'file' ? '_files' : value === 'folder' ? '_files -/' : ' ';
  };
  const inBrackets = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');
  const spec = ({ names, description, value }: TypedOption): string[] =>
    names.map((name) =>
      quoted(
        value === undefined
          ? `${name}[${inBrackets(description)}]`
          : `*${name}${name.startsWith('--') ? '=' : ''}[${inBrackets(description)}]:value:${offered(value)}`,
      ),
    );
  const branches = commands.map(({ name, options, values, repeats }) => {
    const places = values.map((value, at) =>
      quoted(`${repeats && at === values.length - 1 ? '*' : at + 1}:value:${offered(value)}`),
    );
    return `\t${name}) _arguments ${[...options.flatMap(spec), ...places].join(' \\\n\t\t')} ;;`;
  });
  return `#compdef overlint
# zsh completion of overlint. As _overlint in a folder of fpath, or in ~/.zshrc: source <(overlint completion zsh)
_overlint() {
	local curcontext=$curcontext state line
	typeset -A opt_args
	_arguments -C ${own.flatMap(spec).join(' ')} '1:command:->command' '*::value:->value'
	case $state in
	command)
		local -a commands=(
${commands.map(({ name, description }) => `\t\t\t${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`).join('\n')}
		)
		_describe command commands
		;;
	value)
		case $line[1] in
${branches.map((branch) => branch.replace(/^/gm, '\t')).join('\n')}
		esac
		;;
	esac
}
if [[ $funcstack[1] == _overlint ]]; then _overlint "$@"; else compdef _overlint overlint; fi
`;
}

function fish({ own, commands, rules }: Typed): string {
  const lines: string[] = [];
  const offered = (value: Value): string => {
    const words = wordsOf(value, rules);
    if (words) return `-x -a ${quotedForFish(words.join(' '))}`;
    if (value === 'folder') return "-x -a '(__fish_complete_directories)'";
    return value === 'file' ? '-r -F' : '-x';
  };
  const add = (condition: string, { names, description, value }: TypedOption): void => {
    const spelt = names
      .map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
      .join(' ');
    const takes = value === undefined ? '' : ` ${offered(value)}`;
    lines.push(`complete -c overlint -n '${condition}' ${spelt}${takes} -d ${quotedForFish(description)}`);
  };
  for (const option of own) add('__overlint_at 0', option);
  for (const { name, description } of commands)
    lines.push(`complete -c overlint -n '__overlint_at 0' -a ${name} -d ${quotedForFish(description)}`);
  for (const { name, options, values, repeats } of commands) {
    for (const option of options) add(`__overlint_at ${name}`, option);
    values.forEach((value, at) => {
      if (value === 'other') return;
      const place = repeats && at === values.length - 1 ? `${at + 1} more` : at + 1;
      const takes = value === 'file' ? '-F' : offered(value).replace('-x ', '');
      lines.push(`complete -c overlint -n '__overlint_at ${name} ${place}' ${takes}`);
    });
  }
  const valued = new Set(
    commands.flatMap(({ options }) => options.flatMap(({ names, value }) => (value === undefined ? [] : names))),
  );
  return `# fish completion of overlint. In ~/.config/fish/completions/overlint.fish: overlint completion fish | source
# Whether what is typed belongs to this command (0: to none yet), and stands at this place, or there or later.
function __overlint_at
    set -l command 0
    set -l place 0
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
        else if string match -q -- '-*' $word
            contains -- $word ${[...valued].join(' ')}; and set skip 1
        else
            test $command = 0; and set command $word
            set place (math $place + 1)
        end
    end
    test $command = $argv[1]; or return 1
    test (count $argv) = 1; and return 0
    test (count $argv) = 3; and test $place -ge $argv[2]; or test $place = $argv[2]
end
complete -c overlint -f
${lines.join('\n')}
`;
}

function quotedForFish(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
