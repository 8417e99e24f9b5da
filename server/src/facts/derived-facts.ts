/** What headers say, for one file: what was worked out for the whole tree, and what the file's other headers say. */
import type { UnitGlobals } from '../parser/globals';
import { macroNumber } from '../parser/macro-body';
import type { SourceFile } from '../preprocessor/source';
import { nameId } from '../text/names';
import { accessedIn, unspoken } from './accessor-scan';
import { commentTags, withoutKnown } from './comment-tags';
import { maskingOf, tagsOf, tagsOfSource } from './derive-tags';
import {
  areWordsAsked,
  type Derived,
  type DerivedPacked,
  type DerivedReserved,
  type DerivedTag,
  NOTHING_DERIVED,
} from './derived';
import type { MaskingAccessor } from './mask-scan';
import { PackedNumbers } from './packed-numbers';
import type { ReservedMember } from './reserved-member';
import { reservedIn } from './reserved-members';
import type { SourcesBeside } from './sources-beside';

const NONE: readonly DerivedTag[] = [];

const reservedOf = new WeakMap<SourceFile, readonly ReservedMember[]>();
const scanned = new WeakMap<SourceFile, readonly MaskingAccessor[]>();
const commented = new WeakMap<SourceFile, readonly DerivedTag[]>();

export class DerivedFacts {
  private readonly tags = new WeakMap<object, readonly DerivedTag[]>();
  private readonly reserved = new WeakMap<object, readonly DerivedReserved[]>();
  private readonly packed = new WeakMap<object, readonly DerivedPacked[]>();

  /** @param tree What the headers say that any file may include; undefined where that was not worked out. */
  constructor(
    readonly tree: Derived = NOTHING_DERIVED,
    /** Whether a file names what headers beside it speak of. */
    readonly isLocal: (path: string, text: string) => boolean = () => true,
    /** Whether members count whose accessors do more than name them. */
    private readonly isThorough = true,
    /** Whether a pack takes a fact back. */
    private readonly isTakenBack: (one: DerivedTag | DerivedReserved | DerivedPacked) => boolean = () => false,
    /** What other sources of a file's folder say. */
    private readonly beside?: SourcesBeside,
  ) {}

  /** The tagged words that a file's headers tell of, and those of headers that it may include. */
  tagsFor(globals: UnitGlobals): readonly DerivedTag[] {
    let found = this.tags.get(globals.lineage);
    if (!found) {
      const all = [...this.tree.tags, ...this.localTags(globals)];
      this.tags.set(globals.lineage, (found = all.filter((one) => !this.isTakenBack(one))));
    }
    const own = this.ownTags(globals);
    return own.length > 0 ? [...found, ...withoutKnown(own, found)] : found;
  }

  /** The members that a file's headers ask to leave to others. */
  reservedFor(globals: UnitGlobals): readonly DerivedReserved[] {
    let found = this.reserved.get(globals.lineage);
    if (!found) {
      const paths = new Set(globals.files.map(({ path }) => path));
      const local = [...this.localHeaders(globals)].flatMap((file) => {
        const reserved = oncePer(reservedOf, file, ({ text }) => {
          const spoken = reservedIn(text);
          return [...spoken, ...(this.isThorough ? unspoken(accessedIn(text), spoken) : [])];
        });
        return reserved.map((member) => ({ ...member, path: file.path, isBeside: true }));
      });
      const all = [...this.tree.reserved.filter(({ path }) => paths.has(path)), ...local];
      found = all.filter((one) => !this.isTakenBack(one));
      this.reserved.set(globals.lineage, found);
    }
    return found;
  }

  /** The members of a file's headers that hold several numbers, and those of headers that it may include. */
  packedFor(globals: UnitGlobals): readonly DerivedPacked[] {
    let found = this.packed.get(globals.lineage);
    if (!found) {
      const local = new PackedNumbers();
      for (const { path, text } of this.localHeaders(globals)) local.add(path, text);
      const defined = (name: string): bigint | undefined => {
        const [macro] = globals.unit.definitions(nameId(name));
        return macro && macroNumber(globals, macro);
      };
      const all = [...(this.tree.packed ?? []), ...local.facts(defined)];
      found = all.filter((one) => !this.isTakenBack(one));
      this.packed.set(globals.lineage, found);
    }
    return found;
  }

  private *localHeaders(globals: UnitGlobals): Iterable<SourceFile> {
    for (const file of globals.files)
      if (file !== globals.unit.main.file && !this.tree.folders.some((folder) => file.path.startsWith(folder)))
        yield file;
  }

  /** The words that functions of the source itself take apart, and those of which other sources of its folder tell. */
  private ownTags(globals: UnitGlobals): readonly DerivedTag[] {
    const { file } = globals.unit.main;
    if (!file.path.endsWith('.c') || !areWordsAsked(this.tree)) return NONE;
    const own = oncePer(this.owned, file, () => tagsOfSource(globals, file.path, oncePer(scanned, file, maskingOf)));
    const others = this.beside?.tagsFor(globals) ?? NONE;
    if (own.length === 0 && others.length === 0) return NONE;
    return [...own, ...withoutKnown(others, own)].filter((one) => !this.isTakenBack(one));
  }

  private readonly owned = new WeakMap<SourceFile, readonly DerivedTag[]>();

  private localTags(globals: UnitGlobals): DerivedTag[] {
    const asked = new Map<string, readonly MaskingAccessor[]>();
    const said: DerivedTag[] = [];
    for (const file of this.localHeaders(globals)) {
      const masking = oncePer(scanned, file, maskingOf);
      if (masking.length > 0) asked.set(file.path, masking);
      said.push(...oncePer(commented, file, ({ path, text }) => commentTags(path, text)));
    }
    const masked = asked.size > 0 ? tagsOf(globals, asked) : [];
    return [...masked, ...withoutKnown(said, masked)];
  }
}

/** What is worked out of a file by its text alone, once. */
function oncePer<T>(known: WeakMap<SourceFile, T>, file: SourceFile, work: (file: SourceFile) => T): T {
  let found = known.get(file);
  if (found === undefined) known.set(file, (found = work(file)));
  return found;
}
