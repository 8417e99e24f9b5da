/**
 * The last door to the editor: whatever text of a tree stands in a message (a version, a reason, a path in a refusal), it turns
 * no line round and moves no cursor where it is shown.
 */
import type { Message } from 'vscode-languageserver';
import { withoutUnfit } from '../text/text';

/** What goes into files, or comes back to us, and is not shown: it stays to the byte. */
const EXACT: ReadonlySet<string> = new Set(['newText', 'insertText', 'data']);

export function fittedMessage(message: Message): Message {
  return fitted(message) as Message;
}

/** The value itself where all of it is fit, as it nearly always is. */
function fitted(value: unknown): unknown {
  if (typeof value === 'string') return withoutUnfit(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const made = value.map(fitted);
    return made.some((one, index) => one !== value[index]) ? made : value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const [key, one] of Object.entries(value)) {
    const made = EXACT.has(key) ? one : fitted(one);
    if (made !== one) (changed ??= { ...value })[key] = made;
  }
  return changed ?? value;
}
