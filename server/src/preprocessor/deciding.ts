/**
 * What conditions come to. Thousands of units ask the same headers' conditions: each answer is kept with the meanings of
 * the names that it rests on, and holds again wherever all of them mean the same.
 */
import { TokenKind } from '../text/tokens';
import { type Compiler, featureValue } from './compiler';
import {
  ConditionError,
  type ConditionNames,
  DEFINED,
  evaluateCondition,
  isBuiltIn,
  resolveOperators,
} from './conditions';
import { expand } from './expand';
import { ExpansionState, type MacroEnvironment } from './expansion-state';
import { FlagMacros } from './flag-macros';
import { type IncludeName, includeName } from './includes';
import { spelling } from './ptoken';
import { fileTokens } from './reading';
import type { MacroDefinition, SourceFile, Step } from './source';

/** Who asks: a unit, at the point that it has come to. */
export interface UnitPosition extends MacroEnvironment {
  /** The time of that point. */
  readonly end: number;
  /** What `__COUNTER__` is here; what follows counts on from it. */
  countCondition(): number;
  /** How many inclusions lead to the file that is read. */
  readonly level: number;
  /** Whether an include of this name, written in a file, would find something. */
  canInclude(name: string, quotes: boolean, from: string): boolean;
}

interface Decision {
  readonly holds: boolean;
  /** The first name that counts as 0 because nothing defines it. */
  readonly guess?: string;
  /** Why it can't be evaluated; it does not hold then. */
  readonly problem?: string;
}

/** What a condition comes to, with the names whose meanings it rests on. */
interface Decided extends Decision {
  /** Name ids. */
  readonly asked: readonly number[];
  /** What each meant. */
  readonly meant: readonly (MacroDefinition | undefined)[];
  /** Of these, the ones that `defined` asks for. */
  readonly tested: ReadonlySet<number>;
  /** Why it is not known what one of them is. */
  readonly doubt: string | undefined;
}

export class Decisions {
  private readonly kept = new WeakMap<Step, Decided>();

  private readonly flagMacros: FlagMacros;

  /** @param arch The folder below arch/. */
  constructor(
    private readonly compiler: Compiler,
    arch: string,
  ) {
    this.flagMacros = new FlagMacros(arch);
  }

  /** What the compiler answers to `__has_attribute` and its kin. */
  readonly feature = (operator: string, name: string): number => featureValue(this.compiler, operator, name);

  /** Why it is not known what a name that nothing defines comes to; undefined for one that is no compiler's. */
  doubtOf(id: number): string | undefined {
    return this.flagMacros.doubtOf(id);
  }

  /** Evaluates an `#if` or `#elif` with an expression. */
  decide(file: SourceFile, step: Step, position: UnitPosition): Decided {
    const kept = this.kept.get(step);
    if (kept && meansTheSame(kept, position)) return kept;
    const asked = new Map<number, MacroDefinition | undefined>();
    const tested = new Set<number>();
    const macro = (id: number): MacroDefinition | undefined => {
      const meant = position.macro(id, position.end);
      asked.set(id, meant);
      return meant;
    };
    // What an include finds does not rest on macros.
    let isLasting = true;
    const expansions = new CountedSoFar(position, () => {
      isLasting = false;
    });
    const environment = { expansions, macro, feature: this.feature };
    const names: ConditionNames = {
      defined: (id) => {
        tested.add(id);
        return macro(id) !== undefined || isBuiltIn(id, this.compiler.name);
      },
      feature: this.feature,
      expanded: (tokens) => expand([{ tokens, time: position.end }], environment).tokens,
      hasInclude: (tokens) => {
        isLasting = false;
        const isSpelled = includeName(tokens.map(spelling).join('')) !== undefined;
        const target = includeName((isSpelled ? tokens : names.expanded(tokens)).map(spelling).join(''));
        return target !== undefined && position.canInclude(target.name, target.quotes, file.path);
      },
    };
    const decision = evaluate(file, step, names, environment, position.end);
    let doubt: string | undefined;
    for (const [id, meant] of asked) if (!meant) doubt ??= this.doubtOf(id);
    const decided = { ...decision, ...listed(asked), tested, doubt };
    if (isLasting) this.kept.set(step, decided);
    return decided;
  }
}

/** `__COUNTER__` in a condition counts on from what the text in front of it has used, which is expanded only if it is asked. */
class CountedSoFar extends ExpansionState {
  constructor(
    private readonly position: UnitPosition,
    private readonly note: () => void,
  ) {
    // A condition is one line, wherever its calls end.
    super('gcc');
  }

  override next(): number {
    this.note();
    return this.position.countCondition();
  }

  override levelIn(): number {
    this.note();
    return this.position.level;
  }
}

function listed(asked: ReadonlyMap<number, MacroDefinition | undefined>): Pick<Decided, 'asked' | 'meant'> {
  return { asked: [...asked.keys()], meant: [...asked.values()] };
}

/** Asked once for each unit that comes to a condition, and so without a map's cost. */
function meansTheSame({ asked, meant }: Decided, position: UnitPosition): boolean {
  const { end } = position;
  for (let at = 0; at < asked.length; at++) if (position.macro(asked[at], end) !== meant[at]) return false;
  return true;
}

function evaluate(
  file: SourceFile,
  { directive }: Step,
  names: ConditionNames,
  environment: MacroEnvironment,
  time: number,
): Decision {
  try {
    const tokens = resolveOperators(fileTokens(file, directive.firstToken + 2, directive.endToken), names);
    const isPlain = !tokens.some((token) => token.kind === TokenKind.Identifier);
    const { tokens: expanded, problem } = isPlain ? { tokens } : expand([{ tokens, time }], environment, DEFINED);
    if (problem !== undefined) throw new ConditionError(problem);
    const undefinedNames: string[] = [];
    // A macro's body may hold the operators as well.
    const holds = evaluateCondition(resolveOperators(expanded, names), undefinedNames);
    return undefinedNames.length > 0 ? { holds, guess: undefinedNames[0] } : { holds };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return { holds: false, problem: error.message };
  }
}

/** What an include asks for, macros expanded as they stand at a time. */
export function includeTarget(
  file: SourceFile,
  step: Step,
  environment: MacroEnvironment,
  time: number,
): IncludeName | undefined {
  const { directive } = step;
  const first = directive.firstToken + 2;
  if (first >= directive.endToken) return undefined;
  step.written ??= includeName(file.text.slice(file.tokens.starts[first], directive.end)) ?? null;
  if (step.written) return step.written;
  const { tokens } = expand([{ tokens: fileTokens(file, first, directive.endToken), time }], environment);
  return includeName(tokens.map(spelling).join(''));
}
