/** Comments that allow a finding: where they stand, which rules they name, and what code they cover. */
import type { SourceFile } from '../preprocessor/source';
import { lineAt, lineStarts, type Place, type Span } from '../text/text';
import { Punct, TokenKind, type TokenList, tokenAt } from '../text/tokens';
import type { Finding } from './finding';

/** One name in a comment's parentheses. */
export interface AllowedRule extends Span {
  readonly name: string;
}

/** A comment that starts with `overlint:`. */
export interface Allow extends Place {
  /** Empty where the comment is not written as it must be. */
  readonly rules: readonly AllowedRule[];
  /** Why; empty where the comment does not say, and then it allows nothing. */
  readonly reason: string;
  /** The lines of code that it speaks of, as byte offsets. */
  readonly covers: Span;
}

/** A finding that a comment allows. */
export interface Suppressed {
  readonly finding: Finding;
  /** The comment's own words, a byte string. */
  readonly reason: string;
}

/** What is left of a file's findings, and which names in comments did something. */
interface Sifted {
  readonly spoken: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly used: ReadonlySet<AllowedRule>;
}

/** What every such comment holds; the cheapest test. */
const MARK = 'overlint:';

/** After the comment's own marks; a `*` may start its lines. */
const WRITTEN = /^\/[*/][*\s]*overlint:/;
/** Such a comment speaks of what headers say, not of findings. */
const TAKES_BACK = /^\/[*/][*\s]*overlint:\s*not-derived\b(?:\s*\(([^()]*)\))?/;
const ALLOW = /^\/[*/][*\s]*overlint:\s*allow\s*\(([^()]*)\)([\s\S]*)$/;

const known = new WeakMap<SourceFile, readonly Allow[]>();

/** The comments of a file that start with `overlint:`, in order; worked out once a text. */
export function allowsOf(source: SourceFile): readonly Allow[] {
  if (!source.text.includes(MARK)) return [];
  let allows = known.get(source);
  if (!allows) known.set(source, (allows = [...read(source)]));
  return allows;
}

/** @param sourceOf a file that a finding stands in; undefined where it is not known any more */
export function sift(findings: readonly Finding[], sourceOf: (path: string) => SourceFile | undefined): Sifted {
  const spoken: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const used = new Set<AllowedRule>();
  for (const finding of findings) {
    const source = sourceOf(finding.path);
    const match = source && allowing(finding, allowsOf(source));
    if (match) suppressed.push({ finding, reason: match.reason });
    else spoken.push(finding);
    for (const name of match?.names ?? []) used.add(name);
  }
  return { spoken, suppressed, used };
}

/** Every comment that covers the finding counts as used, so that of two in one place none is called idle. */
function allowing(finding: Finding, allows: readonly Allow[]) {
  const around = allows.filter(
    ({ covers, reason }) => reason !== '' && covers.start <= finding.start && finding.start < covers.end,
  );
  const names = around.flatMap(({ rules }) => rules.filter(({ name }) => name === finding.rule));
  const first = around.find(({ rules }) => rules.some(({ name }) => name === finding.rule));
  return first && { reason: first.reason, names };
}

/** The comments of a file that take back what it would be understood to say: what kinds of facts they name. */
export function* takesBackIn(file: SourceFile): Iterable<Place & Pick<Allow, 'rules'>> {
  if (!file.text.includes('not-derived')) return;
  for (const { start, end, comment } of commentsIn(file)) {
    const match = TAKES_BACK.exec(comment);
    if (!match) continue;
    const rules = namesIn((match[1] ?? '').replace(/\|/g, ','), start + comment.indexOf('(') + 1);
    yield { path: file.path, start, end, rules };
  }
}

function* read(file: SourceFile): Iterable<Allow> {
  const { path, text, tokens } = file;
  const lines = lineStarts(text);
  for (const { start, end, comment } of commentsIn(file)) {
    if (!WRITTEN.test(comment) || TAKES_BACK.test(comment)) continue;
    const match = ALLOW.exec(comment);
    yield {
      path,
      start,
      end,
      rules: match ? namesIn(match[1], start + comment.indexOf('(') + 1) : [],
      reason: match ? reasonIn(match[2]) : '',
      covers: coveredBy({ start, end }, tokens, lines),
    };
  }
}

function* commentsIn({ text, tokens: { comments } }: SourceFile): Iterable<Span & { readonly comment: string }> {
  for (let index = 0; index < comments.length; index += 2) {
    const [start, end] = [comments[index], comments[index + 1]];
    yield { start, end, comment: text.slice(start, end) };
  }
}

function namesIn(list: string, start: number): AllowedRule[] {
  return [...list.matchAll(/[^\s,*]+/g)].map(({ 0: name, index }) => {
    return { name, start: start + index, end: start + index + name.length };
  });
}

/** Dashes and colons lead up to the reason and are none. */
function reasonIn(rest: string): string {
  const words = rest.replace(/\*\/$/, '').replace(/\n[ \t]*\*/g, ' ');
  const reason = words
    .replace(/\s+/g, ' ')
    .replace(/^[\s:–—-]+/, '')
    .trim();
  return /[\w\x80-\xff]/.test(reason) ? reason : '';
}

/**
 * Beside code, a comment speaks of its own lines; on lines of its own, of what starts below it: up to the `;`, the brace
 * or the directive's end that closes it, so that a wrapped statement is covered whole.
 */
function coveredBy(comment: Span, tokens: TokenList, lines: Uint32Array): Span {
  const lineOf = (offset: number): number => lineAt(lines, offset);
  const next = tokenAt(tokens, comment.end);
  const [first, last] = [lineOf(comment.start), lineOf(comment.end - 1)];
  const hasCodeBefore = next > 0 && lineOf(tokens.ends[next - 1] - 1) === first;
  const hasCodeAfter = next < tokens.count && lineOf(tokens.starts[next]) === last;
  if (hasCodeBefore || hasCodeAfter) return linesFrom(first, last, lines, tokens.text);
  if (next >= tokens.count) return { start: comment.end, end: comment.end };
  const from = lineOf(tokens.starts[next]);
  const end = Math.max(next, endOfStatement(tokens, next) - 1);
  return linesFrom(from, lineOf(tokens.starts[end]), lines, tokens.text);
}

function linesFrom(first: number, last: number, lines: Uint32Array, text: string): Span {
  return { start: lines[first], end: last + 1 < lines.length ? lines[last + 1] : text.length + 1 };
}

/** Index past the last token of what starts at a token. */
function endOfStatement(tokens: TokenList, first: number): number {
  const directive = tokens.directives.find(({ firstToken }) => firstToken === first);
  if (directive) return directive.endToken;
  const limit = tokens.directives.find(({ firstToken }) => firstToken > first)?.firstToken ?? tokens.count;
  let depth = 0;
  for (let token = first; token < limit; token++) {
    const punct = tokens.ids[token];
    if (tokens.kinds[token] !== TokenKind.Punctuator) continue;
    if (punct === Punct.LeftParen || punct === Punct.LeftBracket) depth++;
    else if (punct === Punct.RightParen || punct === Punct.RightBracket) depth--;
    else if (depth <= 0 && ENDS.has(punct)) return token + 1;
  }
  return limit;
}

const ENDS: ReadonlySet<number> = new Set([Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace]);
