/** Reads a compiler's command line for what decides how a file is read: macros, folders, forced headers, the tree. */
import path from 'node:path';
import { toByteString } from '../text/text';
import type { FlagSet } from './flags';

interface CommandLine {
  /** As far as it is not what every file of the kernel is compiled with. */
  readonly flags: FlagSet;
  /** The source file, absolute; undefined where none is named. */
  readonly file: string | undefined;
  /** The source tree whose `linux/kconfig.h` is forced in, absolute. */
  readonly kernel: string | undefined;
  /** As under arch/, where an include folder names it. */
  readonly arch: string | undefined;
}

/** Flags whose value may stand in the next word. */
const WITH_VALUE = /^-(?:I|D|U|include|isystem|iquote|idirafter|imacros)$/;

/** Other flags that take the next word, so that it is no source file. */
const SKIPS_VALUE = /^-(?:o|x|T|MF|MT|MQ|Xlinker|Xassembler|-param|target|arch|L|l|u|z)$/;

/** Names that the build gives each file for itself, and that no layout hangs on. */
const OWN_NAME = /^_*KBUILD_(?:MODNAME|BASENAME|MODFILE)\b|^__KBUILD_MODNAME\b/;

/**
 * @param given As the compiler gets them, without its own name; sparse's flags among them are no trouble.
 * @param folder Absolute; where the compiler is started.
 */
export function readCommandLine(given: readonly string[], folder: string): CommandLine {
  const words = given.flatMap(plainFlags);
  const macros: string[] = [];
  const folders: string[] = [];
  const forced: string[] = [];
  let file: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (SKIPS_VALUE.test(word)) {
      index++;
      continue;
    }
    const joined = /^-(I|D|U|isystem|iquote|idirafter)(?==?.)=?(.*)$/s.exec(word);
    const flag = joined ? joined[1] : WITH_VALUE.test(word) ? word.slice(1) : undefined;
    const value = joined ? joined[2] : flag === undefined ? '' : (words[++index] ?? '');
    if (flag === 'D') macros.push(toByteString(value));
    else if (flag === 'U') macros.push(`!${toByteString(value)}`);
    else if (flag === 'include' || flag === 'imacros') forced.push(path.resolve(folder, value));
    else if (flag !== undefined) folders.push(path.resolve(folder, value));
    else if (!word.startsWith('-') && /\.[chS]$/.test(word)) file = path.resolve(folder, word);
  }
  const kernel = forced.map((header) => /^(.*)\/include\/linux\/kconfig\.h$/s.exec(header)?.[1]).find((found) => found);
  const arch = folders.map((each) => /\/arch\/(\w+)\/include$/.exec(each)?.[1]).find((found) => found);
  const ofAll = kernel === undefined ? [] : [kernel, folder];
  const isOwn = (each: string): boolean =>
    !ofAll.some(
      (root) => each.startsWith(`${root}/`) && /^(?:arch\/\w+\/)?include\//.test(`${each.slice(root.length + 1)}/`),
    );
  return {
    flags: {
      macros: macros.filter((macro) => !OWN_NAME.test(macro) && macro !== '__KERNEL__'),
      folders: [...new Set(folders.filter(isOwn))],
      forced: forced.filter(
        (header) => !/\/include\/linux\/(?:compiler-version|kconfig|compiler_types)\.h$/.test(header),
      ),
    },
    file,
    kernel,
    arch,
  };
}

/** A flag as it is most often written: `-Wp,-DX` passes one on to the preprocessor, `--define-macro=X` is `-DX`. */
function plainFlags(word: string): readonly string[] {
  return word.startsWith('-Wp,') ? word.slice(4).split(',') : [word.replace(/^--define-macro=/, '-D')];
}

/** Words of a command line as a shell splits them: quotes and backslashes, nothing that would have to be run. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  for (const [written] of command.matchAll(/(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[^\s'"\\])+/g))
    words.push(
      written.replace(/'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g, (_whole, single, double, escaped) =>
        single !== undefined ? single : double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : escaped,
      ),
    );
  return words;
}
