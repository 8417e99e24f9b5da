/** Whether a place of a file is compiled: in no configuration at all, or only where an option is on. */
import names from '../packs/predefined/compilers.json';
import { evaluateCondition } from '../preprocessor/conditions';
import { matchingParen } from '../preprocessor/paste';
import { isPunct, type PToken } from '../preprocessor/ptoken';
import { fileTokens, isActive, type Reading } from '../preprocessor/reading';
import { type SourceFile, type Step, StepKind } from '../preprocessor/source';
import { nameId, nameText } from '../text/names';
import { Punct, TokenKind, tokenAt } from '../text/tokens';
import type { Finding, Related } from './finding';

/** Names that are defined where the kernel's C is compiled in no configuration, and in each. */
const NEVER: ReadonlySet<number> = new Set(names.neverDefined.map(nameId));
const ALWAYS: ReadonlySet<number> = new Set(names.alwaysDefined.map(nameId));
/** Longer conditions are nobody's, and may be nested too deeply. */
const LONGEST = 1000;
const DEFINED = nameId('defined');

/** The branch of each group of conditionals around a token, with those that stand in front of it in the group. */
export function* branchesAround({ steps, tokens }: SourceFile, token: number): Generator<readonly Step[]> {
  for (let index = 0; index < steps.length; index++) {
    if (steps[index].kind !== StepKind.If) continue;
    const { endif } = steps[index];
    const end = endif < steps.length ? steps[endif].directive.firstToken : tokens.count;
    if (steps[index].directive.firstToken > token) return;
    if (token >= end) continue;
    const before: Step[] = [];
    for (let at = index; at >= 0 && at < endif; at = steps[at].next) {
      before.push(steps[at]);
      const next = steps[at].next;
      if (next >= steps.length || next < 0 || token < steps[next].directive.firstToken) break;
    }
    yield before;
  }
}

/** What a condition comes to in every configuration; undefined where it hangs on one. */
function always(file: SourceFile, step: Step): boolean | undefined {
  if (step.kind === StepKind.Else) return true;
  if (step.nameId >= 0) {
    const isDefined = known(step.nameId);
    return isDefined === undefined ? undefined : isDefined !== step.negated;
  }
  const tokens = fileTokens(file, step.directive.firstToken + 2, step.directive.endToken);
  return new Truth(tokens).whole();
}

const known = (id: number): boolean | undefined => (NEVER.has(id) ? false : ALWAYS.has(id) ? true : undefined);

/** What a condition comes to in every configuration: `0 && anything` is known where `anything` is not. */
class Truth {
  private at = 0;

  constructor(private readonly tokens: readonly PToken[]) {}

  whole(): boolean | undefined {
    if (this.tokens.length === 0 || this.tokens.length > LONGEST) return undefined;
    const value = this.either();
    return this.at === this.tokens.length ? value : undefined;
  }

  private either(): boolean | undefined {
    let value = this.both();
    for (; this.takes(Punct.OrOr); ) {
      const other = this.both();
      value = value || other ? true : value === undefined || other === undefined ? undefined : false;
    }
    return value;
  }

  private both(): boolean | undefined {
    let value = this.operand();
    for (; this.takes(Punct.AndAnd); ) {
      const other = this.operand();
      value = value === false || other === false ? false : value && other;
    }
    return value;
  }

  private operand(): boolean | undefined {
    const first = this.at;
    const value = this.simple();
    if (this.isAtEnd()) return value;
    // More than what is understood here: arithmetic, comparisons, calls.
    for (this.at = first; !this.isAtEnd(); this.at++)
      if (isPunct(this.tokens[this.at], Punct.LeftParen)) this.at = matchingParen(this.tokens, this.at);
    return evaluated(this.tokens.slice(first, this.at));
  }

  private simple(): boolean | undefined {
    if (this.takes(Punct.Exclamation)) {
      const value = this.simple();
      return value === undefined ? undefined : !value;
    }
    if (this.takes(Punct.LeftParen)) {
      const value = this.either();
      return this.takes(Punct.RightParen) ? value : undefined;
    }
    const token = this.tokens[this.at++];
    if (token?.kind !== TokenKind.Identifier) return token && evaluated([token]);
    // A name that is not defined is 0.
    if (token.id !== DEFINED) return NEVER.has(token.id) ? false : undefined;
    const isInParens = this.takes(Punct.LeftParen);
    const name = this.tokens[this.at++];
    return (isInParens && !this.takes(Punct.RightParen)) || name === undefined ? undefined : known(name.id);
  }

  private takes(punct: Punct): boolean {
    const isThere = isPunct(this.tokens[this.at], punct);
    if (isThere) this.at++;
    return isThere;
  }

  private isAtEnd(): boolean {
    const token = this.tokens[this.at];
    return token === undefined || ENDS.some((punct) => isPunct(token, punct));
  }
}

const ENDS = [Punct.AndAnd, Punct.OrOr, Punct.RightParen];

function evaluated(tokens: readonly PToken[]): boolean | undefined {
  try {
    return tokens.some(({ kind }) => kind === TokenKind.Identifier) ? undefined : evaluateCondition(tokens);
  } catch {
    return undefined;
  }
}

function isNeverCompiled(file: SourceFile, token: number): boolean {
  for (const branches of branchesAround(file, token)) {
    const own = branches[branches.length - 1];
    if (always(file, own) === false) return true;
    if (branches.slice(0, -1).some((step) => always(file, step) === true)) return true;
  }
  return false;
}

/** The options that conditions around a token ask for, each with its directive. */
function optionsAround(file: SourceFile, token: number): Related[] {
  const found: Related[] = [];
  for (const branches of branchesAround(file, token)) {
    const [own] = branches.slice(-1);
    const isElse = own.kind === StepKind.Else;
    for (const step of isElse ? branches.slice(0, -1) : [own]) {
      const { firstToken, endToken, start, end } = step.directive;
      const { kinds, ids } = file.tokens;
      const options = new Set<string>();
      for (let at = firstToken + 2; at < endToken; at++) {
        const name = kinds[at] === TokenKind.Identifier ? nameText(ids[at]) : '';
        if (/^CONFIG_\w/.test(name)) options.add(name);
      }
      if (options.size === 0) continue;
      const isWithout = step.negated !== isElse;
      const message = `this code is compiled only ${isWithout ? 'without' : 'with'} ${[...options].join(', ')}`;
      found.push({ path: file.path, start, end, message });
    }
  }
  return found;
}

/** The token that a place is in; a comment stands where the token before it does. */
function placeOf({ tokens }: SourceFile, start: number): number {
  const token = tokenAt(tokens, start);
  return token > 0 && !(tokens.starts[token] <= start) ? token - 1 : token;
}

/** A finding as it stands: undefined in code that no configuration compiles; with the option that switches its code on. */
export function asCompiled(finding: Finding, file: SourceFile, main: Reading | undefined): Finding | undefined {
  if (finding.path !== file.path) return finding;
  const token = placeOf(file, finding.start);
  if (isNeverCompiled(file, token)) return undefined;
  if (!main || token >= file.tokens.count || isActive(main, token)) return finding;
  const options = optionsAround(file, token);
  return options.length === 0 ? finding : { ...finding, related: [...finding.related, ...options] };
}
