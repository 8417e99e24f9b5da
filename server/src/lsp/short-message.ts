/**
 * A finding's message as an editor's list has room for: what to do comes first, then what is wrong. The kernel's own words stand
 * in the related places, which editors that show those need not read twice.
 */
import type { Finding } from '../analysis/finding';

/** How a sentence that says what to do begins. */
const ADVICE =
  /(?<=\. )(?:Add|Align|Ask|Call|Clear|Copy|Give|Go|Keep|Leave|Make|Mask|Move|Pad|Put|Read|Say|Set|Store|Take|Test|Use|Write)\b/g;

export function shortMessage({ message, related }: Finding, showsRelated: boolean): string {
  const plain = showsRelated
    ? withoutQuotes(
        message,
        related.map((one) => one.message),
      )
    : message;
  const at = [...plain.matchAll(ADVICE)].filter(({ index }) => isOutsideQuotes(plain, index)).at(-1)?.index;
  if (at === undefined) return plain;
  const what = plain.slice(0, at).trimEnd();
  return `${plain.slice(at).replace(/\.?$/, '.')} ${what}`;
}

/** Without the ` ("quotation", file:line)` of what a related place shows. */
function withoutQuotes(message: string, related: readonly string[]): string {
  let plain = message;
  for (const shown of related) {
    const quote = /^"(.*)"$/s.exec(shown)?.[1];
    if (!quote) continue;
    const start = plain.indexOf(` ("${quote}"`);
    const end = start < 0 ? -1 : plain.indexOf(')', start + quote.length + 4);
    if (end >= 0) plain = plain.slice(0, start) + plain.slice(end + 1);
  }
  return plain;
}

function isOutsideQuotes(text: string, at: number): boolean {
  return (text.slice(0, at).split('"').length - 1) % 2 === 0;
}
