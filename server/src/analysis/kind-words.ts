/** States that comments give in plain words, where a flag or a question has the same: `for polled bios` beside `JOB_POLLED`. */
import { asksForThem, type ForObjects, objectsFor } from '../facts/kind-words';
import type { ValidWhen } from '../facts/valid-when';
import type { Answer } from '../flow/answers';
import { isNumeral } from '../flow/test-constants';
import type { RecordDeclaration } from '../types/model';
import type { FileAnalysis } from './analysis';

const known = new WeakMap<RecordDeclaration, readonly ForObjects[]>();

function saidOf(file: FileAnalysis, record: RecordDeclaration): readonly ForObjects[] {
  let said = known.get(record);
  if (!said) {
    const { place, tag = '' } = record;
    const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
    known.set(record, (said = text ? objectsFor(text, place.start, place.end, tag) : []));
  }
  return said;
}

/**
 * The state that a member asks for by the words of its comment, where an answer says that it is not met, or that another member's is.
 *
 * @param names The names on the path to the member.
 */
export function wordedState(
  file: FileAnalysis,
  record: RecordDeclaration,
  names: readonly string[],
  { asked, holds }: Answer,
): ValidWhen | undefined {
  if (isNumeral(asked)) return undefined;
  const said = saidOf(file, record);
  const own = said.find(({ members }) => names.some((name) => members.has(name)));
  const meant = own && said.find((one) => one.union === own.union && asksForThem(asked, one));
  if (!own || !meant || (meant === own) === holds) return undefined;
  const { quote, start, end } = meant;
  const member = names.find((name) => own.members.has(name))!;
  return { member, asked, holds: meant === own, equals: undefined, quote, start, end };
}

/** Whether comments say of two members of one union that they are there for objects of different kinds. */
export function areForOthers(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  const said = saidOf(file, record);
  const [left, right] = [one, other].map((path) => {
    const names = path.split('.');
    return said.find(({ members }) => names.some((name) => members.has(name)));
  });
  if (!left || !right || left === right || left.union !== right.union) return false;
  return left.stems.every((word) => !right.stems.includes(word));
}
