/**
 * What each file of a tree is compiled with beyond what all are: from compile_commands.json where it names the file, else
 * from its Kbuild file.
 */
import { type CompileFlags, type FlagSet, macrosText } from '../kbuild/flags';
import { type KbuildSettings, KbuildTree } from '../kbuild/kbuild-tree';
import { folderOf } from './includes';

export class TreeFlags {
  private kbuild: KbuildTree;
  /** The Kbuild files of the module that is built out of the tree. */
  private ofModule: KbuildTree | undefined;
  /** Files that the Kbuild files were looked for in. */
  private readonly read = new Set<string>();
  private readonly settings: KbuildSettings;

  constructor(
    settings: KbuildSettings,
    private readonly compile: CompileFlags | undefined,
  ) {
    const { reader } = settings;
    const read = (path: string): string | undefined => {
      this.read.add(path);
      return reader.read(path);
    };
    this.settings = { ...settings, reader: { ...reader, read } };
    this.kbuild = this.treeOfKernel();
    this.ofModule = this.treeOfModule();
  }

  /** Further folders for a file, or for those of a folder, whose path ends in a slash. */
  foldersFor(from: string): readonly string[] {
    if (from.endsWith('/')) return this.kbuildFor(from).ofFolder(from.slice(0, -1)).folders;
    return this.of(from).folders;
  }

  /** The text of what stands before the first line of a file; empty for most. */
  textFor(path: string): string {
    return this.macrosFor(path) + macrosText(this.of(path).names ?? []);
  }

  /** As `textFor`, without what the build gives each file for itself. */
  macrosFor(path: string): string {
    const { macros, forced } = this.of(path);
    const headers = forced.filter((header) => this.settings.reader.exists(header));
    return macrosText(macros) + headers.map((header) => `#include "${header}"\n`).join('');
  }

  /** Why a file may be compiled with flags that are not known; undefined where all are. */
  doubtOf(path: string): string | undefined {
    return this.of(path).doubt;
  }

  /** Whether a source is a part of the kernel's image or of a module, in this configuration. */
  isBuilt(path: string): boolean {
    return this.kbuildFor(path).file(path)?.built !== undefined;
  }

  /** A file changed on disk. */
  forget(path: string): void {
    if (!this.read.has(path)) return;
    this.kbuild = this.treeOfKernel();
    this.ofModule = this.treeOfModule();
  }

  private of(path: string): FlagSet {
    const set = this.compile?.of[path];
    if (set !== undefined) return this.compile?.sets[set] as FlagSet;
    const kbuild = this.kbuildFor(path);
    return kbuild.file(path) ?? kbuild.ofFolder(folderOf(path));
  }

  private kbuildFor(path: string): KbuildTree {
    return this.ofModule && path.startsWith(`${this.settings.module}/`) ? this.ofModule : this.kbuild;
  }

  private treeOfKernel(): KbuildTree {
    return new KbuildTree({ ...this.settings, module: undefined });
  }

  private treeOfModule(): KbuildTree | undefined {
    return this.settings.module === undefined ? undefined : new KbuildTree(this.settings);
  }
}
