/** Copies of objects that have bytes in them that were never stored: these are open in the copy, too. */
import type { Expression } from '../types/ast';
import { strip } from '../types/model';
import { typeOf } from '../types/typer';
import { missingBits, withoutBits } from './bit-ranges';
import type { OpenBytes } from './byte-objects';
import type { ByteRun } from './byte-run';
import type { BytePlace, Location } from './byte-state';
import { ByteValues } from './byte-values';
import type { FlowFunction } from './callees';

export abstract class ByteCopies extends ByteValues {
  constructor(
    fn: FlowFunction,
    protected readonly run: ByteRun,
  ) {
    super(fn, run.globals, run.target);
  }

  protected openIn(expression: Expression): OpenBytes | undefined {
    if (!isPlace(expression)) return undefined;
    const type = typeOf(expression, this.globals);
    if (strip(type).kind !== 'record') return undefined;
    const place = this.location(expression);
    return place?.kind === 'bytes' ? this.openAt(place, this.sizeOf(type)) : undefined;
  }

  /** What of so many bytes from a place on was never stored. */
  protected openAt({ object, at, every }: BytePlace, size: number | undefined): OpenBytes | undefined {
    const stored = this.state.objects.get(object);
    const of = this.run.objects.get(object);
    if (!stored || !of || at === undefined || every || size === undefined || at + size > of.size) return undefined;
    // Of text that was formatted into it, whoever copies it knows how much it is.
    if (of.texts.some(({ isOpen }) => isOpen)) return undefined;
    const missing = missingBits(stored, at * 8, (at + size) * 8).map((bit) => bit - at * 8);
    // Nothing of it was stored on this way: what a compiler warns of, or a way that no run takes.
    const isBare = missing[0] === 0 && missing[1] === size * 8;
    return missing.length > 0 && !isBare ? { of, from: at, size, missing } : undefined;
  }

  protected leaveOpen(location: Location | undefined, { of, from, size, missing }: OpenBytes): void {
    if (location?.kind !== 'bytes' || location.at === undefined || location.object === of.id) return;
    const { object, at, every } = location;
    const to = this.run.objects.get(object);
    let stored = this.state.objects.get(object);
    if (!to || !stored) return;
    for (let element = 0; element < (every?.count ?? 1); element++) {
      const start = (at + element * (every?.stride ?? 0)) * 8;
      for (let range = 0; range < missing.length; range += 2)
        stored = withoutBits(stored, start + missing[range], start + missing[range + 1]);
    }
    this.state.objects.set(object, stored);
    if (!to.copies.some((one) => one.of === of && one.from === from && one.to === at))
      to.copies.push({ of, from, to: at, size });
  }
}

/** Whether an expression names a place, and does nothing else. */
function isPlace(expression: Expression): boolean {
  if (expression.kind === 'name') return true;
  if (expression.kind === 'member') return isPlace(expression.base);
  return expression.kind === 'unary' && !expression.postfix && isPlace(expression.operand);
}
