/** Which files a file reads, and what is wrong with them: what a record that it defines may rest on. */
import { isReadAlone } from '../preprocessor/doubts';
import { asksFor } from '../preprocessor/reading';
import type { PreprocessedTree } from '../preprocessor/tree';
import { FLAGS, PREDEFINED } from '../preprocessor/tree-context';
import type { Unit } from '../preprocessor/unit';
import { lineAt, lineStarts } from '../text/text';

/** Which files a file reads, itself and what is read before every file included. */
export class Closures {
  private readonly known = new Map<string, Set<string>>();
  /** What every file reads, so that it need not be kept for each. */
  private readonly always: ReadonlySet<string>;
  private readonly decided = new Map<string, boolean>();
  /** Files that change what all find defined, where others ask for it, and all that include them. */
  private changing: ReadonlySet<string> | undefined;
  private readonly rests = new Map<string, Set<string>>();
  private readonly lacks = new Map<string, Set<number>>();
  /** Path to what is wrong with a file: an include that is not there, a condition that can't be decided. */
  private readonly troubles = new Map<string, string>();

  constructor(
    private readonly unit: Unit,
    private readonly tree: PreprocessedTree,
  ) {
    const always = this.walk([...unit.forced, FLAGS, ...tree.assumed()]);
    this.always = new Set([PREDEFINED, unit.main.file.path, ...always]);
    // A source says in which order its headers are read; what only includes a header does not.
    const orders = isReadAlone(unit.main.file.path) ? unit.orders : [];
    for (const { path, start, message } of [...unit.problems, ...unit.guesses, ...orders]) {
      if (path === unit.main.file.path || this.troubles.has(path)) continue;
      const text = unit.readings.find(({ file }) => file.path === path)?.file.text ?? '';
      const line = lineAt(lineStarts(text), start) + 1;
      this.troubles.set(path, `${tree.nameOf(path)}:${line}: ${message}`);
    }
    for (const { file, rests, lacks } of unit.readings) {
      const all = this.rests.get(file.path) ?? new Set();
      for (const other of rests) all.add(other);
      this.rests.set(file.path, all);
      if (lacks.size === 0 || /\/include\/(?:asm-generic|linux|net|uapi)\//.test(file.path)) continue;
      const none = this.lacks.get(file.path) ?? new Set();
      for (const id of lacks) none.add(id);
      this.lacks.set(file.path, none);
    }
  }

  has(path: string, other: string): boolean {
    return this.always.has(other) || path === other || this.of(path).has(other);
  }

  /**
   * Why what a file defines can't be trusted, if it can't: it, or a file that it reads, includes what is not there or
   * rests on a condition that can't be decided, and any macro may be another for it.
   */
  trouble(path: string): string | undefined {
    for (const [other, message] of this.troubles) if (this.has(path, other)) return message;
    return this.tree.doubtOfFlags(path);
  }

  /** As `trouble`, of these files alone and not of those that they read. */
  troubleWithin(paths: Iterable<string>): string | undefined {
    for (const path of paths) if (this.troubles.has(path)) return this.troubles.get(path);
    return undefined;
  }

  /**
   * Whether a file, or one that it reads, changes a macro that every file finds defined and that another one asks for;
   * what all files read may do so.
   */
  changesPrelude(path: string): boolean {
    this.changing ??= new Set(
      [...this.unit.preludeChangers]
        .filter(([other, ids]) => !this.always.has(other) && this.isAskedElsewhere(other, ids))
        .flatMap(([other]) => [other, ...this.includers(other)]),
    );
    return this.changing.has(path);
  }

  private isAskedElsewhere(path: string, ids: ReadonlySet<number>): boolean {
    return this.unit.readings.some((reading) => reading.file.path !== path && asksFor(reading, ids));
  }

  private of(path: string): Set<string> {
    let files = this.known.get(path);
    if (!files) this.known.set(path, (files = this.walk([path], this.always)));
    return files;
  }

  /** Whether the conditions in a file rest on macros of files that it reads itself. */
  restsWithin(path: string): boolean {
    let answer = this.decided.get(path);
    if (answer === undefined) {
      answer = [...(this.rests.get(path) ?? [])].every((other) => this.has(path, other));
      this.decided.set(path, answer);
    }
    return answer;
  }

  /** Whether a file, had another one come before it, might find a macro defined that it found not defined. */
  lacksWithin(path: string): boolean {
    for (const id of this.lacks.get(path) ?? [])
      if (this.unit.definitions(id).some(({ file }) => !this.has(path, file.path))) return true;
    return false;
  }

  /** Headers that include a file, directly or through others; the nearest first. */
  includers(path: string): string[] {
    const found = new Set<string>([path]);
    for (const next of found) for (const from of this.includedBy().get(next) ?? []) found.add(from);
    found.delete(path);
    return [...found];
  }

  private reversed: Map<string, string[]> | undefined;

  private includedBy(): Map<string, string[]> {
    if (!this.reversed) {
      this.reversed = new Map();
      for (const [from, files] of this.unit.includes) {
        if (from === this.unit.main.file.path) continue;
        for (const file of files) {
          const known = this.reversed.get(file);
          if (known) known.push(from);
          else this.reversed.set(file, [from]);
        }
      }
    }
    return this.reversed;
  }

  private walk(paths: readonly string[], without: ReadonlySet<string> = new Set()): Set<string> {
    const files = new Set<string>(paths);
    const queue = [...paths];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const other of this.unit.includes.of(next) ?? []) {
        if (files.has(other) || without.has(other)) continue;
        files.add(other);
        queue.push(other);
      }
    }
    return files;
  }
}
