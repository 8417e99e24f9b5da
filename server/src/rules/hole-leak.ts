/** `hole-leak`: an object leaves the kernel with bytes in it that nobody stored. */
import type { FileAnalysis } from '../analysis/analysis';
import { byteNames, functionsAt } from '../analysis/byte-functions';
import { writtenPlace } from '../analysis/expressions';
import type { Finding, Fix, Related } from '../analysis/finding';
import { type NamedBytes, namedBytes } from '../analysis/hole-names';
import { leakFixes } from '../analysis/leak-fixes';
import { leavingPlaces } from '../analysis/leaving-places';
import type { Rule } from '../analysis/rule';
import { type Leak, leaksOf } from '../flow/byte-search';
import { sizeOf } from '../layout/record';
import { writtenAt } from '../preprocessor/ptoken';
import type { CType } from '../types/model';
import { isUnknownValue } from '../types/model';

/** So many holes are told of one object. */
const MOST_TOLD = 5;

export const holeLeak: Rule = {
  id: 'hole-leak',
  severity: 'warning',
  defaultOn: true,
  isCostly: true,
  needs: 'flow',
  summary: 'an object leaves the kernel with bytes in it that were never stored',
  doc: `
A record on the stack, or memory that \`kmalloc()\` gave, holds what was there before. Members are stored one by one, holes and
tails between them are not, and all of it goes to user space with the record: keys, pointers, other people's data.

**Kernel source of the rule**: Documentation/driver-api/ioctl.rst, "Information leaks": uninitialized data must not be copied back
to user space; implicit padding has to be avoided or cleared.

**Gate**: none; the functions through which bytes leave are facts of a pack (server/src/packs/bytes.yaml, key \`bytes\`).

**Bad**

\`\`\`c
struct tune_regs { u32 ref; u8 post; u32 fb; u8 lock; };	/* holes behind post and lock */

int regs(u32 ref, void __user *to)
{
	struct tune_regs r;

	r.ref = ref;
	r.post = 1;
	r.fb = 2;
	r.lock = 3;
	return copy_to_user(to, &r, sizeof(r)) ? -14 : 0;
}
\`\`\`

**Good**

\`\`\`c
struct tune_regs { u32 ref; u8 post; u32 fb; u8 lock; };

int regs(u32 ref, void __user *to)
{
	struct tune_regs r = {};

	r.ref = ref;
	return copy_to_user(to, &r, sizeof(r)) ? -14 : 0;
}
\`\`\`

Followed are records, unions and arrays of a function without an initializer, what an allocator that does not clear gives in it, room
in a netlink message, and the name of a message that is received. What a URB is given leaves when that is submitted. What was copied from a followed object is as open as that was, if anything of it was stored. Counted are bits: holes, tails, gaps between bit-fields, what the arm of
a union leaves, members of nested records and of elements, and what is behind the NUL of text. The ways to the place where the object
leaves are followed one by one; what some way has not stored is reported there, once for the object. Functions of the file, and inline
functions of headers, are entered with the object that they are given. The layout is that of the configured target.

**Fix**: \`= {}\` at the declaration, where no jump leads past it; the allocator's clearing twin; \`strscpy_pad()\`.

**Silent on** a length that is not known (of a bound, as \`min()\` gives it, the bound counts); an object whose address went to a function
that is not in sight, was stored or became a number (with the address of a member that is not its record's first, that member alone); whole
stores: initializers, assignments, \`memset()\`, \`memcpy()\`, \`copy_from_user()\`; a loop over an array, which is taken to run; a function
that returns whether it failed, by a number that is not known, and leaves its object alone where it does, as long as its result is asked
for; a function that guards itself against null pointers; records whose layout is unknown; objects of more than 64 KiB; what stands behind a
nested function, or behind a block whose head is a call of a name that is not declared.

**Misses** what a called function of another file leaves open, and initializers that a compiler need not clear all of (a union's short
first arm, the tail of a compound literal).
`,
  words: (facts) => byteNames(facts).leaving,
  *check(file) {
    const places = leavingPlaces(file.document.text, byteNames(file.facts));
    if (places.length === 0 || file.isForeign) return;
    const found = new Set<string>();
    for (const { fn, context } of functionsAt(file, places))
      for (const leak of leaksOf(fn, context)) {
        const finding = report(file, leak);
        const key = `${finding.start} ${finding.message}`;
        if (!found.has(key)) yield finding;
        found.add(key);
      }
  },
};

function report(file: FileAnalysis, leak: Leak): Finding {
  const { object, missing, sink, at } = leak;
  const { name, type, from } = shownAs(file, leak);
  const shown = namedBytes(
    type,
    missing.map((bit) => bit - from * 8),
    file.target,
  );
  const count = shown.reduce((sum, { from: first, to }) => sum + to - first + 1, 0);
  const told = shown.slice(0, MOST_TOLD).map(written).join(', ');
  const more = shown.length > MOST_TOLD ? ` and ${shown.length - MOST_TOLD} more` : '';
  const { fixes, advice } = leakFixes(file, leak, name, type);
  return {
    rule: 'hole-leak',
    severity: 'warning',
    ...writtenPlace(at.of.tokens, at.expression),
    message: `'${name}' goes to ${sink.to} with ${count} ${count === 1 ? 'byte' : 'bytes'} never stored: ${told}${more}. ${advice}`,
    related: [declared(object), ...holes(shown)],
    fixes: fixes as readonly Fix[],
  };
}

/** By which name and type people know an object, and where in it that begins. */
function shownAs(file: FileAnalysis, leak: Leak): { name: string; type: CType | undefined; from: number } {
  const { object, missing, named, of } = leak;
  if (object.declaration) return { name: object.declaration.name, type: object.type, from: 0 };
  const first = Math.floor(missing[0] / 8);
  const fits = object.views.find(({ at, type }) => {
    const size = sizeOf(type, file.target);
    return at <= first && !isUnknownValue(size) && first < at + size;
  });
  if (fits) return { name: fits.name, type: fits.type, from: fits.at };
  const text = named ? file.written(writtenPlace(of.tokens, named)) : '';
  return { name: object.views.at(-1)?.name ?? (text || 'it'), type: undefined, from: 0 };
}

function written({ from, to, name }: NamedBytes): string {
  const bytes = from === to ? `${from}` : `${from}..${to}`;
  return name ? `${bytes} (${name})` : bytes;
}

function declared({ site, declaration, memory }: Leak['object']): Related {
  const { file, start, end } = writtenAt(site);
  const message = declaration
    ? `${declaration.name} is declared here, without a value`
    : memory
      ? 'comes from here, not cleared'
      : 'what it points to is not cleared';
  return { path: file.path, start, end, message };
}

/** The members before holes, or that were left out; each once. */
function holes(shown: readonly NamedBytes[]): Related[] {
  const found: Related[] = [];
  for (const { from, to, name, member } of shown.slice(0, MOST_TOLD)) {
    if (!member?.place || !name) continue;
    const isHole = /^(behind|tail)/.test(name);
    const bytes = from === to ? `byte ${from}` : `bytes ${from} to ${to}`;
    found.push({ ...member.place, message: isHole ? `${bytes}: a hole behind this` : `${bytes}: this, never stored` });
  }
  return found;
}
