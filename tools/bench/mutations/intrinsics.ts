/** What the typestate's own calls do to the interpreter's memory, and which of them break it. */
import { type FolioState, isPointer, type ListState, type Pointer, type Value } from './memory';

/** What an intrinsic asks of the interpreter. */
export interface Machine {
  listAt(pointer: Pointer): ListState;
  pick(count: number): number;
  /** This way through ends here. @throws Abandoned */
  leave(): never;
  /** The calls that run now. */
  readonly running: ReadonlySet<object>;
  /** @throws Breach in the innermost of the calls that run since then. */
  breach(since: ReadonlySet<object> | undefined): never;
}

type Intrinsic = (machine: Machine, given: readonly Value[]) => Value;

function folioOf(value: Value | undefined): FolioState | undefined {
  return isPointer(value) && value.thing.folio && !value.thing.folio.gone ? value.thing.folio : undefined;
}

function takeOff(value: Value | undefined): void {
  const folio = folioOf(value);
  if (!folio?.list || !isPointer(value)) return;
  const { entries } = folio.list.home;
  const at = entries.findIndex((entry) => entry.thing === value.thing);
  if (at >= 0) entries.splice(at, 1);
  folio.list = undefined;
}

function putOn(machine: Machine, entry: Value | undefined, head: Value | undefined, isLast: boolean): void {
  const folio = folioOf(entry);
  if (!folio || !isPointer(entry) || !isPointer(head)) return;
  takeOff(entry);
  const home = machine.listAt(head);
  folio.list = { home, head };
  folio.listSince = machine.running;
  if (isLast) home.entries.push(entry);
  else home.entries.unshift(entry);
}

const add =
  (isLast: boolean): Intrinsic =>
  (machine, [entry, head]) => {
    putOn(machine, entry, head, isLast);
    return 0;
  };

const remove: Intrinsic = (_machine, [entry]) => {
  takeOff(entry);
  return 0;
};

const letGo: Intrinsic = (machine, [object]) => {
  const folio = folioOf(object);
  if (!folio) return 0;
  if (folio.lent && !folio.list) machine.breach(folio.ownerSince);
  folio.gone = true;
  return 0;
};

const nothing: Intrinsic = () => 0;

export const INTRINSICS: Readonly<Record<string, Intrinsic | undefined>> = {
  folio_set_owner_ops(machine, [object]) {
    const folio = folioOf(object);
    if (!folio) return 0;
    if (folio.list) machine.breach(folio.listSince);
    folio.owned = folio.setHere = true;
    folio.ownerSince = machine.running;
    folio.lent = folio.undone = false;
    return 0;
  },
  folio_clear_owner_ops(machine, [object]) {
    const folio = folioOf(object);
    if (!folio?.owned) return 0;
    folio.owned = false;
    folio.ownerSince = machine.running;
    if (folio.setHere) folio.undone = true;
    else folio.lent = true;
    return 0;
  },
  folio_get_owner_ops(machine, [object]) {
    const folio = folioOf(object);
    if (!folio?.owned) return 0;
    folio.ownerSince ??= machine.running;
    return { opaque: 'ops' };
  },
  panic(machine) {
    return machine.leave();
  },
  folio_put: letGo,
  put_page: letGo,
  folio_get: nothing,
  folio_lock: nothing,
  folio_unlock: nothing,
  folio_try_get: (machine) => machine.pick(2),
  list_add: add(false),
  list_add_tail: add(true),
  list_move: add(false),
  list_move_tail: add(true),
  list_del: remove,
  list_del_init: remove,
  INIT_LIST_HEAD: remove,
  list_empty: (machine, [head]) => (isPointer(head) && machine.listAt(head).entries.length === 0 ? 1 : 0),
  _compound_head: (_machine, [page]) => page,
  __builtin_expect: (_machine, [value]) => value,
};
