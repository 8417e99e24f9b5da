/** Makes a rule of members that whoever stores into them has to set back to zero before the page is freed. */
import type { Facts } from '../packs/facts';
import type { ResetAtFree } from '../packs/pack';
import type { Place } from '../text/text';
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { type RecordDeclaration, recordBehind } from '../types/model';
import { typeOf } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { callTokens } from './call-tokens';
import { isStepped, isZero, steppedFrom } from './elements';
import { expressionsAt, placeOfExpression } from './expressions';
import type { Finding } from './finding';
import type { Rule, RuleMetadata } from './rule';

export function resetRule(metadata: Omit<RuleMetadata, 'needs' | 'severity' | 'defaultOn'>): Rule {
  const mine = (facts: Facts): readonly ResetAtFree[] => facts.resets.filter(({ rule }) => rule === metadata.id);
  return {
    ...metadata,
    severity: 'info',
    defaultOn: false,
    needs: 'types',
    words: (facts) => mine(facts).flatMap(({ members, setters }) => [...members.map((name) => `.${name}`), ...setters]),
    *check(file) {
      for (const fact of mine(file.facts)) {
        const path = file.relative(file.main.path);
        if (fact.exempt.some((start) => path.startsWith(start))) continue;
        const stored = [
          ...file
            .accesses(fact.members)
            .filter((site) => isStored(site, fact))
            .map((site) => storeAt(site)),
          ...storingCalls(file, fact),
        ];
        if (stored.length === 0 || !isLeft(file, fact)) continue;
        for (const store of stored) yield report(file, store, fact);
      }
    },
  };
}

/** A value that is not NULL is stored into the member of a page. */
function isStored(site: AccessSite, { record, elementsOnly }: ResetAtFree): boolean {
  if (site.record.tag !== record || !site.member || site.mode !== 'write') return false;
  const { assignment, expression } = site.access;
  if (!assignment || assignment.operator !== Punct.Equal || isZero(assignment.right)) return false;
  return !elementsOnly || steppedFrom(expression) !== undefined;
}

/** Where a value is stored, and the member that it goes to. */
interface Store {
  readonly place: Place;
  readonly record: RecordDeclaration;
  readonly member: string;
  /** As a message names it. */
  readonly written: string;
}

function storeAt({ file: { tokens, path }, firstToken, nameToken, record, name }: AccessSite): Store {
  const start = tokens.starts[firstToken < 0 ? nameToken : firstToken];
  const place = { path, start, end: tokens.ends[nameToken] };
  return { place, record, member: name, written: tokens.text.slice(start, place.end).replace(/\s+/g, ' ') };
}

/** Calls of setters that are functions, whose own bodies store; a macro's store is an access as any other. */
function storingCalls(file: FileAnalysis, { record, members, setters, elementsOnly }: ResetAtFree): Store[] {
  const found = new Map<Expression, Store>();
  for (const token of callTokens(file, new Set(setters)))
    for (const { expression, tokens } of expressionsAt(file, token)) {
      if (expression.kind !== 'call' || expression.callee.kind !== 'name') continue;
      const [object, value] = expression.arguments;
      if (!setters.includes(expression.callee.name) || !object || !value || isZero(value)) continue;
      const behind = recordBehind(typeOf(object, file.globals));
      const place = placeOfExpression(tokens, expression);
      const argument = placeOfExpression(tokens, object);
      if (behind?.tag !== record || place?.path !== file.main.path || (elementsOnly && !isStepped(object))) continue;
      const [member] = members;
      const written = argument ? `${member} of ${file.written(argument)}` : member;
      found.set(expression, { place, record: behind, member, written });
    }
  return [...found.values()];
}

/** Pages are freed in the file or beside it, and the member is set to zero in none of these files. */
function isLeft(file: FileAnalysis, { members, setters, frees }: ResetAtFree): boolean {
  const texts = [file.main.text, ...textsBeside(file)];
  const freed = new RegExp(`\\b(?:${frees.join('|')})\\s*\\(`);
  const stored = `(?:->|\\.)\\s*(?:${members.join('|')})\\s*=\\s*(?:NULL|0|\\([^()]*\\)\\s*0)\\s*[;,=]`;
  const called = setters.map((name) => `\\b${name}\\s*\\([^;]*,\\s*(?:NULL|0)[uUlL]*\\s*\\)`);
  const reset = new RegExp([stored, ...called].join('|'));
  return texts.some((text) => freed.test(text)) && !texts.some((text) => reset.test(text));
}

/** So many objects of a folder's makefile are looked at. */
const MOST_BESIDE = 300;

/** The other sources that the file's folder makes objects of: what one stores another may set back. */
function textsBeside(file: FileAnalysis): string[] {
  const folder = file.main.path.slice(0, file.main.path.lastIndexOf('/'));
  const made = ['Makefile', 'Kbuild'].map((name) => file.textOf(`${folder}/${name}`) ?? '').join('\n');
  const names = new Set([...made.matchAll(/([\w-]+)\.o\b/g)].map(([, name]) => name));
  return [...names].slice(0, MOST_BESIDE).flatMap((name) => file.textOf(`${folder}/${name}.c`) ?? []);
}

function report(file: FileAnalysis, { place, record, member, written }: Store, fact: ResetAtFree): Finding {
  const declared = file.memberPlace(record, member);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  return {
    rule: fact.rule,
    severity: 'info',
    ...place,
    message: `${written} is stored and not set back in this folder, where pages are freed${source}: ${fact.because}. Set it to ${
      fact.elementsOnly ? '0' : 'NULL'
    } before the page is freed.`,
    related: declared ? [{ ...declared, message: `${member} is declared here` }] : [],
    fixes: [],
  };
}
