/** Parses declarations of preprocessed GNU C: specifiers, records, enums, file-scope items (C11 6.7, 6.9). */
import { isPunct } from '../preprocessor/ptoken';
import { Punct } from '../text/tokens';
import type { BlockStatement, Declaration, Initializer, InitializerList, StaticAssert } from '../types/ast';
import {
  type CType,
  type EnumDeclaration,
  type Enumerator,
  INT,
  isUnknownValue,
  type Member,
  type RecordDeclaration,
  strip,
  type UnknownValue,
  unknownType,
} from '../types/model';
import { type Attributes, noAttributes } from '../types/scope';
import {
  ALIGNAS,
  ARITHMETIC,
  ATTRIBUTE,
  arithmeticType,
  CONST,
  QUALIFIERS,
  STATIC_ASSERT,
  STORAGE,
  TYPEOF,
} from '../types/specifiers';
import { typeOf } from '../types/typer';
import { ParseError } from './cursor';
import { applyMode, DeclaratorParser, mergeAttributes, type Specifiers } from './declarators';

export abstract class DeclarationParser extends DeclaratorParser {
  readonly asserts: StaticAssert[] = [];
  /** Bytes, as `#pragma pack` has it; 0 for no limit. */
  protected pack = 0;
  /** Why nothing that is declared here can be trusted. */
  protected doubt: string | undefined;

  protected abstract parseFunctionBody(parameters: readonly Declaration[]): BlockStatement;

  parseSpecifiers(required: boolean): Specifiers {
    const attributes = noAttributes();
    const storage = new Set<string>();
    const words: string[] = [];
    let type: CType | undefined;
    let isConst = false;
    let tagged = false;
    let deduced = false;
    for (;;) {
      const word = this.word();
      if (word === undefined) break;
      if (STORAGE.has(word)) storage.add(word);
      else if (QUALIFIERS.has(word)) {
        isConst ||= CONST.has(word);
        if (word === '_Atomic' && isPunct(this.peek(), Punct.LeftParen)) {
          this.at += 2;
          type = this.parseTypeName();
          if (!this.is(Punct.RightParen)) this.fail('the ) of _Atomic');
        }
      } else if (ATTRIBUTE.has(word) || ALIGNAS.has(word)) {
        this.parseAttributes(attributes);
        continue;
      } else if (ARITHMETIC.has(word) && !type) words.push(ARITHMETIC.get(word) as string);
      else if (type || words.length > 0) break;
      else if (word === 'struct' || word === 'union') {
        type = this.parseRecord(word, attributes);
        tagged = true;
        continue;
      } else if (word === 'enum') {
        type = this.parseEnum();
        tagged = true;
        continue;
      } else if (TYPEOF.has(word)) {
        type = this.parseTypeof();
        continue;
      } else if (word === '__auto_type') deduced = true;
      else if (word === '__builtin_va_list') type = unknownType('__builtin_va_list differs by target');
      else {
        if (deduced) break;
        const found = this.scope.lookup(word);
        if (found?.kind === 'typedef')
          type = { kind: 'typedef', name: word, to: found.type, align: typedefAlign.get(found), doubt: found.doubt };
        else if (required && !found && this.looksLikeType()) type = unknownType(`${word} is not declared`);
        else break;
      }
      this.at++;
    }
    type ??= arithmeticType(words);
    if (!type) {
      if (required && !deduced && storage.size === 0 && !isConst) this.fail('a type is missing');
      type = deduced ? DEDUCED : INT;
    }
    if (isConst) type = { ...type, isConst: true };
    return { type, storage, attributes, tagged };
  }

  /** An unknown name before a name, a star or the end of a parameter can only be a typedef that nobody declared. */
  private looksLikeType(): boolean {
    const next = this.peek();
    if (this.word(1) !== undefined || isPunct(next, Punct.Star)) return true;
    return next === undefined || isPunct(next, Punct.RightParen) || isPunct(next, Punct.Comma);
  }

  private parseTypeof(): CType {
    this.at++;
    this.expect(Punct.LeftParen, 'the ( of typeof');
    const type = this.startsType() ? this.parseTypeName() : typeOf(this.parseExpression(), this.scope.globals);
    this.expect(Punct.RightParen, 'the ) of typeof');
    return type;
  }

