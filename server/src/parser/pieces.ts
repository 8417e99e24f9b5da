/** The pieces of text that tokens become, and what is known of the brackets around the one that is written. */
import type { PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { Brackets } from './brackets';

/** An attribute, asm label or _Pragma that was taken out: tokens [first, end). */
export interface TakenOut {
  readonly first: number;
  readonly end: number;
}

export interface Rendering {
  /** Pieces, each with a blank behind it. */
  readonly text: string;
  /** By piece: its first token, and the one behind its last. They are the same for what stands in no source. */
  readonly firsts: readonly number[];
  readonly ends: readonly number[];
  /** In the order of the text. */
  readonly takenOut: readonly TakenOut[];
  /** Opening braces of blocks and records that are written without what stands in them: it is a text of its own. */
  readonly elided: ReadonlySet<number>;
}

/** What the tokens are a part of; the text has it around them, so that the grammar reads them as what they are. */
export type Frame = 'file' | 'block' | 'operand' | 'list' | 'members';

export interface RenderOptions {
  readonly frame: Frame;
  /** A semicolon is added where the last declaration lacks one: a function's signature without its body. */
  readonly close?: boolean;
  /** Records are written without their members, which are to be read one by one. */
  readonly withoutMembers?: boolean;
  /** Whether a name means a type where it stands. */
  isTypedef(name: string, at: number): boolean;
}

/** What an open bracket holds. */
export enum Inside {
  /** Nothing is open: declarations at file scope. */
  File,
  Paren,
  Index,
  Record,
  Enum,
  Block,
  List,
}

interface Level {
  readonly inside: Inside;
  readonly open: number;
  /** In a record: a type stands in the member so far, and then a name. */
  hasType: boolean;
  hasName: boolean;
  /** A `=` stands in the declaration so far. */
  hasValue: boolean;
  /** The arguments of a call, among which macros that nobody defined may have types. */
  isCall: boolean;
}

export abstract class Pieces {
  protected text = '';
  protected readonly firsts: number[] = [];
  protected readonly ends: number[] = [];
  protected readonly takenOut: TakenOut[] = [];
  protected readonly elided = new Set<number>();
  protected readonly tokens: readonly PToken[];
  /** Pieces to be written before the token at an index. */
  protected readonly before = new Map<number, string[]>();
  /** And behind it, for the token there. */
  protected readonly behind = new Map<number, string[]>();
  /** Names that stand for a type: they are written as one that the grammar can't take for anything else. */
  protected readonly types = new Set<number>();
  /** Brackets that are written in place of others. */
  protected readonly replaced = new Map<number, string>();
  protected readonly levels: Level[] = [];
  /** The last token that was written. */
  protected last = -1;
  protected isStatementStart: boolean;
  /** Inside the words of an arithmetic type, of which one is written. */
  protected inArithmetic = false;

  constructor(
    protected readonly brackets: Brackets,
    protected readonly end: number,
    protected readonly options: RenderOptions,
  ) {
    this.tokens = brackets.tokens;
    this.levels.push(newLevel(OUTERMOST[options.frame], -1));
    this.isStatementStart = options.frame === 'block';
  }

  protected get level(): Level {
    return this.levels[this.levels.length - 1];
  }

  protected noteType(): void {
    this.level.hasType = true;
  }

  /** Whether the token at an index ends an operand, so that an operator behind it has two. */
  protected endsOperand(at: number): boolean {
    const token = this.tokens[at];
    if (at < 0 || !token) return false;
    if (token.kind === TokenKind.Identifier) return !WORDS_BEFORE_OPERANDS.has(nameText(token.id));
    return (
      token.kind !== TokenKind.Punctuator ||
      this.isOneOf(at, Punct.RightParen, Punct.RightBracket, Punct.RightBrace, Punct.PlusPlus, Punct.MinusMinus)
    );
  }

  protected isOneOf(at: number, ...puncts: readonly Punct[]): boolean {
    const token = this.tokens[at];
    return token?.kind === TokenKind.Punctuator && puncts.includes(token.id);
  }

  protected addBefore(at: number, ...pieces: readonly string[]): void {
    this.before.set(at, [...pieces, ...(this.before.get(at) ?? [])]);
  }

  protected addBehind(at: number, piece: string): void {
    this.behind.set(at, [...(this.behind.get(at) ?? []), piece]);
  }

  /** Writes a piece that no token stands for. */
  protected made(piece: string, at: number): void {
    this.firsts.push(at);
    this.ends.push(at);
    this.text += `${piece} `;
  }

  protected write(piece: string, first: number, end: number): void {
    this.firsts.push(first);
    this.ends.push(end);
    this.text += `${piece} `;
    this.last = end - 1;
    const behind = this.behind.get(first);
    if (!behind || !this.isOneOf(first, Punct.RightParen)) return;
    this.behind.delete(first);
    for (const other of behind) this.write(other, first, end);
  }
}

export function newLevel(inside: Inside, open: number): Level {
  return { inside, open, hasType: false, hasName: false, hasValue: false, isCall: false };
}

const OUTERMOST: Readonly<Record<Frame, Inside>> = {
  file: Inside.File,
  block: Inside.Block,
  operand: Inside.Paren,
  list: Inside.List,
  members: Inside.Record,
};

/** Keywords that an expression may follow. */
export const WORDS_BEFORE_OPERANDS: ReadonlySet<string> = new Set(['return', 'case', 'else', 'do', 'goto', 'sizeof']);
