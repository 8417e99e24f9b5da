/** Commands that look at no source: logs put together, the hook, the cache, completions. */
import { Argument, type Command } from 'commander';
import { SHELLS, type Shell } from './choices';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import type { MergeFlags } from './merge-sarif';

/** @param done Is told the exit code of the command that ran. */
export function addHousekeeping(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command('merge-sarif')
    .description('put SARIF logs together, as of check --shard')
    .argument('<file...>', 'SARIF 2.1.0 logs')
    .option('--output <file>', 'put the log into this file, whole or not at all')
    .option('--for-github', 'leave out what is suppressed, and what goes beyond the limits of code scanning')
    .addHelpText('after', '\nExit code: 0 the log was written; 2 a file is no log, or could not be read or written.')
    .action(async (files: string[], flags: MergeFlags) => {
      const { mergeSarif } = await import('./merge-sarif');
      done(mergeSarif(files, flags, context));
    });
  program
    .command('hook')
    .description('check before each commit: print the hook for git, or install it')
    .addArgument(new Argument('<what>', 'what to do').choices(['print', 'install']))
    .addHelpText('after', '\nExit code: 0; 2 where there is no repository, or another hook already.')
    .action(async (what: string) => {
      const { HOOK, installHook, NoHook } = await import('../changes/hook');
      if (what === 'print') return context.out.write(HOOK);
      try {
        context.out.write(`${installHook(context.folder)} checks what is to be committed from now on.\n`);
      } catch (error) {
        throw error instanceof NoHook ? new UsageError(error.message) : error;
      }
    });
  program
    .command('cache')
    .description('say what earlier runs left on disk, or remove it')
    .option('--info', 'where it is and how large (the default)')
    .option('--clear', 'remove all of it')
    .addHelpText('after', '\nExit code: 0; 2 where something could not be removed.')
    .action(async ({ clear }: { clear?: boolean }) => {
      const { Cache } = await import('../store/cache');
      const cache = new Cache();
      const { folder, entries, bytes, mostBytes } = clear ? cache.clear() : cache.info();
      const megabytes = (count: number): string => `${(count / (1 << 20)).toFixed(1)} MB`;
      context.out.write(`${folder}: ${entries} entries, ${megabytes(bytes)} of at most ${megabytes(mostBytes)}\n`);
      done(clear && entries > 0 ? EXIT.trouble : EXIT.clean);
    });
  program
    .command('completion')
    .description('print what makes a shell complete the commands and their flags')
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .addHelpText('after', '\nIn ~/.bashrc: source <(overlint completion bash)')
    .action(async (shell: Shell) => {
      const { rules } = await import('../rules/index');
      const { completionFor } = await import('./completion');
      const names = rules.map(({ id }) => id).sort();
      context.out.write(completionFor(shell, program, names));
    });
}
