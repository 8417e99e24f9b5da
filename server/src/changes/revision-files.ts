/** The files of a kernel tree as a git revision has them; what its build generates comes from the disk. */

import type { Disk } from '../files/disk';
import type { Tree } from '../project/tree';
import { FILE_GROUPS, type FileGroup, FileGroups, stampedFiles, type TreeFiles } from '../project/tree-files';
import { contentsOf, type Entry, filesIn } from './git';

/** What a build makes and no commit holds. */
const GENERATED = /^(?:\.config$|include\/(?:generated|config)\/|arch\/\w+\/include\/generated\/)/;

export class RevisionFiles implements TreeFiles {
  readonly groups: FileGroups;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly texts = new Map<string, string>();
  private readonly listed = new Map<FileGroup, readonly string[]>();

  /** @throws GitProblem where the commit can't be read. */
  constructor(
    private readonly tree: Tree,
    commit: string,
    private readonly disk: Disk,
  ) {
    this.groups = new FileGroups(tree);
    this.entries = new Map(filesIn(tree.kernel, commit).map((entry) => [`${tree.kernel}/${entry.path}`, entry]));
  }

  /** What stands for the content of each file that the commit has, by absolute path. */
  get objects(): ReadonlyMap<string, string> {
    return new Map([...this.entries].map(([file, { object }]) => [file, object]));
  }

  read(file: string): string | undefined {
    if (this.isOnDisk(file)) return this.disk.read(file);
    // Each question costs a process, and whoever reads one header reads many.
    if (!this.texts.has(file) && this.entries.has(file))
      this.fetch(this.groups.groupOf(file) === 'headers' ? this.list('headers') : [file]);
    return this.texts.get(file);
  }

  exists(file: string): boolean {
    return this.isOnDisk(file) ? this.disk.exists(file) : this.entries.has(file);
  }

  list(group: FileGroup): readonly string[] {
    if (this.listed.size === 0) {
      const files = this.groups.sort([...this.entries.keys()].filter((file) => /\.[ch]$/.test(file)));
      for (const each of FILE_GROUPS) this.listed.set(each, []);
      for (const file of files) (this.listed.get(this.groups.groupOf(file)) as string[]).push(file);
      const { module } = this.tree;
      if (module !== undefined)
        this.listed.set(
          'module',
          stampedFiles([module])
            .map(({ file }) => file)
            .sort(),
        );
    }
    return this.listed.get(group)!;
  }

  listedText(file: string): string {
    return this.read(file) ?? '';
  }

  holding(words: readonly string[], files: readonly string[]): readonly string[] {
    this.fetch(files);
    const anyWord = new RegExp(`\\b(?:${words.join('|')})\\b`);
    return files.filter((file) => anyWord.test(this.read(file) ?? ''));
  }

  private isOnDisk(file: string): boolean {
    const { kernel } = this.tree;
    return !file.startsWith(`${kernel}/`) || GENERATED.test(file.slice(kernel.length + 1));
  }

  /** Reads files that were not read yet, all in one go. */
  private fetch(files: readonly string[]): void {
    const wanted = files.filter((file) => !this.texts.has(file) && this.entries.has(file));
    if (wanted.length === 0) return;
    const texts = contentsOf(
      this.tree.kernel,
      wanted.map((file) => this.entries.get(file)!.object),
    );
    wanted.forEach((file, index) => {
      this.texts.set(file, texts[index]);
    });
  }
}
