/** A file as the preprocessor walks it: its tokens, its directives as steps, its include guard; made once per content. */
import { lex } from '../text/lexer';
import { nameId } from '../text/names';
import { relex } from '../text/relex';
import { type Directive, Punct, TokenFlag, TokenKind, type TokenList, tokenText } from '../text/tokens';
import type { IncludeName, IncludeSite } from './includes';

/** A `#define`. The body is a range of the defining file's tokens. */
export interface MacroDefinition {
  readonly id: number;
  readonly file: SourceFile;
  /** Offset of the name in the `#define` line. */
  readonly start: number;
  /** Name ids of the parameters; undefined for an object-like macro. */
  readonly parameters: readonly number[] | undefined;
  /** The last parameter takes all further arguments (`...` or GNU's `name...`). */
  readonly variadic: boolean;
  readonly bodyFirst: number;
  readonly bodyEnd: number;
}

/** Whether a macro's body has a name for which a test holds; the macro's own is left out. */
export function bodyNames({ id, file, bodyFirst, bodyEnd }: MacroDefinition, test: (name: number) => boolean): boolean {
  const { kinds, ids } = file.tokens;
  for (let at = bodyFirst; at < bodyEnd; at++)
    if (kinds[at] === TokenKind.Identifier && ids[at] !== id && test(ids[at])) return true;
  return false;
}

export enum StepKind {
  Define,
  Undef,
  Include,
  IncludeNext,
  /** `if`, `ifdef`, `ifndef`. */
  If,
  Elif,
  Else,
  Endif,
  Error,
  PragmaOnce,
  PragmaPack,
  PragmaPushMacro,
  PragmaPopMacro,
  Other,
}

/** One directive, digested. */
export interface Step extends IncludeSite {
  readonly kind: StepKind;
  readonly directive: Directive;
  /** `ifdef`/`ifndef`/`elifdef`: the name asked for; `define`/`undef`: the name. -1 where it takes an expression. */
  readonly nameId: number;
  /** `ifndef` and `elifndef` ask for absence. */
  readonly negated: boolean;
  /** No token of the file stands between the step before it, or the file's start, and this one. */
  readonly isAdjacent: boolean;
  readonly definition?: MacroDefinition;
  /** For a conditional: index of the step that ends its branch (`elif`, `else`, `endif`); steps.length if missing. */
  next: number;
  /** For a conditional: index of its `endif`. */
  endif: number;
  /** For an include: the name that is spelled out; undefined until asked, null where macros have to be expanded. */
  written?: IncludeName | null;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tokens: TokenList;
  readonly steps: readonly Step[];
  /** The name whose definition makes a second reading empty (`#ifndef X` around the whole file); -1 if none. */
  readonly guard: number;
  readonly once: boolean;
  /** Whether the text has `_Pragma`. */
  readonly hasPragma: boolean;
  /** Whether it has `pack (`, `push_macro (` or `pop_macro (` anywhere but in a directive; undefined until asked. */
  hasOperand: boolean | undefined;
}

/** What makes tokens of a file's text: `lex`, or what remembers its answers. Texts are byte strings, paths absolute. */
export type Lexer = (text: string, path: string) => TokenList;

const VA_ARGS = nameId('__VA_ARGS__');
const PRAGMA = nameId('_Pragma');

const KINDS: Readonly<Record<string, StepKind>> = {
  define: StepKind.Define,
  undef: StepKind.Undef,
  include: StepKind.Include,
  include_next: StepKind.IncludeNext,
  if: StepKind.If,
  ifdef: StepKind.If,
  ifndef: StepKind.If,
  elif: StepKind.Elif,
  elifdef: StepKind.Elif,
  elifndef: StepKind.Elif,
  else: StepKind.Else,
  endif: StepKind.Endif,
  error: StepKind.Error,
};

const PRAGMAS: Readonly<Record<string, StepKind>> = {
  once: StepKind.PragmaOnce,
  pack: StepKind.PragmaPack,
  ms_struct: StepKind.PragmaPack,
  options: StepKind.PragmaPack,
  scalar_storage_order: StepKind.PragmaPack,
  push_macro: StepKind.PragmaPushMacro,
  pop_macro: StepKind.PragmaPopMacro,
};

/**
 * Digests a text. Never fails: a malformed directive becomes a step that does nothing.
 *
 * @param by What lexes it, or what an edit may have made this text of.
 */
export function sourceFile(path: string, text: string, by: Lexer | SourceFile = lex): SourceFile {
  const tokens = typeof by === 'function' ? by(text, path) : relex(by.tokens, text);
  const steps: Step[] = [];
  const hasPragma = tokens.ids.includes(PRAGMA) && text.includes('_Pragma');
  const file = { path, text, tokens, steps, guard: -1, once: false, hasPragma, hasOperand: undefined };
  const open: number[][] = [];
  let behind = 0;
  for (const directive of hasPragma ? withOperators(tokens) : tokens.directives) {
    const step = digest(file, directive, behind);
    behind = directive.endToken;
    if (step.kind === StepKind.PragmaOnce) file.once = true;
    const index = steps.length;
    steps.push(step);
    if (step.kind === StepKind.If) open.push([index]);
    else if (step.kind === StepKind.Elif || step.kind === StepKind.Else || step.kind === StepKind.Endif) {
      const group = open[open.length - 1];
      if (!group) continue;
      steps[group[group.length - 1]].next = index;
      group.push(index);
      if (step.kind === StepKind.Endif) {
        for (const member of group) steps[member].endif = index;
        open.pop();
      }
    }
  }
  // A conditional that nobody closes reaches to the end of the file.
  for (const group of open) for (const member of group) steps[member].endif = steps.length;
  for (const group of open) steps[group[group.length - 1]].next = steps.length;
  file.guard = guardOf(file);
  return file;
}

