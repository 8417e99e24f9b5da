/** `dma-shares-line`: a buffer inside a record goes to a device, and shares its cache line with other members. */
import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { anyWord, calleeOf, expressionsOfBody, type FunctionBody, functionBodies } from '../analysis/function-bodies';
import { behindVariable } from '../analysis/local-values';
import { addressed, type MemberPlace, memberPlace } from '../analysis/member-places';
import type { Rule } from '../analysis/rule';
import { type FlatMember, flatten } from '../facts/overlay';
import { type Facts, oncePerFacts } from '../packs/facts';
import { macroNumber } from '../parser/macro-body';
import { nameId } from '../text/names';
import { Punct } from '../text/tokens';
import type { Expression, Initializer } from '../types/ast';
import { type CType, isUnknownValue, strip } from '../types/model';
import { baseRecord, recordName } from '../types/typer';
import { declaredIn } from '../types/walk';

const ID = 'dma-shares-line';

const factsOf = oncePerFacts((facts: Facts) => {
  const places = new Map<string, Set<number>>();
  const members = new Map<string, Set<string>>();
  for (const { deviceBuffers = [], deviceMembers = [] } of facts.bytes) {
    for (const { call, arguments: which } of deviceBuffers)
      for (const name of call) places.set(name, new Set([...(places.get(name) ?? []), ...which]));
    for (const { record, members: names } of deviceMembers)
      members.set(record, new Set([...(members.get(record) ?? []), ...names]));
  }
  const words = [...places.keys(), ...[...members.values()].flatMap((names) => [...names])];
  const lines = facts.bytes.find(({ deviceLines }) => deviceLines !== undefined)?.deviceLines ?? [];
  return { places, members, words, pattern: anyWord(words), lines };
});

export const dmaSharesLine: Rule = {
  id: ID,
  severity: 'warning',
  defaultOn: false,
  isOnForChanges: true,
  isCostly: true,
  needs: 'layout',
  summary: 'a buffer inside a record goes to a device and shares its cache line with other members',
  doc: `
Where caches are not coherent, mapping a buffer for a device writes back or drops whole lines. What shares a line with the buffer is
lost, or overwrites what the device wrote, when somebody stores to it meanwhile. For a change the rule is on; over whole
trees it is on only where \`--rule\`, \`--all-rules\` or overlint.json asks for it.

**Kernel source of the rule**: Documentation/core-api/dma-api-howto.rst, "What memory is DMA'able?", and ARCH_DMA_MINALIGN in
include/linux/cache.h.

**Gate**: the tree defines ARCH_DMA_MINALIGN; its value on the configured target is what a buffer has to be aligned to. The line is that or
L1_CACHE_BYTES, whichever is larger: where the CPU keeps caches coherent, as x86 does, the first says little of the other targets of a
driver. There the finding is of severity info, as nothing goes wrong on the target itself.

**Bad**

\`\`\`c
struct adc { struct spi_device *spi; u8 rx[4]; int gain; };

int get(struct adc *adc)
{
	return spi_read(adc->spi, adc->rx, sizeof(adc->rx));
}
\`\`\`

**Good**

\`\`\`c
struct adc { struct spi_device *spi; int gain; u8 rx[4] __attribute__((aligned(ARCH_DMA_MINALIGN))); };

int get(struct adc *adc)
{
	return spi_read(adc->spi, adc->rx, sizeof(adc->rx));
}
\`\`\`

**Fix**: none; move the buffer to the end of the record and align it.

**Silent on** buffers that are alone in their lines; on several arrays of numbers that share a line which an aligned one begins, as
drivers lay out what one device takes in turn; and on functions that copy.

**Misses** buffers that a pointer leads to, but for a variable that is given one value.
`,
  words: (facts) => factsOf(facts).words,
  *check(file) {
    const { pattern } = factsOf(file.facts);
    const seen = new Set<number>();
    for (const body of functionBodies(file, pattern)) {
      const line = linesOf(file);
      if (line === undefined) return;
      for (const { given, at } of buffersIn(file, body)) {
        const found = report(file, given, at, line, body);
        if (!found || found.path !== file.main.path || seen.has(found.start)) continue;
        seen.add(found.start);
        yield found;
      }
    }
  },
};

interface Lines {
  /** What a buffer asks to be aligned to where it is kept apart, in bytes. */
  readonly align: number;
  readonly size: number;
}

/** What the macros' last definitions say; undefined where there is no first one. */
function linesOf(file: FileAnalysis): Lines | undefined {
  const { globals } = file;
  const [align, ...others] = factsOf(file.facts).lines.map((name) => {
    const macro = globals.unit.macro(nameId(name), globals.unit.end);
    const value = macro && macroNumber(globals, macro);
    return value === undefined ? undefined : Number(value);
  });
  return align === undefined ? undefined : { align, size: Math.max(align, ...others.map((size) => size ?? 0)) };
}

