/** Tells by tokens alone that a member access can't be to a certain record: its base is declared with another one's tag. */
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';

const STRUCT = nameId('struct');

export class NamedBases {
  /** By name id: ids of the tags that the file declares variables and parameters of this name with. */
  private readonly tags = new Map<number, Set<number>>();

  constructor(private readonly tokens: TokenList) {
    const { kinds, ids, count } = tokens;
    for (let at = 0; at + 2 < count; at++) {
      if (kinds[at] !== TokenKind.Identifier || ids[at] !== STRUCT || kinds[at + 1] !== TokenKind.Identifier) continue;
      let name = at + 2;
      // `struct tag *a, *b`
      for (;;) {
        while (this.isPunct(name, Punct.Star)) name++;
        if (kinds[name] !== TokenKind.Identifier) break;
        const known = this.tags.get(ids[name]);
        if (known) known.add(ids[at + 1]);
        else this.tags.set(ids[name], new Set([ids[at + 1]]));
        if (!this.isPunct(name + 1, Punct.Comma) || !this.isPunct(name + 2, Punct.Star)) break;
        name += 2;
      }
    }
  }

  /** Whether the base of the member named at a token may be of a record, or point to it. */
  mayBeOf(nameToken: number, tag: string): boolean {
    const { kinds, ids } = this.tokens;
    const base = nameToken - 2;
    if (kinds[base] !== TokenKind.Identifier) return true;
    if (this.isPunct(base - 1, Punct.Arrow) || this.isPunct(base - 1, Punct.Dot)) return true;
    const tags = this.tags.get(ids[base]);
    return !tags || tags.has(nameId(tag));
  }

  private isPunct(at: number, punct: Punct): boolean {
    const { kinds, ids } = this.tokens;
    return kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  }
}
