/**
 * What a function may make its caller forget. A called function is analysed with what it can see alone; what its caller
 * knows beside that outlives the call, less what the function wrote over.
 */
import { mentions, type Value } from './objects';
import type { SharedMap } from './shared-map';

/** Something that is not known any more; plain, so that it can be done again elsewhere. */
export interface Loss {
  readonly kind: /** An object by its text. */
    | 'object'
    /** Whatever is named by way of a text. */
    | 'named'
    /** A place, and the places below it. */
    | 'place'
    /** The members of a name, of all objects but variables. */
    | 'member'
    /** Truths of conditions that hold a text. */
    | 'truth'
    /** All objects. */
    | 'objects'
    /** All. */
    | 'all';
  readonly text: string;
}

/** What can be forgotten. */
interface Known {
  readonly values: SharedMap<string, Value>;
  readonly objects: Pick<SharedMap<string, unknown>, 'keys' | 'delete' | 'clear'>;
  readonly truths: SharedMap<string, boolean>;
}

/** The losses of one analysis, each once, whichever way they happened on. */
export class StateLog {
  private readonly noted = new Map<Loss['kind'], Map<string, Loss>>();

  /** @param roots What begins the names that the function makes itself: nobody else knows anything by these. */
  constructor(private readonly roots: readonly string[]) {}

  note(loss: Loss): void {
    let texts = this.noted.get(loss.kind);
    if (!texts) this.noted.set(loss.kind, (texts = new Map()));
    if (texts.has(loss.text) || this.roots.some((root) => loss.text.includes(root))) return;
    texts.set(loss.text, loss);
  }

  get losses(): readonly Loss[] {
    return [...this.noted.values()].flatMap((texts) => [...texts.values()]);
  }
}

/** Takes a loss out of what is known. */
export function forgetIn({ values, objects, truths }: Known, { kind, text }: Loss): void {
  switch (kind) {
    case 'object':
      objects.delete(text);
      for (const [place, value] of values) if (value.kind === 'result' && value.object === text) values.delete(place);
      break;
    case 'named':
      for (const key of objects.keys()) if (key.includes(text)) objects.delete(key);
      for (const [place, value] of values) if (place.includes(text) || mentions(value, text)) values.delete(place);
      for (const key of truths.keys()) if (key.includes(text)) truths.delete(key);
      break;
    case 'place':
      for (const place of values.keys()) if (place === text || place.startsWith(`${text}.`)) values.delete(place);
      break;
    case 'member':
      for (const place of values.keys()) if (place.endsWith(`.${text}`) && !place.startsWith('v')) values.delete(place);
      break;
    case 'truth':
      for (const key of truths.keys()) if (key.includes(text)) truths.delete(key);
      break;
    case 'objects':
      objects.clear();
      break;
    case 'all':
      objects.clear();
      values.clear();
      truths.clear();
      break;
  }
}
