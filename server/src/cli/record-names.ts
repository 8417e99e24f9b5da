/** The names that `layout`, `diff` and `claims` take: `page`, `struct page`, `page.lru`, `atomic_t`. */
import { UsageError } from './command-context';

export interface RecordName {
  readonly kind?: 'struct' | 'union';
  readonly name: string;
  /** The path to a member, as in `page.lru.next`. */
  readonly member?: string;
}

/**
 * The records that some arguments name; `struct page` may be one argument or two.
 * @throws UsageError where one is no name.
 */
export function recordNames(given: readonly string[]): RecordName[] {
  const names: RecordName[] = [];
  const words = given.flatMap((argument) => argument.trim().split(/\s+/));
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === 'enum') throw new UsageError('An enum has no layout: name a struct, a union or a typedef of one.');
    const kind = word === 'struct' || word === 'union' ? word : undefined;
    if (kind) index++;
    names.push({ ...(kind && { kind }), ...parseName(words[index] ?? '', kind) });
  }
  return names;
}

function parseName(word: string, kind: string | undefined): RecordName {
  const match = /^([A-Za-z_]\w*)(?:(?:\.|->)(\w+(?:\[\d+\])*(?:\.\w+(?:\[\d+\])*)*))?$/.exec(word);
  if (!match && word === '') throw new UsageError(`${kind ?? 'The name'} of what? As in "overlint layout page".`);
  if (!match)
    throw new UsageError(`"${word}" is no name of a record. Examples: page, "struct page", page.lru, atomic_t.`);
  return { name: match[1], ...(match[2] !== undefined && { member: match[2] }) };
}

/** As people write it. */
export function spelled({ kind, name }: RecordName): string {
  return kind ? `${kind} ${name}` : name;
}
