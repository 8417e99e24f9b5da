/**
 * Whether a name stands in a file or in anything that it includes, whatever conditions say: found without walking the
 * unit, which takes many times as long. Includes whose name a macro makes are left out.
 */
import { linesWith, normalPath } from '../text/text';
import { type IncludeName, type IncludeResolver, type IncludeSite, includeName } from './includes';
import type { Notes } from './notes';

/** What a header's text says of the question; kept as long as the header is the same. */
interface Reached {
  readonly includes: readonly (IncludeName & IncludeSite & { readonly isNext: boolean })[];
  /** By name: whether it stands in the text. */
  readonly names: Map<string, boolean>;
  readonly text: string;
}

interface ReachedFile {
  readonly path: string;
  readonly reached: Reached;
  /** What following its includes rests on (see Notes); undefined where they were not followed yet. */
  asked: readonly number[] | undefined;
}

/** What one main file reaches, widened as it is asked for. */
interface Closure {
  readonly path: string;
  readonly resolver: IncludeResolver | undefined;
  /** What is read before the main file. */
  readonly before: string;
  /** The includes of the main file. */
  readonly spelled: string;
  readonly seen: Set<string>;
  /** The main file first. */
  readonly files: ReachedFile[];
  /** What the files before the main one rest on. */
  readonly first: readonly number[];
}

/** A byte order mark may stand before the first. */
const DIRECTIVE = /^(?:\xef\xbb\xbf)?[ \t]*#[ \t]*include(_next)?\b(.*)$/;

export class Reach {
  private readonly known = new Map<string, Reached | undefined>();
  /** The last ones, by whether all includes were followed: both are asked about a file in turn. */
  private readonly last = new Map<boolean, Closure>();

  /**
   * @param load Gives the text of a file; undefined where it can't be read.
   * @param note Is told of every file that an answer rests on.
   */
  constructor(
    private readonly load: (path: string) => string | undefined,
    private readonly note: (path: string) => void,
    private readonly notes: Notes,
  ) {}

  /** The text of a file; undefined where it can't be read. */
  read(path: string): string | undefined {
    return this.reached(path)?.text;
  }

  /** The text of a file that was read here; undefined where there is none, null where it was not asked for. */
  textOf(path: string): string | undefined | null {
    return this.known.has(path) ? this.known.get(path)?.text : null;
  }

  /**
   * @param path The main file's, whose text is given.
   * @param prelude Paths of what is read before it.
   * @param resolver Undefined to look only at what is included by a path from the folder of who includes it.
   */
  mentions(name: string, path: string, text: string, prelude: readonly string[], resolver?: IncludeResolver): boolean {
    const closure = this.closureOf(path, text, prelude, resolver);
    for (let at = 0; at < closure.files.length; at++) {
      if (holds(closure.files[at].reached, name)) return true;
      this.expand(closure, at);
    }
    return false;
  }

  /** What a main file may include, whatever conditions say: paths, each found when it is asked for. */
  *filesOf(path: string, text: string, prelude: readonly string[], resolver: IncludeResolver): Generator<string> {
    const closure = this.closureOf(path, text, prelude, resolver);
    for (let at = 0; at < closure.files.length; at++) {
      if (at > 0) yield closure.files[at].path;
      this.expand(closure, at);
    }
  }

  /** A file changed. */
  forget(path: string): void {
    this.known.delete(path);
    this.last.clear();
  }

  /** What a main file reaches, as far as it was followed; the same for the next name, and the next text with the same includes. */
  private closureOf(
    path: string,
    text: string,
    prelude: readonly string[],
    resolver: IncludeResolver | undefined,
  ): Closure {
    const last = this.last.get(resolver !== undefined);
    const before = prelude.join('\n');
    const isLike = last?.path === path && last.resolver === resolver && last.before === before;
    const isSame = isLike && last.files[0].reached.text === text;
    const main = isSame ? last.files[0].reached : reachedFrom(text);
    const spelled = isSame ? last.spelled : main.includes.map(spellingOf).join('\n');
    if (isLike && last.spelled === spelled) {
      last.files[0] = { ...last.files[0], reached: main };
      this.notes.takeAll(last.first);
      return last;
    }
    const files: ReachedFile[] = [{ path, reached: main, asked: undefined }];
    const closure = { path, resolver, before, spelled, seen: new Set([path]), files };
    const { ids } = this.notes.during(() => {
      for (const other of prelude) this.enter(other, closure);
    });
    const made = { ...closure, first: ids };
    this.last.set(resolver !== undefined, made);
    return made;
  }

  /** Follows the includes of one file; what that rests on is noted each time. */
  private expand(closure: Closure, at: number): void {
    const { path, resolver } = closure;
    const file = closure.files[at];
    if (file.asked) {
      this.notes.takeAll(file.asked);
      return;
    }
    file.asked = this.notes.during(() => {
      for (const include of file.reached.includes) {
        const { name, quotes, isNext } = include;
        const found = !resolver
          ? besideOf(file.path, name, quotes)
          : isNext
            ? resolver.resolveNext(name, file.path)
            : // What a Makefile adds for the main file it adds for all that this includes.
              (resolver.resolve(name, quotes, file.path, include) ??
              resolver.resolveExtra(name, path) ??
              resolver.resolveExtra(name, file.path));
        if (found !== undefined) this.enter(found, closure);
      }
    }).ids;
  }

  private enter(path: string, { seen, files }: Omit<Closure, 'first'>): void {
    if (seen.has(path)) return;
    seen.add(path);
    const reached = this.reached(path);
    if (reached) files.push({ path, reached, asked: undefined });
  }

  private reached(path: string): Reached | undefined {
    this.note(path);
    if (!this.known.has(path)) {
      const text = this.load(path);
      this.known.set(path, text === undefined ? undefined : reachedFrom(text));
    }
    return this.known.get(path);
  }
}

function reachedFrom(text: string): Reached {
  const includes: Reached['includes'][number][] = [];
  for (const line of linesWith('include', text)) {
    const [, next, rest] = DIRECTIVE.exec(line) ?? [];
    const written = rest === undefined ? undefined : includeName(rest);
    if (written) includes.push({ ...written, isNext: next !== undefined, led: undefined });
  }
  return { includes, names: new Map(), text };
}

/** Where a name in quotes leads from the folder of the file that includes it. */
function besideOf(path: string, name: string, quotes: boolean): string | undefined {
  return quotes ? normalPath(path.slice(0, path.lastIndexOf('/') + 1) + name) : undefined;
}

function spellingOf({ name, quotes, isNext }: IncludeName & { readonly isNext: boolean }): string {
  return `${quotes}${isNext}${name}`;
}

function holds({ names, text }: Reached, name: string): boolean {
  let answer = names.get(name);
  if (answer === undefined) names.set(name, (answer = text.includes(name)));
  return answer;
}
