/**
 * `_Pragma` where macros bring it in: which tokens may come to an operator that changes layouts (`pack`) or what macros mean
 * (`push_macro`, `pop_macro`), and what each of them does where it stands.
 */
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { expand } from './expand';
import type { MacroEnvironment } from './expansion-state';
import type { PackHistory } from './packing';
import { type PragmaOperator, type PToken, spelling, writtenAt } from './ptoken';
import { addTokens, fileTokens, type Gap, gapTokens, type Reading } from './reading';
import { MACRO_PRAGMA, type MacroDefinition, type SourceFile } from './source';

/** A unit as far as it was read. */
interface Operated extends MacroEnvironment {
  readonly packs: PackHistory;
  /** Puts aside what a name means, or restores that; gives the time from which it counts. */
  changeMacro(isPop: boolean, id: number, file: SourceFile): number;
}

/**
 * Takes in the operators that the tokens of a gap come to; macros change their meaning behind the use that brings one in.
 *
 * @returns Whether they do.
 */
export function readOperators(unit: Operated, reading: Reading, gap: Gap, tokens: readonly PToken[]): boolean {
  let { from, to } = gapTokens(reading.file, gap.after, gap.before);
  let { time } = gap;
  for (const pragma of expand([{ tokens, time }], unit).pragmas) {
    const [, action, name] = MACRO_PRAGMA.exec(pragma.operand.map(spelling).join('')) ?? [];
    if (name === undefined) unit.packs.readOperators([pragma], time);
    else {
      const end = behindUse(reading.file, pragma, to);
      addTokens(reading, from, end, time);
      from = end;
      time = unit.changeMacro(action === 'pop', nameId(name), reading.file);
    }
  }
  addTokens(reading, from, to, time);
  return time !== gap.time;
}

/** The token behind the name, and its arguments, of the macro whose use brings an operator in. */
function behindUse({ tokens }: SourceFile, { token }: PragmaOperator, end: number): number {
  const { starts, ids, kinds } = tokens;
  const { start } = writtenAt(token);
  let at = starts.findIndex((other) => other >= start) + 1;
  let depth = 0;
  do {
    const punct = kinds[at] === TokenKind.Punctuator ? ids[at] : -1;
    if (punct === Punct.LeftParen) depth++;
    else if (depth === 0) return at;
    else if (punct === Punct.RightParen) depth--;
    at++;
  } while (at < end && depth > 0);
  return at;
}

const PRAGMA = nameId('_Pragma');
const OPERANDS = new Set(['pack', 'push_macro', 'pop_macro'].map(nameId));
/** In a string. */
const OPERAND = /\b(?:pack|push_macro|pop_macro)\s*\(/;

/** Which macros bring `_Pragma` in, so that only what uses them is looked through. */
export class PragmaMacros {
  /** Whose body has `_Pragma`, or such a macro. */
  private readonly any = new Set<number>();
  /** Those whose body names an operand that counts, too. */
  private readonly counting = new Set<number>();

  adopt(other: PragmaMacros): void {
    for (const id of other.any) this.any.add(id);
    for (const id of other.counting) this.counting.add(id);
  }

  define({ id, file, bodyFirst, bodyEnd }: MacroDefinition): void {
    const isNamed = hasOperand(file);
    if (!file.hasPragma && !isNamed && this.counting.size === 0) return;
    const { ids, kinds } = file.tokens;
    let [brings, counts] = [false, false];
    for (let at = bodyFirst; at < bodyEnd; at++) {
      if (kinds[at] === TokenKind.String) counts ||= isNamed && OPERAND.test(textOf(file, at));
      if (kinds[at] !== TokenKind.Identifier) continue;
      brings ||= ids[at] === PRAGMA || this.any.has(ids[at]);
      counts ||= OPERANDS.has(ids[at]) || this.counting.has(ids[at]);
    }
    if (brings) this.any.add(id);
    if (brings && counts) this.counting.add(id);
  }

  /** Whether any tokens of a file may come to an operator that counts. */
  concern(file: SourceFile): boolean {
    return this.counting.size > 0 || hasOperand(file);
  }

  /** Whether some tokens of a file may. */
  mayCount(file: SourceFile, first: number, end: number): boolean {
    const isNamed = hasOperand(file);
    const { ids, kinds } = file.tokens;
    let [brings, counts] = [false, false];
    for (let at = first; at < end; at++) {
      if (kinds[at] === TokenKind.String) counts ||= isNamed && OPERAND.test(textOf(file, at));
      if (kinds[at] !== TokenKind.Identifier) continue;
      if (this.counting.has(ids[at])) return true;
      brings ||= ids[at] === PRAGMA || this.any.has(ids[at]);
      counts ||= OPERANDS.has(ids[at]);
    }
    return brings && counts;
  }
}

function textOf({ text, tokens }: SourceFile, at: number): string {
  return text.slice(tokens.starts[at], tokens.ends[at]);
}

function hasOperand(file: SourceFile): boolean {
  file.hasOperand ??= hasCall(file.text);
  return file.hasOperand;
}

function hasCall(text: string): boolean {
  // Most are `packed` and `packet`: a search for all that it takes to be a call, or to be none, would take long.
  return WORDS.some(([word, before]) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
      for (const start of before) if (isCall(text, at - start)) return true;
    return false;
  });
}

/** Parts of those words that are found fast, and how far behind their beginning they may stand. */
const WORDS: readonly (readonly [string, readonly number[]])[] = [
  ['pack', [0]],
  ['macro', ['push_'.length, 'pop_'.length]],
];

function isCall(text: string, at: number): boolean {
  CALL.lastIndex = at;
  return at >= 0 && CALL.test(text) && !DIRECTIVE.test(text.slice(Math.max(0, at - 40), at));
}

const CALL = /\b(?:pack|push_macro|pop_macro)[ \t]*\(/y;
const DIRECTIVE = /#[ \t]*pragma[ \t]+$/;

/** The tokens of a stretch between two directives that may come to operators; undefined where none can. */
export function operatorTokens(macros: PragmaMacros, file: SourceFile, after: number, before: number) {
  if (!macros.concern(file)) return undefined;
  const { from, to } = gapTokens(file, after, before);
  return from < to && macros.mayCount(file, from, to) ? fileTokens(file, from, to) : undefined;
}
