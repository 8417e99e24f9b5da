/** The files of a kernel tree as a git revision has them; what its build generates comes from the disk. */
import path from 'node:path';
import type { Disk } from '../files/disk';
import type { KernelSource } from '../project/configuration';
import type { Tree } from '../project/tree';
import { FILE_GROUPS, type FileGroup, FileGroups, stampedFiles, type TreeFiles } from '../project/tree-files';
import { contentsOf, type Entry, filesIn } from './git';

/** What a build makes and no commit holds. */
const GENERATED = /^(?:\.config$|include\/(?:generated|config)\/|arch\/\w+\/include\/generated\/)/;

/** Files that are read in one go with any of them. */
const IS_KCONFIG = /(?:^|\/)Kconfig[^/]*$/;

export class RevisionFiles implements TreeFiles, KernelSource {
  readonly groups: FileGroups;
  private readonly entries: ReadonlyMap<string, Entry>;
  private readonly texts = new Map<string, string>();
  private readonly listed = new Map<FileGroup, readonly string[]>();

  private folders: Map<string, string[]> | undefined;

  /**
   * @param id The commit.
   * @param like Files of the same commit, read for another target: what is known of it is taken from there.
   * @throws GitProblem where the commit can't be read.
   */
  constructor(
    private readonly tree: Tree,
    readonly id: string,
    private readonly disk: Disk,
    like?: RevisionFiles,
  ) {
    this.groups = new FileGroups(tree);
    const listed = (): Map<string, Entry> =>
      new Map(filesIn(tree.kernel, id).map((entry) => [`${tree.kernel}/${entry.path}`, entry]));
    this.entries = like?.entries ?? listed();
  }

  /** What stands for the content of each file that the commit has, by absolute path. */
  get objects(): ReadonlyMap<string, string> {
    return new Map([...this.entries].map(([file, { object }]) => [file, object]));
  }

  read(file: string): string | undefined {
    if (this.isOnDisk(file)) return this.disk.read(file);
    // Each question costs a process, and whoever reads one header reads many.
    if (!this.texts.has(file) && this.entries.has(file)) this.fetch(this.readWith(file));
    return this.texts.get(file);
  }

  private readWith(file: string): readonly string[] {
    if (IS_KCONFIG.test(file)) return [...this.entries.keys()].filter((each) => IS_KCONFIG.test(each));
    return this.groups.groupOf(file) === 'headers' ? this.list('headers') : [file];
  }

  names(folder: string): readonly string[] {
    if (!this.folders) {
      this.folders = new Map();
      const seen = new Set<string>();
      for (const file of this.entries.keys())
        for (let at = file; !seen.has(at) && at !== this.tree.kernel; at = path.posix.dirname(at)) {
          seen.add(at);
          const above = path.posix.dirname(at);
          const names = this.folders.get(above);
          if (names) names.push(path.posix.basename(at));
          else this.folders.set(above, [path.posix.basename(at)]);
        }
    }
    return this.folders.get(path.posix.normalize(`${folder}/.`).replace(/\/$/, '')) ?? [];
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
