/** The flags of `overlint config`. */
import { type Command, Option } from 'commander';
import { VERIFY_FORMATS } from './choices';
import type { CommandContext, ExitCode } from './command-context';
import type { ConfigFlags } from './config';

export function addConfig(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command('config')
    .description("print the configuration that the kernel's build would make, or say why a symbol has its value")
    .argument(
      '[name]',
      'defconfig, tinyconfig, a .config file, ...; several joined by commas are laid over one another',
    )
    .optionsGroup('What is read:')
    .option('--kernel <dir>', 'source tree (found by walking up when absent)')
    .option('--arch <name>', "architecture as behind ARCH= (default: the configuration's, else this machine's)")
    .option('--config <name>', 'as NAME')
    .option('--compiler <name>', 'whose answers count: gcc-12, clang-19, ... (default: the newest gcc)')
    .optionsGroup('What comes out:')
    .option('--explain <symbol>', 'say where the value of this symbol comes from, with file and line')
    .addOption(new Option('--format <name>', 'how it is printed').choices(VERIFY_FORMATS).default('text'))
    .option('--stats', 'also print which questions to the compiler have no answer')
    .optionsGroup('How it runs:')
    .option('--no-cache', 'neither use nor keep what earlier runs worked out')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  overlint config                                    the .config of the tree, else the default of this machine\n' +
        '  overlint config multi_v7_defconfig --arch arm\n' +
        '  overlint config defconfig,kvm_guest.config         as "make defconfig kvm_guest.config"\n' +
        '  overlint config old/.config                        as "make olddefconfig" would complete it\n' +
        '  overlint config tinyconfig --explain PRINTK\n' +
        'Nothing is run: what Kconfig files ask of compilers is answered from measured data.\n' +
        'Exit code: 0; 2 bad usage, a file that could not be read, or a symbol that no file defines.',
    )
    .action(async (name: string | undefined, flags: ConfigFlags) => {
      const { config } = await import('./config');
      done(config(name, flags, context));
    });
}
