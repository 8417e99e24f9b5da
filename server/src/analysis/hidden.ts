/** Members that packs call hidden behind accessors: what rules on them have in common. */
import { type FlatMember, sharing } from '../facts/overlay';
import type { Facts } from '../packs/facts';
import type { HiddenMember } from '../packs/members';
import type { Place } from '../text/text';
import type { AccessSite, FileAnalysis } from './analysis';

export function hiddenFor(facts: Facts, rule: string): readonly HiddenMember[] {
  return facts.hidden.filter((fact) => fact.rule === rule);
}

/** Where a site touches the record that a fact is about; undefined for other records, and where only a type is asked. */
export function siteSpan(file: FileAnalysis, site: AccessSite, fact: HiddenMember): Place | undefined {
  const { record, firstToken, mode } = site;
  if (record.tag !== fact.record || !site.member || firstToken < 0 || mode === 'none') return undefined;
  if (!record.place || file.relative(record.place.path) !== fact.header) return undefined;
  const { tokens, path } = site.file;
  return { path, start: tokens.starts[firstToken], end: tokens.ends[site.nameToken] };
}

/** The first accessor of a member that the headers offer. */
export function offeredOf(
  file: FileAnalysis,
  fact: HiddenMember,
  member: string,
): { readonly name: string; readonly place: Place } | undefined {
  for (const name of fact.accessors[member] ?? []) {
    const place = file.offers(name);
    if (place) return { name, place };
  }
  return undefined;
}

/** Another member that lies in the site's bytes: the first, or the one of that name. */
export function sharerOf(file: FileAnalysis, site: AccessSite, name?: string): FlatMember | undefined {
  const others = sharing(file.layout(site.record), site.name).map(({ member }) => member);
  return name === undefined ? others[0] : others.find((other) => other.name === name);
}

/** ` (file:line)` of a declaration, for a message. */
export function quoteOf(file: FileAnalysis, place: Place | undefined): string {
  return place ? ` (${file.lineOf(place)})` : '';
}
