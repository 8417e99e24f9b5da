/**
 * Cuts a reading of a file into file-scope items by counting braces, and says which names an item may declare, without
 * expanding anything: a name is looked up in these tables, and only the items that may declare it are parsed.
 */
import { nameId, nameText, TAG_WORDS } from '../text/names';
import { Punct, TokenFlag, TokenKind, type TokenList } from '../text/tokens';
import { behindBrackets } from './bracketed';
import { isInclusionBetween, resumeBehind } from './half-typed';
import { NameColumns, type NameTable } from './name-table';
import type { SourceFile } from './source';

/** A file-scope item: active tokens from `first` up to, not including, `end`. */
export interface Item {
  readonly first: number;
  readonly end: number;
  /** It has a body `{ … }` behind a parameter list. */
  readonly isFunction: boolean;
  /** Of a function: index of the `{` of its body; else -1. */
  readonly body: number;
  /** It starts (after storage words) with `name(`: a macro call may declare names that stand nowhere in the text. */
  readonly isCall: boolean;
  /** It has an enum that macros, or files that it includes, fill: enumerators may stand nowhere in the text. */
  readonly isFilled: boolean;
}

export interface ItemTable {
  readonly file: SourceFile;
  readonly items: readonly Item[];
  /** Name ids of ordinary names to indices into `items`. More may stand here than is true. */
  readonly ordinary: NameTable;
  /** Name ids of tags that stand before a `{`. */
  readonly tags: NameTable;
}

const ENUM = nameId('enum');
/** Words that name nothing themselves. */
const PLAIN_WORDS = new Set(
  'static extern inline __inline __inline__ const volatile typedef register unsigned signed int long short char void float double _Bool struct union enum if else for while do return sizeof __attribute__ __attribute __extension__ asm __asm__ typeof __typeof__ _Static_assert'
    .split(' ')
    .map(nameId),
);
const STORAGE_WORDS = new Set(['static', 'extern', 'inline', '__inline', '__inline__', '__extension__'].map(nameId));
const TYPEDEF = nameId('typedef');
/** Words behind which a name is a type's or a tag. */
const NAMES_NEXT = new Set(['typedef', 'struct', 'union', 'enum'].map(nameId));
const ATTRIBUTES = new Set(['__attribute__', '__attribute'].map(nameId));

/** The items of the active ranges of a file (pairs of token indices, ascending). */
export function cutItems(file: SourceFile, ranges: readonly number[]): ItemTable {
  const items: Item[] = [];
  const cutter = new Cutter(file.tokens, (map, id) => (map === 'tag' ? tags : ordinary).add(id, items.length));
  let from = 0;
  for (let restarts = 0; ; restarts++) {
    cutFrom(cutter, ranges, from, Infinity, items);
    const open = cutter.open;
    const resume = open >= 0 && restarts < MOST_RESTARTS ? resumeBehind(file.tokens, ranges, open) : -1;
    if (resume >= 0) {
      // What it declared on the way to the file's end is the next items'.
      cutter.finish();
      for (const map of [tags, ordinary]) map.forget(items.length);
      cutFrom(cutter, ranges, open, resume, items);
    }
    const last = cutter.finish();
    if (last) items.push(last);
    if (resume < 0) break;
    from = resume;
  }
  return { file, items, ordinary: ordinary.take(), tags: tags.take() };
}

/** Cuts the active ones of tokens [from, end). */
function cutFrom(cutter: Cutter, ranges: readonly number[], from: number, end: number, items: Item[]): void {
  for (let range = 0; range < ranges.length; range += 2) {
    const last = Math.min(end, ranges[range + 1]);
    const cut = cutter.beforeInclusion(Math.max(from, ranges[range]));
    if (cut) items.push(cut);
    for (let token = Math.max(from, ranges[range]); token < last; token++) {
      const item = cutter.take(token);
      if (!item) continue;
      // A call that stands alone on its line ended with the token before this one.
      const again = item.end === token;
      items.push(item);
      if (again) {
        const next = cutter.take(token);
        if (next) items.push(next);
      }
    }
  }
}

/** How often a file is cut again behind a bracket that nothing closes. */
const MOST_RESTARTS = 16;

