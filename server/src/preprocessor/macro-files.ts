/** Which of the files that were read define a macro. */
import type { SourceFile } from './source';

export class MacroFiles {
  private byName = new Map<number, string[]>();
  /** How many files were read when it was last gathered. */
  private files = 0;

  /** @param sources Those that were read, by their paths; more may come. */
  constructor(private readonly sources: ReadonlyMap<string, SourceFile | undefined>) {}

  /** Their paths, by the macro's name id. */
  defining(id: number): readonly string[] {
    if (this.files !== this.sources.size) this.gather();
    return this.byName.get(id) ?? [];
  }

  private gather(): void {
    this.byName = new Map();
    this.files = this.sources.size;
    for (const file of this.sources.values())
      for (const { definition } of file?.steps ?? []) {
        if (!definition) continue;
        const known = this.byName.get(definition.id);
        if (!known) this.byName.set(definition.id, [definition.file.path]);
        else if (known[known.length - 1] !== definition.file.path) known.push(definition.file.path);
      }
  }
}
