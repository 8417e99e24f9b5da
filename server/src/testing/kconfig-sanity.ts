/** What scripts/kconfig refuses once all files are read; the product reads on. */
import type { KconfigMessage } from '../kconfig/messages';
import type { ParsedKconfig } from '../kconfig/parser';
import { entriesBelow, type KconfigPlace, type MenuEntry } from '../kconfig/symbols';

/** @param isNewer Whether the rules are those of 6.18 and later. */
export function* sanityErrors({ root, table }: ParsedKconfig, isNewer: boolean): Generator<KconfigMessage> {
  const error = (place: KconfigPlace, text: string): KconfigMessage => {
    return { severity: 'error', place, text: `error: ${text}` };
  };
  for (const entry of entriesBelow(root)) {
    const { symbol } = entry;
    if (!symbol) continue;
    if (symbol.isTransitional) {
      const own = 'transitional symbols can only have help sections';
      if (!table.isYes(entry.dependency)) yield error(entry, own);
      else if (symbol.properties.length > 0) yield error(symbol.properties[0], own);
    }
    if (symbol.isChoice) for (const member of entriesBelow(entry)) yield* memberErrors(member, isNewer, error);
  }
}

function* memberErrors(
  entry: MenuEntry,
  isNewer: boolean,
  error: (place: KconfigPlace, text: string) => KconfigMessage,
): Generator<KconfigMessage> {
  for (const property of entry.symbol?.properties ?? []) {
    if (property.kind === 'default') yield error(property, 'defaults for choice values not supported');
    if (property.entry === entry || property.kind !== 'prompt') continue;
    if (isNewer) yield error(property, 'choice value must not have a prompt in another entry');
    else if (property.entry.parent !== entry.parent)
      yield error(property, 'choice value has a prompt outside its choice group');
  }
}