/** Of the file that is being cut. */
const ordinary = new NameColumns();
const tags = new NameColumns();

class Cutter {
  private first = -1;
  private last = -1;
  private braces = 0;
  private parens = 0;
  /** Kind and id of the token before, among active ones. */
  private beforeKind = 0;
  private beforeId = -1;
  /** The id of the token before that. */
  private beforeThat = -1;
  private isTypedef = false;
  private isFunction = false;
  private body = -1;
  private isCall = false;
  /** Only storage words so far. */
  private isHead = true;
  /** The call that the item started with is closed, and nothing has come since. */
  private callClosed = false;
  /** Depth of braces of the enum that is open, or -1; its enumerators are ordinary names. */
  private enumDepth = -1;
  /** Of that enum: its enumerators so far, and whether a value is being given. */
  private enumerators = 0;
  private isValue = false;
  private isFilled = false;
  /** Tokens since `struct`, `union` or `enum`: -1 where none may still name a record. */
  private sinceRecord = -1;
  /** Depth of parentheses at that word. */
  private recordParens = 0;
  private isEnum = false;
  private tagIds: number[] = [];
  /** The tag in front of a macro call, or function, that the item started with. */
  private calledTag = -1;
  private assigned = false;
  /** Tokens since the `(` of a call among a record's members. */
  private memberCall = 99;
  /** Tokens of `[[…]]` up to here are of the head of a record. */
  private skipTo = -1;

  constructor(
    private readonly tokens: TokenList,
    private readonly declare: (map: 'tag' | 'ordinary', id: number) => void,
  ) {}

  /** Feeds the next active token; returns the item that it ends (`end` is the token itself if it belongs to the next). */
  take(token: number): Item | undefined {
    const { kinds, ids, flags } = this.tokens;
    const kind = kinds[token];
    const id = ids[token];
    if (
      this.first >= 0 &&
      this.callClosed &&
      kind === TokenKind.Identifier &&
      flags[token] & TokenFlag.LineStart &&
      !ATTRIBUTES.has(id)
    ) {
      return this.close(token);
    }
    if (this.first < 0) this.first = token;
    this.last = token;
    if (token < this.skipTo) return undefined;
    if (this.sinceRecord >= 0 && kind === TokenKind.Punctuator && id === Punct.LeftBracket) {
      this.skipTo = behindBrackets(this.tokens, token);
      if (this.skipTo > token) return undefined;
    }
    this.memberCall++;
    this.callClosed = false;
    let ended = false;
    if (kind === TokenKind.Identifier) this.takeName(id);
    else if (kind === TokenKind.Punctuator) ended = this.takePunctuator(id);
    else if (this.parens === this.recordParens) this.sinceRecord = -1;
    this.beforeKind = kind;
    this.beforeThat = this.beforeId;
    this.beforeId = id;
    return ended ? this.close(token + 1) : undefined;
  }

  /** The item that is open before a token, and in no bracket or value, where a file inclusion stands between. */
  beforeInclusion(token: number): Item | undefined {
    if (this.first < 0 || this.parens + this.braces > 0 || this.assigned || token <= this.last) return undefined;
    return isInclusionBetween(this.tokens, this.last, token) ? this.finish() : undefined;
  }

  /** The first token of an item, no function's body, whose brackets are still open; -1 where none is. */
  get open(): number {
    return this.first >= 0 && !this.isFunction && this.parens + this.braces > 0 ? this.first : -1;
  }

  finish(): Item | undefined {
    return this.first < 0 ? undefined : this.close(this.last + 1);
  }

  private close(end: number): Item {
    const { first, isFunction, body, isCall, isFilled } = this;
    const item = { first, end, isFunction, body, isCall, isFilled };
    this.body = -1;
    this.first = -1;
    this.braces = this.parens = 0;
    this.beforeKind = 0;
    this.beforeId = -1;
    this.isTypedef = false;
    this.isFunction = this.isCall = this.isFilled = this.callClosed = this.assigned = false;
    this.isHead = true;
    this.enumDepth = this.sinceRecord = this.calledTag = -1;
    this.tagIds = [];
    return item;
  }

