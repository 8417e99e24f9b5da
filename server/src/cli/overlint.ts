/** The command line as a function: reads the words, runs what they ask for, and says with which code it ends. */
import { CommanderError } from 'commander';
import { loadGrammar } from '../parser/grammar';
import { fromByteString, toByteString } from '../text/text';
import { type CommandContext, EXIT, type ExitCode, type Output, UsageError } from './command-context';
import { commandTree } from './commands';
import { fittedOutput } from './fitted-output';
import { Paging } from './paging';

/** Runs one command line. @param args Without the program's own name. @returns The exit code. */
export async function overlint(args: readonly string[], given: CommandContext): Promise<ExitCode> {
  const context = fitted(args, given);
  let code: ExitCode = EXIT.clean;
  const paging = new Paging(context);
  const program = commandTree(paging.around(), (given) => {
    code = given;
  });
  program.hook('preAction', async (_program, command) => {
    if (PARSES_HERE.has(command.name())) await loadGrammar();
    if (command.opts().pager !== undefined && command.optsWithGlobals().pager) paging.begin();
  });
  try {
    // What Kbuild writes is for compilers; behind `--` no word of it is taken for ours.
    const own =
      args[0] === 'kbuild' && args[1] !== '--help' && args[1] !== '-h' ? ['kbuild', '--', ...args.slice(1)] : args;
    await program.parseAsync([...own], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, context);
  } finally {
    paging.end();
  }
}

/** The context, with outputs that let nothing through but text. */
function fitted(args: readonly string[], context: CommandContext): CommandContext {
  const isAsked = args.some((word) => /^--color(?:$|=always)/.test(word));
  const isColoured = ({ isTerminal }: Output): boolean => isTerminal || isAsked;
  const givesOrders = args.some((word) => /^(?:--format=)?github$/.test(word));
  const { out, err } = context;
  return {
    ...context,
    out: fittedOutput(out, { isColoured: isColoured(out), givesOrders }),
    err: fittedOutput(err, { isColoured: isColoured(err), givesOrders: false }),
  };
}

/** Commands that parse in this thread; the others leave that to workers. */
const PARSES_HERE: ReadonlySet<string> = new Set(['layout', 'diff', 'claims', 'dump']);

/** Says what went wrong, where that was not yet said, and with which code the program ends. */
function codeOf(error: unknown, { err }: CommandContext): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.trouble;
  const message = error instanceof Error ? error.message : String(error);
  err.write(`overlint: ${fromByteString(toByteString(message))}\n`);
  if (!(error instanceof UsageError) && error instanceof Error && error.stack) err.write(`${error.stack}\n`);
  return EXIT.trouble;
}
