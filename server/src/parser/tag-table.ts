/** The records and enums of a unit by their tags: made when they are first mentioned, defined when that is read. */
import type { EnumDeclaration, RecordDeclaration } from '../types/model';
import { compareKinds, TaggedEnum, TaggedRecord } from '../types/tagged';

/** Reads what may define a tag, until that is found; be it all that may. */
type SearchTag = (tag: string, isFound: () => boolean, all: boolean) => void;

export class TagTable {
  private readonly records = new Map<string, TaggedRecord>();
  private readonly enums = new Map<string, TaggedEnum>();

  constructor(private readonly search: SearchTag) {}

  /** Takes over what another unit's table has; what was defined in a place that is gone is looked for again. */
  adopt(like: TagTable, isGone: (place: RecordDeclaration['place']) => boolean): void {
    for (const [key, record] of like.records) this.records.set(key, record.keptUnless(isGone));
    for (const [key, enumeration] of like.enums) this.enums.set(key, enumeration.keptUnless(isGone));
  }

  record(kind: 'struct' | 'union', tag: string): TaggedRecord {
    const key = `${kind} ${tag}`;
    let record = this.records.get(key);
    if (!record) {
      record = new TaggedRecord(kind, tag, (wanted, all) =>
        this.search(wanted, () => !all && record?.definition !== undefined, all),
      );
      this.records.set(key, record);
    }
    return record;
  }

  enumeration(tag: string): TaggedEnum {
    let enumeration = this.enums.get(tag);
    if (!enumeration) {
      enumeration = new TaggedEnum(tag, (wanted, all) =>
        this.search(wanted, () => !all && enumeration?.definition?.enumerators !== undefined, all),
      );
      this.enums.set(tag, enumeration);
    }
    return enumeration;
  }

  /** Gives the definition where it is the first. */
  defineRecord(tag: string, definition: RecordDeclaration): RecordDeclaration | undefined {
    const taken = this.record(definition.kind, tag).define(definition);
    if (definition.members) compareKinds(definition.kind, tag, this.records, this.enums);
    return taken;
  }

  defineEnumeration(tag: string, definition: EnumDeclaration): void {
    this.enumeration(tag).define(definition);
    compareKinds('enum', tag, this.records, this.enums);
  }

  /** Every record that was defined. */
  get defined(): RecordDeclaration[] {
    return [...this.records.values()].filter((record) => record.definition !== undefined);
  }
}
