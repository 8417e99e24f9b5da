/** `stale-union-member`: a member of a union is used while its bytes hold what was stored by way of another one. */
import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding, Related } from '../analysis/finding';
import { type Rule, WITH_FUNCTIONS } from '../analysis/rule';
import { areToldApart } from '../analysis/said-states';
import { overlays } from '../facts/overlay';
import { MemberEffects } from '../flow/member-effects';
import { staleUsesIn } from '../flow/stale-uses';
import type { StaleUse } from '../flow/view-states';
import { noreturnOf } from '../packs/facts';
import type { PToken } from '../preprocessor/ptoken';
import { visitDeclarations } from '../types/accesses';
import type { Declaration } from '../types/ast';
import { type RecordDeclaration, recordBehind, strip } from '../types/model';
import { baseRecord, recordName, typeOf } from '../types/typer';
import { walkStatement } from '../types/walk';

const ID = 'stale-union-member';

export const staleUnionMember: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: false,
  isCostly: true,
  parsesAll: true,
  takesHeaders: true,
  summary: 'a member of a union is used while its bytes hold another one',
  words: WITH_FUNCTIONS,
  doc: `
The members of a union share their bytes: what is stored by way of one is no value of another. A list head that was initialised over
a reference makes the reference a pointer to the list; a request that a singly linked list held by \`rq_next\` has no
\`list_head\` that could be deleted.

**Kernel source of the rule**: the layout of every record that the file sees. What a function does to a member whose address it is given is
read from its body; packs say it of functions whose bodies are elsewhere.

**Gate**: none; the layout must be known.

**Bad**

\`\`\`c
INIT_LIST_HEAD(&page->lru);
use(page->pgmap);
\`\`\`

**Good**

\`\`\`c
INIT_LIST_HEAD(&page->lru);
page->pgmap = pgmap;
use(page->pgmap);
\`\`\`

**Fix**: none; which of the two is meant only the author knows.

Two structs of a union of which one has a pointer where the other has a number belong to two owners with all their parts, and so do members
of which comments, or values of an enum with their names, say that they are valid in different states, and those of which the kernel-doc has
entries that share no word, comments name other kinds of objects ("for polled jobs", "for zoned ones only"), or the functions of the header read behind
different kinds.

A store is reported, too, where it goes over memory that others use later: an \`rcu_head\` that waits for a grace period, \`kfree_rcu()\`'s
among them, a work item in a queue, the callback of a fence. Packs name the functions that keep it so long. So is one such member that is handed over while another one of the union
is on a list.

**Silent on** other numbers that are read in another width, bytes and \`void *\`, pointers to the same type, unions that are no part of a
struct, tests of low bits, and wherever an unknown function was given the object, a pointer to it was kept, or the ways that meet do not
agree.

**Off by default**, as code that owns a record may know by a state of its own that both members agree.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { globals, target } = file;
    const effects = new MemberEffects(globals, file.facts.memberUses);
    const noreturn = noreturnOf(file.facts);
    const toldApart = (record: RecordDeclaration, one: string, other: string): boolean =>
      areToldApart(file, record, one, other);
    const shared = new Map<RecordDeclaration, ReadonlySet<string>>();
    for (const item of globals.mainTable.items) {
      if (!item.isFunction) continue;
      const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
      for (const declaration of declarations) {
        if (!declaration.body || !isConcerned(file, declaration, shared, effects)) continue;
        const uses = staleUsesIn(declaration, globals, effects, noreturn, target, toldApart);
        if ('skipped' in uses) file.count(`flow.skipped: ${uses.skipped}`);
        else for (const use of uses) yield* report(file, use, tokens);
      }
    }
  },
};

/** Whether a function names a member that shares its bytes with others, or calls what stores to one. */
function isConcerned(
  file: FileAnalysis,
  declaration: Declaration,
  shared: Map<RecordDeclaration, ReadonlySet<string>>,
  effects: MemberEffects,
): boolean {
  let isConcerned = false;
  visitDeclarations([declaration], ({ expression }) => {
    if (isConcerned) return;
    const record = baseRecord(expression, file.globals);
    isConcerned = !('reason' in record) && sharedNames(file, record, shared).has(expression.name);
  });
  const { body } = declaration;
  if (body && !isConcerned)
    walkStatement(body, (part) => {
      if (part.kind !== 'call' || isConcerned || part.callee.kind !== 'name' || part.callee.declaration) return;
      const { name } = part.callee;
      // What is called for a value alone stores nothing that anybody would use by another name.
      if (!effects.isInSight(name) || strip(typeOf(part, file.globals)).kind !== 'void') return;
      isConcerned = part.arguments.some((argument, index) => {
        const record = recordBehind(typeOf(argument, file.globals));
        const names = record && sharedNames(file, record, shared);
        if (!names || names.size === 0) return false;
        const events = effects.ofObject(name, index) ?? [];
        return events.some(({ does, member }) => does === 'stores' && member !== undefined && names.has(member.path));
      });
    });
  return isConcerned;
}

/** The names of a record's members that share their bytes with others. */
function sharedNames(
  file: FileAnalysis,
  record: RecordDeclaration,
  shared: Map<RecordDeclaration, ReadonlySet<string>>,
): ReadonlySet<string> {
  let names = shared.get(record);
  if (!names) {
    const views = record.members ? overlays(file.layout(record)).flatMap((overlay) => overlay.views) : [];
    shared.set(record, (names = new Set(views.flatMap((view) => view.members.map(({ name }) => name)))));
  }
  return names;
}

function* report(file: FileAnalysis, use: StaleUse, tokens: readonly PToken[]): Iterable<Finding> {
  const { expression, member, mark, by, isOver } = use;
  const place = writtenPlace(tokens, expression);
  if (place.path !== file.main.path) return;
  const site = writtenPlace(tokens, { ...expression, first: mark.site, end: mark.site + 1 });
  const declared = file.memberPlace(mark.record, member.path);
  const used = by === undefined ? `${member.path} is used` : `${by}() uses ${member.path}`;
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  const related: Related[] = [{ ...site, message: `${mark.path} is stored here` }];
  if (declared) related.push({ ...declared, message: `${member.path} shares its bytes with ${mark.path}` });
  yield {
    rule: ID,
    severity: 'warning',
    ...place,
    message: isOver
      ? `${by === undefined ? `${member.path} is stored` : `${by}() stores to ${member.path}`}, over ${mark.path} of ${recordName(mark.record)}${source}, which others use later since line ${file.lineNumber(site)}. Leave it until then.`
      : `${used}, whose bytes in ${recordName(mark.record)}${source} hold ${mark.path} since line ${file.lineNumber(site)}. Store ${member.path} first, or use ${mark.path}.`,
    related,
    fixes: [],
  };
}