/** The directives of a text, with the operators among its tokens that change what macros mean. */
function withOperators(tokens: TokenList): readonly Directive[] {
  const found = [...tokens.directives];
  for (let at = 0; at + 3 < tokens.count; at++)
    if (
      tokens.ids[at] === PRAGMA &&
      tokens.kinds[at] === TokenKind.Identifier &&
      MACRO_PRAGMA.test(tokenText(tokens, at + 2))
    )
      if (!tokens.directives.some(({ firstToken, endToken }) => firstToken <= at && at < endToken))
        found.push({
          name: 'pragma',
          firstToken: at,
          endToken: at + 4,
          start: tokens.starts[at],
          end: tokens.ends[at + 3],
        });
  return found.sort((one, other) => one.firstToken - other.firstToken);
}

/** The operand of an operator that saves or restores what a macro means: `"push_macro(\"NAME\")"`. */
export const MACRO_PRAGMA = /^"\s*(push|pop)_macro\s*\(\s*\\"(\w+)\\"\s*\)\s*"$/;

/** @param behind Index past the last token of the step before. */
function digest(file: SourceFile, directive: Directive, behind: number): Step {
  const { tokens } = file;
  const argument = directive.firstToken + 2;
  const named = argument < directive.endToken && tokens.kinds[argument] === TokenKind.Identifier;
  let kind = KINDS[directive.name] ?? StepKind.Other;
  let name = named ? tokens.ids[argument] : -1;
  if (directive.name === 'if' || directive.name === 'elif') name = -1;
  else if (directive.name === 'pragma' && named) kind = PRAGMAS[tokenText(tokens, argument)] ?? StepKind.Other;
  const operand = tokens.kinds[argument] === TokenKind.String ? MACRO_PRAGMA.exec(tokenText(tokens, argument)) : null;
  if (operand && directive.name === 'pragma') {
    kind = operand[1] === 'push' ? StepKind.PragmaPushMacro : StepKind.PragmaPopMacro;
    name = nameId(operand[2]);
  } else if (kind === StepKind.PragmaPushMacro || kind === StepKind.PragmaPopMacro) {
    // `("NAME")`
    const quoted = argument + 2 < directive.endToken ? /^"(\w+)"$/.exec(tokenText(tokens, argument + 2)) : null;
    if (quoted) name = nameId(quoted[1]);
    else kind = StepKind.Other;
  }
  const definition = kind === StepKind.Define && named ? digestDefine(file, directive, argument) : undefined;
  if (kind === StepKind.Define && !definition) kind = StepKind.Other;
  return {
    kind,
    directive,
    nameId: name,
    negated: directive.name.endsWith('ndef'),
    isAdjacent: directive.firstToken <= behind,
    definition,
    next: -1,
    endif: -1,
    led: undefined,
    written: undefined,
  };
}

/** C11 6.10.3; a parenthesis belongs to the macro only where no blank stands before it. */
function digestDefine(file: SourceFile, directive: Directive, nameToken: number): MacroDefinition | undefined {
  const { tokens } = file;
  const end = directive.endToken;
  let at = nameToken + 1;
  let parameters: number[] | undefined;
  let variadic = false;
  if (
    at < end &&
    tokens.ids[at] === Punct.LeftParen &&
    isPunct(tokens, at) &&
    !(tokens.flags[at] & TokenFlag.SpaceBefore)
  ) {
    parameters = [];
    for (at++; at < end && !(isPunct(tokens, at) && tokens.ids[at] === Punct.RightParen); at++) {
      if (tokens.kinds[at] === TokenKind.Identifier) parameters.push(tokens.ids[at]);
      else if (isPunct(tokens, at) && tokens.ids[at] === Punct.Ellipsis) {
        variadic = true;
        const before = at - 1;
        if (tokens.kinds[before] !== TokenKind.Identifier) parameters.push(VA_ARGS);
      } else if (!(isPunct(tokens, at) && tokens.ids[at] === Punct.Comma)) return undefined;
    }
    if (at >= end) return undefined;
    at++;
  }
  return {
    id: tokens.ids[nameToken],
    file,
    start: tokens.starts[nameToken],
    parameters,
    variadic,
    bodyFirst: at,
    bodyEnd: end,
  };
}

function isPunct(tokens: TokenList, index: number): boolean {
  return tokens.kinds[index] === TokenKind.Punctuator;
}

/** The include guard: `#ifndef X` is the first thing of the file, its `#endif` the last. */
function guardOf(file: SourceFile): number {
  const { steps, tokens } = file;
  const first = steps[0];
  if (!first || first.kind !== StepKind.If || first.directive.firstToken !== 0) return -1;
  if (first.nameId < 0 || !first.negated || first.endif !== steps.length - 1 || first.next !== first.endif) return -1;
  return steps[first.endif].directive.endToken === tokens.count ? first.nameId : -1;
}
