/** Which names stand among the tokens of a file: asked by many rules, found out once. */
import type { SourceFile } from '../preprocessor/source';
import { TokenKind } from '../text/tokens';

const known = new WeakMap<SourceFile, Uint8Array>();

/** @param id Of the name (see names.ts). */
export function spells(file: SourceFile, id: number): boolean {
  let names = known.get(file);
  if (!names) known.set(file, (names = namesIn(file)));
  return names[id] === 1;
}

/** By id of a name: 1 where it stands in the file; as long as the highest id asks for. */
function namesIn({ tokens: { kinds, ids, count } }: SourceFile): Uint8Array {
  let most = 0;
  for (let at = 0; at < count; at++) if (ids[at] > most) most = ids[at];
  const names = new Uint8Array(most + 1);
  for (let at = 0; at < count; at++) if (kinds[at] === TokenKind.Identifier) names[ids[at]] = 1;
  return names;
}
