/** Tags of words that no function of a header masks: comments at the members say them, "bit 0 is set if it points to a note". */
import { entriesOf } from './comment-entries';
import type { DerivedTag, WordKind } from './derived';
import { plain, recordAround } from './member-text';
import { membersBeside } from './members-beside';
import { isTakenBack, type OnTakenBack } from './not-derived';
import { byBit } from './valid-shapes';
import { wordBeside } from './valid-when';

const NUMBERS = ['', 'one', 'two', 'three', 'four'];

/** Which bits a comment speaks of, and that they say something by themselves. */
const BITS =
  /\b(?:bits?\s+(?<bit>zero|\d)\b|(?:the\s+)?(?:lowest|low|lower|least\s+significant|bottom)\s+(?:(?<count>one|two|three|four|[1-4])\s+)?(?:order\s+)?bits?\b|(?:the\s+)?LSB\b)(?<rest>[^.;]*)/i;

/** What makes them tags. */
const TAGS =
  /^\s*(?:(?:of|in)\s+(?:the\s+|this\s+|that\s+|its\s+)?\w+\s+)?(?:=>|==|:|is\s+(?:set|a|the|used|true|one|1)\b|(?:are|is)\s+(?:a\s+|the\s+)?(?:tags?|flags?|(?:re)?used)\b|set\s+(?:if|when|means|says)\b|tags?\b|indicates?\b|says?\b|tells?\b|means?\b|marks?\b|holds?\b|carr(?:y|ies)\b|encodes?\b|stores?\b|distinguish)/i;

/** What says that they are none. */
const FREE =
  /\b(?:clear|zero(?!\s+if)|unused|unset|free|available|ignored|reserved|must\s+not|never|aligned|not\s+(?:be\s+)?(?:set|used))\b/i;

/** Words that can hold a pointer, as declarations spell them. */
const DECLARED =
  /^\s*(?:const\s+|volatile\s+)*(?:(?<long>unsigned\s+long|long|\w*(?:ptr|long)_t)|(?<void>void)\s*(?:__\w+\s*)?\*|struct\s+\w+\s*(?:__\w+\s*)?\*)\s*(?:__\w+\s+)?(?<name>\w+)\s*;/;

const HINT = /\b(?:bit\s+(?:0|1|zero)\b|(?:low|lower|lowest|bottom|significant)\s+[\w\s*]{0,12}bits?\b|LSB\b)/i;

/** What says of a number that it is a pointer with flags in it, and not in which bits: those that any pointer leaves free. */
const FLAGGED =
  /\b(?:pointer|owners?|address|struct\s+\w+)\b[^.;]*?\b(?:plus|and|with|as\s+well(?:\s+as)?)\s+(?:\w+\s+){0,2}(?:flags?|tags?)\b/i;
const FREE_BITS: readonly number[] = [0, 1, 2];

const FLAGS_HINT = /\b(?:plus|and|with|well|as)[\s*]+(?:\w+[\s*]+){0,2}(?:flags?|tags?)\b/i;

