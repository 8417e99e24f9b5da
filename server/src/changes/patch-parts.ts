/** Reads patches: a diff, a mail of `git format-patch`, or an mbox of several, as the diffs of single files. */
import { parsePatch, type StructuredPatch } from 'diff';
import { fromByteString } from '../text/text';

/** A patch that is none; the message says why. */
export class NoPatch extends Error {}

/** What one mail holds; a bare diff is a mail without a subject. */
interface Mail {
  /** As people read it, on one line. */
  readonly subject: string | undefined;
  /** The diffs of files, in order. */
  readonly parts: readonly StructuredPatch[];
}

/** Where a diff begins: what stands before it in a mail is no part of it. */
const DIFF_START = /^(?:diff --git |Index: |--- [^\r\n]+\r?\n\+\+\+ )/m;

/**
 * The mails that hold a diff, in order; cover letters are left out.
 *
 * @param text Byte string.
 * @throws NoPatch where nothing in it is a diff, or a diff can't be read.
 */
export function mailsIn(text: string): Mail[] {
  const mails = text.split(/^(?=From [0-9a-f]{7,64} .*\d{4}\r?$)/m).flatMap((mail): Mail[] => {
    const start = DIFF_START.exec(mail)?.index;
    if (start === undefined) return [];
    // The signature of a mail stands behind a line of two hyphens and a space.
    const body = mail.slice(start).replace(/^-- \r?\n[^\r\n]*\r?\n*$/m, '');
    try {
      // The parser knows but one of git's two ways to speak of a binary file.
      const parts = parsePatch(body.replace(/^GIT binary patch\r?$/gm, 'Binary files differ'));
      return [{ subject: subjectOf(mail.slice(0, start)), parts }];
    } catch (error) {
      throw new NoPatch(`it can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  if (mails.length === 0) throw new NoPatch('it holds no diff');
  return mails;
}

/** The subject in a mail's header, its folded lines joined and its encoded words (RFC 2047) read. */
function subjectOf(header: string): string | undefined {
  const folded = /^Subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im.exec(header)?.[1];
  const subject = folded
    ?.replace(/\r?\n[ \t]+/g, ' ')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([\w.-]+)(?:\*\w*)?\?([QB])\?([^?]*)\?=/gi, decodeWord)
    .trim();
  return subject ? fromByteString(subject) : undefined;
}

/** The bytes of an encoded word where it is UTF-8; any other stays as it is written. */
function decodeWord(word: string, charset: string, encoding: string, text: string): string {
  if (!/^(?:utf-8|us-ascii)$/i.test(charset)) return word;
  if (/b/i.test(encoding)) return Buffer.from(text, 'base64').toString('latin1');
  const byte = (_escape: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
  return text.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, byte);
}
