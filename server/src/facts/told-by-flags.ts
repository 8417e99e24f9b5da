/**
 * Sentences that say by one flag which of two members of a union is valid: "->elv is there without RQ_FLUSH, ->flush with it", and, at
 * the flag itself, "dma and nents hold, else pages".
 */
import { type Arm, armOf, MEMBERS, marked } from './union-arms';

/** What a sentence says of the members of an arm: valid where the flag is set, or where it is clear. */
export interface ToldByFlag {
  readonly arm: Arm;
  /** The constant or the member that is the flag; undefined where the sentence stands at it. */
  readonly flag: string | undefined;
  readonly isSet: boolean;
}

const VERB =
  '(?:\\s+(?:is|are|holds?|valid|used|there|live|lives|meaningful|in use|applies|apply|counts?|fields?|members?|only|then|shall|may|can|must|be|kept|stored|has|have|the|data|what))*';
/** What says that a member may be used. */
const IS_VALID =
  '\\s+(?:(?:fields?|members?)\\s+)?(?:holds?|(?:is|are)\\s+(?:valid|used|in use|meaningful|live|there|active)|valid|used|in use|counts?|applies|apply)';
const SET = '(?:set|true|1|non-?zero|yes)';
const CLEAR = '(?:clear|cleared|unset|not set|false|0|zero|no)';
const FLAG =
  '(with|without|if|iff|when|while|unless|where)\\s+(?:the\\s+)?(?:%|@|->)?([A-Z][A-Z0-9]*_[A-Z0-9_]+|FLAGS)\\b(?:\\s+(?:flag|bit))?(?:\\s+(?:is|being))?(\\s+not)?(?:\\s+(set|true|on|clear|cleared|unset|false|off|zero))?';
const JOIN = '\\s*[,;.]?\\s*(?:(?:and|but|while)\\s+)?';
const ELSE =
  '(?:otherwise|or else|else|if not|when not|without it|with it|instead of|rather than|(?:if|when) (?:it is )?(?:clear|unset|not set|set))';
const IN = '(?:(?:it is|uses?|in|by|the|of|from)\\s+)*';

/** Words by which the flag of a sentence is clear. */
const FLIPS = /^(?:without|unless|not|clear|cleared|unset|false|off|zero)$/;

function isSetBy(words: readonly (string | undefined)[]): boolean {
  return words.filter((word) => word !== undefined && FLIPS.test(word.trim())).length % 2 === 0;
}

/** `A is used with FLAG, otherwise B`, `with FLAG A is used, else B`, `A is there without FLAG, B with it`. */
const BY_FLAG: readonly {
  readonly shape: string;
  readonly at: readonly [first: number, flag: number, second: number];
}[] = [
  { shape: `${MEMBERS}${VERB}\\s+${FLAG}${JOIN}${ELSE}[,:]?\\s+${IN}${MEMBERS}`, at: [1, 2, 6] },
  {
    shape: `${MEMBERS}${VERB}\\s+${FLAG}${JOIN}${MEMBERS}${VERB}\\s+(?:otherwise|else|with it|without it|without|if not|instead|if it is(?: not)?(?: set| clear)?|when it is(?: not)?(?: set| clear)?)\\b`,
    at: [1, 2, 6],
  },
  {
    shape: `\\b${FLAG}${JOIN}(?:then\\s+)?${IN}${MEMBERS}${VERB}${JOIN}${ELSE}[,:]?\\s+${IN}${MEMBERS}`,
    at: [5, 1, 6],
  },
];

