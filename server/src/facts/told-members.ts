/**
 * Which members of a record's unions the comments at constants and flags make valid: "@u.probe runs" at a value of an enum, "the pages
 * hold, else the list" at a bit, and the same in a sentence of the record.
 */
import { entriesOf, isTakenBackAt } from './comment-entries';
import { type ConstantEntry, constantEntries } from './constant-entries';
import { membersBeside } from './members-beside';
import type { OnTakenBack } from './not-derived';
import { type ToldByFlag, toldAtFlag, toldByFlag } from './told-by-flags';
import { type Arm, armOf, armsIn, MEMBERS, marked } from './union-arms';
import type { ValidWhen } from './valid-state';

type Told = Omit<ValidWhen, 'member'>;

/** What they say of the record that stands between two offsets. */
export function toldMembers(text: string, from: number, to: number, onTakenBack?: OnTakenBack): ValidWhen[] {
  const code = withoutComments(text.slice(from, to));
  const arms = armsIn(code);
  if (arms.length === 0) return [];
  const tag = /^\s*(?:typedef\s+)?(?:struct|union)\s+(\w+)/.exec(text.slice(from, to))?.[1];
  const names = new Set(arms.flatMap(({ all }) => [...all]));
  const found: ValidWhen[] = [];
  const take = (arm: Arm, told: Told): void => {
    for (const member of arm.names)
      if (!isTakenBackAt(text, from, to, member, onTakenBack)) found.push({ member, ...told });
  };
  const start = commentAbove(text, from);
  const flags = flagsIn(code).filter((name) => !names.has(name));
  for (const { 0: comment, index } of text.slice(start, to).matchAll(/\/\*[\s\S]*?\*\//g)) {
    const place = { start: start + index, end: start + index + comment.length };
    const beside = place.end <= from ? [] : membersBeside(text, place.start, place.end);
    for (const { member, words } of entriesOf(comment)) {
      const [own = '', ...more] = member !== undefined ? [member] : beside;
      for (const sentence of words.split(/(?<=[.;])\s+(?!(?:otherwise|else|if not|true|false|set|clear|[01])\b)/i)) {
        const quote = sentence.trim();
        const isFlag = more.length === 0 && flags.includes(own);
        const told = isFlag ? toldAtFlag(sentence, arms, names) : toldByFlag(sentence, arms, names, flags);
        for (const one of told) take(one.arm, stateOf(one, own, { quote, ...place }));
      }
    }
  }
  for (const { arm, ...told } of atConstants(constantEntries(text, start, to), arms, names, tag)) take(arm, told);
  return found;
}

/** The names of members that may say yes or no. */
function flagsIn(code: string): readonly string[] {
  return [...code.matchAll(/\bbool\s+(\w+)\s*;|\b(\w+)\s*:\s*1\s*[;,]/g)].map(([, one, bit]) => one ?? bit);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '');
}

/** Where the comment begins that stands right above a record. */
function commentAbove(text: string, from: number): number {
  const isDocumented = text
    .slice(Math.max(0, from - 100), from)
    .trimEnd()
    .endsWith('*/');
  return isDocumented ? text.lastIndexOf('/*', from) : from;
}

function stateOf({ flag, isSet }: ToldByFlag, own: string, said: Pick<ValidWhen, 'quote' | 'start' | 'end'>): Told {
  const name = flag ?? own;
  return name === name.toUpperCase()
    ? { asked: name, holds: isSet, equals: undefined, ...said }
    : { asked: '0', holds: !isSet, equals: name, ...said };
}

