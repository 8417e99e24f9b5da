/** How requests name a record: `page`, or `struct page`. */
import type { WantedRecord } from '../project/record-finder';

/** The record that a request's parameter names; undefined where it is no name of one. */
export function recordNamed(text: unknown): WantedRecord | undefined {
  const [, kind, name] = /^(?:(struct|union)\s+)?(\w+)$/.exec(String(text ?? '').trim()) ?? [];
  return name === undefined ? undefined : { name, ...(kind && { kind: kind as 'struct' | 'union' }) };
}
