/** What the headers beside a file may derive, told by their texts alone: those that it includes by a path from its own folder. */
import { sourceFile } from '../preprocessor/source';
import { linesWith, normalPath } from '../text/text';
import { accessedIn } from './accessor-scan';
import { maskingOf } from './derive-tags';
import { mayMask } from './mask-text';
import { reservedIn } from './reserved-members';

interface LocalHeader {
  readonly members: readonly string[];
  readonly includes: readonly string[];
}

const QUOTED = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/;

/** So deep are headers followed, and no larger ones are read: those are tables of registers. */
const DEEPEST = 3;
const LARGEST_HEADER = 1 << 17;

export class LocalHeaders {
  private readonly known = new Map<string, LocalHeader | undefined>();

  /** @param isThorough Whether members count whose accessors do more than name them. */
  constructor(
    private readonly read: (path: string) => string | undefined,
    private readonly isThorough: boolean,
  ) {}

  /** Whether a text names a member, behind `.` or `->`, that a header beside it may speak of. */
  mayConcern(path: string, text: string): boolean {
    // Each rule asks about the same text.
    if (this.last?.path !== path || this.last.text !== text) this.last = { path, text, answer: this.look(path, text) };
    return this.last.answer;
  }

  private last: { readonly path: string; readonly text: string; readonly answer: boolean } | undefined;

  private look(path: string, text: string): boolean {
    if (!text.includes('include "') && !text.includes('include\t"')) return false;
    const seen = new Set<string>();
    return includesOf(path, text).some((other) => this.concerns(other, text, seen, 1));
  }

  forget(path: string): void {
    this.known.delete(path);
    this.last = undefined;
  }

  private concerns(path: string, text: string, seen: Set<string>, depth: number): boolean {
    if (seen.has(path)) return false;
    seen.add(path);
    const header = this.headerAt(path);
    if (!header) return false;
    if (header.members.some((name) => isMemberIn(name, text))) return true;
    return depth < DEEPEST && header.includes.some((other) => this.concerns(other, text, seen, depth + 1));
  }

  private headerAt(path: string): LocalHeader | undefined {
    if (!this.known.has(path)) {
      const text = this.read(path);
      this.known.set(
        path,
        text === undefined || text.length > LARGEST_HEADER ? undefined : localHeader(path, text, this.isThorough),
      );
    }
    return this.known.get(path);
  }
}

function localHeader(path: string, text: string, isThorough: boolean): LocalHeader {
  return { members: membersIn(path, text, isThorough), includes: includesOf(path, text) };
}

/** The members that a header may speak of. */
function membersIn(path: string, text: string, isThorough: boolean): readonly string[] {
  const masked = mayMask(text) ? maskingOf(sourceFile(path, text)).flatMap((one) => one.members) : [];
  return [
    ...new Set([...masked, ...[...reservedIn(text), ...(isThorough ? accessedIn(text) : [])].map(({ name }) => name)]),
  ];
}

function includesOf(path: string, text: string): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return [...linesWith('include', text)].flatMap((line) => {
    const name = QUOTED.exec(line)?.[1];
    return name === undefined ? [] : [normalPath(folder + name)];
  });
}

function isMemberIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/\w/.test(text[at + name.length] ?? '') && /(?:->|\.)\s*$/.test(text.slice(Math.max(0, at - 8), at)))
      return true;
  return false;
}