  private parseRecord(kind: 'struct' | 'union', declared: Attributes): CType {
    const first = this.at++;
    const attributes = noAttributes();
    this.parseAttributes(attributes);
    const tag = this.word();
    if (tag !== undefined) this.at++;
    this.parseAttributes(attributes);
    if (!this.is(Punct.LeftBrace)) {
      if (tag === undefined) this.fail(`the tag of a ${kind} is missing`);
      mergeAttributes(declared, attributes);
      return { kind: 'record', record: this.scope.record(kind, tag) };
    }
    this.at++;
    const members: Member[] = [];
    let unknown = this.doubt;
    while (!this.is(Punct.RightBrace)) {
      if (this.done) this.fail(`the } of a ${kind} is missing`);
      try {
        this.parseMembers(members);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        unknown ??= `a member can't be parsed: ${error.message}`;
        this.skipTo(Punct.Semicolon);
        if (!this.accept(Punct.Semicolon) && !this.is(Punct.RightBrace)) throw error;
      }
    }
    // Attributes behind the brace are most often spelled by a macro, elsewhere.
    const place = this.placeOf(first, ++this.at);
    this.parseAttributes(attributes);
    const definition: RecordDeclaration = {
      kind,
      tag,
      place,
      members,
      packed: attributes.packed,
      aligns: attributes.aligns,
      pack: this.pack || undefined,
      unknown,
      attributes: attributes.names,
    };
    return { kind: 'record', record: tag === undefined ? definition : this.scope.defineRecord(tag, definition) };
  }

  private placeOf(first: number, end: number): { path: string; start: number; end: number } {
    const start = this.tokens[first];
    const last = this.tokens[end - 1];
    return { path: start.file.path, start: start.start, end: last.file === start.file ? last.end : start.end };
  }

  private parseMembers(members: Member[]): void {
    if (this.accept(Punct.Semicolon)) return;
    if (STATIC_ASSERT.has(this.word() ?? '')) {
      this.parseStaticAssert();
      return;
    }
    const specifiers = this.parseSpecifiers(true);
    if (this.accept(Punct.Semicolon)) {
      // `struct { … };` and, with -fms-extensions, `struct tag;` and `name_t;` embed their members.
      const bare = strip(specifiers.type);
      if (bare.kind === 'record' && (specifiers.tagged || specifiers.type.kind === 'typedef')) {
        const isEmbedded =
          bare.record.tag === undefined || specifiers.type.kind === 'typedef' || bare.record.members !== undefined;
        if (isEmbedded)
          members.push(this.member(undefined, specifiers.type, specifiers.attributes, noAttributes(), undefined));
      }
      return;
    }
    do {
      const start = this.at;
      const declarator = this.is(Punct.Colon) ? undefined : this.parseDeclarator(false);
      const attributes = declarator?.attributes ?? noAttributes();
      const width = this.accept(Punct.Colon) ? this.constant(this.parseConditional()) : undefined;
      this.parseAttributes(attributes);
      const type = declarator ? declarator.wrap(specifiers.type) : specifiers.type;
      if (declarator && declarator.name === undefined && width === undefined)
        this.fail('the name of a member is missing');
      const at = declarator && declarator.nameToken >= 0 ? declarator.nameToken : start;
      const member = this.member(declarator?.name, type, specifiers.attributes, attributes, at);
      members.push(width === undefined ? member : { ...member, bitWidth: width });
    } while (this.accept(Punct.Comma));
    this.expect(Punct.Semicolon, 'the ; of a member');
  }

  private member(
    name: string | undefined,
    type: CType,
    outer: Attributes,
    own: Attributes,
    token: number | undefined,
  ): Member {
    return {
      name,
      type: applyMode(type, outer, own),
      packed: outer.packed || own.packed,
      aligns: [...outer.aligns, ...own.aligns],
      place: token === undefined ? undefined : this.placeOf(token, token + 1),
    };
  }

  private parseEnum(): CType {
    const first = this.at++;
    const attributes = noAttributes();
    this.parseAttributes(attributes);
    const tag = this.word();
    if (tag !== undefined) this.at++;
    this.parseAttributes(attributes);
    if (!this.accept(Punct.LeftBrace)) {
      if (tag === undefined) this.fail('the tag of an enum is missing');
      return { kind: 'enum', enumeration: this.scope.enumeration(tag) };
    }
    const enumerators: Enumerator[] = [];
    const place = this.placeOf(first, this.at);
    let definition: EnumDeclaration = { tag, place, packed: false, enumerators };
    let next: Enumerator['value'] = 0n;
    while (!this.is(Punct.RightBrace)) {
      const name = this.word();
      if (name === undefined) this.fail('the name of an enumerator is missing');
      const token = this.at++;
      this.parseAttributes(noAttributes());
      if (this.accept(Punct.Equal)) next = this.enumeratorValue();
      const value: Enumerator['value'] = this.doubt === undefined ? next : { unknown: this.doubt };
      enumerators.push({ name, value, place: this.placeOf(token, token + 1) });
      // An enumerator names an int, or the enum's own type where the value is wider (gcc).
      const wide = !isUnknownValue(value) && (value > 0x7fffffffn || value < -0x80000000n);
      const type: CType = wide ? { kind: 'enum', enumeration: definition } : INT;
      this.scope.define({ kind: 'enumerator', name, type, nameToken: token, isStatic: false, value });
      next = isUnknownValue(value) ? value : value + 1n;
      if (!this.accept(Punct.Comma)) break;
    }
    this.expect(Punct.RightBrace, 'the } of an enum');
    this.parseAttributes(attributes);
    definition = { ...definition, place: this.placeOf(first, this.at), packed: attributes.packed };
    if (tag !== undefined) definition = this.scope.defineEnumeration(tag, definition);
    return { kind: 'enum', enumeration: definition };
  }

