/** `narrow-bitop`: a function that works on longs is given a member that is narrower, or not aligned to one. */
import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { anyWord, calleeOf, expressionsOfBody, type FunctionBody, inFunctions } from '../analysis/function-bodies';
import { behindVariable } from '../analysis/local-values';
import { addressed, memberPlace } from '../analysis/member-places';
import type { Rule } from '../analysis/rule';
import { type Facts, oncePerFacts } from '../packs/facts';
import type { PToken } from '../preprocessor/ptoken';
import type { Expression } from '../types/ast';
import { strip } from '../types/model';
import { typeName } from '../types/typename';
import { recordName, typeOf } from '../types/typer';

const ID = 'narrow-bitop';

/** So many uses of a member are told. */
const MOST_USES = 12;

const argumentsOf = oncePerFacts((facts: Facts) => {
  const found = new Map<string, Set<number>>();
  for (const { longBits = [] } of facts.bytes)
    for (const { call, arguments: places } of longBits)
      for (const name of call) found.set(name, new Set([...(found.get(name) ?? []), ...places]));
  return { places: found, words: anyWord([...found.keys()]) };
});

export const narrowBitop: Rule = {
  id: ID,
  severity: 'warning',
  defaultOn: true,
  isCostly: true,
  needs: 'types',
  summary: 'a bit operation on longs is given a narrower member through a cast',
  doc: `
\`set_bit()\`, \`find_first_bit()\`, \`bitmap_zero()\` and their kin read and write whole words of the size of a long. A cast makes them
take the address of a \`u8\` or \`u32\` member: they touch its neighbours then, over which no lock of the member stands, and on 64-bit big
endian they hit the neighbours alone.

**Kernel source of the rule**: Documentation/atomic_bitops.txt and include/asm-generic/bitops/atomic.h: the operations take
\`unsigned long *\`.

**Gate**: none; the functions are facts of a pack (server/src/packs/bytes.yaml, \`longBits\`).

**Bad**

\`\`\`c
struct port { u32 flags; u32 users; };

void mark(struct port *port)
{
	set_bit(3, (unsigned long *)&port->flags);
}
\`\`\`

**Good**

\`\`\`c
struct port { unsigned long flags; u32 users; };

void mark(struct port *port)
{
	set_bit(3, &port->flags);
}
\`\`\`

**Fix**: none; the member's type is others' business, too.

**Silent on** members of at least a long's size on the configured target that are aligned to it in their record, and on anything that
is no member. A member is reported once in a file, with its other uses; a bit that is only tested is not.

**Misses** pointers that were cast elsewhere or that a variable is given one of several of, and what a called function makes of a
pointer.
`,
  words: (facts) => [...argumentsOf(facts).places.keys()],
  *check(file) {
    const { places, words } = argumentsOf(file.facts);
    // Without a cast, or a void pointer, no such address comes through a compiler.
    if (
      !/\(\s*(?:volatile\s+)?(?:unsigned\s+long|ulong|void)\s*(?:int\s*)?\*\s*\)|\(void\s*\*/.test(file.document.text)
    )
      return;
    const found = new Map<string, Finding>();
    for (const one of inFunctions(file, words, ID, (body) => [...narrowUses(file, body, places)])) add(found, one);
    yield* found.values();
  },
};

/** @param places Which arguments of a function are words of bits. */
function* narrowUses(
  file: FileAnalysis,
  body: FunctionBody,
  places: ReadonlyMap<string, ReadonlySet<number>>,
): Iterable<NarrowUse> {
  const among = expressionsOfBody(body);
  for (const expression of among) {
    const name = calleeOf(expression);
    const which = name === undefined ? undefined : places.get(name);
    if (!which || expression.kind !== 'call') continue;
    for (const argument of which) {
      const given = expression.arguments[argument];
      const one = given && narrow(file, expression, behindVariable(given, among), body.tokens);
      if (one?.finding.path === file.main.path) yield one;
    }
  }
}

interface NarrowUse {
  /** The member that is too narrow: what is to be changed, however often it is used. */
  readonly member: string;
  readonly finding: Finding;
}

/** A member is reported where a file uses it first; further uses stand with that. */
function add(found: Map<string, Finding>, { member, finding }: NarrowUse): void {
  const known = found.get(member);
  const { path, start, end } = finding;
  if (!known) found.set(member, finding);
  else if (
    known.start !== start &&
    known.related.length < MOST_USES &&
    !known.related.some((one) => one.start === start)
  )
    found.set(member, { ...known, related: [...known.related, { path, start, end, message: 'and here' }] });
}

function narrow(
  file: FileAnalysis,
  call: Expression,
  given: Expression,
  tokens: readonly PToken[],
): NarrowUse | undefined {
  const named = addressed(given, file.globals);
  const place = named && memberPlace(named, file.globals, file.target);
  if (!named || !place) return undefined;
  const bare = strip(typeOf(named, file.globals));
  const element = bare.kind === 'array' ? strip(bare.of) : bare;
  if (
    element.kind === 'unknown' ||
    (element.kind === 'integer' && /\blong$/.test(element.name) && !/long long/.test(element.name))
  )
    return undefined;
  const { longBytes } = file.globals.oracle;
  const { offset, layout, member } = place;
  const whole = memberPlace(named.kind === 'index' ? named.base : named, file.globals, file.target) ?? place;
  if (whole.size === 0) return undefined;
  const isNarrow = whole.size < longBytes;
  const { path } = isNarrow ? whole : place;
  if (!isNarrow && offset % longBytes === 0) return undefined;
  const what = isNarrow
    ? `has ${whole.size} ${whole.size === 1 ? 'byte' : 'bytes'}, an unsigned long ${longBytes}`
    : `lies at ${offset}, which is not aligned to an unsigned long of ${longBytes} bytes`;
  const at = writtenPlace(tokens, call);
  const record = recordName(layout.record);
  const finding: Finding = {
    rule: ID,
    severity: 'warning',
    ...at,
    message: `${path} of ${record} ${what}: ${file.written(at).split('(')[0]}() works on whole longs and touches what lies beside it. Make it an unsigned long.`,
    related: member.place ? [{ ...member.place, message: `${path} is declared here: ${typeName(member.type)}` }] : [],
    fixes: [],
  };
  return { member: `${record} ${member.name} ${member.place?.start}`, finding };
}
