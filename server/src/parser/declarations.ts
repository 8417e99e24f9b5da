/** Reads declarations of a tree: specifiers and what they declare (C11 6.7). */
import { Punct } from '../text/tokens';
import type { BlockStatement, Declaration, Expression, Initializer, StaticAssert } from '../types/ast';
import { qualifiersOf, unqualified } from '../types/conversions';
import { initializedLength } from '../types/initializers';
import {
  type Alignment,
  type CType,
  INT,
  isUnknownValue,
  strip,
  type UnknownValue,
  unknownType,
  VA_LIST,
} from '../types/model';
import { type Attributes, noAttributes } from '../types/scope';
import {
  ARITHMETIC,
  arithmeticType,
  bitIntType,
  CONST,
  QUALIFIERS,
  STATIC_ASSERT,
  STORAGE,
  TYPEOF,
  TYPEOF_UNQUAL,
  VOLATILE,
} from '../types/specifiers';
import { applyMode, mergeAttributes } from '../types/type-attributes';
import { copiedType, isBitField, typeOf } from '../types/typer';
import { DeclaratorReader, isDeclarator, type Specifiers } from './declarators';
import { Kind } from './kinds';
import type { TakenOut } from './pieces';
import type { Node } from './syntax-tree';

export abstract class DeclarationReader extends DeclaratorReader {
  readonly asserts: StaticAssert[] = [];
  /** Why nothing that is declared here can be trusted. */
  protected doubt: string | undefined;

  protected abstract functionBody(node: Node, parameters: readonly Declaration[]): BlockStatement;
  protected abstract record(node: Node): CType;
  protected abstract enumeration(node: Node): CType;

  protected specifiers(nodes: readonly Node[], from: number, end: number): Specifiers {
    const attributes = noAttributes();
    const storage = new Set<string>();
    const inner: TakenOut[] = [];
    let type: CType | undefined;
    let isConst = false;
    let isVolatile = false;
    let tagged = false;
    let deduced = false;
    for (const node of nodes) {
      const at = this.tree.first(node);
      const word = this.wordAt(at) ?? '';
      switch (this.kind(node)) {
        case Kind.Record:
          type = this.record(node);
          tagged = true;
          inner.push(this.definitionOf(node));
          break;
        case Kind.Enum:
          if (TYPEOF.has(word) || QUALIFIERS.has(word)) {
            inner.push({ first: at, end: this.brackets.closeOf(at + 1) + 1 });
            type = this.typeofType(node);
            if (word === '_Atomic') type = this.atomic(type, at);
            else if (TYPEOF_UNQUAL.has(word)) type = unqualified(type);
          } else {
            inner.push(this.definitionOf(node));
            type = this.enumeration(node);
            tagged = true;
          }
          break;
        case Kind.Primitive:
          if (word === '__auto_type') deduced = true;
          else if (ARITHMETIC.has(word)) type = this.arithmetic(at);
          else if (word === '__builtin_va_list') type = VA_LIST;
          // A name that was known to be a type's before the tree was made.
          else type = this.namedType(word, at);
          break;
        case Kind.Name:
          type = this.namedType(word, at);
          break;
        default:
          if (STORAGE.has(word)) storage.add(word);
          else if (CONST.has(word)) isConst = true;
          else if (word === 'constexpr') storage.add(word);
          else if (VOLATILE.has(word)) isVolatile = true;
          else if (!QUALIFIERS.has(word)) this.fail('a type is missing', at);
      }
    }
    this.attributesIn(from, end, attributes, inner);
    if (!type) type = deduced ? DEDUCED : INT;
    if (isConst) type = { ...type, isConst: true };
    if (isVolatile) type = { ...type, isVolatile: true };
    if (attributes.isAtomic) type = { ...type, isAtomic: true };
    if (attributes.isRestrict) this.checkRestrict(type, from);
    const last = nodes[nodes.length - 1];
    const ofType = last === undefined ? undefined : this.bracketedBehind(this.tree.end(last), end);
    return { type, storage, attributes, tagged, deduced, ofType };
  }

  /** `[[…]]` behind a type are the type's, and say nothing of what a pointer to it needs; undefined where there are none. */
  private bracketedBehind(at: number, end: number): Attributes | undefined {
    const given = this.takenOut(at, end);
    if (!given.some(({ first }) => this.isBracketed(first))) return undefined;
    const own = noAttributes();
    for (const { first, end } of given) if (this.isBracketed(first)) this.attributesIn(first, end, own);
    return own.packed || own.aligns.length > 0 || own.mode !== undefined || own.vectorBytes !== undefined
      ? own
      : undefined;
  }

  /** C11 6.7.2.4p3: of no array, function, atomic or qualified type. */
  private atomic(type: CType, at: number): CType {
    const { isConst, isVolatile, isAtomic } = qualifiersOf(type);
    const { kind } = strip(type);
    if (kind === 'array' || kind === 'function') this.fail('_Atomic of an array or a function', at);
    return isConst || isVolatile || isAtomic
      ? this.fail('_Atomic of a qualified type', at)
      : { ...type, isAtomic: true };
  }

