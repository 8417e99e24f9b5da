/** The order in which words that belong together are looked for in files. */
import type { WordNeed } from '../search/word-search';

/** A record and its member: the longer name is the rarer one, and a file is searched for the other only where it stands. */
export function rarestFirst(tag: string, member: string): WordNeed {
  return member.length < tag.length ? [tag, `.${member}`] : [`.${member}`, tag];
}
