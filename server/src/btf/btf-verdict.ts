/**
 * Judges definitions by a built kernel's BTF: which are what the kernel has, which are wrong, and which are of another
 * record that only goes by the same name.
 */

import { flatten } from '../facts/overlay';
import type { RecordLayout } from '../layout/record';
import type { BtfRecord } from './btf';
import { compareWithBtf, type Difference } from './btf-compare';

/** How one definition compares with the records of its name. */
export interface Judged {
  readonly verdict: 'exact' | 'unknown' | 'wrong' | 'namesake';
  /** Of an unknown layout. */
  readonly reason?: string;
  /** Of a wrong layout: how it differs from the record that is most like it. */
  readonly differences: readonly Difference[];
}

/**
 * Compares a layout with all of BTF's records of its kind and tag. A tag may mean one record in one file and another in
 * another file: a definition that shares fewer than half of the member names of the smaller of the two is a namesake. One
 * without members shares whatever there is, so that a record that came out empty is not excused.
 */
export function judge(layout: RecordLayout, theirs: readonly BtfRecord[]): Judged {
  if (layout.status === 'unknown') return { verdict: 'unknown', reason: layout.reason, differences: [] };
  const compared = theirs.map((record) => ({ record, differences: compareWithBtf(layout, record) }));
  if (compared.some(({ differences }) => differences.length === 0)) return { verdict: 'exact', differences: [] };
  const names = new Set(flatten(layout).map(({ name }) => name));
  const alike = compared.filter(({ record }) => shares(names, new Set(record.members.map(({ name }) => name))));
  if (alike.length === 0) return { verdict: 'namesake', differences: [] };
  return { verdict: 'wrong', differences: alike[0].differences };
}

function shares(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): boolean {
  const common = [...ours].filter((name) => theirs.has(name)).length;
  return 2 * common >= Math.min(ours.size, theirs.size);
}

/** What decides where a name has several definitions: one that is right, else what must be looked at most. */
const WEIGHT: Readonly<Record<Judged['verdict'], number>> = { exact: 0, wrong: 1, unknown: 2, namesake: 3 };

/** The judgement on a name from those on its definitions. */
export function decisive<T extends Judged>(definitions: readonly T[]): T {
  return [...definitions].sort((a, b) => WEIGHT[a.verdict] - WEIGHT[b.verdict])[0];
}
