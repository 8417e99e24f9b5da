/** Tells when something changed that a run over a tree may read: sources, configuration, settings, packs. */
import fs from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../files/errno';

/** Milliseconds without a change before it is told: an editor writes in steps, and a branch changes many files. */
const QUIET = 60;

/** Names that a run reads; editors' own files beside them begin with a dot. */
const READ = /^(?:[^.].*\.(?:[ch]|ya?ml)|\.config|Makefile|Kbuild|Kconfig|overlint\.json|compile_commands\.json)$/;

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Why nothing can be watched; a whole sentence. */
export class NoWatch extends Error {}

export class TreeWatch {
  private readonly watchers = new Map<string, fs.FSWatcher>();
  private readonly changed = new Set<string>();
  private told: ((changed: readonly string[]) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  /**
   * Watches each folder by itself, which costs the system one watch a folder and not one a file.
   *
   * @param roots Absolute folders, with all below, and files.
   * @param alone Absolute folders without what is below.
   * @throws NoWatch where the system allows no more of it.
   */
  constructor(roots: readonly string[], alone: readonly string[] = []) {
    for (const root of roots) {
      if (fs.statSync(root).isDirectory()) this.addAll(root);
      else this.add(path.dirname(root));
    }
    for (const folder of alone) this.add(folder);
  }

  /** How many folders are watched. */
  get folders(): number {
    return this.watchers.size;
  }

  /** Resolves once something changed since the last time, or since the start, and then nothing for a moment: to what changed. */
  next(): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.told = resolve;
      if (this.changed.size > 0) this.wait();
    });
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private addAll(top: string): void {
    const waiting = [top];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      this.add(folder);
      for (const entry of entriesOf(folder))
        if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) waiting.push(path.join(folder, entry.name));
    }
  }

  private add(folder: string): void {
    if (this.watchers.has(folder)) return;
    try {
      const watcher = fs.watch(folder, (_event, name) => this.heard(folder, name));
      watcher.on('error', () => this.drop(folder));
      this.watchers.set(folder, watcher);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // It went away, or is not ours to read: then no run reads it either.
      if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return;
      const count = this.watchers.size;
      this.close();
      if (code === 'ENOSPC' || code === 'EMFILE')
        throw new NoWatch(`The system watches no more than ${count} folders: raise fs.inotify.max_user_watches.`);
      throw new NoWatch(`${folder} can't be watched: ${reasonOf(error)}.`);
    }
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }

  private heard(folder: string, name: string | null): void {
    const inside = name === null ? folder : path.join(folder, name);
    if (name === null || READ.test(name)) this.note(inside);
    if (name === null || READ.test(name) || SKIPPED_FOLDERS.has(name)) return;
    // A folder that came may have been filled before it was watched; one that went took its files along.
    const isFolder = fs.lstatSync(inside, { throwIfNoEntry: false })?.isDirectory() === true;
    if (isFolder !== this.watchers.has(inside)) this.note(inside);
    if (isFolder) this.addAll(inside);
    else this.dropAll(inside);
  }

  private dropAll(top: string): void {
    if (!this.watchers.has(top)) return;
    for (const folder of this.watchers.keys()) if (folder === top || folder.startsWith(`${top}/`)) this.drop(folder);
  }

  private note(file: string): void {
    this.changed.add(file);
    this.wait();
  }

  private wait(): void {
    if (!this.told) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { told } = this;
      const changed = [...this.changed].sort();
      this.changed.clear();
      this.told = undefined;
      told?.(changed);
    }, QUIET);
  }
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
