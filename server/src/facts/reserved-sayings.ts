/** The words in which comments of headers ask people to leave a member alone. */

/** Between two words of a comment: blanks, line ends, the stars at the starts of lines, emphasis. */
export const GAP = '[\\s*]+';

const NOT = "(?:do not|don't|never|not to be|(?:must|should|may|can)(?: not|n't)(?: be)?|cannot be)(?: ever)?";
const TO_USE =
  '(?:use|access|refer to|touch|change|modify|read|write|set|poke|manipulate|dereference|alter|update|modifie|written|look at|looked at|peek at|mess with|assign|increment|decrement)(?:e?d)?';
/** What is said of all uses, and stands for itself. */
const TO_TOUCH = '(?:touch|access|modify)';

/** Who is told to leave it alone: everybody but its owner; who runs in user space is nobody of the kernel's. */
const USERS =
  "(?:(?:the|other|any|\\w+(?:'s)?) )?(?!application|(?:any )?newe?r?\\b)(?:[\\w/]+ ){0,3}(?:drivers?|users?|consumers?|clients?|owners?|callers?|others|anyone else|anybody else|anything else|modules?|code)\\b";

/** What is said of some time or state alone is no order for everybody. */
const AT_ANY_TIME =
  '(?!,? (?:after|before|until|while|when|if|unless|during|except|without|in|on|at|for|to|once|as long|directly|outside))';

const IT =
  '(?: (?:it|its|this|the|these|them|that|any))?(?: (?:member|field|variable|pointer|value|counter|flag|list|word|struct|structure)s?)?';

/** How a comment says it, and what it holds then: comments without that need not be read with the whole pattern, which takes much longer. */
type Saying = readonly [pattern: string, key: RegExp];