  protected abstract enumeratorValue(): Enumerator['value'];

  protected parseStaticAssert(): void {
    const first = this.at++;
    this.expect(Punct.LeftParen, 'the ( of a static assert');
    const condition = this.parseConditional();
    while (!this.is(Punct.RightParen) && !this.done) this.at++;
    this.expect(Punct.RightParen, 'the ) of a static assert');
    this.asserts.push({ condition, first, end: this.at });
    this.accept(Punct.Semicolon);
  }

  /** One declaration, up to its `;`; defines its names in scope. Function definitions only at file scope. */
  parseDeclaration(): Declaration[] {
    const specifiers = this.parseSpecifiers(true);
    const found: Declaration[] = [];
    if (this.accept(Punct.Semicolon)) return found;
    do {
      const declarator = this.parseDeclarator(false);
      if (declarator.name === undefined) this.fail('the name of a declaration is missing');
      const attributes = noAttributes();
      mergeAttributes(attributes, specifiers.attributes);
      mergeAttributes(attributes, declarator.attributes);
      const type = applyMode(declarator.wrap(specifiers.type), attributes);
      const bare = strip(type);
      const isTypedef = specifiers.storage.has('typedef');
      const base: Declaration = {
        kind: isTypedef ? 'typedef' : bare.kind === 'function' ? 'function' : 'variable',
        name: declarator.name,
        type,
        nameToken: declarator.nameToken,
        place: this.placeOf(declarator.nameToken, declarator.nameToken + 1),
        isStatic: specifiers.storage.has('static'),
        cleanup: attributes.cleanup,
        doubt: this.doubt,
        isNoreturn: specifiers.storage.has('_Noreturn') || attributes.names.includes('noreturn'),
        parameters: bare.kind === 'function' ? declarator.parameters : undefined,
      };
      if (isTypedef && attributes.aligns.length > 0) {
        const align = attributes.aligns[attributes.aligns.length - 1];
        if (isUnknownValue(align)) return this.fail(`the alignment of ${declarator.name} is unknown`);
        typedefAlign.set(base, align);
      }
      if (base.kind === 'function' && this.is(Punct.LeftBrace) && !this.scope.outer) {
        this.scope.define(base);
        const body = this.parseFunctionBody(declarator.parameters ?? []);
        found.push({ ...base, body });
        return found;
      }
      let declaration = base;
      if (this.is(Punct.Equal)) declaration = this.parseInitialized(base, specifiers.type === DEDUCED);
      else this.scope.define(base);
      found.push(declaration);
    } while (this.accept(Punct.Comma));
    // A function's signature may come without its body.
    const isSignature = this.done && found[found.length - 1].kind === 'function';
    if (!isSignature) this.expect(Punct.Semicolon, 'the ; of a declaration');
    return found;
  }

  private parseInitialized(base: Declaration, deduced: boolean): Declaration {
    this.at++;
    // `T *p = malloc(sizeof(*p))`: the name is in scope in its own initializer (C11 6.2.1p7).
    if (!deduced) this.scope.define(base);
    const initializer: Initializer = this.parseInitializer();
    if (initializer.kind === 'list') {
      const bare = strip(base.type);
      if (bare.kind === 'array' && bare.length === null) {
        return this.redefine({ ...base, initializer, type: { ...bare, length: this.initializedLength(initializer) } });
      }
      return this.redefine({ ...base, initializer });
    }
    if (deduced) return this.redefine({ ...base, initializer, type: typeOf(initializer, this.scope.globals) });
    return this.redefine({ ...base, initializer });
  }

  /** Elements of an array whose length its initializer gives (C11 6.7.9p22). */
  private initializedLength(list: InitializerList): number | UnknownValue {
    let next = 0;
    let length = 0;
    for (const { path } of list.items) {
      const step = path[0];
      if (step?.kind === 'index') {
        const index = this.constant(step.last ?? step.index);
        if (isUnknownValue(index)) return index;
        next = index;
      }
      next++;
      length = Math.max(length, next);
    }
    return length;
  }

  private redefine(declaration: Declaration): Declaration {
    this.scope.define(declaration);
    return declaration;
  }
}

/** Stands for the type of `__auto_type` until its initializer is read. */
const DEDUCED: CType = { kind: 'unknown', reason: '__auto_type without an initializer' };

/** `typedef … __attribute__((aligned(n)))`, kept beside the declaration for those who use its name. */
const typedefAlign = new WeakMap<Declaration, number>();
