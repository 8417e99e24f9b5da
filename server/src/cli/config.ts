/** `overlint config`: the configuration that the kernel's own build would make, and why a symbol has its value. */
import os from 'node:os';
import path from 'node:path';
import { Disk } from '../files/disk';
import { reasonOf } from '../files/errno';
import { namesIn } from '../files/folder-names';
import { readGiven } from '../files/result-file';
import type { BuildArchitecture } from '../kconfig/architecture';
import {
  type ConfigurationChoice,
  chooseArchitecture,
  chooseConfiguration,
  configHeader,
  configurationName,
} from '../kconfig/choice-of-configuration';
import { isConfigurationName, NoSuchConfiguration } from '../kconfig/configurations';
import { explain } from '../kconfig/explain';
import { type KernelConfiguration, kernelConfiguration } from '../kconfig/kernel-configuration';
import { type KconfigMessage, messageLine } from '../kconfig/messages';
import { defaultCompiler, Toolchain, type ToolchainTable } from '../kconfig/toolchain';
import toolchainData from '../packs/toolchains.json';
import { archOfConfig } from '../project/arch';
import { findTree, type Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { digestOf } from '../store/contents';
import { ResultMemory } from '../store/result-memory';
import { type Trace, TracedFiles } from '../store/trace';
import { nearest } from '../text/nearest';
import { fromByteString, toByteString } from '../text/text';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import { explanationText } from './explanation';
import { printable } from './printable';

const TOOLCHAINS: ToolchainTable = toolchainData;

export interface ConfigFlags {
  readonly kernel?: string;
  readonly arch?: string;
  readonly config?: string;
  readonly compiler?: string;
  readonly explain?: string;
  readonly stats?: boolean;
  readonly cache: boolean;
  readonly format: 'text' | 'json';
}

/** All that a run prints. */
interface Printed {
  /** Byte string. */
  readonly out: string;
  readonly err: string;
}

/** @throws UsageError where a name means nothing, or a file can't be read. */
export function config(name: string | undefined, flags: ConfigFlags, context: CommandContext): ExitCode {
  const start = performance.now();
  if (name !== undefined && flags.config !== undefined)
    throw new UsageError('Name the configuration once: either as NAME or with --config.');
  const { folder, out, err } = context;
  const { tree, errors } = findTree({ folder, paths: [], kernel: flags.kernel, isBare: true });
  if (!tree) throw new UsageError(errors.join('\n'));
  const named = name ?? flags.config;
  const memory = flags.cache && !flags.stats ? new ResultMemory(tree) : undefined;
  const { arch, compiler, explain: symbol, format } = flags;
  const isTerminal = err.isTerminal;
  const question = { config: named, files: digestsOf(named, folder), arch, compiler, symbol, format, isTerminal };
  const print = (printed: Printed): void => {
    err.write(printed.err);
    out.writeBytes(printed.out);
  };
  const known = memory?.recall<Printed>(question);
  if (known) {
    print(known);
    return EXIT.clean;
  }
  try {
    const run = new ConfigRun(named, tree, flags, context);
    const printed = { out: run.answer(), err: run.said };
    print(printed);
    const trace = run.trace();
    if (trace) memory?.keep(question, trace, printed);
    if (flags.stats) err.write(run.stats(performance.now() - start));
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError('The Kconfig files are nested too deeply to be evaluated.');
    throw error;
  }
  return EXIT.clean;
}

/** The contents of the files that are named, by digest: a name that is no file has none. */
function digestsOf(named: string | undefined, folder: string): (string | undefined)[] {
  return (named?.split(',') ?? []).map((part) => {
    try {
      return digestOf(readGiven(path.resolve(folder, part.trim())));
    } catch {
      return undefined;
    }
  });
}

class ConfigRun {
  /** What goes to standard error. */
  said = '';
  private readonly messages: KconfigMessage[] = [];
  private readonly kernel: string;
  private readonly files: TracedFiles;
  /** Whether the names in a folder were asked for, of which nothing is noted. */
  private hasListed = false;
  private readonly choice: ConfigurationChoice;
  private readonly arch: BuildArchitecture;
  private readonly toolchain: Toolchain;
  private readonly made: KernelConfiguration;

  constructor(
    named: string | undefined,
    tree: Tree,
    private readonly flags: ConfigFlags,
    private readonly context: CommandContext,
  ) {
    this.kernel = tree.kernel;
    this.files = new TracedFiles(new Disk(tree.roots), new FileGroups(tree), tree.kernel);
    if (!this.exists('Kconfig'))
      throw new UsageError(`${this.kernel} has no Kconfig file, as only a whole source tree has.`);
    // What stands in the tree is completed as well: the command prints what the build would make of it.
    const existing = this.exists('.config') ? path.join(this.kernel, '.config') : undefined;
    this.choice = chooseConfiguration(named, existing);
    const text = this.firstGiven();
    this.arch = this.architecture(text);
    this.toolchain = this.compiler();
    this.made = this.make();
    this.warnOfOtherVersion(text);
    this.reportMessages();
  }

  /** What the answer was made from; undefined where not all of it was noted. */
  trace(): Trace | undefined {
    return this.hasListed ? undefined : this.files.trace();
  }

  private exists(file: string): boolean {
    return this.files.exists(path.join(this.kernel, file));
  }

  private list(folder: string): string[] {
    this.hasListed = true;
    return namesIn(path.join(this.kernel, folder));
  }

  /** The file that the configuration begins with, where it begins with one. */
  private firstGiven(): string | undefined {
    const [first] = this.choice.from.split(',');
    return isConfigurationName(first) ? undefined : this.given(first);
  }

  private read(file: string): string | undefined {
    return this.files.read(path.resolve(this.kernel, file));
  }

  /** A file that the user named; undefined where there is none. @throws UsageError where it can't be read. */
  private given(file: string): string | undefined {
    try {
      return readGiven(path.resolve(this.context.folder, file));
    } catch (error) {
      const reason = reasonOf(error);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new UsageError(`${file}: ${reason}.`);
    }
  }

  private architecture(text: string | undefined): BuildArchitecture {
    const exists = (folder: string): boolean => this.exists(`arch/${folder}/Kconfig`);
    const configured = text === undefined ? undefined : (configHeader(text)?.arch ?? archOfConfig(text));
    const arch = chooseArchitecture(this.flags.arch, configured, os.arch(), exists);
    if (!exists(arch.folder)) {
      const there = this.list('arch').filter(exists);
      throw new UsageError(`There is no architecture ${arch.name} in ${this.kernel}/arch: it has ${there.join(', ')}.`);
    }
    if (
      text !== undefined &&
      configured !== undefined &&
      chooseArchitecture(configured, undefined, undefined, exists).name !== arch.name
    )
      this.say(
        `The configuration is for ${configured}, and is completed for ${arch.name}: symbols of other architectures are left out.`,
      );
    return arch;
  }

  private warnOfOtherVersion(text: string | undefined): void {
    const made = text === undefined ? undefined : configHeader(text);
    if (made && made.version !== this.made.kconfig.version)
      this.say(
        `The configuration is of Linux ${made.version}, and is completed for the tree's ${this.made.kconfig.version}.`,
      );
  }

  private compiler(): Toolchain {
    const asked = this.flags.compiler ?? defaultCompiler(TOOLCHAINS);
    const found = Toolchain.find(TOOLCHAINS, asked, this.arch.name);
    if (!found) {
      const names = Toolchain.names(TOOLCHAINS);
      throw new UsageError(`There are no answers of ${asked}. Compilers are ${names.join(', ')}.`);
    }
    if (found.measuredFor !== this.arch.name)
      this.say(`${asked} was not measured for ${this.arch.name}: its answers for ${found.measuredFor} stand in.`);
    return found;
  }

  private make(): KernelConfiguration {
    try {
      return kernelConfiguration({
        // Inside, names of files are byte strings, as all that comes from a tree is.
        from: toByteString(this.choice.from),
        arch: this.arch,
        toolchain: this.toolchain,
        read: (file) => this.read(file),
        readGiven: (file) => this.given(fromByteString(file)),
        list: (folder) => this.list(folder),
        report: (message) => this.messages.push(message),
      });
    } catch (error) {
      if (error instanceof NoSuchConfiguration) throw new UsageError(fromByteString(error.message));
      throw error;
    }
  }

  private reportMessages(): void {
    const { missing } = this.made.kconfig.parsed;
    const shown = this.messages.filter(({ severity }) => severity !== 'info');
    for (const message of shown.slice(0, MOST_MESSAGES)) this.say(messageLine(message));
    if (shown.length > MOST_MESSAGES) this.say(`and ${shown.length - MOST_MESSAGES} messages more.`);
    if (missing.length > 0)
      this.say(
        `${missing.length === 1 ? '1 Kconfig file is' : `${missing.length} Kconfig files are`} missing; symbols that no file defines keep their value.`,
      );
    if (this.choice.isAssumed && this.context.err.isTerminal)
      this.say(
        `This is the ${configurationName(this.arch, this.choice.from)}, assumed; name another one, or a .config.`,
      );
  }

  private say(text: string): void {
    this.said += `overlint: ${text.split('\n').map(printable).join('\n')}\n`;
  }

  /** What goes to standard output, a byte string. */
  answer(): string {
    const { format, explain: symbol } = this.flags;
    if (symbol !== undefined) return toByteString(this.explanation(symbol.replace(/^CONFIG_/, '')));
    if (format === 'text') return this.made.text;
    const { version } = this.made.kconfig;
    const { compiler } = this.toolchain;
    const messages = this.messages.filter(({ severity }) => severity !== 'info').map(messageLine);
    const head = { name: this.made.name, assumed: this.choice.isAssumed, arch: this.arch.name, version, compiler };
    return `${JSON.stringify({ ...head, symbols: this.values(), messages, unanswered: this.unanswered() })}\n`;
  }

  /** Every symbol that the configuration has a line for, with its value. */
  private values(): Record<string, string> {
    const { parsed, evaluator } = this.made.kconfig;
    const written = parsed.table.all.filter(({ name, isWritten, type }) => name && isWritten && type !== 'unknown');
    return Object.fromEntries(written.map((symbol) => [symbol.name, evaluator.textOf(symbol)]));
  }

  private unanswered(): string[] {
    return [...this.toolchain.unanswered].sort();
  }

  private explanation(name: string): string {
    const { evaluator, parsed } = this.made.kconfig;
    const explanation = explain(name, evaluator);
    if (!explanation) {
      const names = parsed.table.all.flatMap((symbol) => (symbol.entries.length > 0 ? (symbol.name ?? []) : []));
      const meant = nearest(name, names);
      throw new UsageError(
        `No Kconfig file of ${this.arch.name} defines ${name}.${meant ? ` Did you mean ${meant}?` : ''}`,
      );
    }
    const { name: configuration } = this.made;
    const head = { configuration, assumed: this.choice.isAssumed, arch: this.arch.name };
    if (this.flags.format === 'json') return `${JSON.stringify({ ...head, ...explanation })}\n`;
    return explanationText(explanation, configurationName(this.arch, configuration));
  }

  stats(milliseconds: number): string {
    const { parsed } = this.made.kconfig;
    const defined = parsed.table.all.filter(({ entries, name }) => name && entries.length > 0).length;
    const unanswered = this.unanswered();
    const lines = [
      `${parsed.files.length} Kconfig files, ${defined} symbols, ${Math.round(milliseconds)} ms`,
      `toolchain: ${this.toolchain.compiler} for ${this.toolchain.measuredFor}: ${this.toolchain.versionText}`,
      `questions to the toolchain that have no answer, taken as no: ${unanswered.length}`,
      ...unanswered.map((question) => `  ${question}`),
    ];
    return `${lines.map(printable).join('\n')}\n`;
  }
}

const MOST_MESSAGES = 50;