  private takeName(id: number): void {
    if (this.isFunction && this.braces > 0) return;
    if (this.standsForEnumerators && this.beforeKind === TokenKind.Identifier) this.isFilled = true;
    if (
      this.beforeKind === TokenKind.Identifier &&
      this.braces === 0 &&
      this.parens === 0 &&
      !PLAIN_WORDS.has(this.beforeId)
    ) {
      // `int name __read_mostly;`
      if (nameText(id).startsWith('__')) this.declare('ordinary', this.beforeId);
      // `typedef type name MACRO;`
      else if (this.isTypedef && !NAMES_NEXT.has(this.beforeThat)) this.declare('ordinary', this.beforeId);
    }
    if (id === TYPEDEF) this.isTypedef = true;
    if (TAG_WORDS.has(id)) {
      this.sinceRecord = 0;
      this.recordParens = this.parens;
      this.isEnum = id === ENUM;
      this.tagIds.length = 0;
      this.isHead = false;
      return;
    }
    if (this.sinceRecord >= 0) {
      this.sinceRecord++;
      this.tagIds.push(id);
      if (this.sinceRecord > 6) this.sinceRecord = -1;
    }
    if (this.isHead && !STORAGE_WORDS.has(id)) {
      // Decided by the next token: `name(` makes it a call.
      if (this.beforeKind === TokenKind.Identifier && !STORAGE_WORDS.has(this.beforeId)) this.isHead = false;
    }
  }

  /** Among the enumerators of an enum, and in none's value. */
  private get standsForEnumerators(): boolean {
    return this.enumDepth >= 0 && this.braces === this.enumDepth && this.parens === 0 && !this.isValue;
  }

  /** Notes where an enum's text does not say what its enumerators are: it has a macro call, or one word, or none. */
  private fill(punct: number): void {
    if (this.enumDepth < 0 || this.braces !== this.enumDepth || this.parens > 0) return;
    if (punct === Punct.Equal) this.isValue = true;
    else if (punct === Punct.LeftParen && !this.isValue && this.beforeKind === TokenKind.Identifier)
      this.isFilled = true;
    else if (punct === Punct.RightBrace && this.enumerators === 0 && !this.isValue) this.isFilled = true;
    else if (punct === Punct.Comma) {
      this.enumerators++;
      this.isValue = false;
    }
  }

  private takePunctuator(id: number): boolean {
    this.nameBefore(id);
    this.fill(id);
    this.tagFromMacro(id);
    switch (id) {
      case Punct.LeftParen:
        if (this.isHead && this.braces === 0 && this.parens === 0) {
          this.isCall = this.beforeKind === TokenKind.Identifier && !PLAIN_WORDS.has(this.beforeId);
        }
        this.isHead = false;
        // `struct name fn(` returns a record, `struct name __aligned(8) {` defines one.
        if (this.parens === this.recordParens && !this.isReserved(this.beforeId)) this.sinceRecord = -1;
        this.parens++;
        return false;
      case Punct.RightParen:
        if (this.parens > 0) this.parens--;
        // A parameter's type ends with the parameters.
        if (this.parens < this.recordParens) this.sinceRecord = -1;
        this.callClosed = this.isCall && this.parens === 0 && this.braces === 0;
        return false;
      case Punct.LeftBrace:
        this.openBrace();
        return false;
      case Punct.RightBrace:
        if (this.isFunction && this.endsFunction()) this.parens = this.braces = 0;
        else if (this.parens === 0 && this.braces > 0) this.braces--;
        if (this.braces < this.enumDepth) this.enumDepth = -1;
        return this.braces === 0 && this.parens === 0 && this.isFunction;
      case Punct.Semicolon:
        this.sinceRecord = -1;
        if (this.calledTag >= 0 && this.braces === 0 && this.parens === 0) this.declare('tag', this.calledTag);
        return this.braces === 0 && this.parens === 0;
      case Punct.Equal:
        if (this.braces === 0) this.assigned = true;
        this.sinceRecord = -1;
        this.isHead = false;
        return false;
      case Punct.LeftBracket:
      case Punct.RightBracket:
      case Punct.Colon:
        // `enum name : type {`; else what follows ends the search.
        if (this.isEnum && this.sinceRecord === 1) this.declare('tag', this.beforeId);
        this.isHead = false;
        return false;
      default:
        if (this.parens === this.recordParens) this.sinceRecord = -1;
        this.isHead = false;
        return false;
    }
  }

