/** What `#pragma pack` says at every point of a unit (gcc, "Structure-Layout Pragmas"). */
import { spelling } from './ptoken';
import { fileTokens } from './reading';
import type { SourceFile, Step } from './source';

export class PackHistory {
  private readonly limits: { readonly time: number; readonly limit: number }[] = [];
  private readonly stack: number[] = [];
  private limit = 0;

  /** Takes in a pragma by its words: `(n)`, `()`, `(push)`, `(push, n)`, `(pop)`. */
  read(words: readonly string[], time: number): void {
    const limit = words.map(Number).find((word) => Number.isInteger(word));
    if (words.includes('push')) this.stack.push(this.limit);
    if (words.includes('pop')) this.limit = this.stack.pop() ?? 0;
    else if (limit !== undefined) this.limit = limit;
    else if (!words.includes('push')) this.limit = 0;
    this.limits.push({ time, limit: this.limit });
  }

  /** The limit after all that was read. */
  get now(): number {
    return this.limit;
  }

  /** Another one that goes on from here. */
  copy(): PackHistory {
    const copy = new PackHistory();
    copy.limits.push(...this.limits);
    copy.stack.push(...this.stack);
    copy.limit = this.limit;
    return copy;
  }

  /** The strictest alignment of members at a time, in bytes; 0 for no limit. */
  at(time: number): number {
    let index = this.limits.length - 1;
    while (index >= 0 && this.limits[index].time > time) index--;
    return index < 0 ? 0 : this.limits[index].limit;
  }
}

/** The words of a `#pragma pack`, behind `pack`. */
export function packWords(file: SourceFile, { directive }: Step): string[] {
  return fileTokens(file, directive.firstToken + 3, directive.endToken).map(spelling);
}
