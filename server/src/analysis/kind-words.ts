/** States that comments give in plain words, where a flag, a question or a kind has the same: `for polled bios` beside `JOB_POLLED`. */
import { hasWords, type InWords, saidInWords } from '../facts/kind-words';
import type { ValidWhen } from '../facts/valid-state';
import type { Answer } from '../flow/answers';
import { isNumeral } from '../flow/test-constants';
import type { RecordDeclaration } from '../types/model';
import type { FileAnalysis } from './analysis';
import { enumeratorsBeside } from './kind-cover';

const known = new WeakMap<RecordDeclaration, readonly InWords[]>();

function saidOf(file: FileAnalysis, record: RecordDeclaration): readonly InWords[] {
  let said = known.get(record);
  if (!said) {
    const { place, tag = '' } = record;
    const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
    known.set(record, (said = text ? saidInWords(text, place.start, place.end, tag) : []));
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
  { asked, equals, holds }: Answer,
): ValidWhen | undefined {
  if (isNumeral(asked)) return undefined;
  const said = saidOf(file, record);
  const own = said.find(({ members }) => names.some((name) => members.has(name)));
  if (!own) return undefined;
  const member = names.find((name) => own.members.has(name))!;
  const state = ({ quote, start, end }: InWords, name: string, isIt: boolean): ValidWhen => {
    return { member, asked: name, holds: isIt, equals: undefined, quote, start, end };
  };
  const meant = said.find((one) => one.union === own.union && hasWords(asked, one));
  if (meant === own) return holds === own.holds ? undefined : state(own, asked, own.holds);
  if (meant) return holds === meant.holds ? state(meant, asked, !meant.holds) : undefined;
  // Another value of the kind that has the words in its name.
  if (equals === undefined || !holds || !own.holds) return undefined;
  const [kind, ...more] = enumeratorsBeside(file, asked).filter(({ name }) => hasWords(name, own));
  return kind && more.length === 0 ? state(own, kind.name, true) : undefined;
}

/** Whether comments say of two members of one union that they are there for objects of different kinds. */
export function areForOthers(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  const said = saidOf(file, record).filter(({ isWhole }) => isWhole);
  const [left, right] = [one, other].map((path) => {
    const names = path.split('.');
    return said.find(({ members }) => names.some((name) => members.has(name)));
  });
  if (!left || !right || left === right || left.union !== right.union) return false;
  return left.stems.every((word) => !right.stems.includes(word));
}
