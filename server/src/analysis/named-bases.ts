/** Tells by tokens alone that a member access can't be to a certain record: its base is declared with another one's tag. */
import { WORDS_BEFORE_OPERANDS } from '../parser/pieces';
import type { SourceFile } from '../preprocessor/source';
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';

const STRUCT = nameId('struct');
const UNION = nameId('union');
const TYPEOF: ReadonlySet<number> = new Set(['typeof', '__typeof__', '__typeof', 'typeof_unqual'].map(nameId));
const OPERATORS: ReadonlySet<number> = new Set([...WORDS_BEFORE_OPERANDS].map(nameId));

const known = new WeakMap<SourceFile, NamedBases>();

/** The bases of a file, found out once. */
export function basesOf(file: SourceFile): NamedBases {
  let bases = known.get(file);
  if (!bases) known.set(file, (bases = new NamedBases(file.tokens)));
  return bases;
}

class NamedBases {
  /** By name id: ids of the tags that the file declares variables and parameters of this name with. */
  private readonly tags = new Map<number, Set<number>>();
  /** Ids of names that may be declared with other types than a tag's, as far as tokens tell. */
  private readonly others = new Set<number>();

  constructor(private readonly tokens: TokenList) {
    const { kinds, ids, count } = tokens;
    this.takeParameters();
    for (let at = 0; at + 1 < count; at++) {
      if (this.isPunct(at, Punct.RightBrace)) this.takeOther(at + 1);
      if (kinds[at] !== TokenKind.Identifier) continue;
      if (ids[at] === STRUCT || ids[at] === UNION) at = this.takeTagged(at);
      else if (TYPEOF.has(ids[at])) this.takeOther(this.behindParentheses(at + 1));
      else if (!OPERATORS.has(ids[at])) this.takeOther(at + 1);
    }
  }

  /**
   * Whether a file may access a member of a record with this tag: a token that names one of the members stands behind `.` or
   * `->`, and its base is no variable that is declared with other tags alone.
   */
  mayAccess(members: readonly string[], tag: string): boolean {
    const { kinds, ids, count } = this.tokens;
    const wanted = new Set(members.map(nameId));
    for (let at = 1; at < count; at++)
      if (kinds[at] === TokenKind.Identifier && wanted.has(ids[at]) && this.isMember(at) && this.mayBeOf(at, tag))
        return true;
    return false;
  }

  /** Whether the base of the member named at a token may be of a record, or point to it. */
  mayBeOf(nameToken: number, tag: string): boolean {
    const { kinds, ids } = this.tokens;
    const base = nameToken - 2;
    if (base < 0 || kinds[base] !== TokenKind.Identifier || this.isMember(base)) return true;
    const tags = this.tags.get(ids[base]);
    return !tags || this.others.has(ids[base]) || tags.has(nameId(tag));
  }

  /** Takes `struct tag *a, *b` down. @returns The last token that was looked at. */
  private takeTagged(at: number): number {
    const { kinds, ids } = this.tokens;
    if (kinds[at + 1] !== TokenKind.Identifier) return at;
    let last = at + 1;
    for (let name = at + 2; ; name = last + 2) {
      while (this.isPunct(name, Punct.Star)) name++;
      if (kinds[name] !== TokenKind.Identifier) break;
      last = name;
      const tags = this.tags.get(ids[name]);
      if (tags) tags.add(ids[at + 1]);
      else this.tags.set(ids[name], new Set([ids[at + 1]]));
      if (!this.isPunct(name + 1, Punct.Comma) || !this.isPunct(name + 2, Punct.Star)) break;
    }
    return last;
  }

  /** Takes down what may be a declarator behind the name of a type: `*a, *b`. */
  private takeOther(start: number): void {
    const { kinds, ids } = this.tokens;
    for (let name = start; ; name += 2) {
      while (this.isPunct(name, Punct.Star)) name++;
      if (kinds[name] !== TokenKind.Identifier) return;
      this.others.add(ids[name]);
      if (!this.isPunct(name + 1, Punct.Comma) || !this.isPunct(name + 2, Punct.Star)) return;
    }
  }

  /** The parameters of macros stand for anything. */
  private takeParameters(): void {
    const { kinds, ids, starts, ends, directives } = this.tokens;
    for (const { name, firstToken, endToken } of directives) {
      const open = firstToken + 3;
      if (name !== 'define' || !this.isPunct(open, Punct.LeftParen) || starts[open] !== ends[open - 1]) continue;
      for (let at = open + 1; at < endToken && !this.isPunct(at, Punct.RightParen); at++)
        if (kinds[at] === TokenKind.Identifier) this.others.add(ids[at]);
    }
  }

  private behindParentheses(open: number): number {
    if (!this.isPunct(open, Punct.LeftParen)) return open;
    let depth = 0;
    for (let at = open; at < this.tokens.count; at++) {
      if (this.isPunct(at, Punct.LeftParen)) depth++;
      else if (this.isPunct(at, Punct.RightParen) && --depth === 0) return at + 1;
    }
    return this.tokens.count;
  }

  private isMember(at: number): boolean {
    return this.isPunct(at - 1, Punct.Arrow) || this.isPunct(at - 1, Punct.Dot);
  }

  private isPunct(at: number, punct: Punct): boolean {
    const { kinds, ids } = this.tokens;
    return kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  }
}
