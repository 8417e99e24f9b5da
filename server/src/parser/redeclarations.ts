/** Names that are declared more than once, and whether one file says the same of a name each time (C11 6.7p3, p4). */
import type { Declaration } from '../types/ast';
import { compatible } from '../types/conversions';
import type { LayoutOracle } from '../types/scope';

export class Redeclarations {
  private readonly byName = new Map<string, Declaration[]>();

  /** Takes over what stands in no place that is gone. */
  adopt(like: Redeclarations, isGone: (place: Declaration['place']) => boolean): void {
    for (const [name, all] of like.byName) {
      const kept = all.filter(({ place }) => !isGone(place));
      if (kept.length > 0) this.byName.set(name, kept);
    }
  }

  /** Notes two declarations of a name; one that is only read again is none. */
  note(known: Declaration, other: Declaration): void {
    if (isSamePlace(known, other)) return;
    let all = this.byName.get(known.name);
    if (!all) this.byName.set(known.name, (all = [known]));
    for (const one of [known, other]) if (!all.some((noted) => isSamePlace(noted, one))) all.push(one);
  }

  /** Why compilers refuse what a file declares a name as, as far as that was read; undefined where all of it fits. */
  conflict(name: string, path: string, oracle: LayoutOracle): string | undefined {
    const [first, ...others] = this.byName.get(name)?.filter(({ place }) => place?.path === path) ?? [];
    for (const other of others) {
      const why = conflictOf(first, other, oracle);
      if (why !== undefined) return why;
    }
    return undefined;
  }
}

function isSamePlace(a: Declaration, b: Declaration): boolean {
  return a.place?.path === b.place?.path && a.place?.start === b.place?.start;
}

function conflictOf(a: Declaration, b: Declaration, oracle: LayoutOracle): string | undefined {
  if (a.kind === 'enumerator' || b.kind === 'enumerator') return `${a.name} is declared twice`;
  if (a.kind !== b.kind) return `${a.name} is declared as a ${a.kind} and as a ${b.kind}`;
  return compatible(a.type, b.type, oracle, a.kind === 'variable') === false
    ? `${a.name} is declared with several types`
    : undefined;
}
