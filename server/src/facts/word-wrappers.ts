/**
 * Tells by the text of headers which functions may give a tagged word out as it is, tags and all: `skb_get_slot()` returns `skb->slot`,
 * which `slot_of()` beside it masks. Types tell later which of them do.
 */
import { bodyOf, functionsIn } from './member-text';

/** A mask of low bits, or of a name that stands for one. */
const MASKED = /[&|]\s*~?\s*\(?\s*(?:[A-Z_][A-Z0-9_]+|0?[xX]?[0-7]+[uUlL]*)\b(?!\s*[?&|])/;

/**
 * The functions of a text that name a member in what they return, be it through a macro, and mask nothing there.
 *
 * @param member The last name on the way to the member.
 */
export function wrappersIn(text: string, member: string): string[] {
  if (!text.includes(member)) return [];
  const macro = new RegExp(String.raw`^#[ \t]*define[ \t]+(\w+)\([^()]*\)(?:.*\\\n)*.*(?:->|\.)${member}\b`, 'gm');
  const names = [...text.matchAll(macro)].map(([, name]) => name);
  const named = new RegExp(String.raw`(?:->|\.)${member}\b${names.length > 0 ? `|\\b(?:${names.join('|')})\\(` : ''}`);
  return functionsIn(text).flatMap((match) => {
    const returned = [...bodyOf(match).matchAll(/\breturn\b([^;]*);/g)].map(([, value]) => value);
    const giving = returned.filter((value) => named.test(value));
    return giving.length > 0 && !giving.some((value) => MASKED.test(value.slice(value.search(named))))
      ? [match.groups!.name]
      : [];
  });
}
