/** The names in a folder, for messages that say what there is. */
import fs from 'node:fs';

/** Sorted; none where the folder can't be read. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}
