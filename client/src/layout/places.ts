/** Places of the protocol as VS Code has them. */
import { Range } from 'vscode';
import type { Location } from './answers';

export function rangeOf({ start, end }: Location['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