/** The words of a header of which comments alone say that low bits are tags. */
export function commentTags(path: string, text: string, onTakenBack?: OnTakenBack): DerivedTag[] {
  if (!HINT.test(text) && !FLAGS_HINT.test(text)) return [];
  const found: DerivedTag[] = [];
  for (const { 0: comment, index } of text.matchAll(/\/\*[\s\S]*?\*\//g)) {
    if (!HINT.test(comment) && !FLAGS_HINT.test(comment)) continue;
    const end = index + comment.length;
    for (const { tag, names, words, from, start } of saidOf(text, comment, index)) {
      const { bits, quote, isFlagged } = tagsSaid(words);
      if (bits.length === 0) continue;
      const named = names.flatMap((name) => wordNamed(text, from, name) ?? []);
      // Of a union with records in it, a comment speaks of what it says by name.
      if (named.length === 0 || named.length < names.length) continue;
      const isPointer =
        isFlagged || named.some(({ kind }) => kind !== 'integer') || /\bpointers?\b|\baddress\b/i.test(words);
      if (!isPointer || (isFlagged && named.some(({ kind }) => kind !== 'integer'))) continue;
      const always = alwaysSet(words, names, text.slice(from, named[0].at + 200));
      for (const { name, kind, at } of named) {
        if (isTakenBack(text, at, 'tag', onTakenBack)) continue;
        const evidence = { path, start, end, quote };
        const isSet = always.has(name) && { isSet: true };
        found.push({ record: { tag, path }, member: name, kind, bits, accessors: [], evidence, ...isSet });
      }
    }
  }
  return found;
}

/** The members of a union that never come without their bit: "bit 0: 0 = mods, 1 = sites" says so of `sites`. */
function alwaysSet(words: string, names: readonly string[], code: string): ReadonlySet<string> {
  const halves = names.length > 1 ? byBit(words, wordBeside(names, code), code, new Set(names)) : [];
  return new Set(halves.flatMap(({ members, isSet }) => (isSet ? members : [])));
}

interface SaidOfWords {
  readonly tag: string;
  /** The members that it is said of. */
  readonly names: readonly string[];
  readonly words: string;
  /** An offset behind the brace that opens their record, or the record around them. */
  readonly from: number;
  /** Where it is said. */
  readonly start: number;
}

/** What a comment says of members: of those beside it, or, above a record, of each that it names. */
function* saidOf(text: string, comment: string, index: number): Iterable<SaidOfWords> {
  const end = index + comment.length;
  const tag = recordAround(text, index);
  if (tag !== undefined) {
    const beside = membersBeside(text, index, end);
    // A number that shares its bytes with pointers says what is in theirs.
    const names = beside.length === 1 ? (unionAround(text, index) ?? beside) : beside;
    yield { tag, names, words: plain(comment.replace(/^\/\*+|\*+\/$/g, '')), from: index, start: index };
    return;
  }
  const head = /^\s*(?:typedef\s+)?struct\s+(\w+)[^;{}()]*\{/.exec(text.slice(end, end + 200));
  if (!head || !comment.startsWith('/**')) return;
  for (const { member, words } of entriesOf(comment))
    if (member !== undefined) {
      const start = index + Math.max(0, comment.indexOf(`@${member}:`));
      yield { tag: head[1], names: [member], words, from: end + head[0].length, start };
    }
}

/** Those tags of words of which no accessor tells more. */
export function withoutKnown(said: readonly DerivedTag[], known: readonly DerivedTag[]): readonly DerivedTag[] {
  const keyOf = ({ record, member }: DerivedTag): string => `${record?.path} ${record?.tag} ${member}`;
  const told = new Set(known.map(keyOf));
  return said.filter((one) => !told.has(keyOf(one)));
}

/** The bits that a comment calls tags, with its sentence. */
function tagsSaid(words: string): {
  readonly bits: readonly number[];
  readonly quote: string;
  readonly isFlagged?: boolean;
} {
  const bits = new Set<number>();
  let quote = '';
  for (const sentence of words.split(/(?<=[.;])\s+|(?=\bbit\s+\d\s*(?:=>|:))/)) {
    const said = BITS.exec(sentence)?.groups;
    if (!said || !TAGS.test(said.rest) || FREE.test(sentence)) continue;
    const count = said.count === undefined ? 1 : Number(said.count) || NUMBERS.indexOf(said.count.toLowerCase());
    const named = said.bit === undefined ? undefined : Number(said.bit) || 0;
    if (named !== undefined) bits.add(named);
    else for (let bit = 0; bit < count; bit++) bits.add(bit);
    quote ||= sentence.trim();
  }
  const all = [...bits].sort((a, b) => a - b);
  const flagged =
    all.length === 0 ? words.split(/(?<=[.;])\s+/).find((one) => FLAGGED.test(one) && !FREE.test(one)) : undefined;
  if (flagged !== undefined) return { bits: FREE_BITS, quote: flagged.trim(), isFlagged: true };
  return { bits: all.every((bit) => bit < 3) ? all : [], quote };
}

/** The members of the union without a name that an offset stands in; undefined where it stands in none, or others are in it. */
function unionAround(text: string, at: number): readonly string[] | undefined {
  const open = text.lastIndexOf('{', at);
  const close = text.indexOf('}', at);
  if (open < 0 || close < 0 || !/\bunion\s*$/.test(text.slice(0, open).slice(-20))) return undefined;
  const code = text.slice(open + 1, close).replace(/\/\*[\s\S]*?\*\//g, '');
  if (code.includes('{') || code.includes('}')) return undefined;
  return code.split(';').flatMap((one) => /(\w+)\s*$/.exec(one)?.[1] ?? []);
}

/** The word that a member is declared as, below an offset. */
function wordNamed(
  text: string,
  from: number,
  name: string,
): { readonly name: string; readonly kind: WordKind; readonly at: number } | undefined {
  const lineStart = text.lastIndexOf('{', from) + 1;
  const declared = new RegExp(`[^;{}/]*\\b${name}\\s*;`, 'g');
  declared.lastIndex = lineStart;
  const match = declared.exec(text);
  const said = match && DECLARED.exec(match[0].replace(/^[\s\S]*\n(?=[^\n]*;)/, ''))?.groups;
  if (!said || said.name !== name) return undefined;
  const kind = said.long !== undefined ? 'integer' : said.void !== undefined ? 'void' : 'pointer';
  return { name, kind, at: match.index + match[0].lastIndexOf(name) };
}
