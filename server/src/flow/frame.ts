/**
 * What a called function can see of its caller's situation, and what stays behind. A function that is called in ten
 * places is then analysed once where what it sees is the same, and carries nothing along that it can't ask about.
 */
import { forgetIn, type Journal, type Loss } from './journal';
import { pointer, type Value, valueText } from './objects';
import { type Marks, Situation } from './situation';

/** What the called function can't see; it comes back when the call is over. */
export interface Hidden {
  readonly values: ReadonlyMap<string, Value>;
  readonly objects: ReadonlyMap<string, Marks>;
  readonly truths: ReadonlyMap<string, boolean>;
}

/** Variables, parameters, made values and held ones, as texts begin. */
const ROOT = /[#vph]\d+\.[\d.]+;/g;

/** A place that keeps an object of the caller's named while the called function has no name for it. */
const ANCHOR = '@';

/** Splits a situation by what a function reaches from what it is given, and from names at file scope. */
export function split(way: Situation, given: readonly Value[], journal: Journal): { seen: Situation; hidden: Hidden } {
  const roots = new Set<string>();
  const reach = (text: string): boolean => {
    const before = roots.size;
    for (const root of text.match(ROOT) ?? []) roots.add(root);
    return roots.size > before;
  };
  const isSeen = (text: string): boolean => {
    if (text.includes('g:')) return true;
    for (const root of roots) if (text.includes(root)) return true;
    return false;
  };
  const isResult = (value: Value): boolean => value.kind === 'result' && isSeen(value.object);
  for (const value of given) reach(textOf(value));
  const seen = new Situation(new Map(), new Map(), new Map(), journal);
  const hidden = { values: new Map(way.values), objects: new Map<string, Marks>(), truths: new Map<string, boolean>() };
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const [place, value] of hidden.values) {
      if (!isSeen(place) && !isResult(value)) continue;
      seen.values.set(place, value);
      hidden.values.delete(place);
      if (reach(textOf(value))) isDone = false;
    }
  }
  for (const [object, marks] of way.objects) (isSeen(object) ? seen : hidden).objects.set(object, marks);
  for (const [key, truth] of way.truths) (isSeen(key) || key.search(ROOT) < 0 ? seen : hidden).truths.set(key, truth);
  for (const object of seen.objects.keys()) {
    const root = object.startsWith('#') ? object.slice(0, object.indexOf(';') + 1) : undefined;
    if (root !== undefined) seen.values.set(ANCHOR + root, pointer(root));
  }
  return { seen, hidden };
}

/** A way out of the called function, with what stayed behind, as far as the function left it alone. */
export function join(
  left: Situation,
  hidden: Hidden,
  losses: readonly Loss[],
  journal: Journal | undefined,
): Situation {
  const rest = {
    values: new Map(hidden.values),
    objects: new Map(hidden.objects),
    truths: new Map(hidden.truths),
  };
  for (const loss of losses) {
    journal?.note(loss);
    forgetIn(rest, loss);
  }
  for (const [place, value] of left.values) if (!place.startsWith(ANCHOR)) rest.values.set(place, value);
  for (const [object, marks] of left.objects) rest.objects.set(object, marks);
  for (const [key, truth] of left.truths) rest.truths.set(key, truth);
  return new Situation(rest.values, rest.objects, rest.truths, journal);
}

function textOf(value: Value): string {
  return value.kind === 'pointer' ? `${value.to} ${value.head ?? ''}` : valueText(value);
}
