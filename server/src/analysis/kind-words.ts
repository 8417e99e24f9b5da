/** States that comments give in plain words, where a flag, a question or a kind has the same: `for polled bios` beside `JOB_POLLED`. */
import { hasWords, type InWords, saidInWords } from '../facts/kind-words';
import type { ValidWhen } from '../facts/valid-state';
import type { Answer } from '../flow/answers';
import { isNumeral } from '../flow/test-constants';
import { type RecordDeclaration, strip } from '../types/model';
import type { FileAnalysis } from './analysis';
import { enumeratorsBeside } from './kind-cover';

const known = new WeakMap<RecordDeclaration, readonly InWords[]>();

/** What the comments of a record say of its members in plain words. */
export function statesInWords(file: FileAnalysis, record: RecordDeclaration): readonly InWords[] {
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
  const said = statesInWords(file, record);
  const own = said.find(({ members }) => names.some((name) => members.has(name)));
  if (!own) return undefined;
  const member = names.find((name) => own.members.has(name))!;
  const state = ({ quote, start, end }: InWords, name: string, isIt: boolean): ValidWhen => {
    return { member, asked: name, holds: isIt, equals: undefined, quote, start, end };
  };
  const meant = said.find((one) => one.union === own.union && isNamedBy(file, asked, one));
  if (meant === own) return holds === own.holds ? undefined : state(own, asked, own.holds);
  if (meant) return holds === meant.holds ? state(meant, asked, !meant.holds) : undefined;
  if (hasWords(asked, own)) return undefined;
  // Another value of the kind that has the words in its name.
  if (equals === undefined || !holds || !own.holds) return undefined;
  const [kind, ...more] = enumeratorsBeside(file, asked).filter(({ name }) => isNamedBy(file, name, own));
  return kind && more.length === 0 ? state(own, kind.name, true) : undefined;
}

/**
 * Whether a flag, a question or a kind has the words of a comment for its name, and none beside it has them with less before them: of
 * `LINK_SIGNALED` and `LINK_ENABLE_SIGNAL` the first is the one for `signaled`.
 */
export function isNamedBy(file: FileAnalysis, name: string, said: InWords): boolean {
  if (!hasWords(name, said)) return false;
  if (name.endsWith('()')) return isQuestion(file, name.slice(0, -2));
  const rivals = enumeratorsBeside(file, name).filter((one) => hasWords(one.name, said));
  return rivals.every((one) => partsOf(one.name) >= partsOf(name));
}

/** Whether a function answers with yes or no, and does nothing by its name. */
function isQuestion({ globals }: FileAnalysis, name: string): boolean {
  const type = globals.ordinary(name)?.type;
  const returns = type?.kind === 'function' ? strip(type.returns) : undefined;
  return (returns?.kind === 'integer' && returns.name === '_Bool') || /(?:^|_)(?:is|in|has|are|was|can)_/.test(name);
}

function partsOf(name: string): number {
  return name.split('_').length;
}

/** Whether comments say of two members of one union that they are there for objects of different kinds. */
export function areForOthers(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  const said = statesInWords(file, record).filter(({ isWhole }) => isWhole);
  const [left, right] = [one, other].map((path) => {
    const names = path.split('.');
    return said.find(({ members }) => names.some((name) => members.has(name)));
  });
  if (!left || !right || left === right || left.union !== right.union) return false;
  return left.stems.every((word) => !right.stems.includes(word));
}
