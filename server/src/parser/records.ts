/** Reads records of a tree (C11 6.7.2.1; gcc's attributes). */
import { UNKNOWN_LIMIT } from '../preprocessor/packing';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import {
  type Alignment,
  type CType,
  isUnknownValue,
  type Member,
  type RecordDeclaration,
  type SourceNames,
  strip,
  type UnknownValue,
  unknownType,
} from '../types/model';
import { type Attributes, noAttributes } from '../types/scope';
import { ASM, QUALIFIERS, STATIC_ASSERT, STORAGE } from '../types/specifiers';
import { applyMode } from '../types/type-attributes';
import { DeclarationReader } from './declarations';
import { isDeclarator, type Specifiers } from './declarators';
import { Kind } from './kinds';
import { ParseError } from './reader';
import { memberEnd } from './resume';
import type { Node } from './syntax-tree';

const RECORD_WORDS: ReadonlySet<string> = new Set(['struct', 'union']);

/** Punctuators that may follow a record's brace: of declarators, of what holds a type's name, and of a bit-field. */
const BEHIND_RECORD: ReadonlySet<number> = new Set([
  Punct.Semicolon,
  Punct.Comma,
  Punct.Star,
  Punct.Caret,
  Punct.LeftParen,
  Punct.RightParen,
  Punct.LeftBracket,
  Punct.Colon,
]);

/** What the source writes for a name that macros only rename; undefined for a name that stands for itself. */
function aliasOf(token: PToken): string | undefined {
  for (let { via } = token; via; via = via.at.via)
    if (via.macro.parameters || via.macro.bodyEnd - via.macro.bodyFirst !== 1) return undefined;
  return token.via && nameText(writtenAt(token).id);
}

