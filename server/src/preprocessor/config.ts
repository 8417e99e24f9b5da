/** The kernel's configuration: `.config` as people keep it, and as the header that the build makes of it. */

/** Symbols to their values as in `.config`: `y`, `m`, a number, a string with its quotes. Bad lines are told apart. */
export interface Configuration {
  readonly symbols: ReadonlyMap<string, string>;
  /** Lines (from 1) that are neither a setting nor a comment. */
  readonly malformed: readonly number[];
}

export function parseConfig(text: string): Configuration {
  const symbols = new Map<string, string>();
  const malformed: number[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) return;
    const match = /^(CONFIG_\w+)=(y|m|n|-?\d+|0[xX][0-9a-fA-F]+|".*")$/.exec(line);
    if (!match) malformed.push(index + 1);
    else if (match[2] !== 'n') symbols.set(match[1], match[2]);
  });
  return { symbols, malformed };
}

/** What `include/generated/autoconf.h` says for a configuration (scripts/kconfig/confdata.c). */
export function autoconfText(config: Configuration): string {
  let text = '';
  for (const [symbol, value] of config.symbols) {
    if (value === 'y') text += `#define ${symbol} 1\n`;
    else if (value === 'm') text += `#define ${symbol}_MODULE 1\n`;
    else text += `#define ${symbol} ${value}\n`;
  }
  return text;
}

/** `x86_64 defconfig, assumed`: how outputs call a configuration that stands in no file; undefined for one that does. */
export function titleOf(configuration: EvaluatedConfiguration | undefined): string | undefined {
  if (!configuration || configuration.file !== undefined) return undefined;
  return configuration.assumed ? `${configuration.name}, assumed` : configuration.name;
}

/** A configuration that was worked out from Kconfig files, as plain data. */
export interface EvaluatedConfiguration {
  /** `x86_64 defconfig` */
  readonly name: string;
  /** The file that it was completed from, absolute; undefined where a name stands for it. */
  readonly file?: string;
  /** Nobody named it: it is the architecture's own. */
  readonly assumed: boolean;
  /** As a `.config` file has it. */
  readonly text: string;
  /** Options that are hexadecimal numbers. */
  readonly hexadecimal: readonly string[];
}
