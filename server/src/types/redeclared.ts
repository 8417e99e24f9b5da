/** What a second declaration of a typedef's or an enumerator's name says of the first. */
import type { Declaration } from './ast';
import { compatible } from './conversions';
import { strip } from './model';
import { type LayoutOracle, redeclared, twice } from './scope';

/**
 * What is left of an enumerator, or of what it takes the name of, where another declaration of one file says the name again
 * (C11 6.7p3); undefined where that is none. Headers that exclude one another come together only where one is looked at alone.
 */
export function declaredTwice(kept: Declaration, other: Declaration): Declaration | undefined {
  if (kept.kind !== 'enumerator' && other.kind !== 'enumerator') return undefined;
  if (kept.place?.path !== other.place?.path || kept.place?.start === other.place?.start) return undefined;
  return twice(kept.kind === 'enumerator' ? kept : other);
}

/** The first of two declarations at file scope; compilers refuse a typedef of another type (C11 6.7p3). */
export function comparedTypedef(kept: Declaration, other: Declaration, oracle: LayoutOracle): Declaration {
  if (kept.kind !== 'typedef') return kept;
  if (other.kind !== 'typedef') {
    const isOfFile = other.kind !== 'enumerator' && kept.place?.path === other.place?.path;
    return isOfFile ? { ...kept, doubt: `${kept.name} is declared as a type and as a ${other.kind}` } : kept;
  }
  // Two branches of a condition that is not decided, mostly: that is the reason to give.
  const doubt = kept.doubt ?? other.doubt;
  if (doubt !== undefined) return { ...kept, doubt };
  const isSame = kept.place?.path === other.place?.path && kept.place?.start === other.place?.start;
  // Of records only the tag says which they are.
  const areRecords = strip(kept.type).kind === 'record' && strip(other.type).kind === 'record';
  return !isSame && !areRecords && compatible(kept.type, other.type, oracle) === false
    ? { ...kept, doubt: `${kept.name} is declared as several types` }
    : redeclared(kept, other);
}
