/** Reads enums of a tree (C11 6.7.2.2; gcc's attributes). */
import { Punct } from '../text/tokens';
import type { Declaration } from '../types/ast';
import { type CType, type EnumDeclaration, type Enumerator, INT, isUnknownValue, unknownType } from '../types/model';
import { type Globals, noAttributes, Scope } from '../types/scope';
import { Kind } from './kinds';
import { RecordReader } from './records';
import type { Node } from './syntax-tree';

export abstract class EnumReader extends RecordReader {
  protected enumeration(node: Node): CType {
    const first = this.tree.first(node);
    const body = this.tree.childOf(node, Kind.Enumerators);
    const name = this.tree.childOf(node, Kind.Name);
    const tag = name < 0 ? undefined : this.wordOf(name);
    const fixed = this.fixedType(first, body < 0 ? this.tree.end(node) : this.tree.first(body));
    if (body < 0) {
      if (tag === undefined) this.fail('the tag of an enum is missing', this.tree.end(node));
      const refused = this.whyMixed(tag);
      if (refused !== undefined) return unknownType(refused);
      if (fixed)
        this.scope.defineEnumeration(tag, { tag, place: undefined, packed: false, enumerators: undefined, fixed });
      this.mentioned(first, this.tree.end(node), (own) =>
        this.scope.defineEnumeration(tag, { ...own, tag, enumerators: undefined }),
      );
      return { kind: 'enum', enumeration: this.scope.enumeration(tag) };
    }
    if (this.tree.hasError(body)) this.fail('the } of an enum is missing', this.tree.end(body));
    const attributes = noAttributes();
    this.attributesIn(first, this.tree.first(body), attributes);
    const enumerators: Enumerator[] = [];
    const end = this.tree.end(body);
    const place = this.writtenPlaceOf(first, end);
    let definition: EnumDeclaration = { tag, place, packed: false, enumerators, ...(fixed && { fixed }) };
    const type: CType = { kind: 'enum', enumeration: definition };
    this.enumerators(this.children(body), enumerators, type, fixed !== undefined);
    if (enumerators.length === 0 && this.doubt === undefined) this.fail('an enum is empty', first);
    this.attributesAt(end, attributes);
    const { packed, mode, aligns } = attributes;
    const ofNone = enumerators.length === 0 ? this.doubt : undefined;
    const unknown = ofNone ?? (tag === undefined ? undefined : this.whyMixed(tag));
    const whyRefused = this.scope.outer ? undefined : refusalOf(enumerators, this.scope.globals);
    definition = { ...definition, packed, mode, unknown, whyRefused, ...(aligns.length > 0 && { aligns }) };
    if (tag !== undefined) definition = this.scope.defineEnumeration(tag, definition);
    return { kind: 'enum', enumeration: definition };
  }

  /** The type behind the colon of an enum, which was taken out of tokens from `first` on. */
  private fixedType(first: number, end: number): CType | undefined {
    const found = this.tree.rendering.takenOut.find(
      (one) => one.first >= first && one.first <= end && this.punctAt(one.first) === Punct.Colon,
    );
    if (!found) return undefined;
    const tree = this.treeOf(found.first + 1, found.end, 'operand');
    return this.within(tree, () => {
      const operand = this.operand(0);
      const named = operand === undefined || tree.hasError(0) ? undefined : this.namedIn(operand);
      return named === undefined
        ? this.fail('the type of an enum is missing', found.first)
        : this.typeName(named, found.first + 1);
    });
  }

  /**
   * Reads and defines enumerators. One that fits an int is one; another has within the enum the type of its value, and behind
   * it the enum's (gcc, build_enumerator and finish_enum); with a fixed type all have the enum's.
   */
  private enumerators(nodes: readonly Node[], into: Enumerator[], type: CType, isFixed: boolean): void {
    const { scope } = this;
    const wide: Declaration[] = [];
    const names = new Set<string>();
    let next: Enumerator['value'] = 0n;
    let interim: CType = type;
    try {
      for (const child of nodes) {
        if (this.kind(child) !== Kind.Enumerator) continue;
        const [spelled, , given] = this.children(child);
        const token = this.tree.first(spelled);
        const name = this.wordAt(token) ?? this.fail('the name of an enumerator is missing', token);
        const known = given === undefined ? undefined : this.constantValue(this.expression(given));
        if (known) next = isUnknownValue(known) ? known : known.value;
        const value: Enumerator['value'] = this.doubt === undefined ? next : { unknown: this.doubt };
        const place = this.placeOf(token, token + 1);
        into.push({ name, value: names.has(name) ? { unknown: `${name} is declared twice` } : value, place });
        names.add(name);
        const isInt = isUnknownValue(value) || (value <= 0x7fffffffn && value >= -0x80000000n);
        const declared = { kind: 'enumerator', name, nameToken: token, place, isStatic: false, value } as const;
        if (isInt || isFixed) scope.define({ ...declared, type: isFixed ? type : INT });
        else {
          if (known && !isUnknownValue(known)) interim = known.type;
          if (this.scope === scope) this.scope = new Scope(scope, scope.globals);
          this.scope.define({ ...declared, type: interim });
          wide.push({ ...declared, type });
        }
        next = isUnknownValue(value) ? value : value + 1n;
      }
    } finally {
      this.scope = scope;
    }
    for (const declaration of wide) scope.define(declaration);
  }
}

/** What says, once it is asked, that another declaration of their file has the name of one of these enumerators. */
function refusalOf(enumerators: readonly Enumerator[], { conflict }: Globals): EnumDeclaration['whyRefused'] {
  let known: { readonly why: string | undefined } | undefined;
  const search = (): string | undefined => {
    for (const { name, place } of enumerators) {
      const why = place && conflict?.(name, place.path);
      if (why !== undefined) return why;
    }
    return undefined;
  };
  return () => {
    known ??= { why: search() };
    return known.why;
  };
}
