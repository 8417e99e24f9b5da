/**
 * What rules say of a change as such: each changed file is laid out as it was and as it is, on every target that it is for,
 * and the rules are asked about the two.
 */
import { type Suppressed, sift } from '../analysis/allow';
import { byPlace, type Finding } from '../analysis/finding';
import type { HeaderChange, SurfacePair } from '../analysis/header-change';
import { Levels } from '../analysis/levels';
import type { Rule } from '../analysis/rule';
import type { Surface } from '../facts/surface';
import { isUapi } from '../facts/uapi-names';
import { Disk } from '../files/disk';
import { Scanner } from '../files/scan';
import type { LintOptions } from '../linter';
import uapi from '../packs/predefined/uapi.json';
import { type SourceFile, sourceFile } from '../preprocessor/source';
import { listSources, relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import { rules } from '../rules/index';
import type { WordNeed } from '../search/word-search';
import { surfacesOn, targetsFor } from '../store/target-surfaces';
import { recordBodies } from '../text/record-bodies';
import type { SourceText } from '../text/text';

/** Byte strings by absolute path; a file that is missing on a side has no text there. */
type SideTexts = ReadonlyMap<string, string>;

interface ChangeOfTree {
  readonly before: SideTexts;
  readonly after: SideTexts;
}

interface ChangeFindings {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Counters by name. */
  readonly stats: Readonly<Record<string, number>>;
}

export const NOTHING_COMPARED: ChangeFindings = { findings: [], suppressed: [], stats: {} };

/** What the rules that compare both sides of a change say of it. */
export function surfaceChanges(change: ChangeOfTree, tree: Tree, options: LintOptions, cache: boolean): ChangeFindings {
  const levels = new Levels(options.levels, options.rules);
  const asked = rules.filter(({ change: compares }) => compares).map(forChanges);
  const active = asked.filter((rule) => levels.mayBeOn(rule));
  const stats: Record<string, number> = {};
  const found: Finding[] = [];
  for (const one of active.length > 0 ? headerChanges(change, tree, cache) : []) {
    for (const reason of new Set(one.pairs.flatMap(({ after }) => after?.unknown ?? [])))
      stats[`uapi.unknown: ${reason}`] = (stats[`uapi.unknown: ${reason}`] ?? 0) + 1;
    for (const rule of active)
      for (const finding of rule.change!(one)) {
        const levelled = levels.apply(finding, rule, one.name);
        if (levelled) found.push(levelled);
      }
  }
  const sourceAt = (path: string) => {
    const text = change.after.get(path);
    return text === undefined ? undefined : sourceFile(path, text);
  };
  const { spoken, suppressed } = sift(found, sourceAt);
  return { findings: [...spoken].sort(byPlace), suppressed, stats };
}

/** A rule as it counts for a change. */
function forChanges(rule: Rule): Rule {
  return { ...rule, defaultOn: rule.defaultOn || rule.isOnForChanges === true };
}

/** The changed files that show something else, perhaps, than before. */
function headerChanges(change: ChangeOfTree, tree: Tree, cache: boolean): HeaderChange[] {
  const { before, after } = withRenames(change);
  const files = [...new Set([...before.keys(), ...after.keys()])].sort();
  const wanted = files.filter((file) => mayShowOther(before.get(file) ?? '', after.get(file) ?? ''));
  const held = wanted.length > 0 ? [...wanted, ...holdersOf(wanted, { before, after }, tree)] : [];
  const named = held.map((path) => ({ path, name: relativeTo(tree, path) }));
  const targetsOf = new Map(named.map(({ path, name }) => [path, targetsFor(name, tree)]));
  const sides = [before, after];
  const targets = [...new Set([...targetsOf.values()].flat())];
  const surfaces = new Map<string, ReadonlyMap<string, readonly [Surface | undefined, Surface | undefined]>>();
  for (const target of targets) {
    const own = held.filter((path) => targetsOf.get(path)!.includes(target));
    const [ours, theirs] = surfacesOn(target, own, sides, tree, cache);
    surfaces.set(target, new Map(own.map((path) => [path, [ours?.get(path), theirs?.get(path)]])));
  }
  const disk = new Disk(tree.roots);
  const search = searchOf(after, tree, disk);
  return named.map(({ path, name }) => {
    const pairs = targetsOf.get(path)!.flatMap((target): SurfacePair[] => {
      const pair = surfaces.get(target)?.get(path);
      return pair ? [{ target, before: pair[0], after: pair[1] }] : [];
    });
    const own = pairs.find(({ target }) => target === tree.target) ?? {
      target: '',
      before: undefined,
      after: undefined,
    };
    const onDisk = before.has(path) || after.has(path) ? '' : (disk.read(path) ?? '');
    return {
      path,
      name,
      isUapi: isUapi(name),
      own,
      pairs,
      textBefore: before.get(path) ?? onDisk,
      textAfter: after.get(path) ?? onDisk,
      holding: search,
    };
  });
}

/** Of more pairs of files nobody asks whether one is the other under a new name, as git leaves that at some number. */
const MOST_PAIRS = 10_000;

/** The same change as if files that it renames had stood under their new names before. */
function withRenames({ before, after }: ChangeOfTree): ChangeOfTree {
  const gone = new Map([...before].filter(([path]) => !after.has(path)).map(([path, text]) => [path, linesOf(text)]));
  const come = [...after].filter(([path]) => !before.has(path));
  if (gone.size === 0 || gone.size * come.length > MOST_PAIRS) return { before, after };
  const known = new Map(before);
  for (const [path, text] of come) {
    const lines = linesOf(text);
    const from = [...gone].find(([, old]) => areAlike(old, lines))?.[0];
    if (from === undefined) continue;
    known.set(path, before.get(from)!);
    known.delete(from);
    gone.delete(from);
  }
  return { before: known, after };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Whether more than half of the lines are the same; git's default is half of the bytes. */
function areAlike(ours: readonly string[], theirs: readonly string[]): boolean {
  const most = Math.max(ours.length, theirs.length);
  if (2 * Math.min(ours.length, theirs.length) <= most) return false;
  const known = new Set(ours);
  return 2 * theirs.filter((line) => known.has(line)).length > most;
}

/** Whether records, macros or enumerators of a file may have changed: comments and functions are none of its surface. */
function mayShowOther(before: string, after: string): boolean {
  const ours = sourceFile('', before);
  // Most of a changed file is what it was, and is not lexed again.
  return shown(ours) !== shown(sourceFile('', after, ours));
}

/** What of a text may show, without comments and white space. */
function shown({ text, tokens, steps }: SourceFile): string {
  const words = (start: number, end: number): string =>
    text.slice(start, end).replace(/\/\*[\s\S]*?\*\/|\/\/.*|\s+/g, ' ');
  const matching = (pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(({ 0: all, index }) => words(index, index + all.length));
  const enums = matching(/\benum\b[^;(){}]*\{[^}]*\}/g);
  const records = recordBodies(tokens).map(({ start, end }) => words(...declarationAround(text, start, end)));
  const types = matching(/\btypedef\b[^;{}]*;/g);
  const macros = steps.map(({ directive }) => words(directive.start, directive.end));
  return [...enums, ...records, ...types, ...macros].map((one) => one.trim()).join('\n');
}

/** From the end of what stands before a record to the end of its declaration: attributes stand on either side of the braces. */
function declarationAround(text: string, start: number, end: number): readonly [number, number] {
  const before = Math.max(...[';', '{', '}'].map((mark) => text.lastIndexOf(mark, start - 1)));
  const behind = text.indexOf(';', end);
  return [before + 1, behind < 0 ? text.length : behind];
}

/** Other headers for programs that hold a record of the changed ones by value, as far as their texts tell. */
function holdersOf(files: readonly string[], { before, after }: ChangeOfTree, tree: Tree): string[] {
  const shared = files.filter((file) => isUapi(relativeTo(tree, file)));
  const tags = shared.flatMap((file) => {
    const [ours, theirs] = [before.get(file) ?? '', after.get(file) ?? ''];
    const bodies = (text: string) => new Map([...text.matchAll(RECORD)].map(([body, tag]) => [tag, body]));
    const known = bodies(ours);
    return [...bodies(theirs)].filter(([tag, body]) => known.has(tag) && known.get(tag) !== body).map(([tag]) => tag);
  });
  if (tags.length === 0) return [];
  const folder = `${tree.kernel}/${uapi.folders[0]}`.replace(/\/$/, '');
  const { files: listed } = listSources(tree, [folder]);
  const held = new RegExp(`\\b(?:struct|union)\\s+(?:${tags.join('|')})\\s+\\w+\\s*[;,[]|sizeof|_IO`);
  const disk = new Disk(tree.roots);
  return new Scanner(tags)
    .scan(listed)
    .candidates.filter((file) => !files.includes(file) && held.test(after.get(file) ?? disk.read(file) ?? ''));
}

/** Searches the tree's C files, with a change applied; what was listed once is not listed again. */
function searchOf(after: SideTexts, tree: Tree, disk: Disk): HeaderChange['holding'] {
  const listings = new Map<string, readonly string[]>();
  const listed = (folders: readonly string[]): readonly string[] => {
    const key = folders.join();
    let files = listings.get(key);
    if (!files) {
      const paths = folders.map((folder) => `${tree.kernel}/${folder}`);
      const there = paths.filter((one) => !/\.[ch]$/.test(one) || disk.exists(one));
      listings.set(key, (files = listSources(tree, folders.length > 0 ? there : [tree.kernel]).files));
    }
    return files;
  };
  return (needs: readonly WordNeed[], folders = []): SourceText[] => {
    const found = new Set([...new Scanner(needs).scan(listed(folders)).candidates, ...after.keys()]);
    return [...found].map((path) => ({ path, text: after.get(path) ?? disk.read(path) ?? '' }));
  };
}

/** A record with what stands behind its braces; attributes may stand in front of its tag. */
const RECORD = /\b(?:struct|union)\s+(?:__\w+(?:\s*\(\([^{};]*\)\))?\s+)*(\w+)\s*\{[\s\S]*?\n\}[^;]*;/g;
