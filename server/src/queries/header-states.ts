/** What a header says of when the members of its unions are valid: by comments, in words that flags and kinds are made of, and by its functions. */
import type { FileAnalysis } from '../analysis/analysis';
import { inferredStates } from '../analysis/inferred-states';
import { isNamedBy, statesInWords } from '../analysis/kind-words';
import { statesSaid } from '../analysis/said-states';
import { recordsIn } from '../facts/asked-members';
import type { InWords } from '../facts/kind-words';
import { stateText, type ValidWhen } from '../facts/valid-state';
import type { Place } from '../text/text';
import type { RecordDeclaration } from '../types/model';

/** When one member is valid, as the comment or the code at a place says. */
export interface SaidState extends Place {
  /** The record's tag; undefined where it has none. */
  readonly record: string | undefined;
  readonly member: string;
  /** `FERRY_WAITS is set` */
  readonly state: string;
  readonly quote: string;
}

type Quoted = Pick<ValidWhen, 'quote' | 'start' | 'end'>;

/** Whether a header may say anything of that, by its text alone. */
export function maySayStates(text: string): boolean {
  return /\bunion\b[^;(){]*\{/.test(text);
}

/** What the header at a path says, of a file that includes it; in the order of its text. */
export function statesOfHeader(file: FileAnalysis, path: string): SaidState[] {
  const found = recordsIn(file.globals, path).flatMap((record) => statesOn(file, record));
  const once = new Map(found.map((one) => [`${one.record} ${one.member} ${one.state} ${one.start}`, one]));
  return [...once.values()].sort((a, b) => a.start - b.start);
}

/** What is said of the members of one record. */
export function statesOn(file: FileAnalysis, record: RecordDeclaration): SaidState[] {
  const { place, tag } = record;
  if (!place) return [];
  const { path } = place;
  const said = statesSaid(file, record);
  const known = new Set(said.map(({ member }) => member));
  const inferred = tag === undefined ? [] : inferredStates(file, record).filter(({ member }) => !known.has(member));
  const row = ({ quote, start, end }: Quoted, member: string, state: string): SaidState => {
    return { record: tag, member, state, quote, path, start, end };
  };
  return [
    ...[...said, ...inferred].map((one) => row(one, one.member, stateText(one))),
    ...statesInWords(file, record).flatMap((one) => {
      const names = namesWith(file, path, one);
      if (names.length === 0) return [];
      const state = `${one.holds ? '' : 'not '}${names.join(' or ')}`;
      return [...one.members].flatMap((member) => (known.has(member) ? [] : [row(one, member, state)]));
    }),
  ];
}

/** Constants and functions of a header whose names are made of the words of a comment. */
function namesWith(file: FileAnalysis, path: string, words: InWords): string[] {
  const code = (file.textOf(path) ?? '').replace(/\/\*[\s\S]*?\*\//g, '');
  const names = code.matchAll(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]\w*\((?=(?:const\s+)?struct\b)/g);
  const found = new Set([...names].map(([name]) => (name.endsWith('(') ? `${name})` : name)));
  return [...found].filter((name) => isNamedBy(file, name, words));
}
