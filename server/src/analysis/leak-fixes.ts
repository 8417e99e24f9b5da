/** How an object is cleared before it leaves the kernel: at its declaration, where it is given out, or by padding its text. */
import type { Leak } from '../flow/byte-search';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { Punct, TokenKind, tokenAt } from '../text/tokens';
import type { CType } from '../types/model';
import { typeName } from '../types/typename';
import type { FileAnalysis } from './analysis';
import type { Fix } from './finding';

interface LeakFixes {
  readonly fixes: readonly Fix[];
  /** What to do, as a message says it. */
  readonly advice: string;
}

/** The fixes for a leak, and in words what to do about it. @param name, type As people know the object. */
export function leakFixes(file: FileAnalysis, leak: Leak, name: string, type: CType | undefined): LeakFixes {
  const padding = paddingOf(file, leak);
  if (padding) return padding;
  const source = sourceOf(leak);
  if (source) return leakFixes(file, source, source.object.declaration?.name ?? '', source.object.type);
  const { object } = leak;
  if (object.declaration) {
    const written = typeName(object.declaration.type);
    // A record without a tag can't be named again.
    const declared =
      type?.kind === 'array' || written.includes('{')
        ? `memset(${type?.kind === 'array' ? '' : '&'}${name}, 0, sizeof(${name}))`
        : `${written} ${name} = {}`;
    return { fixes: initialized(file, leak), advice: `Clear it first: ${declared};` };
  }
  const { memory } = object;
  const clearing = memory?.clearing;
  const given = memory && writtenAt(object.site);
  if (clearing && given && spelling(given) === memory.call[0])
    return { fixes: renamed(given, clearing), advice: `Get it cleared: ${clearing}().` };
  return { fixes: [], advice: `Clear it first: memset(${name}, 0, sizeof(*${name}));` };
}

/** The same bytes in the variable that all that is missing was copied from; undefined where it came to be otherwise. */
function sourceOf(leak: Leak): Leak | undefined {
  const { object, missing } = leak;
  const [first, last] = [missing[0], missing[missing.length - 1]];
  const copy = object.copies.find(({ to, size }) => to * 8 <= first && last <= (to + size) * 8);
  if (!copy?.of.declaration || copy.of === object) return undefined;
  const moved = (copy.from - copy.to) * 8;
  return { ...leak, object: copy.of, missing: missing.map((bit) => bit + moved) };
}

/** Where all that is missing lies behind text: what pads it. */
function paddingOf(file: FileAnalysis, { object, missing }: Leak): LeakFixes | undefined {
  const fixes: Fix[] = [];
  let padding: string | undefined;
  for (let range = 0; range < missing.length; range += 2) {
    const text = object.texts.find(({ low, high }) => low * 8 <= missing[range] && missing[range + 1] <= high * 8);
    if (!text) return undefined;
    padding ??= text.fact.padding ?? '';
    const callee = writtenAt(text.of.tokens[text.expression.first]);
    if (text.fact.padding && spelling(callee) === text.fact.call[0] && callee.file === file.main)
      fixes.push(...renamed(callee, text.fact.padding));
  }
  if (padding === undefined) return undefined;
  const edits = fixes.flatMap((fix) => fix.edits);
  const all: Fix[] = edits.length > 0 ? [{ title: `Pad with ${padding}()`, safe: true, edits }] : [];
  return { fixes: all, advice: padding ? `Pad the text: ${padding}().` : 'Clear it first, or pad the text.' };
}

function renamed({ file, start, end }: PToken, text: string): Fix[] {
  return [{ title: `Use ${text}()`, safe: true, edits: [{ path: file.path, start, end, text }] }];
}

/** `= {}` behind a declarator; not where a jump may lead past it. */
function initialized(file: FileAnalysis, { object }: Leak): Fix[] {
  const { site, declaration, of } = object;
  if (site.via || site.file !== file.main || !declaration) return [];
  const { tokens } = file.main;
  let next = tokenAt(tokens, site.start) + 1;
  for (let depth = 0; next < tokens.count; next++) {
    if (isPunct(file, next, Punct.LeftBracket)) depth++;
    else if (isPunct(file, next, Punct.RightBracket)) depth--;
    else if (depth === 0) break;
  }
  if (!isPunct(file, next, Punct.Semicolon) && !isPunct(file, next, Punct.Comma)) return [];
  if (of.tokens.slice(0, declaration.nameToken).some((token) => spelling(token) === 'goto')) return [];
  if (isInSwitch(of.tokens, declaration.nameToken)) return [];
  const end = tokens.ends[next - 1];
  const title = `Clear ${declaration.name} where it is declared`;
  return [{ title, safe: true, edits: [{ path: file.main.path, start: end, end, text: ' = {}' }] }];
}

function isPunct(file: FileAnalysis, token: number, punct: Punct): boolean {
  return file.main.tokens.kinds[token] === TokenKind.Punctuator && file.main.tokens.ids[token] === punct;
}

/** Whether the block around a token is the body of a switch, whose labels jump over what stands before them. */
function isInSwitch(tokens: readonly PToken[], from: number): boolean {
  let at = from;
  for (let depth = 0; at >= 0; at--) {
    if (tokens[at].kind !== TokenKind.Punctuator) continue;
    if (tokens[at].id === Punct.RightBrace) depth++;
    else if (tokens[at].id === Punct.LeftBrace && depth-- === 0) break;
  }
  let open = at - 1;
  for (let depth = 0; open >= 0; open--) {
    if (tokens[open].kind === TokenKind.Punctuator && tokens[open].id === Punct.RightParen) depth++;
    else if (tokens[open].kind === TokenKind.Punctuator && tokens[open].id === Punct.LeftParen && --depth === 0) break;
    if (depth === 0) return false;
  }
  return open > 0 && spelling(tokens[open - 1]) === 'switch';
}
