/** Functions that take the tags off a word themselves, or ask for them, where no header offers to do it. */
import { itemText } from '../preprocessor/item-text';
import type { Place } from '../text/text';
import { tokenAt } from '../text/tokens';
import type { FileAnalysis } from './analysis';
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
  const names = beside.flatMap(({ member }) => member ?? []).join('|');
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
