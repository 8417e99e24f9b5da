/** `packed-address`: the address of an unaligned member of a packed record becomes a plain pointer. */
import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { calleeOf, expressionsOfBody, type FunctionBody, functionBodies } from '../analysis/function-bodies';
import { addressed, memberPlace } from '../analysis/member-places';
import { type Rule, WITH_FUNCTIONS } from '../analysis/rule';
import { takesAnyAddress } from '../analysis/unaligned-readers';
import { alignOf } from '../layout/record';
import { writtenAt } from '../preprocessor/ptoken';
import { Punct } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import { type CType, isUnknownValue, type Member, strip } from '../types/model';
import { recordName, typeOf } from '../types/typer';
import { statementsIn } from '../types/walk';

const ID = 'packed-address';

export const packedAddress: Rule = {
  id: ID,
  severity: 'warning',
  defaultOn: false,
  isCostly: true,
  parsesAll: true,
  needs: 'types',
  summary: 'the address of an unaligned member of a packed record becomes a plain pointer',
  doc: `
A compiler reads a packed record's member byte by byte where it has to. Through a pointer to it, it no longer knows, and reads a whole
word at an odd address: slow on some machines, a trap on others. The kernel builds with -Wno-address-of-packed-member, so that nobody
says so.

**Kernel source of the rule**: Documentation/core-api/unaligned-memory-access.rst, "Code that causes unaligned access".

**Gate**: none; layouts say it.

**Bad**

\`\`\`c
struct log { u8 kind; u32 count; } __attribute__((packed));

u32 sum(const u32 *at);
u32 pass(struct log *log)
{
	return sum(&log->count);
}
\`\`\`

**Good**

\`\`\`c
struct log { u8 kind; u32 count; } __attribute__((packed));

u32 sum(u32 value);
u32 pass(struct log *log)
{
	return sum(log->count);
}
\`\`\`

**Fix**: none; \`get_unaligned()\` or a copy, as the reader needs it.

**Silent on** members whose offset is a multiple of the alignment that the pointer's type wants, pointers to bytes and to void, and
pointers to packed records, as \`get_unaligned()\` uses them; functions in sight that go to what they are given only so, or copy it; and members
of which a comment says that they lie aligned.

**Misses** records that lie at odd addresses themselves.
`,
  words: WITH_FUNCTIONS,
  *check(file) {
    for (const body of functionBodies(file, /->|[\w)\]]\s*\.\s*\w/))
      for (const made of pointersMade(file, body))
        for (const one of eitherOf(made.given)) {
          const found = report(file, one, made, body);
          if (found) yield found;
        }
  },
};

interface MadePointer {
  readonly given: Expression;
  readonly to: CType;
  /** The function that is given it, and as which of its arguments. */
  readonly by?: string | undefined;
  readonly index?: number;
}

/** What an expression may come to. */
function eitherOf(given: Expression): readonly Expression[] {
  if (given.kind === 'cast') return eitherOf(given.operand);
  if (given.kind !== 'conditional') return [given];
  return [...(given.yes ? eitherOf(given.yes) : []), ...eitherOf(given.no)];
}

/**
 * Every expression of a function that becomes a pointer of a type: arguments, initializers, what is assigned or returned, and
 * what is followed right behind its cast.
 */
function* pointersMade(file: FileAnalysis, body: FunctionBody): Iterable<MadePointer> {
  const { globals } = file;
  for (const expression of expressionsOfBody(body)) {
    if (expression.kind === 'assign' && expression.operator === Punct.Equal)
      yield { given: expression.right, to: typeOf(expression.left, globals) };
    if (expression.kind === 'unary' && expression.operator === Punct.Star && expression.operand.kind === 'cast')
      yield { given: expression.operand.operand, to: expression.operand.type };
    if (expression.kind !== 'call') continue;
    const callee = strip(typeOf(expression.callee, globals));
    const of = callee.kind === 'pointer' ? strip(callee.to) : callee;
    if (of.kind !== 'function') continue;
    for (const [index, given] of expression.arguments.entries()) {
      const parameter = of.parameters[index];
      if (parameter) yield { given, to: parameter.type, by: calleeOf(expression), index };
    }
  }
  const returned = strip(body.declaration.type);
  if (body.declaration.body && returned.kind === 'function') yield* declaredIn(body.declaration.body, returned.returns);
}

function* declaredIn(statement: Statement, returns: CType): Iterable<MadePointer> {
  if (statement.kind === 'return' && statement.value) yield { given: statement.value, to: returns };
  if (statement.kind === 'declaration')
    for (const { initializer, type } of statement.declarations)
      if (initializer && initializer.kind !== 'list') yield { given: initializer, to: type };
  for (const inner of statementsIn(statement)) yield* declaredIn(inner, returns);
}

function report(
  file: FileAnalysis,
  bare: Expression,
  { to, by, index = 0 }: MadePointer,
  { tokens }: FunctionBody,
): Finding | undefined {
  const pointer = strip(to);
  if (pointer.kind !== 'pointer') return undefined;
  const named = addressed(bare, file.globals);
  const place = named && memberPlace(named, file.globals, file.target);
  const wanted = strip(pointer.to).kind === 'void' ? 1 : alignOf(pointer.to, file.target);
  if (!place?.isPacked || isUnknownValue(wanted) || place.offset % wanted === 0) return undefined;
  const at = writtenPlace(tokens, bare);
  // What a macro of a header does with an address is its own business.
  if (at.path !== file.main.path || tokens[bare.first].via || writtenAt(tokens[bare.first]).file !== file.main)
    return undefined;
  const { path, offset, layout, member, packed } = place;
  if (isSaidAligned(file, member) || (by !== undefined && takesAnyAddress(file, by, index))) return undefined;
  const outer = recordName(layout.record);
  const where =
    packed && packed !== layout.record ? `${outer}, as ${recordName(packed)} is packed` : `the packed ${outer}`;
  return {
    rule: ID,
    severity: 'warning',
    ...at,
    message: `${path} lies at ${offset} of ${where}, and becomes a pointer to what is aligned to ${wanted}. Use get_unaligned(), or copy it.`,
    related: member.place ? [{ ...member.place, message: `${path} is declared here` }] : [],
    fixes: [],
  };
}

/** Whether a comment at a member says that it lies where it has to: `force alignment to 64 bits`. */
function isSaidAligned(file: FileAnalysis, { place }: Member): boolean {
  const text = place && file.source(place.path)?.text;
  if (text === undefined) return false;
  const before = text.slice(
    Math.max(text.lastIndexOf(';', place!.start), text.lastIndexOf('{', place!.start)),
    place!.start,
  );
  const behind = /^[^\n]*/.exec(text.slice(place!.start))![0];
  return /\/[*/][^;]*\balign/i.test(before + behind);
}
