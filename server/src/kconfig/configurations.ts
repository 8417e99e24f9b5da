/** Makes the configuration that a name stands for, as the kernel's make targets do. */
import { defaultConfigName, mergedConfig } from './arch-makefile';
import type { BuildArchitecture } from './architecture';
import { readDotConfig, trustRecordedAnswers, writeDotConfig } from './dot-config';
import type { Evaluator } from './evaluate';
import { type Filling, fillNew } from './filling';
import type { Report } from './messages';

/** What a configuration is made from. */
export interface ConfigurationSource {
  readonly evaluator: Evaluator;
  readonly arch: BuildArchitecture;
  /** A file of the tree, by its path from the tree's folder; undefined where there is none. */
  read(file: string): string | undefined;
  /** A file that the user named. */
  readGiven(file: string): string | undefined;
  /** The names in a folder of the tree. */
  list(folder: string): readonly string[];
  readonly report: Report;
  /** Whether some Kconfig files are missing, so that symbols which no file defines are kept as they are. */
  readonly isIncomplete: boolean;
  /** Whether a file that is completed is believed what it says of the tools that it was made with. */
  readonly trustsAnswers?: boolean;
}

export interface NamedConfiguration {
  /** What it is called: `x86_64_defconfig`. */
  readonly name: string;
  /** The whole `.config`, a byte string. */
  readonly text: string;
}

/** A name that stands for nothing; the message says what there is. */
export class NoSuchConfiguration extends Error {}

const FILLINGS: Readonly<Record<string, Filling>> = {
  allnoconfig: 'no',
  allmodconfig: 'module',
  allyesconfig: 'yes',
  alldefconfig: 'defaults',
};

/** Whether a word names a configuration of its own; all others may be files. */
export function isConfigurationName(word: string): boolean {
  return Object.hasOwn(FILLINGS, word) || word === 'tinyconfig' || /^[\w.-]*defconfig$/.test(word);
}

/**
 * Makes a configuration.
 *
 * @param given One name or file, or several joined by commas, where each is laid over those before it.
 * @throws NoSuchConfiguration
 */
export function makeConfiguration(given: string, source: ConfigurationSource): NamedConfiguration {
  return new ConfigurationMaker(source).make(given);
}

class ConfigurationMaker {
  constructor(private readonly source: ConfigurationSource) {}

  make(given: string): NamedConfiguration {
    const { config } = this.source.arch;
    // A part of an architecture has a default of its own.
    const meant = config === undefined ? given : given.replace(/^\s*defconfig(?=\s*(,|$))/, config);
    const [first, ...rest] = meant.split(',').map((part) => part.trim());
    const names = [first];
    let text: string;
    const fragments = this.fragments(first);
    if (fragments.length > 0) text = this.overlaid('', fragments);
    else {
      const base = first === 'defconfig' ? this.defaultName() : first;
      names[0] = base;
      text = this.base(base);
    }
    for (const name of rest) {
      const over = this.fragments(name);
      text = this.overlaid(text, over.length > 0 ? over : [this.file(name)]);
      names.push(name);
    }
    return { name: names.join(','), text };
  }

  private get configs(): string {
    return `arch/${this.source.arch.folder}/configs`;
  }

  private makefile(): string {
    return this.source.read(`arch/${this.source.arch.folder}/Makefile`) ?? '';
  }

  private defaultName(): string {
    return defaultConfigName(this.makefile(), this.source.arch);
  }

  private base(name: string): string {
    const { source } = this;
    if (Object.hasOwn(FILLINGS, name)) return this.filled(FILLINGS[name]);
    if (name === 'tinyconfig') return this.tiny();
    if (/^[\w.-]*defconfig$/.test(name)) {
      const text = source.read(`${this.configs}/${name}`);
      if (text !== undefined) return this.completed(text, `${this.configs}/${name}`);
      const merged = mergedConfig(this.makefile(), name);
      const base = merged && source.read(`${this.configs}/${merged.base}`);
      if (merged && base !== undefined)
        return this.overlaid(
          base,
          merged.fragments.map((fragment) => this.readConfigs(fragment)),
        );
      const boards = this.generic(name);
      if (boards !== undefined) return boards;
      if (source.readGiven(name) === undefined) throw new NoSuchConfiguration(this.unknownName(name));
    }
    return this.completed(this.file(name), name);
  }

