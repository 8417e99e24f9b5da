/** The little memory that the interpreter runs in: folios, lists, variables, and pointers into them. */

/** A list as the members on it, in order. */
export interface ListState {
  readonly entries: Pointer[];
}

export interface FolioState {
  /** owner_ops is set. */
  owned: boolean;
  /** It was set by the functions that run, not before them. */
  setHere: boolean;
  /** owner_ops was cleared to be set again: by whoever found it set, or once lru was used. */
  lent: boolean;
  /** Cleared, where the same functions had set it. */
  undone: boolean;
  /** The calls that ran when the owner, or the list, came to what it is; undefined for what was so before them all. */
  ownerSince?: ReadonlySet<object>;
  listSince?: ReadonlySet<object>;
  list: { readonly home: ListState; readonly head: Pointer } | undefined;
  gone: boolean;
}

export interface Thing {
  readonly what: string;
  readonly fields: Map<string, Value>;
  readonly lists: Map<string, ListState>;
  readonly folio?: FolioState;
  /** A list in it that nobody has filled yet is empty. */
  readonly isLocal: boolean;
}

export interface Pointer {
  readonly thing: Thing;
  /** `.lru`, `.lru.next`; empty for the thing itself. */
  readonly path: string;
}

/** Numbers, and pointers; what is neither is told by a text. */
export type Value = number | Pointer | { readonly offset: string } | { readonly opaque: string };

export function isPointer(value: Value | undefined): value is Pointer {
  return typeof value === 'object' && 'thing' in value;
}

export function thing(what: string, isLocal: boolean, folio?: FolioState): Thing {
  return { what, fields: new Map(), lists: new Map(), isLocal, folio };
}

export function newFolio(owned: boolean): Thing {
  return thing('folio', false, { owned, setHere: false, lent: false, undone: false, list: undefined, gone: false });
}

export function truthOf(value: Value): boolean {
  return typeof value !== 'number' || value !== 0;
}

export function samePlace(one: Value, other: Value): boolean {
  if (isPointer(one) && isPointer(other)) return one.thing === other.thing && one.path === other.path;
  return one === other;
}
