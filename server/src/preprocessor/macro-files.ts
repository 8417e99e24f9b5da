/** Which of the files that were read define a macro. */
import type { SourceFile } from './source';

export class MacroFiles {
  private byName = new Map<number, string[]>();
  /** How many files were read when it was last gathered. */
  private files = 0;
  /** Whether one of them was changed or left since. */
  private isStale = false;

  /** @param sources Those that were read, by their paths; more may come. */
  constructor(private readonly sources: ReadonlyMap<string, SourceFile | undefined>) {}

  /** Their paths, by the macro's name id. */
  defining(id: number): readonly string[] {
    if (this.files !== this.sources.size) this.gather();
    return this.byName.get(id) ?? [];
  }

  /** A file that was read is another now, or none. */
  change(): void {
    this.isStale = true;
  }

  private gather(): void {
    // Those that are new stand behind the others.
    let known = this.isStale ? 0 : this.files;
    if (this.isStale) this.byName = new Map();
    this.isStale = false;
    this.files = this.sources.size;
    for (const file of this.sources.values()) if (--known < 0 && file) this.take(file);
  }

  private take({ path, steps }: SourceFile): void {
    for (const { definition } of steps) {
      if (!definition) continue;
      const known = this.byName.get(definition.id);
      if (!known) this.byName.set(definition.id, [path]);
      else if (known[known.length - 1] !== path) known.push(path);
    }
  }
}
