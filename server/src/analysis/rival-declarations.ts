/**
 * Whether code that is not active may mean something else where its options hold: a name that it uses has another
 * declaration under the same options, which the types of what is active know nothing of.
 */
import { isActive, type Reading } from '../preprocessor/reading';
import { type SourceFile, type Step, StepKind } from '../preprocessor/source';
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList, tokenAt } from '../text/tokens';
import { CONST, QUALIFIERS, STORAGE, VOLATILE } from '../types/specifiers';
import type { FileAnalysis } from './analysis';
import { branchesAround } from './compiled';
import type { Finding } from './finding';

const NO_NAMES: ReadonlySet<number> = new Set(
  ['defined', 'struct', 'union', 'enum', 'return', 'case', 'goto', 'else', 'sizeof', 'void', 'int', 'char', 'long']
    .concat(...[CONST, QUALIFIERS, STORAGE, VOLATILE].map((words) => [...words]))
    .map(nameId),
);

/** What may stand behind a name where it is declared. */
const BEHIND_NAMES: ReadonlySet<number> = new Set([
  ...[Punct.Semicolon, Punct.Comma, Punct.Equal, Punct.LeftBracket, Punct.LeftParen, Punct.RightParen, Punct.Colon],
]);

/** Whether a finding in code that is not active rests on a name that its own options declare otherwise. */
export function hasRivals(finding: Finding, analysis: FileAnalysis): boolean {
  const { main } = analysis;
  const reading = analysis.walkedMain;
  const token = tokenAt(main.tokens, finding.start);
  if (finding.path !== main.path || !reading || token >= main.tokens.count || isActive(reading, token)) return false;
  const options = new Set<number>();
  for (const branches of branchesAround(main, token)) for (const step of branches) addNames(main, step, options);
  if (options.size === 0) return false;
  const own = analysis.functionAround(token);
  const used = namesUsed(main.tokens, finding, own);
  return analysis.unit.readings.some((one) =>
    declaresOtherwise(one, options, used, one === reading ? { token, own } : undefined),
  );
}

/** The names that a condition asks for. */
function addNames({ tokens }: SourceFile, { directive }: Step, into: Set<number>): void {
  for (let at = directive.firstToken + 2; at < directive.endToken; at++) {
    const isCalled = tokens.kinds[at + 1] === TokenKind.Punctuator && tokens.ids[at + 1] === Punct.LeftParen;
    if (tokens.kinds[at] === TokenKind.Identifier && !isCalled && !NO_NAMES.has(tokens.ids[at]))
      into.add(tokens.ids[at]);
  }
}

/** The names in a finding's text, and those in front of them where its function declares them. */
function namesUsed(tokens: TokenList, { start, end }: Finding, [first, last]: readonly [number, number]): Set<number> {
  const used = new Set<number>();
  const isName = (at: number): boolean => tokens.kinds[at] === TokenKind.Identifier && !NO_NAMES.has(tokens.ids[at]);
  for (let at = tokenAt(tokens, start); at < tokens.count && tokens.starts[at] < end; at++)
    if (isName(at)) used.add(tokens.ids[at]);
  const spelled = new Set(used);
  for (let at = first; at < last; at++) {
    if (!isName(at) || !spelled.has(tokens.ids[at]) || !isDeclared(tokens, at)) continue;
    for (let before = at - 1; before >= first && (isName(before) || isStar(tokens, before)); before--)
      if (isName(before)) used.add(tokens.ids[before]);
  }
  return used;
}

function isStar({ kinds, ids }: TokenList, at: number): boolean {
  return kinds[at] === TokenKind.Punctuator && ids[at] === Punct.Star;
}

/** Whether a name seems to be declared at a token: a type's name or a `*` stands in front. */
function isDeclared(tokens: TokenList, at: number): boolean {
  const { kinds, ids } = tokens;
  if (at === 0 || kinds[at + 1] !== TokenKind.Punctuator || !BEHIND_NAMES.has(ids[at + 1])) return false;
  return isStar(tokens, at - 1) || kinds[at - 1] === TokenKind.Identifier;
}

interface Own {
  /** Where the finding is. */
  readonly token: number;
  /** The tokens of its function. */
  readonly own: readonly [number, number];
}

/** Whether branches of a file that ask for these options, and are not active, declare one of these names. */
function declaresOtherwise(
  reading: Reading,
  options: ReadonlySet<number>,
  used: ReadonlySet<number>,
  here: Own | undefined,
): boolean {
  const { file } = reading;
  const { steps } = file;
  for (let index = 0; index < steps.length; index++) {
    if (steps[index].kind !== StepKind.If) continue;
    const asked = new Set<number>();
    for (let at = index; at >= 0 && at < steps[index].endif; at = steps[at].next) addNames(file, steps[at], asked);
    if (![...asked].some((name) => options.has(name))) continue;
    for (let at = index; at >= 0 && at < steps[index].endif; at = steps[at].next) {
      const end = steps[at].next < steps.length ? steps[steps[at].next].directive.firstToken : file.tokens.count;
      const first = steps[at].directive.endToken;
      const isAround = here !== undefined && here.token >= first && here.token < end;
      if (!isAround && !isActive(reading, first) && declaresIn(file, first, end, used, here?.own)) return true;
    }
  }
  return false;
}

/** Whether tokens [first, end), at the level at which they begin, declare or define one of these names. */
function declaresIn(
  { tokens, steps }: SourceFile,
  first: number,
  end: number,
  used: ReadonlySet<number>,
  own: readonly [number, number] | undefined,
): boolean {
  const isMacro = ({ kind, nameId: id, directive }: Step): boolean =>
    kind === StepKind.Define && used.has(id) && directive.firstToken >= first && directive.firstToken < end;
  if (steps.some(isMacro)) return true;
  // The head of the finding's own function may be split between branches.
  const isOwn = own !== undefined && first >= own[0] && first < own[1];
  let depth = 0;
  for (let at = first; at < end; at++) {
    if (tokens.kinds[at] === TokenKind.Punctuator) {
      const id = tokens.ids[at];
      if (id === Punct.LeftBrace || id === Punct.LeftParen) depth++;
      else if (id === Punct.RightBrace || id === Punct.RightParen) depth--;
    } else if (tokens.kinds[at] === TokenKind.Identifier && used.has(tokens.ids[at]) && (isOwn || depth <= 0))
      if (isDeclared(tokens, at)) return true;
  }
  return false;
}