/** What a sentence says that names its flag. @param flags Members of the record that may be flags. */
export function toldByFlag(
  sentence: string,
  arms: readonly Arm[],
  names: ReadonlySet<string>,
  flags: readonly string[],
): readonly ToldByFlag[] {
  if (!/\b(?:otherwise|else|if not|it|instead|rather|when|if|without)\b/.test(sentence)) return [];
  const words = marked(
    sentence.replace(/^[A-Z](?=[a-z]+\b)/, (letter) => letter.toLowerCase()),
    names,
    true,
  );
  if (!isOfTwo(words)) return [];
  for (const { shape, at } of BY_FLAG) {
    const said = new RegExp(shape.replace('FLAGS', [...flags, 'FLAGS'].join('|'))).exec(words);
    if (!said) continue;
    const [first, flag, second] = at;
    const isSet = isSetBy([said[flag], said[flag + 2], said[flag + 3]]);
    return halves(arms, said[first], said[second], said[flag + 1], isSet);
  }
  return [];
}

const AT_FLAG = new RegExp(
  `^(?:(${SET}|${CLEAR})\\s*(?:if|when|:|=>?|->|means|says|that)\\s*)?${IN}(?:(?:data|payload|value|contents?)\\s+(?:is|are|lies?)\\s+)?${IN}${MEMBERS}${VERB}${JOIN}(?:${ELSE}|and not|not|as opposed to)[,:]?\\s+${IN}${MEMBERS}`,
  'i',
);
const BOTH_AT_FLAG = new RegExp(
  `^${IN}${MEMBERS}${VERB}\\s+(?:if|when|where)\\s+(?:it\\s+is\\s+)?(${SET}|${CLEAR})${JOIN}${IN}${MEMBERS}${VERB}\\s+(?:if|when|where)?\\s*(?:it\\s+is\\s+)?(?:${SET}|${CLEAR}|otherwise|if not|else)`,
  'i',
);
const VALUES_AT_FLAG = new RegExp(
  `(?:^|\\s)(${SET}|${CLEAR})\\s*(?::|=>?|->|means)\\s*${IN}${MEMBERS}${VERB}\\s*[,;.]\\s*(?:and\\s+)?(${SET}|${CLEAR})\\s*(?::|=>?|->|means)\\s*${IN}${MEMBERS}`,
  'i',
);
const ONE_AT_FLAG = new RegExp(
  `^(?:(${SET}|${CLEAR})\\s*(?:if|when|:|=>?|->|means|says that)\\s*)?(?:only\\s+)?(?:the\\s+)?${MEMBERS}${IS_VALID}\\s*(?:[.,;(]|$)`,
  'i',
);

/** What a sentence at a flag says. */
export function toldAtFlag(sentence: string, arms: readonly Arm[], names: ReadonlySet<string>): readonly ToldByFlag[] {
  const words = marked(sentence.trim(), names, true);
  const isClear = (word: string | undefined): boolean => word !== undefined && new RegExp(`^${CLEAR}$`, 'i').test(word);
  const either = AT_FLAG.exec(words);
  if (either) return halves(arms, either[2], either[3], undefined, !isClear(either[1]));
  const both = BOTH_AT_FLAG.exec(words);
  if (both) return halves(arms, both[1], both[3], undefined, !isClear(both[2]));
  const values = VALUES_AT_FLAG.exec(words);
  if (values && isClear(values[1]) !== isClear(values[3]))
    return halves(arms, values[2], values[4], undefined, !isClear(values[1]));
  const one = ONE_AT_FLAG.exec(words);
  const arm = one ? armOf(arms, one[2].split(' ')) : undefined;
  return arm ? [{ arm, flag: undefined, isSet: !isClear(one![1]) }] : [];
}

/** Whether a marked sentence has two lists of members. */
function isOfTwo(words: string): boolean {
  return LISTS.test(words);
}

const LISTS = new RegExp(`${MEMBERS}[^]*${MEMBERS}`);

function halves(
  arms: readonly Arm[],
  first: string,
  second: string,
  flag: string | undefined,
  isSet: boolean,
): readonly ToldByFlag[] {
  const [left, right] = [first, second].map((list) => armOf(arms, list.split(' ')));
  if (!left || !right || left === right || left.union !== right.union) return [];
  return [
    { arm: left, flag, isSet },
    { arm: right, flag, isSet: !isSet },
  ];
}
