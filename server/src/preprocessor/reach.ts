/**
 * Whether a name stands in a file or in anything that it includes, whatever conditions say: found without walking the
 * unit, which takes many times as long. Includes whose name a macro makes are left out.
 */
import { type IncludeName, type IncludeResolver, type IncludeSite, includeName } from './includes';

/** What a header's text says of the question; kept as long as the header is the same. */
interface Reached {
  readonly includes: readonly (IncludeName & IncludeSite & { readonly isNext: boolean })[];
  /** By name: whether it stands in the text. */
  readonly names: Map<string, boolean>;
  readonly text: string;
}

/** A byte order mark may stand before the first. */
const DIRECTIVE = /^(?:\xef\xbb\xbf)?[ \t]*#[ \t]*include(_next)?\b(.*)$/gm;

export class Reach {
  private readonly known = new Map<string, Reached | undefined>();

  /**
   * @param read Gives the text of a file; undefined where it can't be read.
   * @param note Is told of every file that an answer rests on.
   */
  constructor(
    private readonly read: (path: string) => string | undefined,
    private readonly note: (path: string) => void,
  ) {}

  /** The text of a file that was read here; undefined where there is none, null where it was not asked for. */
  textOf(path: string): string | undefined | null {
    return this.known.has(path) ? this.known.get(path)?.text : null;
  }

  /**
   * @param path The main file's, whose text is given.
   * @param prelude Paths of what is read before it.
   */
  mentions(name: string, path: string, text: string, prelude: readonly string[], resolver: IncludeResolver): boolean {
    const main = reachedFrom(text);
    const open: [string, Reached][] = [[path, main]];
    const seen = new Set<string>([path]);
    const enter = (other: string | undefined): void => {
      if (other === undefined || seen.has(other)) return;
      seen.add(other);
      const reached = this.reached(other);
      if (reached) open.push([other, reached]);
    };
    for (const other of prelude) enter(other);
    for (let next = 0; next < open.length; next++) {
      const [from, reached] = open[next];
      if (holds(reached, name)) return true;
      for (const include of reached.includes) {
        if (include.isNext) enter(resolver.resolveNext(include.name, from));
        // What a Makefile adds for the main file it adds for all that this includes.
        else
          enter(
            resolver.resolve(include.name, include.quotes, from, include) ??
              resolver.resolveExtra(include.name, path) ??
              resolver.resolveExtra(include.name, from),
          );
      }
    }
    return false;
  }

  /** A file changed. */
  forget(path: string): void {
    this.known.delete(path);
  }

  private reached(path: string): Reached | undefined {
    this.note(path);
    if (!this.known.has(path)) {
      const text = this.read(path);
      this.known.set(path, text === undefined ? undefined : reachedFrom(text));
    }
    return this.known.get(path);
  }
}

function reachedFrom(text: string): Reached {
  const includes = [...text.matchAll(DIRECTIVE)].flatMap(([, next, rest]) => {
    const written = includeName(rest);
    return written ? [{ ...written, isNext: next !== undefined, led: undefined }] : [];
  });
  return { includes, names: new Map(), text };
}

function holds({ names, text }: Reached, name: string): boolean {
  let answer = names.get(name);
  if (answer === undefined) names.set(name, (answer = text.includes(name)));
  return answer;
}
