/** What the table of uAPI names says: which headers programs include, and which names mean room to grow. */
import uapi from '../packs/predefined/uapi.json';

const FOLDERS = uapi.folders.map((folder) => new RegExp(`^${folder.replace('ARCH', '[^/]+')}`));
const SPARE = new RegExp(uapi.spare, 'i');
const END_MARKER = new RegExp(uapi.endMarker, 'i');
const SIZE_MEMBER = new RegExp(uapi.sizeMember);

/** Whether programs include a file (its path from the kernel folder). */
export function isUapi(file: string): boolean {
  return file.endsWith('.h') && FOLDERS.some((folder) => folder.test(file));
}

/** Whether a member is room that a later member may take. */
export function isSpare(member: string): boolean {
  return SPARE.test(member.slice(member.lastIndexOf('.') + 1));
}

/** Whether an enumerator says how many there are, so that a new one moves it. */
export function isEndMarker(enumerator: string): boolean {
  return END_MARKER.test(enumerator);
}

/** Whether a member holds the size of its record, so that a kernel knows which version a program has. */
export function isSizeMember(member: string): boolean {
  return SIZE_MEMBER.test(member);
}
