/** What attributes and places make of a type: vectors and modes (gcc, "Vector Extensions", "Common Type Attributes"), decay. */
import { type CType, type IntegerName, strip } from './model';
import type { Attributes } from './scope';

export function mergeAttributes(into: Attributes, from: Attributes): void {
  into.packed ||= from.packed;
  into.aligns.push(...from.aligns);
  into.names.push(...from.names);
  into.vectorBytes ??= from.vectorBytes;
  into.mode ??= from.mode;
  into.cleanup ??= from.cleanup;
}

/** Applies `vector_size` and `mode`, which change the type itself. */
export function applyMode(type: CType, ...attributes: readonly Attributes[]): CType {
  for (const { vectorBytes, mode } of attributes) {
    if (vectorBytes !== undefined) type = { kind: 'vector', of: type, bytes: vectorBytes };
    if (mode !== undefined) type = modeType(type, mode);
  }
  return type;
}

const MODE_NAMES: Readonly<Record<string, readonly ['unsigned char', 'signed char'] | readonly [string, string]>> = {
  QI: ['unsigned char', 'signed char'],
  byte: ['unsigned char', 'signed char'],
  HI: ['unsigned short', 'short'],
  SI: ['unsigned int', 'int'],
  DI: ['unsigned long long', 'long long'],
  TI: ['unsigned __int128', '__int128'],
  word: ['unsigned long', 'long'],
  pointer: ['unsigned long', 'long'],
};

/** The integer types that a mode stands for: without a sign, with one; undefined where it is none that is known. */
export function modeIntegers(mode: string): readonly [IntegerName, IntegerName] | undefined {
  return MODE_NAMES[mode] as readonly [IntegerName, IntegerName] | undefined;
}

function modeType(type: CType, mode: string): CType {
  const names = modeIntegers(mode);
  const bare = strip(type);
  if (!names || bare.kind !== 'integer') return { kind: 'unknown', reason: `mode(${mode}) is not known` };
  const unsigned = bare.name.startsWith('unsigned');
  return { kind: 'integer', name: names[unsigned ? 0 : 1] };
}

/** Parameters of array and function type are pointers (C11 6.7.6.3p7, p8). */
export function decay(type: CType): CType {
  const bare = strip(type);
  if (bare.kind === 'array') return { kind: 'pointer', to: bare.of };
  if (bare.kind === 'function') return { kind: 'pointer', to: bare };
  return type;
}
