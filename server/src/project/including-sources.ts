/** Finds the sources that include a header, at once or through other headers, by what the files' texts say. */
import path from 'node:path';

/** What one file includes; plain data. */
export interface FileIncludes {
  /** Absolute. */
  readonly path: string;
  /** As they are written. */
  readonly names: readonly string[];
  /** Of a source: whether this configuration builds it. */
  readonly isBuilt: boolean;
}

/** Files on the way from a header to its sources, at most. */
const MOST_FILES = 300;

/** The names that the `#include`s of a text spell out. */
export function includedNames(text: string): string[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm)].map(([, name]) => name);
}

/** Of each header (absolute path), sources that read it: those that are built first, then the nearest in the tree. */
export function sourcesIncluding(
  headers: readonly string[],
  files: readonly FileIncludes[],
): Map<string, readonly string[]> {
  const byName = new Map<string, { readonly name: string; readonly file: FileIncludes }[]>();
  for (const file of files)
    for (const written of file.names) {
      const name = written.replace(/^(?:\.{1,2}\/)+/, '');
      const base = path.posix.basename(name);
      const known = byName.get(base);
      if (known) known.push({ name, file });
      else byName.set(base, [{ name, file }]);
    }
  const sourcesOf = (header: string): string[] => {
    const reached = new Set<string>([header]);
    const sources: FileIncludes[] = [];
    for (const at of reached) {
      if (reached.size > MOST_FILES) break;
      for (const { name, file } of byName.get(path.posix.basename(at)) ?? []) {
        if (reached.has(file.path) || !`/${at}`.endsWith(`/${name}`)) continue;
        reached.add(file.path);
        if (file.path.endsWith('.c')) sources.push(file);
      }
    }
    const near = (file: FileIncludes): number => sharedFolders(file.path, header) + (file.isBuilt ? 1000 : 0);
    return sources.sort((a, b) => near(b) - near(a)).map((file) => file.path);
  };
  return new Map(headers.map((header) => [header, sourcesOf(header)]));
}

function sharedFolders(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  let count = 0;
  while (count < left.length - 1 && left[count] === right[count]) count++;
  return count;
}
