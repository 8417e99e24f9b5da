/** Which of the headers that any file may include declare a name: what gates ask of a tree, whatever a file includes. */
import type { Facts } from '../packs/facts';
import type { ReservedMember } from './reserved-member';

/** By name the headers, absolute; a header's own name (`page_ref.h`) counts as one. Names that nobody declares have none. */
export type Declared = Readonly<Record<string, readonly string[]>>;

/** The names that rules ask a tree for, as far as packs and comments tell. */
export function gateNames(facts: Facts, reserved: Iterable<ReservedMember>): ReadonlySet<string> {
  const { moved, masked, guarded, encoded, tails, typestates, hidden, openCoded } = facts;
  const names = [
    ...moved.flatMap(({ read, home }) => [read, home.through]),
    ...masked.flatMap(({ get, set, clear }) => [get, set, clear]),
    ...guarded.map(({ call }) => call),
    ...encoded.flatMap(({ accessors }) => Object.values(accessors) as string[]),
    ...tails.map(({ get }) => get),
    ...typestates.map(({ gate }) => gate),
    ...hidden.flatMap(({ accessors, home }) => [...Object.values(accessors).flat(), ...(home ? [home.through] : [])]),
    ...openCoded.flatMap(({ accessors }) => accessors),
  ];
  for (const { accessors, headers } of reserved) names.push(...accessors, ...headers);
  return new Set(names);
}

/**
 * Finds the headers that declare names, in the order in which the headers come. Words tell it alone: a macro that puts a name
 * together is not seen, and whether a condition leaves the declaration out is for whoever asks.
 */
export function declaredIn(
  names: ReadonlySet<string>,
  headers: Iterable<readonly [path: string, text: () => string]>,
): Declared {
  const found = new Map<string, string[]>([...names].map((name) => [name, []]));
  const identifiers = [...names].filter((name) => /^\w+$/.test(name));
  for (const [path, text] of headers) {
    found.get(path.slice(path.lastIndexOf('/') + 1))?.push(path);
    const spelled = text();
    for (const name of identifiers) if (declares(spelled, name)) found.get(name)!.push(path);
  }
  return Object.fromEntries(found);
}

/** Whether a text looks as if it declared a function or macro. */
export function declares(text: string, name: string): boolean {
  // What has no name is declared nowhere, and found everywhere.
  if (name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (/\w/.test(text[at + name.length] ?? '')) continue;
    const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
    if (/^[ \t]*#[ \t]*define[ \t]+$/.test(before)) return true;
    if (
      /^(?:[A-Za-z_][\w \t*]*[ \t*])?$/.test(before) &&
      /^\s*\(/.test(text.slice(at + name.length, at + name.length + 40))
    )
      return true;
  }
  return false;
}
