/** Members that a union lets everybody read by a `const` name, and few store to by the same name with two underscores in front. */
import { recordAround } from './member-text';
import type { ReservedMember } from './reserved-member';

/** `union { const unsigned int count; unsigned int __count; };` */
const TWINS = /\bunion\s*\{\s*const\s[^;{}]*?\b(?<name>\w+)\s*;\s*[^;{}]*?\b(?<twin>__\k<name>)\s*;\s*\}\s*;/g;

/** What is to be stored by the functions that the comment above names, where it names some. */
export function constTwins(text: string): readonly ReservedMember[] {
  if (!text.includes(' __') || !text.includes('union')) return [];
  return [...text.matchAll(TWINS)].flatMap((match) => {
    const { name, twin } = match.groups!;
    const at = match.index + match[0].lastIndexOf(twin);
    const start = match.index + match[0].search(/\bconst\b/);
    const end = at + twin.length;
    const holder = recordAround(text, match.index);
    if (holder === undefined) return [];
    return [
      {
        ...{ name: twin, tag: undefined, holder, at, start, end },
        quote: text.slice(start, end).replace(/\/\*[\s\S]*?\*\/|\s+/g, ' '),
        accessors: namesAbove(text, match.index, name),
        ...{ headers: [], scopes: [], isForWriters: true },
      },
    ];
  });
}

/** The functions that the comment right above names: `(set|clear)_count`, `count_{init|add}`, `count_put()`. */
function namesAbove(text: string, offset: number, member: string): readonly string[] {
  const before = text.slice(0, offset).trimEnd();
  if (!before.endsWith('*/')) return [];
  const words = before.slice(before.lastIndexOf('/*'));
  const found = [...words.matchAll(/\b(\w+)\(\)/g)].map(([, name]) => name);
  for (const [, first, inner, last] of words.matchAll(/(\b\w+_)?[({](\w+(?:[|,]\w+)+)[)}](_\w+)?/g))
    for (const part of inner.split(/[|,]/)) found.push(`${first ?? ''}${part}${last ?? ''}`);
  return [...new Set(found)].filter((name) => name !== member);
}
