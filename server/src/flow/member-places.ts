/** Where the members of records lie, asked for the same few at every step. */
import type { Stored } from '../facts/representation';
import { offsetOf } from '../layout/member';
import type { Target } from '../layout/target';
import { isUnknownValue, type RecordDeclaration } from '../types/model';

const known = new WeakMap<Target, WeakMap<RecordDeclaration, Map<string, Stored | undefined>>>();

/** Where a member lies; undefined where that is not known. */
export function placeIn(target: Target, record: RecordDeclaration, path: string): Stored | undefined {
  let ofTarget = known.get(target);
  if (!ofTarget) known.set(target, (ofTarget = new WeakMap()));
  let places = ofTarget.get(record);
  if (!places) ofTarget.set(record, (places = new Map()));
  if (!places.has(path)) {
    const place = offsetOf(record, path, target);
    places.set(path, isUnknownValue(place) ? undefined : place);
  }
  return places.get(path);
}
