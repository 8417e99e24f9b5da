/** Makes a rule of members that whoever stores into them has to set back to zero before the page is freed. */
import type { Facts } from '../packs/facts';
import type { ResetAtFree } from '../packs/pack';
import { Punct } from '../text/tokens';
import type { AccessSite, FileAnalysis } from './analysis';
import { isZero, steppedFrom } from './elements';
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
        const stored = file.accesses(fact.members).filter((site) => isStored(site, fact));
        if (stored.length === 0 || !isLeft(file, fact)) continue;
        for (const site of stored) yield report(file, site, fact);
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

function report(file: FileAnalysis, site: AccessSite, fact: ResetAtFree): Finding {
  const { tokens, path } = site.file;
  const start = tokens.starts[site.firstToken < 0 ? site.nameToken : site.firstToken];
  const written = tokens.text.slice(start, tokens.ends[site.nameToken]).replace(/\s+/g, ' ');
  const declared = file.memberPlace(site.record, site.name);
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  return {
    rule: fact.rule,
    severity: 'info',
    path,
    start,
    end: tokens.ends[site.nameToken],
    message: `${written} is stored and not set back in this folder, where pages are freed${source}: ${fact.because}. Set it to ${
      fact.elementsOnly ? '0' : 'NULL'
    } before the page is freed.`,
    related: declared ? [{ ...declared, message: `${site.name} is declared here` }] : [],
    fixes: [],
  };
}