/** Words by which a comment may speak of another time than that of the constant, or say the opposite. */
const TURNED =
  /\b(?:not|\w+n't|unless|except|without|never|no longer|before|after|until|cleared|freed|gone|ignored|unused|invalid|becomes?|instead|both|may|might|copied|moved?)\b/i;
const SAYS_NONE =
  /^(?:no|without)\s+(?:extra\s+|further\s+|more\s+)?(?:data|payload|arguments?|args|info|parameters?|content|values?)\.?$|^(?:nothing|none|empty)\.?$|\b(?:none|no(?:thing|body)?)\s+(?:of\s+)?(?:the\s+)?(?:(?:members?|fields?|union|\w*arms?)\b|(?:in|of)\s+(?:the\s+)?union)|\bunion\s+(?:is\s+)?(?:unused|not\s+used|empty|invalid|meaningless)|\bnothing\s+(?:holds|is\s+valid)\b/i;

/** What the comments at the constants of one family say, where these tell two arms at least; or where one says it of a bit. */
function* atConstants(
  families: readonly (readonly ConstantEntry[])[],
  arms: readonly Arm[],
  names: ReadonlySet<string>,
  tag: string | undefined,
): Iterable<Told & { readonly arm: Arm }> {
  for (const family of families) {
    const isMacroFlag = ({ words, isMacro }: ConstantEntry): boolean =>
      isMacro && toldAtFlag(words, arms, names).length === 1;
    const kinds = new Map<Arm, ConstantEntry[]>();
    const others: string[] = [];
    let isWhole = true;
    for (const entry of family) {
      const { constant, words, start, end, isMacro } = entry;
      const said = { quote: words, start, end };
      const told = isMacro ? toldAtFlag(words, arms, names) : [];
      if (told.length > 1) {
        for (const { arm, isSet } of told) yield { arm, asked: constant, holds: isSet, equals: undefined, ...said };
        continue;
      }
      const arm = armSaid(words, arms, names, tag);
      if (arm) kinds.set(arm, [...(kinds.get(arm) ?? []), entry]);
      else if (SAYS_NONE.test(words)) others.push(constant);
      else isWhole = false;
    }
    for (const [arm, [first, ...more]] of kinds) {
      const rivals = [...kinds].flatMap(([other, entries]) =>
        other !== arm && other.union === arm.union ? entries.map(({ constant }) => constant) : [],
      );
      const needsIt = more.length === 0 && (isMacroFlag(first) || (isWhole && !first.isMacro));
      if (rivals.length === 0 && !(needsIt && isMacroFlag(first))) continue;
      const { constant: asked, words: quote, start, end } = first;
      const alike = more.map(({ constant }) => constant);
      const state = { asked, others: alike, holds: true, equals: undefined, quote, start, end, arm };
      yield { ...state, rivals: [...rivals, ...others], needsIt };
    }
  }
}

/** The one arm of which the words at a constant speak. */
function armSaid(
  words: string,
  arms: readonly Arm[],
  names: ReadonlySet<string>,
  tag: string | undefined,
): Arm | undefined {
  const found = new Set<Arm>();
  for (const sentence of words.split(/(?<=[.;])\s+/)) {
    const own = tag === undefined ? sentence : sentence.replace(new RegExp(`\\b${tag}(?:\\.|->)`, 'g'), '->');
    const said = new RegExp(MEMBERS, 'g');
    const isBare = IS_SAID.test(marked(own, names, true));
    const lists = [...marked(own, names, isBare).matchAll(said)];
    if (lists.length > 0 && TURNED.test(own)) return undefined;
    for (const [, list] of lists) {
      const arm = armOf(arms, list.split(' '));
      if (!arm) return undefined;
      found.add(arm);
    }
  }
  const [arm, ...more] = found;
  return more.length === 0 ? arm : undefined;
}

/** A name alone is a member where the words say that it is valid, or are nothing but that name. */
const IS_SAID = new RegExp(
  `^(?:(?:in|uses?|see|with|has)\\s+)?(?:the\\s+)?${MEMBERS}\\s*\\.?$|${MEMBERS}\\s+(?:(?:fields?|members?)\\s+)?(?:holds?|(?:is|are)\\s+(?:valid|used|in use|meaningful)|valid|counts?)\\b|\\b(?:uses?|see|look at|stored in|kept in)\\s+(?:the\\s+)?${MEMBERS}`,
);
