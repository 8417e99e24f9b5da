/**
 * Which value of an enum makes which member of a union valid, where names and the comments behind the values tell it for every member:
 * by the member's name, by that of its type, and by being the last one left.
 */
import { itemText } from '../preprocessor/item-text';
import { nameId } from '../text/names';
import { type CType, type Member, type RecordDeclaration, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';

/** A value of an enum, with the comment behind it. */
interface KindValue {
  readonly name: string;
  readonly comment: string;
}

/** What the values of an enum say of the members of a union. */
interface KindCover {
  /** The value that each member is valid with. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Further values of a member: `KIND_DATA_IN` and `KIND_DATA_OUT` of `data`. */
  readonly more: ReadonlyMap<string, readonly string[]>;
  /** Values with which no member is valid. */
  readonly none: ReadonlySet<string>;
  /** All values. */
  readonly values: readonly string[];
}

/** Constants that say no kind at all. */
export const NO_KIND = /_(?:LAST|MAX|NUM|COUNT|NONE|UNSPEC\w*|INVALID|UNKNOWN|UNDEFINED)$/i;

/** A comment that says that there is no value. */
const SAYS_NONE =
  /\b(?:no|without|not\s+(?:given\s+)?an?y?)\s+(?:\w+\s+)?(?:value|data|payload|argument|parameter|content)s?\b|^(?:none|nothing|empty|unused)\b/i;

/** The enumerators among which one is declared, itself included, as the text has them. */
export function enumeratorsBeside(file: FileAnalysis, constant: string): readonly KindValue[] {
  if (file.globals.ordinary(constant)?.kind !== 'enumerator') return [];
  const id = nameId(constant);
  for (const { table } of file.globals.tables)
    for (const index of table.ordinary.get(id)) {
      const text = itemText(table.file, table.items[index]);
      const at = text.search(new RegExp(`\\b${constant}\\b`));
      const [from, to] = [text.lastIndexOf('{', at), text.indexOf('}', at)];
      if (at >= 0 && from >= 0 && to >= 0) return valuesIn(text.slice(from + 1, to));
    }
  return [];
}

function valuesIn(body: string): readonly KindValue[] {
  // Blanks in place of comments leave what stands where it is.
  const code = body.replace(/\/\*[\s\S]*?\*\/|\/\/.*|^[ \t]*#.*$/gm, (part) => part.replace(/[^\n]/g, ' '));
  return [...code.matchAll(/(?:^|,)\s*([A-Za-z_]\w*)/g)].map(({ 0: whole, 1: name, index }) => {
    const line = body.slice(index + whole.length, `${body}\n`.indexOf('\n', index + whole.length));
    return { name, comment: /\/\*+\s*(.*?)\s*\*\/|\/\/\s*(.*)/.exec(line)?.[1] ?? '' };
  });
}

/** What the values of an enum say of the members of a union; undefined where one of these is left without a value of its own. */
export function kindCover(union: readonly Member[], values: readonly KindValue[]): KindCover | undefined {
  const names = union.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (names.length < 2 || names.length !== union.length || values.length < names.length) return undefined;
  const prefix = commonPrefix(values.map(({ name }) => name));
  if (prefix === '') return undefined;
  const suffix = commonSuffix(values.map(({ name }) => name.slice(prefix.length)));
  const kinds = new Map<string, string>();
  const left = new Set(values.filter(({ name }) => !NO_KIND.test(name)));
  const open = new Set(union);
  const take = (fits: (value: KindValue, member: Member) => boolean): boolean => {
    const found: [KindValue, Member][] = [];
    for (const member of open) {
      const fitting = [...left].filter((value) => fits(value, member));
      // Two values of one member are more than can be told apart.
      if (fitting.length > 1) return false;
      if (fitting.length === 1) found.push([fitting[0], member]);
    }
    if (new Set(found.map(([value]) => value)).size < found.length) return false;
    for (const [value, member] of found) {
      kinds.set(member.name!, value.name);
      left.delete(value);
      open.delete(member);
    }
    return true;
  };
  const tail = ({ name }: KindValue): string => name.slice(prefix.length, name.length - suffix.length).toLowerCase();
  if (!take((value, { name }) => tail(value) === name!.toLowerCase())) return undefined;
  if (!take((value, { type }) => tail(value) === tagOf(type))) return undefined;
  // `nh_grp` of `TYPE_GRP`.
  if (!take((value, { name }) => name!.toLowerCase().endsWith(`_${tail(value)}`))) return undefined;
  if (!take((value, { name }) => isEndOf(tail(value), name!.toLowerCase()))) return undefined;
  // What is left over on either side belongs together, where all others do.
  const isLast = open.size === 1 && left.size === 1 && names.length > 2 && values.length === names.length;
  if (isLast) take(() => true);
  // What has a longer name than a member is another kind of it, where it can't be one of another member.
  const more = new Map<string, string[]>();
  for (const value of left) {
    // Where two members end in a word (`vlan`, `mac_vlan`), it tells of neither.
    const isEnd = (word: string): boolean =>
      tail(value).endsWith(`_${word}`) && !names.some((name) => name.toLowerCase().endsWith(`_${word}`));
    const fits = (word: string): boolean => `${tail(value)}_`.startsWith(`${word}_`) || isEnd(word);
    const [own, ...others] = names.filter((name) => {
      const kind = kinds.get(name)?.slice(prefix.length).toLowerCase() ?? '';
      return fits(name.toLowerCase()) || (kind !== '' && fits(kind.slice(0, kind.length - suffix.length)));
    });
    if (others.length > 0) return undefined;
    if (own !== undefined) more.set(own, [...(more.get(own) ?? []), value.name]);
  }
  for (const member of open) {
    const [first, ...rest] = more.get(member.name!) ?? [];
    if (first === undefined) return undefined;
    kinds.set(member.name!, first);
    more.set(member.name!, rest);
  }
  const none = values.filter(({ name, comment }) => NO_KIND.test(name) || SAYS_NONE.test(comment));
  const meant = new Set([...kinds.values(), ...[...more.values()].flat()]);
  return {
    kinds,
    more,
    none: new Set(none.map(({ name }) => name).filter((name) => !meant.has(name))),
    values: values.map(({ name }) => name),
  };
}

/** Whether one word ends in another one of some length: `symlink` in `link`. */
function isEndOf(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > 3 && long.endsWith(short);
}

/** What all names begin with, up to an underscore. */
export function commonPrefix(names: readonly string[]): string {
  let prefix = names[0] ?? '';
  for (const name of names) while (!name.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix.slice(0, prefix.lastIndexOf('_') + 1);
}

/** What all of several names end with, from an underscore on. */
function commonSuffix(names: readonly string[]): string {
  const [first = ''] = names;
  for (let at = first.indexOf('_'); at >= 0; at = first.indexOf('_', at + 1)) {
    const suffix = first.slice(at);
    if (names.length > 1 && names.every((name) => name.length > suffix.length && name.endsWith(suffix))) return suffix;
  }
  return '';
}

/** The tag of the record that a member is, or points to. */
function tagOf(type: CType): string | undefined {
  const bare = strip(type);
  if (bare.kind === 'pointer') return tagOf(bare.to);
  return bare.kind === 'record' ? bare.record.tag?.toLowerCase() : undefined;
}

/** The cover of a union in a record by an enum of which the record has a member. */
export function coverIn(file: FileAnalysis, record: RecordDeclaration, name: string): KindCover | undefined {
  const union = unionOf(record, name);
  if (!union) return undefined;
  for (const { type } of record.members ?? []) {
    const bare = strip(type);
    const [first] = bare.kind === 'enum' ? (bare.enumeration.enumerators ?? []) : [];
    const cover = first && kindCover(union, enumeratorsBeside(file, first.name));
    if (cover) return cover;
  }
  return undefined;
}

/** The members that a name shares its bytes with, itself included; undefined where it stands in no union. */
export function unionOf({ kind, members = [] }: RecordDeclaration, name: string): readonly Member[] | undefined {
  for (const member of members) {
    if (member.name === name && kind === 'union') return members;
    const inner = member.name === undefined && member.type.kind === 'record' ? member.type.record : undefined;
    if (!inner || !findMember(inner, name)) continue;
    const found = unionOf(inner, name);
    if (found) return found;
  }
  return undefined;
}