  /**
   * `32r2el_defconfig` and the like: one configuration for many boards, put together from what the name says and from the
   * fragments of all boards whose `# require` lines it meets.
   */
  private generic(name: string): string | undefined {
    const parts = /^([a-z]*\d+r\d+)(el)?_defconfig$/.exec(name);
    const folder = `${this.configs}/generic`;
    const base = this.source.read(`${this.configs}/generic_defconfig`);
    if (!parts || base === undefined) return undefined;
    const own = [`generic/${parts[1]}.config`, `generic/${parts[2] ?? 'eb'}.config`].map((one) =>
      this.readConfigs(one),
    );
    const merged = own.reduce(mergeFragment, base);
    const lines = new Set(this.completed(merged, '.config').split('\n'));
    const boards = this.source.list(folder).filter((file) => /^board-.*\.config$/.test(file));
    const fitting = boards.flatMap((file) => {
      const text = this.source.read(`${folder}/${file}`) ?? '';
      const required = Array.from(text.matchAll(/^# require (\w+)=([yn])$/gm));
      return required.every(([, symbol, value]) => lines.has(`${symbol}=y`) === (value === 'y')) ? text : [];
    });
    return this.overlaid(merged, fitting);
  }

  private readConfigs(fragment: string): string {
    const text = this.source.read(`${this.configs}/${fragment}`);
    if (text === undefined) throw new NoSuchConfiguration(`There is no ${this.configs}/${fragment}.`);
    return text;
  }

  private file(name: string): string {
    const text = this.source.readGiven(name);
    if (text !== undefined) return text;
    throw new NoSuchConfiguration(this.unknownName(name));
  }

  private unknownName(name: string): string {
    const own = this.source.list(this.configs).filter((file) => file.endsWith('defconfig'));
    const targets = ['defconfig', ...Object.keys(FILLINGS), 'tinyconfig'].join(', ');
    const there = own.length > 0 ? `, and ${this.configs} has ${own.slice(0, MOST_NAMES).join(', ')}` : '';
    const more = own.length > MOST_NAMES ? ` and ${own.length - MOST_NAMES} more` : '';
    return `${name} is neither a file nor the name of a configuration. Names are ${targets}${there}${more}.`;
  }

  /** The files of the tree that `make NAME.config` lays over a configuration. */
  private fragments(name: string): string[] {
    if (!/^[\w.-]+\.config$/.test(name)) return [];
    return [`kernel/configs/${name}`, `${this.configs}/${name}`].flatMap((file) => this.source.read(file) ?? []);
  }

  private filled(filling: Filling): string {
    this.read('', '');
    fillNew(this.source.evaluator, filling);
    return this.written([]);
  }

  private tiny(): string {
    const base = 'kernel/configs/tiny-base.config';
    this.read(this.source.read(base) ?? '', base);
    fillNew(this.source.evaluator, 'no');
    return this.overlaid(this.written([]), this.fragments('tiny.config'));
  }

  /** Lays texts over a configuration, and completes what comes of it. */
  private overlaid(text: string, fragments: readonly string[]): string {
    return this.completed(fragments.reduce(mergeFragment, text), '.config');
  }

  private completed(text: string, file: string): string {
    const unknown = this.read(text, file);
    if (this.source.trustsAnswers) trustRecordedAnswers(this.source.evaluator);
    this.source.evaluator.restart();
    return this.written(this.source.isIncomplete ? unknown : []);
  }

  private read(text: string, file: string): readonly string[] {
    return readDotConfig(this.source.evaluator, text, file, this.source.report).unknown;
  }

  private written(unknown: readonly string[]): string {
    return writeDotConfig(this.source.evaluator) + unknown.map((line) => `${line}\n`).join('');
  }
}

const MOST_NAMES = 12;

/** Lays a fragment over a configuration: of each symbol that it names, only what it says is left. */
export function mergeFragment(text: string, fragment: string): string {
  const named = new Set(Array.from(fragment.matchAll(LINES), (match) => match[1] ?? match[2]));
  const kept = text.split('\n').filter((line) => {
    const match = /^(?:# )?(CONFIG_\w+)[ =]/.exec(line);
    return !match || !named.has(match[1]);
  });
  return `${kept.join('\n')}\n${fragment}`;
}

const LINES = /^(?:(CONFIG_\w+)=.*|# (CONFIG_\w+) is not set)$/gm;
