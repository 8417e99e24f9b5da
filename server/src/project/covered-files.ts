/** The files of a tree with texts laid over them that count in place of what the disk holds: open documents. */
import type { SourceText } from '../text/text';
import type { Stage, TreeFiles } from './tree-files';

export class CoveredFiles implements TreeFiles {
  constructor(
    private readonly below: TreeFiles,
    private readonly cover: { atPath(path: string): SourceText | undefined },
  ) {}

  read(file: string): string | undefined {
    return this.cover.atPath(file)?.text ?? this.below.read(file);
  }

  exists(file: string): boolean {
    return this.cover.atPath(file) !== undefined || this.below.exists(file);
  }

  list(stage: Stage): readonly string[] {
    return this.below.list(stage);
  }

  listedText(file: string): string {
    return this.cover.atPath(file)?.text ?? this.below.listedText(file);
  }

  /** A word that was typed just now is found once it is saved. */
  holding(words: readonly string[], files: readonly string[]): readonly string[] {
    return this.below.holding(words, files);
  }
}