  /** The words of an arithmetic type, of which the tree has the first: `unsigned const long`. */
  private arithmetic(at: number): CType | undefined {
    const words: string[] = [];
    let width: number | UnknownValue | undefined;
    for (; ; at++) {
      const word = this.wordAt(at);
      const counts = word === undefined ? undefined : ARITHMETIC.get(word);
      if (counts !== undefined) words.push(counts);
      else if (this.behindAttributes(at) > at) at = this.behindAttributes(at) - 1;
      else if (word === undefined || !(STORAGE.has(word) || QUALIFIERS.has(word))) break;
      if (counts === '_BitInt' && this.punctAt(at + 1) === Punct.LeftParen) {
        const close = this.brackets.closeOf(at + 1);
        width = this.alignArgument(at + 2, close);
        at = close;
      }
    }
    if (width === undefined) return arithmeticType(words);
    const { hasBitInt } = this.scope.globals.dialect;
    return hasBitInt ? bitIntType(words, width) : unknownType('the compiler has no _BitInt');
  }

  private namedType(name: string, at: number): CType {
    const found = this.scope.lookup(name);
    if (found && this.isBehind(found, at)) return unknownType(`${name} is declared only behind`);
    if (found?.kind === 'typedef')
      return { kind: 'typedef', name, to: found.type, align: found.typeAlign, doubt: found.doubt };
    return unknownType(found ? `${name} is no type` : `${name} is not declared`);
  }

  /** `typeof (…)` or `_Atomic (…)`, which the tree has as an enum with a value that measures the operand. */
  private typeofType(node: Node): CType {
    const operand = this.operand(node);
    if (operand === undefined || this.tree.hasError(node)) this.fail('a type is missing', this.tree.first(node));
    const named = this.namedIn(operand);
    return named !== undefined
      ? this.typeName(named, this.tree.first(node) + 2)
      : this.valueType(this.measured(this.expression(operand)));
  }

  /** @throws ParseError for a bit-field, which has no type that could be named. */
  private valueType(expression: Expression): CType {
    const { globals } = this.scope;
    const behind = this.whyBehind(expression);
    if (behind) return unknownType(behind.unknown);
    if (expression.kind === 'member' && isBitField(expression, globals))
      this.fail('typeof of a bit-field', expression.first);
    return typeOf(expression, globals);
  }

  /** The tokens from keyword to tag, or to brace with the attributes behind it: those in it are not the declaration's. */
  private definitionOf(node: Node): TakenOut {
    const hasBody = this.children(node).some((child) => [Kind.Members, Kind.Enumerators].includes(this.kind(child)));
    const { first, end } = this.range(node);
    return { first, end: hasBody ? this.attributesAt(end, noAttributes()) : end };
  }

  /**
   * One declaration, up to its `;`, or a function's definition; defines its names in scope.
   *
   * @param from The token behind what precedes it.
   */
  protected declaration(node: Node, from: number): Declaration[] {
    const parts = this.children(node);
    const word = this.wordOf(node) ?? '';
    if (STATIC_ASSERT.has(word)) {
      this.staticAssert(node, parts);
      return [];
    }
    const at = this.declaratorsAt(parts);
    const storage = this.kind(node) === Kind.TypeDefinition ? parts.slice(1) : parts;
    const shift = parts.length - storage.length;
    if (at < 0) {
      this.specifiers(this.withoutEnd(storage), from, this.tree.end(node));
      return this.whole(node, []);
    }
    const specifiers = this.specifiers(storage.slice(0, at - shift), from, this.tree.first(parts[at]));
    const isTypedef = this.kind(node) === Kind.TypeDefinition || specifiers.storage.has('typedef');
    const found: Declaration[] = [];
    for (let index = at; index < parts.length; index++) {
      const part = parts[index];
      // What stands in front of an error is declared all the same.
      if (this.tree.hasError(part)) break;
      if (!isDeclarator(this.kind(part))) continue;
      const behind = parts[index + 1];
      const end = behind === undefined ? this.tree.end(node) : this.tree.first(behind);
      found.push(
        this.declared(part, specifiers, isTypedef, end, index > at ? this.tree.end(parts[index - 1]) : undefined),
      );
    }
    const last = parts[parts.length - 1];
    if (this.kind(node) === Kind.FunctionDefinition && found.length === 1 && this.kind(last) === Kind.Block)
      found[0] = { ...found[0], body: this.functionBody(last, found[0].parameters ?? []) };
    else if (this.tree.isMade(last) && found[found.length - 1]?.kind !== 'function')
      this.fail('the ; of a declaration is missing', this.tree.first(last));
    return this.whole(node, found);
  }

  /** @throws ParseError where the declaration holds an error. */
  private whole(node: Node, found: Declaration[]): Declaration[] {
    if (this.tree.hasError(node)) this.fail('the ; of a declaration is missing', this.errorIn(node));
    return found;
  }

