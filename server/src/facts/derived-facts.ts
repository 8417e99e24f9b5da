/** What headers say, for one file: what was worked out for the whole tree, and what the file's other headers say. */
import type { UnitGlobals } from '../parser/globals';
import type { SourceFile } from '../preprocessor/source';
import { maskingOf, tagsOf } from './derive-tags';
import { type Derived, type DerivedTag, NOTHING_DERIVED } from './derived';
import type { MaskingAccessor } from './mask-scan';

const scanned = new WeakMap<SourceFile, readonly MaskingAccessor[]>();

export class DerivedFacts {
  private readonly tags = new WeakMap<object, readonly DerivedTag[]>();

  /** @param tree What the headers say that any file may include; undefined where that was not worked out. */
  constructor(readonly tree: Derived = NOTHING_DERIVED) {}

  /** The tagged words that a file's headers tell of, and those of headers that it may include. */
  tagsFor(globals: UnitGlobals): readonly DerivedTag[] {
    let found = this.tags.get(globals.lineage);
    if (!found) this.tags.set(globals.lineage, (found = [...this.tree.tags, ...this.localTags(globals)]));
    return found;
  }

  private localTags(globals: UnitGlobals): DerivedTag[] {
    const asked = new Map<string, readonly MaskingAccessor[]>();
    for (const file of globals.files) {
      if (file === globals.unit.main.file || this.tree.folders.some((folder) => file.path.startsWith(folder))) continue;
      let masking = scanned.get(file);
      if (!masking) scanned.set(file, (masking = maskingOf(file)));
      if (masking.length > 0) asked.set(file.path, masking);
    }
    return asked.size > 0 ? tagsOf(globals, asked) : [];
  }
}