/** Words that are no names, among those that the grammar takes for one. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'break case continue default do else for goto if return sizeof struct switch union enum while'.split(' '),
);

export abstract class RecordReader extends DeclarationReader {
  /** Bytes, as `#pragma pack` has it, at each token where that changes; 0 for no limit. */
  protected pack: number | readonly number[] = 0;

  /** Records that are being read, each within the one before. */
  private open = 0;

  /** What counts for a record: for gcc where its brace closes (finish_struct), for clang where it begins (ActOnTag). */
  private packOf(first: number, end: number): number | UnknownValue | undefined {
    const { compiler } = this.scope.globals.oracle;
    const at = (token: number): number => (typeof this.pack === 'number' ? this.pack : (this.pack[token] ?? 0));
    const byGcc = at(end - 1);
    const byClang = at(first);
    if (compiler === 'either' && byGcc !== byClang)
      return { unknown: 'gcc and clang read a #pragma pack within it differently' };
    const limit = compiler === 'clang' ? byClang : byGcc;
    return limit === UNKNOWN_LIMIT
      ? { unknown: 'a pragma in front of it or within is not worked out' }
      : limit || undefined;
  }

  /** `struct tag;` hides what has that tag outside of the block. */
  protected declareTag(node: Node): void {
    const name = this.tree.childOf(node, Kind.Name);
    const kind = this.wordOf(node) ?? '';
    if (name >= 0 && RECORD_WORDS.has(kind) && this.tree.childOf(node, Kind.Members) < 0)
      this.scope.declareRecord(kind as 'struct' | 'union', this.wordOf(name) ?? '');
  }

  protected record(node: Node): CType {
    const first = this.tree.first(node);
    const kind = this.wordAt(first) as 'struct' | 'union';
    const body = this.tree.childOf(node, Kind.Members);
    const name = this.tree.childOf(node, Kind.Name);
    const tag = name < 0 ? undefined : this.wordOf(name);
    if (body < 0) {
      if (tag === undefined) this.fail(`the tag of a ${kind} is missing`, this.tree.end(node));
      const refused = this.whyMixed(tag);
      if (refused !== undefined) return unknownType(refused);
      this.mentioned(first, this.tree.end(node), (own) =>
        this.scope.defineRecord(tag, { ...own, kind, tag, members: undefined }),
      );
      return { kind: 'record', record: this.scope.record(kind, tag) };
    }
    if (KEYWORDS.has(tag ?? '')) this.fail('a word of C is no tag', first);
    if (tag !== undefined) this.scope.declareRecord(kind, tag);
    const attributes = noAttributes();
    this.attributesIn(first, this.tree.first(body), attributes);
    const members: Member[] = [];
    const open = this.tree.first(body);
    const isElided = this.tree.rendering.elided.has(open);
    this.open++;
    const problem = isElided ? this.membersByThemselves(open, members) : this.members(body, members);
    const unknown = problem ?? this.doubt ?? (tag === undefined ? undefined : this.whyMixed(tag));
    this.open--;
    // Attributes behind the brace are most often spelled by a macro, elsewhere.
    const end = this.tree.end(body);
    const behind = this.attributesAt(end, attributes);
    const pack = this.packOf(first, end);
    const definition: RecordDeclaration = {
      kind,
      tag,
      place: this.writtenPlaceOf(first, end),
      members,
      packed: attributes.packed,
      aligns: attributes.aligns,
      pack: isUnknownValue(pack) ? undefined : pack,
      unknown: unknown ?? (isUnknownValue(pack) ? pack.unknown : this.whyNoDeclarator(behind)),
      attributes: attributes.names,
    };
    if (tag === undefined) return { kind: 'record', record: definition };
    // One within another is of the same scope, where the unit may have its namesake: that is found first then.
    const hasNamesake = this.open > 0 && this.scope.globals.definesElsewhere(tag);
    const namesake = hasNamesake ? this.scope.record(kind, tag).place : undefined;
    const defined = this.scope.defineRecord(tag, definition);
    const place = namesake ?? defined.place;
    const isOwn = place?.path === definition.place?.path && place?.start === definition.place?.start;
    return isOwn ? { kind: 'record', record: defined } : unknownType(`${kind} ${tag} is defined twice`);
  }

  /**
   * Two names behind a brace are no declarator: one of them is a macro that is not defined, most often an attribute. Neither
   * is a number, a string, or a punctuator that starts none.
   */
  private whyNoDeclarator(at: number): string | undefined {
    const isBeside = (word: string): boolean => STORAGE.has(word) || QUALIFIERS.has(word) || ASM.has(word);
    while (isBeside(this.wordAt(at) ?? '')) at = this.behindAttributes(at + 1);
    const word = this.wordAt(at);
    if (word === undefined)
      return at >= this.tokens.length || BEHIND_RECORD.has(this.punctAt(at))
        ? undefined
        : `what stands behind its } is no declarator: ${spelling(this.tokens[at])}`;
    const next = this.wordAt(this.behindAttributes(at + 1));
    const isJunk = next !== undefined && !isBeside(next);
    return isJunk ? `what stands behind its } is no declarator: ${word} ${next}` : undefined;
  }

  /** Clang gives a record or enum what attributes say in front of its tag before it is defined; GCC does not. */
  protected mentioned(
    first: number,
    end: number,
    tell: (own: Pick<RecordDeclaration, 'packed' | 'aligns' | 'unknown'>) => void,
  ): void {
    const { compiler } = this.scope.globals.oracle;
    if (compiler === 'gcc' || this.scope.outer || this.takenOut(first, end).length === 0) return;
    const own = noAttributes();
    this.attributesIn(first, end, own);
    if (!own.packed && own.aligns.length === 0) return;
    const unknown =
      compiler === 'either' ? 'gcc and clang read attributes before its definition differently' : undefined;
    tell({ packed: own.packed, aligns: own.aligns, unknown });
  }

  /** Reads members one by one; gives why not all of them could be read. */
  private members(body: Node, members: Member[]): string | undefined {
    let unknown: string | undefined;
    const given = this.children(body);
    let from = this.tree.end(given[0]);
    for (const node of given.slice(1)) {
      if (this.kind(node) === Kind.Token && !this.tree.hasError(node)) continue;
      try {
        if (this.kind(node) !== Kind.Member) this.fail('what stands there is no member', this.tree.first(node));
        this.member(node, from, members);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        unknown ??= `a member can't be parsed: ${error.message}`;
      }
      from = this.tree.end(node);
    }
    return unknown;
  }

  /** Reads the members behind the brace at a token, each from a tree of its own; gives why not all could be read. */
  private membersByThemselves(open: number, members: Member[]): string | undefined {
    return this.nested(() => {
      let unknown: string | undefined;
      const close = this.brackets.closeOf(open);
      if (close >= this.tokens.length) unknown = 'the } of a record is missing';
      for (let at = open + 1; at < close; ) {
        const end = memberEnd(this.tokens, this.brackets, at, close);
        let tree = this.treeOf(at, end, 'members');
        if (tree.hasError(0)) tree = this.treeOf(at, end, 'members', true);
        const body = tree.find(Kind.Members);
        const problem = body < 0 ? undefined : this.within(tree, () => this.members(body, members));
        unknown ??= problem ?? (tree.hasError(0) ? "a member can't be parsed" : undefined);
        at = end;
      }
      return unknown;
    });
  }

  /** The names of a member that stand otherwise in the source: of its record, from the first token on, and its own. */
  private sourceNames(first: number, name: number, isNamed: boolean): { source?: SourceNames } {
    let tag: string | undefined;
    for (let at = first; at + 1 < name && tag === undefined; at++)
      if (RECORD_WORDS.has(this.wordAt(at) ?? '')) tag = aliasOf(this.tokens[at + 1]);
    const own = isNamed ? aliasOf(this.tokens[name]) : undefined;
    if (own === undefined && tag === undefined) return {};
    return { source: { ...(own !== undefined && { name: own }), ...(tag !== undefined && { tag }) } };
  }

  private member(node: Node, from: number, members: Member[]): void {
    const parts = this.children(node);
    if (STATIC_ASSERT.has(this.wordOf(node) ?? '')) {
      this.staticAssert(node, parts);
      const { condition, first } = this.asserts[this.asserts.length - 1];
      const value = this.constantValue(condition);
      if (!isUnknownValue(value) && value.value === 0n) this.fail('a static assert among them does not hold', first);
      return;
    }
    if (this.tree.hasError(node)) this.fail('the ; of a member is missing', this.tree.end(node));
    const at = this.declaratorsAt(parts);
    const semicolon = parts[parts.length - 1];
    if (at < 0) {
      const specifiers = this.specifiers(parts.slice(0, -1), from, this.tree.first(semicolon));
      this.embedded(specifiers, members);
      return;
    }
    const specifiers = this.specifiers(parts.slice(0, at), from, this.tree.first(parts[at]));
    const start = from;
    if (specifiers.storage.size > 0) this.fail('a member has no storage class', from);
    for (let index = at; index < parts.length - 1; index++) {
      const part = parts[index];
      if (!isDeclarator(this.kind(part))) continue;
      const bits = this.kind(parts[index + 1]) === Kind.BitField ? parts[index + 1] : undefined;
      const behind = parts[bits === undefined ? index + 1 : index + 2];
      // The grammar wants a name in front of a bit-field's width.
      const isNamed = !this.tree.isMade(part);
      const declarator = isNamed ? this.declarator(part, specifiers.type) : undefined;
      if (declarator && declarator.name === undefined)
        this.fail('the name of a member is missing', this.tree.first(part));
      if (specifiers.ofType && this.kind(part) !== Kind.Name)
        this.fail('[[…]] behind a type is not worked out', this.tree.first(part));
      const from = index > at ? this.tree.end(parts[index - 1]) : undefined;
      const attributes = this.attributesOf(part, this.tree.first(behind), from);
      this.checkBehind(part, bits, behind);
      const width = bits === undefined ? undefined : this.constant(this.expression(this.children(bits)[1]));
      if (attributes.alignas.length > 0) this.fail('_Alignas can not stand there', this.tree.first(part));
      for (const { mode, alignas, names } of [specifiers.attributes, attributes]) {
        if (width !== undefined && (mode !== undefined || alignas.length > 0))
          this.fail('a bit-field has no mode and no _Alignas', this.tree.first(part));
        if (names.includes('section')) this.fail('a member has no section', this.tree.first(part));
      }
      if (KEYWORDS.has(declarator?.name ?? '')) this.fail('a word of C is no name', this.tree.first(part));
      const type = declarator?.type ?? specifiers.type;
      const token = declarator?.nameToken ?? this.tree.first(part);
      const member = {
        ...this.memberOf(declarator?.name, type, specifiers.attributes, attributes, token),
        ...this.sourceNames(start, token, isNamed),
      };
      members.push(width === undefined ? member : { ...member, bitWidth: width });
    }
  }

  /** No asm label stands among members, and no attribute in front of a width. */
  private checkBehind(part: Node, bits: Node | undefined, behind: Node): void {
    if (
      bits !== undefined &&
      !this.tree.isMade(part) &&
      this.takenOut(this.tree.end(part), this.tree.first(bits)).length > 0
    )
      this.fail('an attribute can not stand in front of a width', this.tree.first(bits));
    for (const { first } of this.takenOut(this.tree.first(part), this.tree.first(behind)))
      if (ASM.has(this.wordAt(first) ?? '')) this.fail('a member has no asm label', first);
  }

  /** `struct { … };` and, with -fms-extensions, `struct tag;` and `name_t;` embed their members. */
  private embedded({ type, tagged, attributes }: Specifiers, members: Member[]): void {
    const bare = strip(type);
    if (bare.kind === 'unknown') throw new ParseError(bare.reason);
    if (bare.kind !== 'record' || !(tagged || type.kind === 'typedef')) return;
    const { dialect, oracle } = this.scope.globals;
    const { compiler } = oracle;
    const isAnonymous = bare.record.tag === undefined && type.kind === 'record';
    if (!isAnonymous && (!dialect.hasMsExtensions || bare.record.members === undefined)) return;
    // What stands in front of an anonymous record is nobody's for GCC, and the member's for Clang.
    const own =
      compiler === 'gcc'
        ? { ...noAttributes(), isAtomic: attributes.isAtomic, alignas: attributes.alignas }
        : attributes;
    const says = attributes.packed || attributes.aligns.length > 0;
    if (compiler === 'either' && says)
      throw new ParseError('gcc and clang read attributes in front of a record differently');
    members.push(this.memberOf(undefined, type, own, noAttributes(), undefined));
  }

  private memberOf(
    name: string | undefined,
    type: CType,
    outer: Attributes,
    own: Attributes,
    token: number | undefined,
  ): Member {
    const made = applyMode(type, outer, own);
    return {
      name,
      type: made,
      packed: outer.packed || own.packed,
      aligns: [...outer.aligns, ...own.aligns, ...this.alignasOf(made, [...outer.alignas, ...own.alignas])],
      place: token === undefined ? undefined : this.placeOf(token, token + 1),
    };
  }

  /** `_Alignas` must not ask for less than the type has (C11 6.7.5p4). */
  private alignasOf(type: CType, asked: readonly Alignment[]): readonly Alignment[] {
    if (asked.length === 0) return asked;
    const natural = this.scope.globals.oracle.alignOf(type);
    const most = asked.reduce<number>((high, one) => (isUnknownValue(one) ? high : Math.max(high, one)), 0);
    const isWeak = !isUnknownValue(natural) && most > 0 && most < natural;
    return isWeak ? [{ unknown: `_Alignas (${most}) is less than its type has` }] : asked;
  }

  protected isSemicolon(node: Node): boolean {
    return this.kind(node) === Kind.Token && this.punctOf(node) === Punct.Semicolon;
  }
}
