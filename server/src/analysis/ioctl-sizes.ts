/** Ioctl numbers that a 64-bit kernel and a 32-bit program spell alike and understand otherwise, and who translates them. */
import type { IoctlNumber, Spot, Surface } from '../facts/surface';
import uapi from '../packs/predefined/uapi.json';
import type { SourceText } from '../text/text';

/** A number whose type lies otherwise for the 32-bit program. */
export interface SplitNumber {
  readonly number: IoctlNumber;
  /** The same number as the program has it. */
  readonly program: IoctlNumber;
  /** The first member that lies elsewhere or has another size, where one does: both of its places. */
  readonly member?: { readonly name: string; readonly here: number; readonly there: number };
}

/** The target whose programs a 64-bit target runs; undefined where it runs none. */
export function programOf(target: string): string | undefined {
  return (uapi.programs as Readonly<Record<string, string | undefined>>)[target];
}

/**
 * Numbers that both surfaces have, with other sizes or other offsets in their types; those with a twin, of the same letter
 * and number and another type, are left out.
 */
export function splitNumbers(kernel: Surface, program: Surface): SplitNumber[] {
  const theirs = new Map(program.numbers.map((number) => [number.name, number]));
  return kernel.numbers.flatMap((number): SplitNumber[] => {
    const there = theirs.get(number.name);
    if (number.size === undefined || there?.size === undefined) return [];
    const member = firstElsewhere(number, there);
    if (number.size === there.size && !member) return [];
    const hasTwin = kernel.numbers.some(
      (other) => (other.value & 0xffff) === (number.value & 0xffff) && other.type !== number.type,
    );
    return hasTwin ? [] : [{ number, program: there, ...(member && { member }) }];
  });
}

function firstElsewhere(number: IoctlNumber, there: IoctlNumber): SplitNumber['member'] {
  const spots = new Map(there.spots.map((spot) => [spot.name, spot]));
  for (const spot of number.spots) {
    const { name, offset, size } = spot;
    const other = spots.get(name);
    if (!other || (other.offset === offset && (other.size === size || isCovered(spot, number.spots, spots)))) continue;
    return { name, here: offset, there: other.offset };
  }
  return undefined;
}

/** Whether another member of a union has the bytes of one on both sides alike: `union { __u64 word; void *pointer; }`. */
function isCovered(spot: Spot, spots: readonly Spot[], theirs: ReadonlyMap<string, Spot>): boolean {
  return spots.some(({ name, offset, size }) => {
    const other = theirs.get(name);
    const isHolder = name === spot.name || spot.name.startsWith(`${name}.`);
    const covers = offset <= spot.offset && spot.offset + spot.size <= offset + size;
    return covers && !isHolder && other?.offset === offset && other.size === size;
  });
}

/** What to say of a number, `kernel` and `program` being names of targets. */
export function splitMessage(
  { number, program, member }: SplitNumber,
  on: readonly (readonly [string, string])[],
): string {
  const type = number.type ?? 'its type';
  const [[kernel, other]] = on;
  const where =
    member && member.here !== member.there
      ? ` (${member.name} at ${member.here / 8} and ${member.there / 8})`
      : member
        ? ` (${member.name})`
        : '';
  const same = number.size === program.size;
  const sizes = same
    ? `has ${number.size} bytes on ${kernel} and ${other}, and its members lie otherwise${where}`
    : `has ${number.size} bytes on ${kernel} and ${program.size} on ${other}${where}`;
  const so = same ? 'a 32-bit program hands over other bytes' : 'a 32-bit program asks for another number';
  return `${number.name}: ${type} ${sizes}: ${so}. Use types of one size, such as __u64, with __aligned_u64 or explicit padding, or translate it in compat_ioctl.`;
}

const COMPAT = new RegExp(`\\.(?:${uapi.compatHandlers.join('|')})\\s*=\\s*(\\w+)`, 'g');
const NATIVE = new RegExp(`\\.(?:${uapi.handlers.join('|')})\\s*=\\s*(\\w+)`, 'g');

/** Names that a file's own compat handlers, and what they call of the file, mention: those are translated there. */
export function translatedBy({ text }: SourceText): ReadonlySet<string> {
  const native = new Set([...text.matchAll(NATIVE)].map(([, name]) => name));
  const mentioned = new Set<string>();
  const waiting = [...text.matchAll(COMPAT)].map(([, name]) => name).filter((name) => !native.has(name));
  const seen = new Set<string>([...native, ...waiting]);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const body = bodyOf(name, text);
    if (body === undefined) continue;
    for (const [word] of body.matchAll(/\b[A-Za-z_]\w*\b/g)) mentioned.add(word);
    for (const [, called] of body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)) {
      if (seen.has(called)) continue;
      seen.add(called);
      waiting.push(called);
    }
  }
  return mentioned;
}

const NO_FUNCTIONS = new Set(['if', 'for', 'while', 'switch', 'return', 'sizeof']);

/** The body of a function as its text shows it. */
function bodyOf(name: string, text: string): string | undefined {
  if (NO_FUNCTIONS.has(name)) return undefined;
  const head = new RegExp(`\\b${name}\\s*\\([^;{}]*\\)\\s*\\{`).exec(text);
  if (!head) return undefined;
  const start = head.index + head[0].length;
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}
