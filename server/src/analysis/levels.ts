/** How loudly each rule speaks, and where: the user's word over the rules' own defaults. */
import picomatch from 'picomatch';
import { RE2JS } from 're2js';
import type { Finding, Severity } from './finding';
import type { RuleMetadata } from './rule';

/** `on` keeps the severity that the rule itself gives. */
export type Level = 'off' | 'on' | Severity;

export const LEVELS: readonly Level[] = ['off', 'on', 'hint', 'info', 'warning', 'error'];

/** Rules' levels by name. */
export type RuleLevels = Readonly<Record<string, Level>>;

/** Other levels for some files. */
export interface LevelOverride {
  /** Globs, from the kernel folder, with `/`; a folder's name alone means all below it. */
  readonly files: readonly string[];
  readonly levels: RuleLevels;
}

export interface LevelSettings {
  readonly levels: RuleLevels;
  /** The last one that speaks of a file and a rule counts. */
  readonly overrides: readonly LevelOverride[];
}

/** The levels of a run over many files: a costly rule is off where nobody said otherwise. */
export function levelsOverMany(rules: readonly RuleMetadata[], said: RuleLevels = {}): RuleLevels {
  const costly = rules.filter(({ isCostly }) => isCostly).map(({ id }) => [id, 'off'] as const);
  return { ...Object.fromEntries(costly), ...said };
}

/** The levels of a run over a change; rules that compare both sides of it are told by themselves that it is one. */
export function levelsForChanges(
  rules: readonly (RuleMetadata & { readonly change?: unknown })[],
  said: RuleLevels = {},
): RuleLevels {
  const on = rules.filter(({ isOnForChanges, change }) => isOnForChanges && !change);
  return { ...Object.fromEntries(on.map(({ id }) => [id, 'on'] as const)), ...said };
}

const NO_LEVELS: LevelSettings = { levels: {}, overrides: [] };

interface Override {
  fits(file: string): boolean;
  readonly levels: RuleLevels;
}

/** The levels of all rules for all files of a tree. */
export class Levels {
  private readonly overrides: readonly Override[];

  /** @param only the rules that the user asked for by name: those are on everywhere, and no others */
  constructor(
    private readonly settings: LevelSettings = NO_LEVELS,
    private readonly only?: ReadonlySet<string>,
  ) {
    this.overrides = settings.overrides.map(({ files, levels }) => {
      const patterns = files.flatMap(asGlobs).map(matcherOf);
      return { fits: (file: string) => patterns.some((fits) => fits(file)), levels };
    });
  }

  /** Whether a rule is on for any file at all. */
  mayBeOn(rule: RuleMetadata): boolean {
    if (this.only) return this.only.has(rule.id);
    const levels = [this.settings, ...this.settings.overrides].map(({ levels: said }) => said[rule.id]);
    return (levels[0] === undefined ? rule.defaultOn : levels[0] !== 'off') || levels.slice(1).some(isOn);
  }

  /** @param file from the kernel folder, with `/` */
  levelOf(rule: RuleMetadata, file: string): Level {
    const said = this.said(rule.id, file);
    if (!this.only) return said ?? (rule.defaultOn ? 'on' : 'off');
    if (!this.only.has(rule.id)) return 'off';
    return said === undefined || said === 'off' ? 'on' : said;
  }

  /** The finding as loud as it is to be; undefined where it is to be silent. Hints speak of other kernels and stay hints. */
  apply(finding: Finding, rule: RuleMetadata, file: string): Finding | undefined {
    const level = this.levelOf(rule, file);
    if (level === 'off') return undefined;
    return level === 'on' || finding.severity === 'hint' || finding.severity === level
      ? finding
      : { ...finding, severity: level };
  }

  private said(rule: string, file: string): Level | undefined {
    let level = this.settings.levels[rule];
    for (const { fits, levels } of this.overrides) if (levels[rule] !== undefined && fits(file)) level = levels[rule];
    return level;
  }
}

function isOn(level: Level | undefined): boolean {
  return level !== undefined && level !== 'off';
}

/**
 * Whether a path fits a glob, in time that grows with the path's length whatever the glob is: a workspace's settings must
 * not hold an editor up. `!` at its start turns it round. A glob that can't be read fits nothing.
 */
function matcherOf(glob: string): (file: string) => boolean {
  if (glob.startsWith('!')) {
    const fits = matcherOf(glob.slice(1));
    return (file) => !fits(file);
  }
  try {
    // Paths of a tree have no part that is empty, `.` or `..`: what is asked ahead for their sake goes.
    const { source } = picomatch.makeRe(glob, { dot: true, nonegate: true, noextglob: true });
    const pattern = RE2JS.compile(ASKED_AHEAD.reduce((text, part) => text.replaceAll(part, ''), source));
    return (file) => pattern.matches(file);
  } catch {
    return () => false;
  }
}

const ASKED_AHEAD = ['(?!\\.{1,2}(?:\\/|$))', '(?!(?:^|\\/)\\.{1,2}(?:\\/|$))', '(?=.)'];

/** `drivers/staging` and `drivers/staging/` mean what is below. */
function asGlobs(glob: string): string[] {
  const bare = glob.replace(/^\.?\//, '').replace(/\/+$/, '');
  return /[*?[{(]/.test(bare) ? [bare] : [bare, `${bare}/**`];
}
