/** Who claims which bits of a record, whatever the asking file includes: as `overlint claims` and the panel say it. */

import type { FileAnalysis } from '../analysis/analysis';
import { type Claim, claimsOf } from '../facts/claims';
import { contextWithAccessors } from '../facts/context';
import { layoutRecord } from '../layout/record';
import type { UnitGlobals } from '../parser/globals';
import type { RecordDeclaration } from '../types/model';

/** By what stays the same while only function bodies change: the units in which records of a header are seen. */
const seen = new WeakMap<object, Map<string, UnitGlobals>>();

export function claimsOn(file: FileAnalysis, record: RecordDeclaration): readonly Claim[] {
  const { target, facts } = file;
  const globals = globalsFor(file, record);
  const own = globals && record.tag !== undefined ? globals.record(record.kind, record.tag) : record;
  const isSame = own.members !== undefined && sizeOf(own, file) === sizeOf(record, file);
  return globals && isSame
    ? claimsOf(globals, own, target, facts.claims)
    : claimsOf(file.globals, record, target, facts.claims);
}

function sizeOf(record: RecordDeclaration, { target }: FileAnalysis): number | undefined {
  const layout = layoutRecord(record, target);
  return layout.status === 'exact' ? layout.size : undefined;
}

/** Undefined for what the file itself defines: nobody else sees it. */
function globalsFor(file: FileAnalysis, { place, tag }: RecordDeclaration): UnitGlobals | undefined {
  if (!place || tag === undefined || !place.path.endsWith('.h')) return undefined;
  const { lineage } = file.globals;
  let byPath = seen.get(lineage);
  if (!byPath) seen.set(lineage, (byPath = new Map()));
  let globals = byPath.get(place.path);
  if (!globals) {
    globals = contextWithAccessors(file.tree, file.target, place.path, file.facts, file.kernel).globals;
    byPath.set(place.path, globals);
  }
  return globals;
}
