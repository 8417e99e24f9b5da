/** Whose files a header's own are: those that implement what it declares, and the sources beside it that have its name. */
import type { Item } from '../preprocessor/items';
import { nameId } from '../text/names';
import type { FileAnalysis } from './analysis';
import { calledIn } from './called-names';
import { stem } from './exempt';

const STATIC = nameId('static');

/**
 * Whether a file is of those who own a header: it implements what the header declares, or it stands in the folder that
 * has the header's name, or where the source stands that has it: `x_device.c` for `x_device_types.h`.
 */
export function isOwnerOf(file: FileAnalysis, header: string): boolean {
  const { path } = file.main;
  if (implementsHeader(file, header)) return true;
  const folder = path.slice(0, path.lastIndexOf('/'));
  const name = stem(header);
  const topic = header.split('/').at(-2)!;
  // One of the kernel's own folders holds more than those who own a header of its name: every file system stands in fs/.
  const isIn = (topic: string): boolean =>
    new RegExp(`/${topic}(?:[-_]\\w+)?/`).test(path) && !file.relative(path).startsWith(`${topic}/`);
  if (
    isIn(name) ||
    isIn(name.replace(/[-_](?:defs|types|internal|private)$/, '')) ||
    (/\/include\/\w+\/\w+\//.test(header) && isIn(topic))
  )
    return true;
  for (let end = name.length; end > 0; end = name.lastIndexOf('_', end - 1)) {
    const source = `${folder}/${name.slice(0, end)}.c`;
    // A source of the very name is an owner's if it implements the header, as was asked above.
    if (source === path ? end < name.length : file.unit.canInclude(`${name.slice(0, end)}.c`, true, path)) return true;
  }
  return false;
}

/** Whether a file defines a function, for others to call, that a header declares. */
export function implementsHeader(file: FileAnalysis, header: string): boolean {
  const declared = file.globals.tables.find(({ table }) => table.file.path === header)?.table;
  if (!declared) return false;
  const names = calledIn(declared, () => true);
  const isShared = ({ first }: Item): boolean => file.main.tokens.ids[first] !== STATIC;
  for (const id of calledIn(file.globals.mainTable, (item) => item.isFunction && isShared(item)))
    if (names.has(id)) return true;
  return false;
}
