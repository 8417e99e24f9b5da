/** Functions that take the tags off a word themselves, or ask for them, where no header offers to do it. */
import { bodyOf, functionsIn } from '../facts/member-text';
import { itemText } from '../preprocessor/item-text';
import type { Place } from '../text/text';
import { tokenAt } from '../text/tokens';
import type { AccessSite, FileAnalysis } from './analysis';
import type { TaggedWord } from './tagged-word';

/**
 * Tells of a place whether the function around it knows of a word's tags: it masks the word, or one that shares its bytes, or calls a
 * function of the file that does. Of a word that has accessors in a header nobody knows by hand.
 */
export function knowingByHand(file: FileAnalysis, { derived }: TaggedWord): (place: Place) => boolean {
  const { main, derivedTags } = file;
  if (!derived || (derived.accessors.length > 0 && !derived.isOwn)) return () => false;
  const { path, start } = derived.evidence;
  const beside = derivedTags.filter(({ evidence }) => evidence.path === path && evidence.start === start);
  const names = (derived.isSet ? [derived] : beside).flatMap(({ member }) => member ?? []).join('|');
  const masked = new RegExp(String.raw`(?:->|\.)(?:${names})\b[\s)]*[&|%^](?!&|\|)`);
  if (!masked.test(main.text) && !derived.isOwn) return () => false;
  const masking = file.globals.mainTable.items.flatMap((item) => {
    const text = item.isFunction ? itemText(main, item) : '';
    return masked.test(text) ? (/\b(\w+)\s*\(/.exec(text)?.[1] ?? []) : [];
  });
  const knowing = [...masking, ...derived.accessors.map(({ name }) => name)];
  const called = knowing.length > 0 ? new RegExp(String.raw`\b(?:${knowing.join('|')})\s*\(`) : undefined;
  return (place) => {
    if (place.path !== main.path) return false;
    const { item } = file.itemAt(tokenAt(main.tokens, place.start));
    const text = item ? itemText(main, item) : '';
    return masked.test(text) || called?.test(text) === true;
  };
}

/**
 * Tells of a place whether the function around it asks a word for the tags that make it no pointer: it calls one of the accessors, or
 * compares the word, or a local that was given it, with something else than NULL.
 */
export function askedAround(file: FileAnalysis, { derived }: TaggedWord): (place: Place) => boolean {
  const member = derived?.member?.slice(derived.member.lastIndexOf('.') + 1);
  if (!derived?.isAsked || member === undefined) return () => false;
  const { main } = file;
  const asking = new RegExp(String.raw`\b(?:${derived.accessors.map(({ name }) => name).join('|')})\s*\(`);
  const given = new RegExp(String.raw`\b(\w+)\s*=(?!=)[^;=]*(?:->|\.)${member}\b`, 'g');
  return (place) => {
    if (place.path !== main.path) return false;
    const { item } = file.itemAt(tokenAt(main.tokens, place.start));
    const text = item ? itemText(main, item) : '';
    if (asking.test(text)) return true;
    const names = [member, ...[...text.matchAll(given)].map(([, local]) => local)].join('|');
    const compared = String.raw`\b(?:${names})\b[\s)]*[!=]=\s*(?!NULL\b|0\b)|[\w)]\s*[!=]=\s*[\w(>.-]*\b(?:${names})\b`;
    return new RegExp(compared).test(text);
  };
}

/** Whether a file gives a member its value, by itself or by a header's function that stores to it: then it knows what is in there. */
export function fillsIt({ globals, main }: FileAnalysis, member: string, sites: readonly AccessSite[]): boolean {
  if (sites.some(({ mode }) => mode === 'write')) return true;
  const stored = new RegExp(String.raw`(?:->|\.)${member}\s*=(?!=)`);
  return globals.files.some(
    ({ path, text }) =>
      path.endsWith('.h') &&
      stored.test(text) &&
      functionsIn(text).some((match) => stored.test(bodyOf(match)) && main.text.includes(`${match.groups!.name}(`)),
  );
}
