/** Records and enums by their tags: one object for a tag in a unit, whose definition is looked for on first use. */
import type { EnumDeclaration, Member, RecordDeclaration } from './model';

/** Looks for what defines a tag, be it all that may. */
type Search = (tag: string, all: boolean) => void;

/** What a tag names, whose definition is looked for when someone asks. */
abstract class Tagged<Definition extends Pick<RecordDeclaration, 'place'>> {
  definition: Definition | undefined;
  private searched = false;
  /** Whether all was read that may define the tag. */
  private compared = false;
  private isDefinedTwice = false;

  constructor(
    readonly tag: string,
    private readonly search: Search,
  ) {}

  protected get found(): Definition | undefined {
    if (!this.definition) this.searchOnce('searched');
    return this.definition;
  }

  /** Whether several definitions are in the way of each other, once all that may define the tag was read. */
  protected get isAmbiguous(): boolean {
    if (this.found) this.searchOnce('compared');
    return this.isDefinedTwice;
  }

  /** A search that is broken off begins again. */
  private searchOnce(done: 'searched' | 'compared'): void {
    if (this[done]) return;
    this[done] = true;
    try {
      this.search(this.tag, done === 'compared');
    } catch (error) {
      this[done] = false;
      throw error;
    }
  }

  /** Another definition came: it refuses both where it stands in the file of the first. */
  protected compare(other: Definition): void {
    this.isDefinedTwice ||= isElsewhereInFile(other.place, this.definition?.place);
  }

  /** Another kind of tag, or another definition, has the name in the same scope. */
  refuse(): void {
    this.isDefinedTwice = true;
  }

  /** Itself, with its definition forgotten where that stands in a place that is gone, and to be looked for again. */
  keptUnless(isGone: (place: RecordDeclaration['place']) => boolean): this {
    if (!this.definition || isGone(this.definition.place)) {
      this.definition = undefined;
      this.searched = this.compared = this.isDefinedTwice = false;
    }
    return this;
  }
}

/** A record by its tag. */
export class TaggedRecord extends Tagged<RecordDeclaration> implements RecordDeclaration {
  /** What attributes said of it before its definition. */
  private mention: RecordDeclaration | undefined;

  constructor(
    readonly kind: 'struct' | 'union',
    tag: string,
    search: Search,
  ) {
    super(tag, search);
  }

  /** Takes in the first definition, which it gives, or what was said before there is one. */
  define(given: RecordDeclaration): RecordDeclaration | undefined {
    if (this.definition) {
      if (given.members !== undefined) this.compare(given);
      return undefined;
    }
    const { mention } = this;
    const { packed, aligns, unknown } = given;
    const whole = mention && {
      ...given,
      packed: packed || mention.packed,
      aligns: [...mention.aligns, ...aligns],
      unknown: unknown ?? mention.unknown,
    };
    if (given.members === undefined) this.mention = whole ?? given;
    else this.definition = whole ?? given;
    return this.definition;
  }

  get members(): readonly Member[] | undefined {
    return this.found?.members;
  }
  get place(): RecordDeclaration['place'] {
    return this.found?.place;
  }
  get packed(): boolean {
    return this.found?.packed ?? false;
  }
  get aligns(): RecordDeclaration['aligns'] {
    return this.found?.aligns ?? [];
  }
  get pack(): RecordDeclaration['pack'] {
    return this.found?.pack;
  }
  get unknown(): string | undefined {
    const { found, isAmbiguous } = this;
    return found?.unknown ?? (isAmbiguous ? `${this.kind} ${this.tag} is defined twice` : undefined);
  }
  get attributes(): readonly string[] | undefined {
    return this.found?.attributes;
  }
}

/**
 * Whether two definitions stand in one file, apart. Headers that exclude one another come together only where one of them
 * is looked at behind what every source reads; each says what its own record is.
 */
function isElsewhereInFile(a: RecordDeclaration['place'], b: RecordDeclaration['place']): boolean {
  return a?.path === b?.path && a?.start !== b?.start;
}

/** An enum by its tag. */
export class TaggedEnum extends Tagged<EnumDeclaration> implements EnumDeclaration {
  /** Takes in the first definition, or what was said before there is one. */
  define(given: EnumDeclaration): void {
    const known = this.definition;
    if (known?.enumerators) {
      if (given.enumerators !== undefined) this.compare(given);
      return;
    }
    const isPacked = given.packed || known?.packed === true;
    this.definition = known?.packed || known?.aligns ? { ...given, packed: isPacked, aligns: known.aligns } : given;
  }

  get place(): EnumDeclaration['place'] {
    return this.found?.place;
  }
  get packed(): boolean {
    return this.found?.packed ?? false;
  }
  get mode(): EnumDeclaration['mode'] {
    return this.found?.mode;
  }
  get fixed(): EnumDeclaration['fixed'] {
    return this.found?.fixed;
  }
  get aligns(): EnumDeclaration['aligns'] {
    return this.found?.aligns;
  }
  get enumerators(): EnumDeclaration['enumerators'] {
    return this.found?.enumerators;
  }
  get unknown(): string | undefined {
    const { found, isAmbiguous } = this;
    return found?.unknown ?? (isAmbiguous ? `enum ${this.tag} is defined twice` : undefined);
  }
  get whyRefused(): EnumDeclaration['whyRefused'] {
    return this.found?.whyRefused;
  }
}

/**
 * One tag is of one kind (C11 6.7.2.3p2).
 *
 * @param kind What was defined just now.
 * @param records By kind and tag.
 */
export function compareKinds(
  kind: 'struct' | 'union' | 'enum',
  tag: string,
  records: ReadonlyMap<string, TaggedRecord>,
  enums: ReadonlyMap<string, TaggedEnum>,
): void {
  const others: TaggedRecord[] = [];
  for (const other of ['struct', 'union'] as const) {
    const record = other === kind ? undefined : records.get(`${other} ${tag}`);
    if (record?.definition) others.push(record);
  }
  const enumeration = enums.get(tag);
  const isEnum = kind !== 'enum' && enumeration?.definition !== undefined;
  if (others.length === 0 && !isEnum) return;
  for (const record of others) record.refuse();
  if (kind !== 'enum') records.get(`${kind} ${tag}`)?.refuse();
  if (kind === 'enum' || isEnum) enumeration?.refuse();
}
