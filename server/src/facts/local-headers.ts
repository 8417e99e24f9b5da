/** What the headers beside a file may derive, told by their texts alone: those that it includes by a path from its own folder. */
import { sourceFile } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import { linesWith, normalPath } from '../text/text';
import { accessedIn } from './accessor-scan';
import { commentTags } from './comment-tags';
import { maskingOf } from './derive-tags';
import { mayMask } from './mask-text';
import { isMemberIn } from './member-text';
import { numbersSaid } from './packed-comments';
import { packedMembersIn } from './packed-scan';
import { reservedIn } from './reserved-members';
import type { SourcesBeside } from './sources-beside';

interface LocalHeader {
  readonly members: readonly string[];
  /** Types of pointers that its functions take tags off. */
  readonly types: readonly string[];
  /** Macros whose bodies assert. */
  readonly asserting: readonly string[];
  readonly includes: readonly string[];
}

const QUOTED = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/;

/** So deep are headers followed, and no larger ones are read: those are tables of registers. */
const DEEPEST = 3;
const LARGEST_HEADER = 1 << 17;

export class LocalHeaders {
  private readonly known = new Map<string, LocalHeader | undefined>();

  /**
   * @param tree Is told of every file that an answer rests on.
   * @param isThorough Whether members count whose accessors do more than name them.
   */
  constructor(
    private readonly tree: PreprocessedTree,
    private readonly read: (path: string) => string | undefined,
    private readonly isThorough: boolean,
    /** Names by which code asserts. */
    private readonly asserts: readonly string[],
    /** What other sources of a file's folder say; undefined where what sources say does not count, their own words included. */
    private readonly beside: SourcesBeside | undefined,
  ) {}

  /** Whether a text calls a macro that a header beside it defines over an assert. */
  mayAssert(path: string, text: string): boolean {
    return this.look(path, text, ({ asserting }) => asserting.some((name) => isCalledIn(name, text)));
  }

  /** Whether a text names a member, behind `.` or `->`, that a header beside it may speak of. */
  mayConcern(path: string, text: string): boolean {
    // Each rule asks about the same text.
    if (this.last?.path !== path || this.last.text !== text) {
      const { result, ids } = this.tree.notes.during(() => this.isConcerned(path, text));
      this.last = { path, text, answer: result, asked: ids };
    } else this.tree.notes.takeAll(this.last.asked);
    return this.last.answer;
  }

  private isConcerned(path: string, text: string): boolean {
    const isNamed = ({ members, types }: LocalHeader): boolean =>
      members.some((name) => isMemberIn(name, text)) || types.some((type) => text.includes(type));
    if (this.look(path, text, isNamed)) return true;
    if (!this.beside || !path.endsWith('.c')) return false;
    return maskingOf(sourceFile(path, text)).length > 0 || this.beside.mayConcern(path, text);
  }

  private last:
    | { readonly path: string; readonly text: string; readonly answer: boolean; readonly asked: readonly number[] }
    | undefined;

  private look(path: string, text: string, speaks: (header: LocalHeader) => boolean): boolean {
    if (!text.includes('include "') && !text.includes('include\t"')) return false;
    const seen = new Set<string>();
    return includesOf(path, text).some((other) => this.concerns(other, speaks, seen, 1));
  }

  forget(path: string): void {
    this.known.delete(path);
    this.last = undefined;
  }

  private concerns(path: string, speaks: (header: LocalHeader) => boolean, seen: Set<string>, depth: number): boolean {
    if (seen.has(path)) return false;
    seen.add(path);
    const header = this.headerAt(path);
    if (!header) return false;
    if (speaks(header)) return true;
    return depth < DEEPEST && header.includes.some((other) => this.concerns(other, speaks, seen, depth + 1));
  }

  private headerAt(path: string): LocalHeader | undefined {
    this.tree.noteFile(path);
    if (!this.known.has(path)) {
      const text = this.read(path);
      this.known.set(
        path,
        text === undefined || text.length > LARGEST_HEADER
          ? undefined
          : {
              ...namesIn(path, text, this.isThorough),
              asserting: assertingMacros(text, this.asserts),
              includes: includesOf(path, text),
            },
      );
    }
    return this.known.get(path);
  }
}

/** The members that a header may speak of, and the types. */
function namesIn(path: string, text: string, isThorough: boolean): Pick<LocalHeader, 'members' | 'types'> {
  const masking = mayMask(text) ? maskingOf(sourceFile(path, text)) : [];
  // Of a struct that the header itself does not define, and only declares, as one that nobody defines.
  const types = [...new Set(masking.flatMap(({ pointees }) => pointees))].filter(
    (type) =>
      new RegExp(`\\bstruct\\s+${type}\\s*(?:;|\\*\\s*\\w+\\s*;)`).test(text) &&
      !text.includes(`struct ${type} {`) &&
      type.includes('_'),
  );
  const said = commentTags(path, text).flatMap(({ member }) => member ?? []);
  const reserved = [...reservedIn(text), ...(isThorough ? accessedIn(text) : [])].map(({ name }) => name);
  const masked = masking.flatMap((one) => one.members);
  const packed = isThorough ? [...packedMembersIn(text), ...[...numbersSaid(text)].map(({ member }) => member)] : [];
  return {
    members: [
      ...new Set([...masked, ...said, ...types.flatMap((type) => declaredAs(type, text)), ...reserved, ...packed]),
    ],
    types,
  };
}

/** The members that are declared with a type: `struct ref __rcu *neigh;`. */
function declaredAs(type: string, text: string): string[] {
  const declared = new RegExp(
    String.raw`^[ \t]+(?:const[ \t]+|struct[ \t]+)*${type}\b[\w \t*]*?\b(\w+)[ \t]*(?:\[[^\]\n]*\])?[ \t]*;`,
    'gm',
  );
  return [...text.matchAll(declared)].map(([, name]) => name);
}

function includesOf(path: string, text: string): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return [...linesWith('include', text)].flatMap((line) => {
    const name = QUOTED.exec(line)?.[1];
    return name === undefined ? [] : [normalPath(folder + name)];
  });
}

const DEFINITION = /^[ \t]*#[ \t]*define[ \t]+(\w+)\(((?:[^\\\n]|\\[\s\S])*)/gm;
/** A bit-field of negative width. */
const REFUSED_WIDTH = /:\s*\(?\s*-\s*! ?!/;
/** Part of it, which is found much faster. */
const NOTS = ['!!', '! !'];

/** Function-like macros of a header that assert, by these names or by one another. */
function assertingMacros(text: string, asserts: readonly string[]): string[] {
  const found: string[] = [];
  const mayRefuse = NOTS.some((nots) => text.includes(nots)) && REFUSED_WIDTH.test(text);
  if (!mayRefuse && !asserts.some((name) => text.includes(name))) return found;
  const macros = [...text.matchAll(DEFINITION)].map(([, name, body]) => ({ name, body }));
  for (let before = -1; before < found.length; ) {
    before = found.length;
    for (const { name, body } of macros) {
      if (found.includes(name)) continue;
      const isOne = REFUSED_WIDTH.test(body) || [...asserts, ...found].some((other) => body.includes(other));
      if (isOne) found.push(name);
    }
  }
  return found;
}

function isCalledIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/\w/.test(text[at - 1] ?? '') && /^\s*\(/.test(text.slice(at + name.length, at + name.length + 4)))
      return true;
  return false;
}
