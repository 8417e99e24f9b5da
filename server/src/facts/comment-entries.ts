/** What the comments of a record are about, member by member, and where one takes back when a member is valid. */
import { isTakenBack, type OnTakenBack } from './not-derived';

/** The text of a comment by the member that each part of a kernel-doc is about. */
export function* entriesOf(comment: string): Iterable<{ readonly member: string | undefined; readonly words: string }> {
  const plain = comment.replace(/^\/\*+|\*+\/$/g, '').replace(/\n[ \t]*\*[ \t]?/g, '\n');
  if (!comment.startsWith('/**')) {
    yield { member: undefined, words: plain.replace(/\s+/g, ' ').trim() };
    return;
  }
  for (const part of plain.split(/\n(?=[ \t]*@[\w.]+:)/)) {
    const entry = /^\s*@(?:\w+\.)*(\w+):([\s\S]*)$/.exec(part);
    // A blank line ends an entry, unless it stands right behind the name: what follows is about the record.
    const words = entry ? entry[2].replace(/^(?:[ \t]*\n)+/, '').split(/\n[ \t]*\n/)[0] : part;
    yield { member: entry?.[1], words: words.replace(/\s+/g, ' ').trim() };
  }
}

/** Whether a comment at a member of a record takes back when it is valid. */
export function isTakenBackAt(
  text: string,
  from: number,
  to: number,
  member: string,
  onTakenBack: OnTakenBack | undefined,
): boolean {
  const at = text.slice(from, to).search(new RegExp(`\\b${member}\\s*(?:\\[[^\\]]*\\]|:\\s*\\w+)?\\s*;`));
  return at >= 0 && isTakenBack(text, from + at, 'valid-when', onTakenBack);
}