function* buffersIn(file: FileAnalysis, body: FunctionBody): Iterable<{ given: Expression; at: Expression }> {
  const { places, members } = factsOf(file.facts);
  const declared = body.declaration.body ? declaredIn(body.declaration.body) : [];
  for (const { initializer, type } of declared) if (initializer) yield* initialized(initializer, type, members);
  for (const expression of expressionsOfBody(body)) {
    if (expression.kind === 'compound') yield* initialized(expression.initializer, expression.type, members);
    if (expression.kind === 'assign' && expression.operator === Punct.Equal && expression.left.kind === 'member') {
      const record = baseRecord(expression.left, file.globals);
      if (!('reason' in record) && members.get(record.tag ?? '')?.has(expression.left.name))
        yield { given: expression.right, at: expression };
    }
    const name = calleeOf(expression);
    if (name === undefined || expression.kind !== 'call') continue;
    for (const argument of places.get(name) ?? []) {
      const given = expression.arguments[argument];
      if (given) yield { given, at: expression };
    }
  }
}

/** What initializers give to the members that a device reads its buffers from, by their names. */
function* initialized(
  initializer: Initializer,
  type: CType,
  members: ReadonlyMap<string, ReadonlySet<string>>,
): Iterable<{ given: Expression; at: Expression }> {
  if (initializer.kind !== 'list') return;
  const bare = strip(type);
  for (const { path, value } of initializer.items) {
    const [first] = path;
    if (bare.kind === 'array' && (path.length === 0 || (path.length === 1 && first.kind === 'index')))
      yield* initialized(value, bare.of, members);
    else if (bare.kind === 'record' && path.length === 1 && first.kind === 'member' && value.kind !== 'list')
      if (members.get(bare.record.tag ?? '')?.has(first.name)) yield { given: value, at: value };
  }
}

function report(
  file: FileAnalysis,
  given: Expression,
  at: Expression,
  line: Lines,
  body: FunctionBody,
): Finding | undefined {
  const named = addressed(behindVariable(given, expressionsOfBody(body)), file.globals);
  const place = named && memberPlace(named.kind === 'index' ? named.base : named, file.globals, file.target);
  if (!place || place.size === 0) return undefined;
  const shares = sharers(place, line);
  if (shares.length === 0) return undefined;
  const { path, layout, member } = place;
  const names = shares.slice(0, 3).map(({ name }) => name);
  return {
    rule: ID,
    severity: line.size > line.align ? 'info' : 'warning',
    ...writtenPlace(body.tokens, at),
    message: `${path} of ${recordName(layout.record)} goes to a device and shares its line of ${line.size} bytes with ${names.join(', ')}. ${onCoherent(line)}Align it to the line, and keep other members out of it.`,
    related: member.place ? [{ ...member.place, message: `${path} is declared here` }] : [],
    fixes: [],
  };
}

/** What a target says whose CPU needs no line of its own for a buffer. */
function onCoherent({ size, align }: Lines): string {
  return size > align
    ? 'This target keeps its caches coherent with devices; on one that does not, bytes of either are lost. '
    : '';
}

/** The members that lie in the lines of a buffer; none where an aligned one begins them and only buffers follow. */
function sharers({ layout, offset, size }: MemberPlace, line: Lines): FlatMember[] {
  const members = flatten(layout).filter(({ sizeBits }) => sizeBits > 0);
  // Whatever is aligned begins lines of its own, on every target.
  const begins = members.flatMap((one) => (isAligned(one, line.align) ? one.offsetBits / 8 : []));
  const opening = Math.max(0, ...begins.filter((at) => at <= offset));
  const closing = Math.min(layout.size, ...begins.filter((at) => at > offset));
  const isApart = begins.includes(opening);
  const first = opening + Math.floor((offset - opening) / line.size) * line.size;
  const end = opening + Math.ceil((offset + size - opening) / line.size) * line.size;
  const others = members.filter(({ offsetBits, sizeBits }) => {
    const [from, to] = [offsetBits / 8, (offsetBits + sizeBits) / 8];
    return from < Math.min(end, closing) && to > Math.max(first, opening) && (from >= offset + size || to <= offset);
  });
  return (isApart || first === 0) && others.every(isBuffer) ? [] : others;
}

function isAligned({ member, path }: FlatMember, to: number): boolean {
  const bare = strip(member.type);
  const aligns = [...path.flatMap((one) => one.aligns), ...(bare.kind === 'record' ? bare.record.aligns : [])];
  return aligns.some((align) => !isUnknownValue(align) && align >= to);
}

function isBuffer({ member }: FlatMember): boolean {
  const bare = strip(member.type);
  return bare.kind === 'array' && strip(bare.of).kind === 'integer';
}
