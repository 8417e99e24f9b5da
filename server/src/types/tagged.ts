/** Records and enums by their tags: one object for a tag in a unit, whose definition is looked for on first use. */
import type { EnumDeclaration, Member, RecordDeclaration } from './model';

/** A record by its tag, whose definition is looked for when someone asks. */
export class TaggedRecord implements RecordDeclaration {
  definition: RecordDeclaration | undefined;
  private searched = false;

  constructor(
    readonly kind: 'struct' | 'union',
    readonly tag: string,
    private readonly search: (tag: string) => void,
  ) {}

  private get found(): RecordDeclaration | undefined {
    if (!this.definition && !this.searched) {
      this.searched = true;
      try {
        this.search(this.tag);
      } catch (error) {
        // A search that is broken off begins again.
        this.searched = false;
        throw error;
      }
    }
    return this.definition;
  }

  /** Itself, with its definition forgotten where that stands in a place that is gone, and to be looked for again. */
  keptUnless(isGone: (place: RecordDeclaration['place']) => boolean): this {
    if (!this.definition || isGone(this.definition.place)) {
      this.definition = undefined;
      this.searched = false;
    }
    return this;
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
    return this.found?.unknown;
  }
  get attributes(): readonly string[] | undefined {
    return this.found?.attributes;
  }
}

/** An enum by its tag, likewise. */
export class TaggedEnum implements EnumDeclaration {
  definition: EnumDeclaration | undefined;
  private searched = false;

  constructor(
    readonly tag: string,
    private readonly search: (tag: string) => void,
  ) {}

  private get found(): EnumDeclaration | undefined {
    if (!this.definition && !this.searched) {
      this.searched = true;
      try {
        this.search(this.tag);
      } catch (error) {
        // A search that is broken off begins again.
        this.searched = false;
        throw error;
      }
    }
    return this.definition;
  }

  /** As for a record. */
  keptUnless(isGone: (place: EnumDeclaration['place']) => boolean): this {
    if (!this.definition || isGone(this.definition.place)) {
      this.definition = undefined;
      this.searched = false;
    }
    return this;
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
}