  private withoutEnd(parts: readonly Node[]): Node[] {
    return parts.filter((part) => this.punctOf(part) !== Punct.Semicolon || this.kind(part) !== Kind.Token);
  }

  /** Where the first error of a node stands. */
  private errorIn(node: Node): number {
    for (let at = node; at < this.tree.next(node); at++)
      if (this.tree.hasError(at) && this.children(at).every((child) => !this.tree.hasError(child)))
        return this.tree.first(at);
    return this.tree.first(node);
  }

  /** @param from Where attributes in front of a further declarator may start. */
  private declared(
    part: Node,
    specifiers: Specifiers,
    isTypedef: boolean,
    end: number,
    from: number | undefined,
  ): Declaration {
    const isInitialized = this.kind(part) === Kind.InitDeclarator;
    const [node, , value] = isInitialized ? this.children(part) : [part];
    if (specifiers.ofType && this.kind(node) !== Kind.Name)
      this.fail('[[…]] behind a type is not worked out', this.tree.first(node));
    const declarator = this.declarator(node, specifiers.type);
    const { name, nameToken } = declarator;
    if (name === undefined) this.fail('the name of a declaration is missing', this.tree.first(part));
    const attributes = noAttributes();
    mergeAttributes(attributes, specifiers.attributes);
    mergeAttributes(attributes, this.attributesOf(node, value === undefined ? end : this.tree.first(value), from));
    if (isTypedef ? attributes.alignas.length > 0 : attributes.alignas.length > specifiers.attributes.alignas.length)
      this.fail('_Alignas can not stand there', nameToken);
    const type = applyMode(declarator.type, attributes);
    const isFunction = strip(type).kind === 'function';
    const typeAlign = isTypedef ? attributes.aligns[attributes.aligns.length - 1] : undefined;
    if (isUnknownValue(typeAlign)) return this.fail(`the alignment of ${name} is unknown`, nameToken);
    const base: Declaration = {
      kind: isTypedef ? 'typedef' : isFunction ? 'function' : 'variable',
      name,
      type,
      nameToken,
      place: this.placeOf(nameToken, nameToken + 1),
      isStatic: specifiers.storage.has('static'),
      cleanup: attributes.cleanup,
      ...(!isTypedef && alignsOf(attributes)),
      ...(typeAlign !== undefined && { typeAlign }),
      ...(specifiers.storage.has('constexpr') && { isConstexpr: true }),
      doubt: this.doubt,
      isNoreturn: specifiers.storage.has('_Noreturn') || attributes.names.includes('noreturn'),
      isBuildError: isFunction && attributes.names.includes('error') ? true : undefined,
      parameters: isFunction ? declarator.parameters : undefined,
    };
    // `T *p = malloc(sizeof(*p))`: the name is in scope in its own initializer (C11 6.2.1p7).
    if (!specifiers.deduced || value === undefined) this.scope.define(base);
    return value === undefined ? base : this.initialized(base, value, specifiers.deduced);
  }

  private initialized(base: Declaration, value: Node, deduced: boolean): Declaration {
    const initializer: Initializer = this.initializer(value);
    let type = this.completed(base.type, initializer);
    if (initializer.kind !== 'list' && deduced) type = copiedType(initializer, this.scope.globals);
    const declaration = { ...base, initializer, type };
    this.scope.define(declaration);
    return declaration;
  }

  /** A type with the length that an initializer gives an array (C11 6.7.9p22). */
  protected completed(type: CType, initializer: Initializer): CType {
    const bare = strip(type);
    if (bare.kind !== 'array' || bare.length !== null) return type;
    if (this.doubt !== undefined) return { ...bare, length: { unknown: this.doubt } };
    const world = {
      typeOf: (expression: Expression) => typeOf(expression, this.scope.globals),
      constant: (expression: Expression) => this.constant(expression),
    };
    return { ...bare, length: initializedLength(bare.of, initializer, world) };
  }

  /** A static assert, which the tree has as an array whose length is the condition. */
  protected staticAssert(node: Node, parts: readonly Node[]): void {
    const array = parts.find((part) => this.kind(part) === Kind.Array);
    if (array === undefined || this.tree.hasError(node))
      this.fail('a static assert can not be read', this.tree.first(node));
    const [, open, condition] = this.children(array);
    if (condition === undefined || this.kind(condition) === Kind.Token)
      this.fail('the condition of a static assert is missing', this.tree.end(open));
    this.asserts.push({
      condition: this.expression(condition),
      first: this.tree.first(node),
      end: this.tree.end(array),
    });
  }
}

/** What an object or function is to be aligned to, where that is said. */
function alignsOf({ aligns, alignas }: Attributes): { aligns: readonly Alignment[] } | undefined {
  return aligns.length + alignas.length > 0 ? { aligns: [...aligns, ...alignas] } : undefined;
}

/** Stands for the type of `__auto_type` until its initializer is read. */
const DEDUCED: CType = { kind: 'unknown', reason: '__auto_type without an initializer' };
