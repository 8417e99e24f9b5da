/** Makes text of a tree fit for a terminal: a file must not be able to move the cursor or to colour our words. */
import path from 'node:path';
import { fromByteString, withoutUnfit } from '../text/text';

/** Unicode for people from a byte string; control characters but the tab become U+FFFD. */
export function printable(text: string): string {
  return withoutControls(fromByteString(text));
}

/** As `printable`, for text that is Unicode already, such as a path. */
export function withoutControls(text: string): string {
  return withoutUnfit(text).replace(/[\n\f\r]/g, '\ufffd');
}

/**
 * Paths as people follow them: from where they stand where the file is below, or where they stand in the same tree;
 * else absolute.
 */
export function pathFrom(folder: string, kernel: string): (file: string) => string {
  const inTree = folder === kernel || folder.startsWith(`${kernel}/`);
  return (file) => {
    const relative = path.relative(folder, file);
    return withoutControls(relative.startsWith('../') && !inTree ? file : relative || '.');
  };
}
