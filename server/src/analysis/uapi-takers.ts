/** Who takes a record from programs: ioctl numbers, system calls, socket options; and whether it may grow at its end. */
import type { SurfaceRecord } from '../facts/surface';
import { isSizeMember } from '../facts/uapi-names';
import uapi from '../packs/predefined/uapi.json';
import type { HeaderChange } from './header-change';

interface Taker {
  /** For a message: `VDUSE_IOTLB_GET_FD`, `openat2()`. */
  readonly text: string;
  /** The ioctl number, where it is one that holds the record's size. */
  readonly number?: string;
  /** Which letter the number has. */
  readonly letter?: number;
}

/** What was found that takes a record of the file. */
export function takersOf(change: HeaderChange, record: SurfaceRecord): Taker[] {
  const takers = new Map<string, Taker>();
  for (const { after } of change.pairs)
    for (const { name, record: held, value } of after?.numbers ?? [])
      if (held === record.name) takers.set(name, { text: name, number: name, letter: (value >> 8) & 0xff });
  if (takers.size > 0) return [...takers.values()];
  return [...systemCalls(change, record), ...socketOptions(change, record)];
}

function systemCalls(change: HeaderChange, { name, kind }: SurfaceRecord): Taker[] {
  const found: Taker[] = [];
  const takes = new RegExp(`\\b(\\w+)\\s*\\([^;{}()]*\\b${kind}\\s+${name}\\s+__user\\s*\\*[^;{}]*;`, 'g');
  for (const { text } of change.holding([name], uapi.systemCalls))
    for (const [, call] of text.matchAll(takes)) found.push({ text: `${call.replace(/^sys_/, '')}()` });
  return found;
}

function socketOptions(change: HeaderChange, { name, kind }: SurfaceRecord): Taker[] {
  const copies = uapi.socketCopies.join('|');
  for (const { text } of change.holding(
    uapi.socketCopies.map((copy) => [name, copy]),
    uapi.socketFolders,
  )) {
    for (const [, variable] of text.matchAll(new RegExp(`\\b${kind}\\s+${name}\\s+(\\w+)\\s*(?:=[^;]*)?;`, 'g'))) {
      const copy = new RegExp(
        `\\b(?:${copies})\\s*\\(\\s*&?${variable}\\b[^;]*\\bsizeof\\s*\\(?\\s*(?:${variable}|${kind}\\s+${name})\\b`,
      );
      if (copy.test(text)) return [{ text: 'a socket option' }];
    }
  }
  return [];
}

/** Whether a record may grow at its end: whoever takes it knows how much a program gave. */
export function growthIsGuarded(
  change: HeaderChange,
  { before, after }: { readonly before: SurfaceRecord; readonly after: SurfaceRecord },
  takers: readonly Taker[],
): boolean {
  if (before.members.some(({ name }) => isSizeMember(name))) return true;
  const letters = takers.flatMap(({ letter }) => letter ?? []);
  if (letters.length > 0 && letters.every((one) => uapi.anySize.some(({ letter }) => letter.charCodeAt(0) === one)))
    return true;
  const guards = new RegExp(`\\b(?:${uapi.sizeGuards.join('|')})\\s*\\(`);
  const declared = new RegExp(`\\b${after.kind}\\s+${after.name}\\b`);
  const needs = uapi.sizeGuards.map((guard) => [after.name, guard]);
  return change.holding(needs).some(({ text }) => guards.test(text) && declared.test(text));
}
