/** Which files each file of a unit includes, also where a guard kept them from being read again. */

export class IncludedFiles {
  /** By path; sets are shared with the unit that this one goes on from until they grow. */
  private readonly all = new Map<string, ReadonlySet<string>>();
  private readonly own = new Map<string, Set<string>>();

  /** Takes over what another unit read, without what one of its files includes. */
  goOnFrom(before: IncludedFiles, without: string): void {
    for (const [path, files] of before.all) if (path !== without) this.all.set(path, files);
  }

  add(from: string, path: string): void {
    let files = this.own.get(from);
    if (!files) {
      this.own.set(from, (files = new Set(this.all.get(from))));
      this.all.set(from, files);
    }
    files.add(path);
  }

  of(path: string): ReadonlySet<string> | undefined {
    return this.all.get(path);
  }

  [Symbol.iterator](): MapIterator<[string, ReadonlySet<string>]> {
    return this.all.entries();
  }
}
