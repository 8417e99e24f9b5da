/** Helps to write a comment that allows a finding: where it goes, and what may stand in its parentheses. */

import type { Finding } from '../analysis/finding';
import type { SourceFile } from '../preprocessor/source';
import type { Span } from '../text/text';

/** A comment to be put in; the reason goes between `before` and `after`. */
interface AllowComment {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/**
 * A line of its own above the finding's, as far in as that one; inside a macro it ends in a backslash. A line that begins
 * inside a comment, which can't hold another, gets it where that comment ends.
 */
export function allowComment({ text, tokens }: SourceFile, finding: Finding): AllowComment {
  const opening = `/* overlint: allow(${finding.rule}) `;
  const offset = lineStart(text, finding.start);
  for (let index = 0; index < tokens.comments.length; index += 2) {
    const [start, end] = [tokens.comments[index], tokens.comments[index + 1]];
    if (start < offset && offset < end) return { offset: end, before: ` ${opening}`, after: ' */' };
  }
  const indent = /^[ \t]*/.exec(text.slice(offset, finding.start))![0];
  const lineEnd = text.slice(0, offset).endsWith('\r\n') ? '\r\n' : '\n';
  const isInMacro = /\\\r?\n$/.test(text.slice(Math.max(0, offset - 3), offset));
  return { offset, before: indent + opening, after: ` */${isInMacro ? ' \\' : ''}${lineEnd}` };
}

/** The name that is being written in an allow comment's parentheses. */
export interface NameBeingWritten extends Span {
  /** Names that stand before it. */
  readonly others: readonly string[];
  /** What is to stand behind the name where nothing more follows on the line; the reason goes between. */
  readonly lacks?: {
    readonly before: string;
    readonly after: string;
    /** Up to here it takes the place of what stands there. */
    readonly end: number;
  };
}

/** Longer comments than this are not looked through, in bytes. */
const LONGEST = 400;

/** What is written at a byte offset where that is inside the parentheses of an allow comment. */
export function nameInAllow(text: string, offset: number): NameBeingWritten | undefined {
  const before = text.slice(Math.max(0, offset - LONGEST), offset);
  const match = /(\/[*/])[*\s]*overlint:\s*allow\s*\(([^()]*)$/.exec(before);
  if (!match || match[2].includes('*/') || (match[1] === '//' && match[2].includes('\n'))) return undefined;
  const written = /[\w-]*$/.exec(match[2])![0];
  const rest = /^[\w-]*/.exec(text.slice(offset, offset + LONGEST))![0];
  const others = match[2].slice(0, match[2].length - written.length).match(/[\w-]+/g) ?? [];
  const end = offset + rest.length;
  // Editors put what closes parenthesis and comment there by themselves.
  const closed = /^(\)?(?:[ \t]*\*\/)?)[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + LONGEST))?.[1];
  const lacks = { before: ') ', after: match[1] === '/*' ? ' */' : '', end: end + (closed?.length ?? 0) };
  return { start: offset - written.length, end, others, ...(closed !== undefined && { lacks }) };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