/** How a comment says that a member is to be left to others. A blank stands for any gap; the group `scope` is who may. */
const ORDERS_BY_KEY: readonly Saying[] = [
  [`${NOT} ${TO_USE}${IT} directly(?! by)`, /directly/gi],
  [
    `(?:${NOT} ${TO_USE}${IT}|not (?:for|of) (?:any )?use)(?: from)? outside(?: of)?(?: the)? (?!(?:of|an?)\\b)(?:[\\w-]+/)*(?<scope>\\w+(?:\\.c\\b)?(?:,? (?:and|or) \\w+(?:\\.c\\b)?)*)(?: code| proper| core)?`,
    /outside/gi,
  ],
  [`(?:must|may|should|can) only(?: ever)? be ${TO_USE} (?:through|via|by|using|with) \\w+\\(\\)`, /\bonly\b/gi],
  [`(?:must|may|should|can) be ${TO_USE} (?:through|via|by|using|with) \\w+\\(\\) only`, /\bonly\b/gi],
  [
    'use \\w+\\(\\),? (?:and )?(?:never|do not|don.t) (?:assign|set|store|write|change|modify)(?: to)?(?: it)?',
    /\b(?:never|not|don't)\b/gi,
  ],
  [`${NOT} ${TO_USE}${IT},?(?: but)? use \\w+\\(\\)`, /\buse\b/gi],
  [
    `${NOT} ${TO_USE}${IT} (?:but|except|other than|otherwise than) (?:with|by|through|via) \\w+\\(\\)`,
    /\b(?:but|except|than)\b/gi,
  ],
  [
    `${NOT} ${TO_USE} (?:any|the)(?: of(?: the)?)? (?:members?|fields?) of (?:this|the) (?:struct(?:ure)?|object)(?: directly)?`,
    /\b(?:members?|fields?)[\s*]+of\b/gi,
  ],
  [
    '(?:everybody else|everyone else|drivers|callers|users|others) (?:must|have to|need to) (?:only )?use \\w+\\(\\)',
    /\buse\b/gi,
  ],
];

/** One function, or several: `take()/take_if()/drop()`, `take() and drop()`. */
const CALLS = '\\w+\\(\\)(?:(?:/|, | and | or )\\w+\\(\\))*';

/** Those whose member it is not, whoever's it is; and those who use what others wrote. */
const ELSE =
  '(?:(?:all |every |any )?(?:others|other code|other users?)|(?:everyone|everybody|anyone|anybody|anything) else)';
const TAKERS = '(?:all )?(?:drivers|callers|users|clients|consumers)';
const MODAL =
  '(?:is|are|should|shall|will|has|have|expected|meant|supposed|required|needs?|to|only|must|always|just|simply|please)';

/** How a comment gives advice, and forbids nothing. */
const ADVICE_BY_KEY: readonly Saying[] = [
  [
    `use (?:only )?${CALLS} to (?:get|read|access|set|change|modify|update|obtain|retrieve)(?: (?:it|this|them|the)\\b|(?=[\\s*]*(?:[.;,]|$)))`,
    /\(\)[\s*]+to\b/gi,
  ],
  [
    '(?:access|accessed|read|set|changed) (?:it )?only (?:through|via|by|using|with) (?:the )?(?:\\w+\\(\\)|accessors?|helpers?)',
    /\bonly\b/gi,
  ],
  ['use (?:the )?accessors?(?: functions?)?', /accessor/gi],
  // `all others ask lid_busy()`, `other code is expected to go through lid_cost()`, `drivers who wonder about it call lid_done()`
  [
    `(?:${ELSE}|${TAKERS} (?:who|that) (?:want|need|wonder|wish|look|care|are)(?: \\w+){0,7})(?: ${MODAL})* (?:uses?|asks?|calls?|go(?:es)? through) \\w+\\(\\)`,
    /\b(?:use|ask|call|go(?:es)?[\s*]+through)/gi,
  ],
  [`${TAKERS}(?: ${MODAL})+ (?:use|ask|go through) \\w+\\(\\)`, /\b(?:use|ask|go[\s*]+through)/gi],
  [
    'what (?:everybody|everyone|anybody|anyone) else (?:wants|needs|sees|asks for|should use) is \\w+\\(\\)',
    /\belse\b/gi,
  ],
  ['leaves? (?:it|this|them|(?:this|the) (?:field|member|word|counter|pointer|value|list)) alone', /\balone\b/gi],
  [`\\w+\\(\\) (?:is|are) (?:meant )?for ${ELSE}`, /\bfor\b/gi],
  [
    'use [\\w/]+\\(\\)(?: (?:and|or) [\\w/]+\\(\\))* instead of (?:using|accessing|touching|reading|changing|setting)(?: \\w+){0,5} directly',
    /\binstead\b/gi,
  ],
  [
    '(?:set|get|read|written) and (?:set|get|read|written) (?:with|by|via|using|through) \\w+_\\w+',
    /\b(?:and)[\s*]+(?:[sg]et|read|written)\b/gi,
  ],
  // What only stands for a member of another record keeps its place.
  ['(?:same as|aliases with) \\w+->\\w+\\. unused (?:for|by|in) \\w+', /\bunused\b/gi],
  // `private for the allocator; don't touch`
  [
    `(?<=(?:/\\*|[.;:,!(-])[\\s*]*(?:please )?)(?:do not|don't|never) ${TO_TOUCH}${IT}!?(?=[\\s*]*(?:[.;!)]|\\*/|$))`,
    /(?:touch|access|modify|change)/gi,
  ],
  [
    `(?:must|should|may|can)(?:n't| not| never)(?: ever)? be ${TO_USE} (?:by|from) ${USERS}${AT_ANY_TIME}`,
    /\b(?:by|from)\b/gi,
  ],
  [`(?:never|not to be) ${TO_USE}(?: directly)? (?:by|from) ${USERS}${AT_ANY_TIME}`, /\b(?:by|from)\b/gi],
  [
    `(?:private|internal)(?: \\w+){0,4}[,;:.]? (?:so )?(?:do not|don't|never) use(?: (?:it|this))?(?=[\\s*]*(?:[.;!)]|\\*/|$))`,
    /\b(?:private|internal)\b/gi,
  ],
  [
    `(?:drivers?|users|consumers?|clients?|callers|others|governors?|owners?) (?:must|should|may|can)(?:n't| not| never)(?: ever)? ${TO_USE} (?:it|this(?: (?:flag|field|member|value|list|pointer))?|them)\\b${AT_ANY_TIME}`,
    /\b(?:must|should|may|can)(?:n't|[\s*]+(?:not|never))\b/gi,
  ],
  // `access via lid_[try]get() and lid_put()`, `accesses must go through box_{open,close}_lid() functions`
  [
    'access(?:ed|es)?(?: (?:it|must|should|has|have|to|is|are|go|goes|be|done|made|happen|only|always))* (?:through|via)(?: the)? (?!container_of)[\\w\\[\\]{},]+(?:\\(\\)| functions| helpers| accessors)(?! or )',
    /\baccess(?:ed|es)?\b/gi,
  ],
  ["(?<!'s )(?<!driver )(?:for )?internal use only", /\binternal/gi],
  // `only lid_room(), it counts the others as well`, `lid_room() only`
  [
    '(?<=(?:/\\*+|@\\w+:)[\\s*]*)(?:only[\\s*]+(?:by|via|through|with)[\\s*]+\\w+\\(\\)|\\w+\\(\\)[\\s*]+only)\\b',
    /\bonly\b/gi,
  ],
  // `frames it may send; please ask lid_room()` at the end of what is said of a member that this function gives out
  [
    `(?<=(?:/\\*+|@\\w+:|[,;.:-])[\\s*]*)(?:please )?(?:use|ask|call|go through|(?:read|set|written|obtained) (?:with|via|through|using)) ${CALLS}(?=[.;!]?[\\s*]*(?:$|@\\w+:))`,
    /\(\)[.;!]?[\s*]*(?:\*\/|@\w+:)/gi,
  ],
  // `off limits for users of the pool`, `for the core's eyes only`
  [`(?:off limits|off-limits) (?:to|for) ${USERS}(?!(?:-| )?(?:space|land|mode))`, /\blimits\b/gi],
  ["for (?:the )?\\w+(?:'s|s')? eyes only", /\beyes\b/gi],
  ['(?:only for|used only (?:in|by)|only used (?:in|by)) (?:the )?(?<scope>\\w[-\\w]*\\.c)\\b', /\bonly\b/gi],
  ['used(?: only)? internally by (?!the kernel)(?:the )?(?<scope>\\w+(?:[-\\w]*\\.c)?)', /\binternally/gi],
  [
    '(?:private|internal) to (?:the )?(?!(?:kernel|linux|guest|process|thread|its|this|that|each|every|an?|drivers?|users?|callers?|clients?|devices?|owners?|modules?|chip|transport|handler|controller|host|bus|task|file|inode|net|mm|machine|architecture|platform|for)\\b)(?<scope>\\w+(?:\\.c)?)\\b(?!\\()(?= (?:core|code|library|subsystem|layer|implementation|framework|proper|and (?:must|should))\\b|[\\s*]*(?:[.;,)]|\\*/|$))',
    /\b(?:private|internal)[\s*]+to\b/gi,
  ],
  [
    '(?:core|loader|framework|subsystem|library|infrastructure)(?: internal)? private (?:fields?|members?|data|state)',
    /\bprivate\b/gi,
  ],
  // `Do not call via these pointers, use corresponding box_*() wrappers`
  [
    `${NOT} call(?: (?:this|these|it|them|the|function|functions|method|methods|op|ops|callback|callbacks|hook|hooks))*(?: directly| (?:via|through|by)(?: this| these| the| it)? pointers?)`,
    /\bcall\b/gi,
  ],
];

/** Parts of what a text must hold; the most frequent first, as one is enough. */
const HINTS = [
  'only ',
  'to use ',
  'irectly',
  'outside',
  '() to ',
  'ONLY ',
  'should use ',
  'must use ',
  ', use ',
  'but use ',
  '() only',
  'ccessor',
  'private:',
  'OUTSIDE',
  '__private',
  'IRECTLY',
  'nused ',
  'and get ',
  'and set ',
  "n't ",
  'ot be ',
  'never ',
  'Never ',
  'o not ',
  'NOT ',
  'nternal',
  'ccess via',
  'through',
  'rivate ',
  ' alone',
  'others ',
  ' else',
  'other code',
  'rivers ',
  'sers ',
  'allers ',
  ' of th',
  'use ',
  'ask ',
  'lients ',
  'limits ',
  ' eyes ',
  '() */',
  '(). */',
];

const MAY_RESERVE =
  /directly|\belse[\s*]+(?:\w+[\s*]+){1,3}is[\s*]+\w+\(\)|\buse[\s*]+\w+\(\)[\s*,]+(?:and[\s*]+)?(?:never|do)|\b(?:but|except|than)[\s*]+(?:with|by|through|via)[\s*]+\w+\(\)|[,;.:-][\s*]*(?:please[\s*]+)?(?:use|ask|call|go[\s*]+through)[\s*]+\w+\(\)[.;!]?[\s*]*\*\/|(?:members?|fields?)[\s*]+of[\s*]+th|outside|\(\)\s[\s*]*to\s|accessor|only\s[\s*]*(?:(?:ever[\s*]+)?be|through|via|by|using|with)|\b__private\b|\/\*\s*private:|(?:\b(?:must|should|to|only|but)|,|this|it|the[ms]e?)[\s*]+use[\s*]+\w+\(\)|\(\)[\s*]+only\b|\band[\s*]+(?:[sg]et|read|written)[\s*]+(?:with|by|via|using|through)[\s*]|(?:same as|aliases with)[\s*]+\w+->|(?:do[\s*]not|don't|never)[\s*]+(?:touch|access|modify|use)|(?:drivers?|users|consumers?|clients?|callers|others|governors?|owners?)[\s*]+(?:must|should|may|can)(?:n't|[\s*]+(?:not|never))[\s*]|internal(?:ly[\s*]+by|[\s*]+use)\b|(?:private|internal)[\s*]+to[\s*]|[\s*]private[\s*]+(?:field|member|data|state)|access\w*[\s*](?:\w+[\s*]+)*(?:via|through)[\s*]+(?:the[\s*]+)?[\w[\]{},]+(?:\(\)|[\s*]+functions|[\s*]+helpers)|(?:n't|not|never)[\s*]+call[\s*]|(?:n't|not|never)[\s*](?:be[\s*]+)?(?:us|touch|access|modif|chang|read|writ|set|alter|updat)\w*[\s*]+(?:directly[\s*]+)?(?:by|from)\b|\(\)[\s*]+(?:is|are)[\s*]+(?:meant[\s*]+)?for[\s*]|\balone\b|\blimits[\s*]+(?:to|for)\b|\beyes[\s*]+only\b|\bonly[\s*]+(?:for|in|by|used[\s*]+(?:in|by))[\s*]+(?:the[\s*]+)?[\w-]+\.c\b|(?:use|ask|with|via|through|using)[\s*]+\w+\(\)(?:[\s*/,]*(?:and[\s*]+|or[\s*]+)?\w+\(\))*[.;!]?[\s*]*(?:\*\/|@\w+:)|\b(?:others?|else|code|users?|drivers|callers|clients|consumers)[\s*]+(?:\w+[\s*]+)*?(?:uses?|asks?|calls?|through)[\s*]+\w+\(\)/i;

/** Whether a text may hold any of them: most headers hold none of these words, which is found much faster than a pattern. */
export function maySay(text: string): boolean {
  return HINTS.some((hint) => text.includes(hint)) && MAY_RESERVE.test(text);
}

export const ORDERS: readonly string[] = ORDERS_BY_KEY.map(([pattern]) => pattern);
export const ADVICE: readonly string[] = ADVICE_BY_KEY.map(([pattern]) => pattern);
export const KEYS: ReadonlyMap<string, RegExp> = new Map([...ORDERS_BY_KEY, ...ADVICE_BY_KEY]);
