/** Whether a place of a file is compiled: in no configuration at all, or only where an option is on. */
import names from '../packs/predefined/compilers.json';
import { evaluateCondition } from '../preprocessor/conditions';
import { fileTokens, isActive, type Reading } from '../preprocessor/reading';
import { type SourceFile, type Step, StepKind } from '../preprocessor/source';
import { nameId, nameText } from '../text/names';
import { TokenKind, tokenAt } from '../text/tokens';
import type { Finding, Related } from './finding';

/** Names that are defined where the kernel's C is compiled in no configuration, and in each. */
const NEVER: ReadonlySet<number> = new Set(names.neverDefined.map(nameId));
const ALWAYS: ReadonlySet<number> = new Set(names.alwaysDefined.map(nameId));

/** The branch of each group of conditionals around a token, with those that stand in front of it in the group. */
function* branchesAround({ steps, tokens }: SourceFile, token: number): Generator<readonly Step[]> {
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
  const known = (id: number): boolean | undefined => (NEVER.has(id) ? false : ALWAYS.has(id) ? true : undefined);
  if (step.nameId >= 0) {
    const isDefined = known(step.nameId);
    return isDefined === undefined ? undefined : isDefined !== step.negated;
  }
  const tokens = fileTokens(file, step.directive.firstToken + 2, step.directive.endToken);
  const asked = tokens.filter(({ kind }) => kind === TokenKind.Identifier);
  if (asked.length === 0) {
    try {
      return tokens.length === 0 ? undefined : evaluateCondition(tokens);
    } catch {
      return undefined;
    }
  }
  // `defined(NAME)` and `!defined(NAME)` alone
  const text = tokens.map(({ start, end }) => file.text.slice(start, end)).join('');
  const [, negation, name] = /^(!?)defined\(?(\w+)\)?$/.exec(text) ?? [];
  const isDefined = name === undefined ? undefined : known(nameId(name));
  return isDefined === undefined ? undefined : isDefined !== (negation === '!');
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

/** A finding as it stands: undefined in code that no configuration compiles; with the option that switches its code on. */
export function asCompiled(finding: Finding, file: SourceFile, main: Reading | undefined): Finding | undefined {
  if (finding.path !== file.path) return finding;
  const token = tokenAt(file.tokens, finding.start);
  if (isNeverCompiled(file, token)) return undefined;
  if (!main || token >= file.tokens.count || isActive(main, token)) return finding;
  const options = optionsAround(file, token);
  return options.length === 0 ? finding : { ...finding, related: [...finding.related, ...options] };
}