  /**
   * Tags that only a macro's expansion defines: `struct tag BODY;` and `struct tag BODY(…);` at file scope, `struct_group_tagged(tag, …)` where a
   * record's members stand.
   */
  private tagFromMacro(punct: number): void {
    if (this.beforeKind !== TokenKind.Identifier) return;
    if (punct === Punct.Semicolon && this.sinceRecord === 2 && this.braces === 0) this.declare('tag', this.tagIds[0]);
    // `struct __attribute__((…)) tag *` and, where a macro has the attribute, `struct __macro tag;`
    const [first] = this.tagIds;
    if (this.sinceRecord >= 2 && this.parens === this.recordParens && first !== undefined)
      if (ATTRIBUTES.has(first) || (punct === Punct.Semicolon && nameText(first).startsWith('__')))
        this.declare('tag', this.beforeId);
    if (punct === Punct.LeftParen && this.sinceRecord === 2 && this.braces === 0 && this.parens === 0)
      this.calledTag = this.tagIds[0];
    if (punct === Punct.Comma && this.braces > 0 && !this.isFunction && this.memberCall === 2)
      this.declare('tag', this.beforeId);
    if (punct === Punct.LeftParen && this.braces > 0 && this.parens === 0) this.memberCall = 0;
  }

  /** In the kernel's style a brace in the first column does, whatever was left open inside: unless a `;` ends an initializer. */
  private endsFunction(): boolean {
    const { starts, text, kinds, ids } = this.tokens;
    const next = this.last + 1;
    if (this.braces > 1 && ids[next] === Punct.Semicolon && kinds[next] === TokenKind.Punctuator) return false;
    const start = starts[this.last];
    return start === 0 || text.charCodeAt(start - 1) === 10;
  }

  /** Names that start with two underscores are attributes where a declared name is followed by one. */
  private isReserved(id: number): boolean {
    return this.beforeKind === TokenKind.Identifier && nameText(id).startsWith('__');
  }

  private openBrace(): void {
    if (this.parens > 0) return;
    const named = this.sinceRecord >= 0;
    if (named) {
      for (const id of this.tagIds) this.declare('tag', id);
      if (this.isEnum) {
        this.enumDepth = this.braces + 1;
        this.enumerators = 0;
        this.isValue = false;
      }
    } else if (
      this.braces === 0 &&
      !this.assigned &&
      this.beforeId === Punct.RightParen &&
      this.beforeKind === TokenKind.Punctuator
    ) {
      this.isFunction = true;
      this.body = this.last;
    }
    this.sinceRecord = -1;
    this.braces++;
  }

  /** Declares the name before a punctuator, where a declared name can stand there. */
  private nameBefore(punct: number): void {
    if (this.beforeKind !== TokenKind.Identifier || PLAIN_WORDS.has(this.beforeId)) return;
    if (this.isFunction && this.braces > 0) return;
    if (this.enumDepth >= 0 && this.braces === this.enumDepth) {
      const ends = punct === Punct.Comma || punct === Punct.Equal || punct === Punct.RightBrace;
      // A name that ends a value is another's.
      if (ends && !this.isValue) this.declare('ordinary', this.beforeId);
      return;
    }
    if (this.braces > 0) return;
    if (this.parens === 0) {
      if (DECLARING.has(punct)) this.declare('ordinary', this.beforeId);
    } else if (punct === Punct.RightParen || punct === Punct.LeftBracket || punct === Punct.LeftParen) {
      // typedef int (*name)(…), int (name)(…)
      this.declare('ordinary', this.beforeId);
    }
  }
}

/** What follows a name that is declared. */
const DECLARING = new Set<number>([
  Punct.LeftParen,
  Punct.Semicolon,
  Punct.Comma,
  Punct.Equal,
  Punct.LeftBracket,
  Punct.Colon,
]);

/** The spelling of what a table declares, for whoever lists it. */
export function tagNames(table: ItemTable): string[] {
  return [...new Set(table.tags.ids)].map(nameText);
}
