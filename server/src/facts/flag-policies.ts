/** Which bits of a word belong to the first page of many, as the macros say that declare their functions. */
import type { FlagPolicies } from '../packs/pack';
import type { SourceText } from '../text/text';

/** A bit that is the head's. */
export interface HeadFlag {
  /** As in `SetPageDirty`, and in `PG_dirty`. */
  readonly upper: string;
  readonly lower: string;
  /** The line that says it: `PAGEFLAG(Dirty, dirty, PF_HEAD)`. */
  readonly quote: string;
  readonly start: number;
}

const known = new WeakMap<object, readonly HeadFlag[]>();

/** The bits of which a header says that the functions on them go to the head; worked out once for each source. */
export function headFlags(header: Pick<SourceText, 'text'>, policies: FlagPolicies): readonly HeadFlag[] {
  let found = known.get(header);
  if (!found) known.set(header, (found = mined(header.text, policies.head)));
  return found;
}

/** A policy is a macro of two parameters whose body goes to the head; the macros that take one name a bit before it. */
function mined(text: string, head: string): HeadFlag[] {
  const toHead = new Set<string>();
  for (const [, name, body] of text.matchAll(/^#define\s+(\w+)\(\w+,\s*\w+\)((?:.*\\\n)*.*)/gm))
    if (new RegExp(`\\b${head}\\(`).test(body)) toHead.add(name);
  const flags = new Map<string, HeadFlag>();
  for (const { 0: quote, 1: upper, 2: lower, 3: policy, index } of text.matchAll(
    /\b\w+\(\s*([A-Z]\w*),\s*(\w+),\s*(\w+)\)/g,
  ))
    if (toHead.has(policy) && !flags.has(lower)) flags.set(lower, { upper, lower, quote, start: index });
  return [...flags.values()];
}
