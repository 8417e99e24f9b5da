/**
 * Which object an expression means: addresses as short texts that are equal where the addresses must be.
 *
 * Roots are variables (`v5.3;`: the third of function 5), file-scope names (`g:name;`), parameters (`p5.0;`) and places
 * that made a value (`#5.12.20;`: tokens 12 to 20). On them stand members (`.lru`), elements (`[...]`), what a place held
 * at first (`*(...)`) and the head of a compound (`^(...)`). No two ways to one address give two texts that a rule
 * would take for two objects known apart: facts are only ever lost, never invented.
 */

/** A place in memory. */
export interface Location {
  readonly to: string;
  /** Where it is a page: the text of its folio, as far as that is known. */
  readonly head?: string;
}

/** What an expression comes to, as far as typestates ask. */
export type Value =
  | ({ readonly kind: 'pointer' } & Location)
  | { readonly kind: 'number'; readonly value: number }
  /** Some number or pointer that is not 0. */
  | { readonly kind: 'nonzero' }
  /** True exactly where a typestate's test says yes of the object (or no, where negated). */
  | { readonly kind: 'result'; readonly test: number; readonly object: string; readonly negated: boolean }
  /** A truth that is known by its text alone. */
  | { readonly kind: 'condition'; readonly key: string; readonly negated: boolean };

/** Chains of loads that are longer are not told apart from anything else. */
const DEEPEST = 4;

export function pointer(to: string, head?: string): Value {
  return head === undefined ? { kind: 'pointer', to } : { kind: 'pointer', to, head };
}

export function number(value: number): Value {
  return { kind: 'number', value };
}

/** The pointer that a place held before anyone was seen to store into it; undefined where the chain is too long. */
export function firstContent(location: string): string | undefined {
  return location.split('*(').length > DEEPEST ? undefined : `*(${location})`;
}

export function memberOfObject(location: Location, name: string): Location {
  return { to: `${location.to}.${name}` };
}

export function elementOf(location: Location, index: string): Location {
  return { to: `${location.to}[${index}]`, head: location.head };
}

/** The folio of a page: known where the page was taken from a folio, else named by the page. */
export function headOf(location: Location): Location {
  const head = location.head ?? (location.to.startsWith('^(') ? location.to : `^(${location.to})`);
  return { to: head, head };
}

/** The object whose member `path` lies at this place; undefined where the place is no such member. */
export function containerOf(location: Location, path: string): Location | undefined {
  return location.to.endsWith(`.${path}`) ? { to: location.to.slice(0, -path.length - 1) } : undefined;
}

/** The value that an object stands on, where something made it: `#5.12.20;` of `#5.12.20;.lru`; undefined for others. */
export function madeBy(object: string): string | undefined {
  return object.startsWith('#') ? object.slice(0, object.indexOf(';') + 1) : undefined;
}

/** The objects that a value speaks of, as one text to search in. */
export function mentions(value: Value, fragment: string): boolean {
  switch (value.kind) {
    case 'pointer':
      return value.to.includes(fragment) || (value.head?.includes(fragment) ?? false);
    case 'result':
      return value.object.includes(fragment);
    case 'condition':
      return value.key.includes(fragment);
    default:
      return false;
  }
}

export function sameValue(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind) return false;
  // The head is named by the address, as far as it is known at all.
  if (one.kind === 'pointer') return one.to === (other as typeof one).to;
  return valueText(one) === valueText(other);
}

export function valueText(value: Value): string {
  switch (value.kind) {
    case 'pointer':
      return `&${value.to}`;
    case 'number':
      return `${value.value}`;
    case 'nonzero':
      return 'nonzero';
    case 'result':
      return `${value.negated ? '!' : ''}test${value.test}(${value.object})`;
    case 'condition':
      return `${value.negated ? '!' : ''}${value.key}`;
  }
}
