/** Members that stand behind `private:` in records with a kernel-doc, and for whom they are kept. */
import { memberIn, plain, recordAround, usersIn } from './member-text';
import type { ReservedMember } from './reserved-member';

/** For whom a part of a record is kept. */
const KEPT = /\bonly\b|\binternal|\bnot to be (?:used|touched|accessed)\b/i;

/** Who that is: `used only by crate7`, `internally at crate.c`. */
const KEPT_FOR = /\b(?:only|internally) (?:by|on|in|at|for) (?:the )?(\w+(?:\.c)?)/i;

/** A part of a record that its kernel-doc leaves out, up to the next such line. */
const PART = /^[ \t]*\/\*[ \t]*(private|public):([^*]*(?:\*(?!\/)[^*]*)*)\*\//gm;

/**
 * The members between `private:` and `public:`, or the end of the record, of records that have a kernel-doc. Much of what is
 * left out of a documentation is used all over; what has a function of its own is meant to be left alone, and so is what the line
 * itself keeps for somebody ("internal use only", "core only"), which is taken for advice.
 */
export function privateParts(text: string): ReservedMember[] {
  const found: ReservedMember[] = [];
  for (const { 0: comment, 1: kind, 2: words, index } of text.matchAll(PART)) {
    const holder = kind === 'private' ? recordAround(text, index) : undefined;
    if (holder === undefined || !new RegExp(`/\\*\\*\\s*\\*?\\s*(?:struct|union)\\s+${holder}\\b`).test(text)) continue;
    const from = index + comment.length;
    const rest = text.slice(from);
    const end = from + Math.max(0, rest.search(/\n[ \t]*\/\*[ \t]*(?:public|private):|\n\}/));
    const quote = `private: ${plain(words.trim().split('\n')[0])}`.trim();
    for (const declaration of text.slice(from, end).matchAll(/[^;{}]*;/g)) {
      const code = declaration[0].replace(/\/\*[\s\S]*?\*\//g, (one) => ' '.repeat(one.length));
      const member = memberIn(code, from + declaration.index);
      if (!member) continue;
      const users = usersIn(text, holder, member.name);
      const isAdvice = users.accessors.length === 0;
      if (isAdvice && !KEPT.test(words)) continue;
      const place = { start: index + comment.indexOf('/*'), end: from };
      const who = isAdvice ? KEPT_FOR.exec(words)?.[1] : undefined;
      const kept = { headers: [], scopes: who === undefined ? [] : [who], ...(isAdvice && { isAdvice }) };
      const entry = entryOf(words, member.name);
      const own = entry !== undefined && UNCHANGED.test(entry) && { quote: entry, isForWriters: true };
      found.push({ ...member, holder, ...place, quote, ...users, ...kept, ...own });
    }
  }
  return found;
}

/** Of a member that is only not to be changed, reading is right. */
const UNCHANGED = /\b(?:do not|don't|never|not to be|must not be) (?:change|modif|writ|set|alter|update)/i;

/** What the comment itself says of a member: `state: where it stands; do not change`. */
function entryOf(words: string, name: string): string | undefined {
  const entry = new RegExp(`(?:^|[\\s*@])(${name}:[\\s\\S]*?)(?=\\n[ \\t*]*@?\\w+:|$)`).exec(words)?.[1];
  return entry && plain(entry).replace(/:\s+/, ': ');
}
