/** The objects of a function whose bytes are followed: its variables, and memory that was given out uncleared. */
import { sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import type { TextCalls, UnclearedMemory } from '../packs/bytes';
import { type PToken, writtenAt } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import { type CType, isUnknownValue, strip } from '../types/model';
import type { BitRanges } from './bit-ranges';
import type { ByteValue } from './byte-state';
import type { FlowFunction } from './callees';

/** What a pointer into an object says of what lies there. */
export interface View {
  readonly name: string;
  readonly at: number;
  /** Of what lies there. */
  readonly type: CType;
}

export interface ByteObject {
  readonly id: string;
  readonly size: number;
  /** The variable that it is; undefined for memory that a call gave out. */
  readonly declaration?: Declaration;
  /** Its declaration's name, or the call's. */
  readonly site: PToken;
  readonly of: FlowFunction;
  readonly type?: CType;
  /** How it came to be, where a call gave it out. */
  readonly memory?: UnclearedMemory;
  readonly call?: Expression & { kind: 'call' };
  /** The buffer that it is a room of. */
  readonly buffer?: string;
  readonly views: View[];
  /** Text that was written into it. */
  readonly texts: TextStore[];
  /** What was copied into it from objects with bytes that were never stored. */
  readonly copies: ObjectCopy[];
}

/** Bytes of an object that is copied, and what of them was never stored, in bits from their start. */
export interface OpenBytes {
  readonly of: ByteObject;
  readonly from: number;
  readonly size: number;
  readonly missing: BitRanges;
}

interface ObjectCopy {
  readonly of: ByteObject;
  /** In which byte of it the copy begins, and where it was copied to. */
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

export interface TextStore {
  readonly low: number;
  readonly high: number;
  readonly expression: Expression & { kind: 'call' };
  readonly of: FlowFunction;
  readonly fact: TextCalls;
  /** How long it is, the call's arguments say. */
  readonly isOpen: boolean;
}

/** An object of more bytes is not followed: no stack holds it, and its elements would be told one by one. */
const MOST_BYTES = 0x10000;

export class ByteObjects {
  private readonly byId = new Map<string, ByteObject>();
  private readonly byDeclaration = new Map<Declaration, ByteObject | undefined>();

  constructor(
    private readonly target: Target,
    /** Told why nothing is said of an object. */
    private readonly skipped: (reason: string) => void,
  ) {}

  /** Whether an object of this size is too large to be followed; that is told then. */
  isTooLarge(size: number): boolean {
    if (size <= MOST_BYTES) return false;
    this.skipped('an object is too large');
    return true;
  }

  get(id: string): ByteObject | undefined {
    return this.byId.get(id);
  }

  get all(): Iterable<ByteObject> {
    return this.byId.values();
  }

  /** The object that a variable of a function is; undefined for numbers and pointers, and where its size is unknown. */
  ofVariable(declaration: Declaration, of: FlowFunction): ByteObject | undefined {
    if (this.byDeclaration.has(declaration)) return this.byDeclaration.get(declaration);
    const made = this.makeVariable(declaration, of);
    this.byDeclaration.set(declaration, made);
    if (made) this.byId.set(made.id, made);
    return made;
  }

  private makeVariable(declaration: Declaration, of: FlowFunction): ByteObject | undefined {
    const { kind } = strip(declaration.type);
    const isObject = declaration.kind === 'variable' && (kind === 'record' || kind === 'array');
    const site = of.tokens[declaration.nameToken];
    if (!isObject || declaration.isStatic || !site) return undefined;
    const size = sizeOf(declaration.type, this.target);
    if (isUnknownValue(size) || size === 0 || this.isTooLarge(size)) return undefined;
    const id = `v${this.byDeclaration.size}`;
    return { id, size, declaration, site, of, type: declaration.type, views: [], texts: [], copies: [] };
  }

  /** Memory that comes from a call; the same for all that one call as it is written expands to. */
  given(
    call: Expression & { kind: 'call' },
    of: FlowFunction,
    size: number,
    memory: UnclearedMemory | undefined,
    buffer: string | undefined,
  ): ByteObject {
    const site = writtenAt(of.tokens[call.first]);
    const id = `m${site.file.path}:${site.start}`;
    const known = this.byId.get(id);
    if (known) return known;
    const made: ByteObject = { id, size, site, of, memory, call, buffer, views: [], texts: [], copies: [] };
    this.byId.set(id, made);
    return made;
  }

  /** What a pointer leads to, where its caller left it uncleared. */
  room(id: string, site: PToken, of: FlowFunction): ByteObject {
    const known = this.byId.get(id);
    if (known) return known;
    const made: ByteObject = { id, size: Number.POSITIVE_INFINITY, site, of, views: [], texts: [], copies: [] };
    this.byId.set(id, made);
    return made;
  }

  /** A variable points into an object: its type says what lies there, its name how people call it. */
  view({ name, type }: Pick<Declaration, 'name' | 'type'>, value: ByteValue | undefined): void {
    if (value?.kind !== 'pointer' || value.at === undefined || value.every) return;
    const bare = strip(type);
    const to = bare.kind === 'pointer' ? strip(bare.to) : undefined;
    if (to?.kind !== 'record') return;
    const views = this.byId.get(value.object)?.views;
    if (views && !views.some((one) => one.name === name && one.at === value.at))
      views.push({ name, at: value.at, type: to });
  }
}

/** A member as a person writes it; undefined where what it is a member of is no variable. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'member') return undefined;
  const base = pathOf(expression.base);
  return base === undefined ? undefined : `${base}${expression.arrow ? '->' : '.'}${expression.name}`;
}
