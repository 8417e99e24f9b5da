/** Works out what the headers say that any file of a tree may include; kept between runs. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { assertingNames } from '../analysis/asserting-names';
import { typesOf } from '../analysis/encoded-words';
import { accessedIn, unspoken } from '../facts/accessor-scan';
import { AccessorsApart } from '../facts/accessors-apart';
import { commentTags, withoutKnown } from '../facts/comment-tags';
import { contextBehindAssumed } from '../facts/context';
import { carriedWords } from '../facts/conversions';
import { type Declared, declaredIn, gateNames } from '../facts/declared';
import { maskingOf, tagsOf } from '../facts/derive-tags';
import {
  type AssertingNames,
  type Depth,
  type Derived,
  type DerivedPacked,
  type DerivedReserved,
  type DerivedTag,
  NOTHING_DERIVED,
  type TakenBack,
  takenBackBy,
} from '../facts/derived';
import type { MaskingAccessor } from '../facts/mask-scan';
import { mayMask } from '../facts/mask-text';
import { recordAround } from '../facts/member-text';
import { PackedNumbers } from '../facts/packed-numbers';
import { reservedIn, sayingsOf } from '../facts/reserved-members';
import { Disk } from '../files/disk';
import type { Target } from '../layout/target';
import { factsWith } from '../packs/facts';
import type { NotDerived } from '../packs/members';
import type { Lexer } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import type { Tree } from '../project/tree';
import { type FileGroup, FileGroups, type TreeFiles } from '../project/tree-files';
import { modelOf, type TreeModel } from '../project/tree-project';
import { HeaderIndex } from '../store/header-index';
import { ResultMemory } from '../store/result-memory';
import { type Trace, TracedFiles } from '../store/trace';
import { batchesOf, watched } from './batches';

export interface TreeDerivation {
  readonly derived: Derived;
  readonly trace: Trace;
}

/** The file that includes all headers which say something. */
const DERIVED = '<derived>.c';

/** What was kept under, beside the tree. */
const QUESTION = ['derived'];

/**
 * What the headers of a tree say, from its files as they are.
 *
 * @param where A header, or a folder, which alone is looked at.
 */
export function deriveTree(tree: Tree, depth: Depth, lex?: Lexer, where?: string): TreeDerivation {
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const folders = headerFolders(groups);
  if (tree.target === undefined) return { derived: { ...NOTHING_DERIVED, folders }, trace: files.trace() };
  if (depth === 'gates' || depth === 'asserts') {
    const asserting = depth === 'asserts' ? assertingBy(tree, files) : undefined;
    const derived = { ...NOTHING_DERIVED, folders, declared: declaredBy(tree, files), asserting };
    return { derived, trace: files.trace() };
  }
  const { preprocessed, target } = modelOf(tree, files, lex);
  const asked = new Map<string, readonly MaskingAccessor[]>();
  const texts: string[] = [];
  const paths: string[] = [];
  const carried: string[] = [];
  const apart = new AccessorsApart();
  const numbers = new PackedNumbers();
  const reserved: DerivedReserved[] = [];
  const takenBack: TakenBack[] = [];
  for (const path of headersAt(tree, files, where)) {
    const text = files.listedText(path);
    texts.push(text);
    const spoken = reservedIn(text);
    const accessed = depth === 'all' ? unspoken(accessedIn(text), spoken) : [];
    if (depth === 'all') {
      apart.add(path, text);
      numbers.add(path, text);
    }
    reserved.push(...[...spoken, ...accessed].map((member) => ({ ...member, path })));
    paths.push(path);
    carried.push(...carriedWords(text).map(({ question }) => question));
    if (!mayMask(text)) continue;
    const file = preprocessed.source(path);
    const masking = file ? maskingOf(file) : [];
    if (masking.length > 0) asked.set(path, masking);
  }
  const wanted = [...numbers.wanted(), ...numbers.wantedRecords()];
  if (wanted.length > 0) for (const path of files.holding(wanted, paths)) numbers.learn(path, files.listedText(path));
  const isSaid = new Set(reserved.map(({ name, tag, holder }) => `${name} ${tag ?? holder}`));
  for (const [index, text] of texts.entries())
    for (const member of apart.facts(text))
      if (!isSaid.has(`${member.name} ${member.holder}`)) reserved.push({ ...member, path: paths[index] });
  const embedded = embeddedIn(texts, new Set(reserved.flatMap(({ holder }) => holder ?? [])));
  const context = asked.size > 0 && contextBehindAssumed(preprocessed, target, DERIVED, [...asked.keys()]);
  const masked = context ? tagsOf(context.globals, asked, (kind, path, at) => takenBack.push({ kind, path, at })) : [];
  const said = texts.flatMap((text, index) =>
    commentTags(paths[index], text, (kind, at) => takenBack.push({ kind, path: paths[index], at })),
  );
  const tags = [...masked, ...withoutKnown(said, masked)];
  const isTagged = new Set(tags.map(({ record, member }) => `${record?.tag} ${member}`));
  const packed = numbers.facts().filter(({ tag, member }) => !isTagged.has(`${tag} ${member}`));
  const types = [...factsWith(tree.packs).encoded, ...tags].flatMap(typesOf);
  const { notDerived } = factsWith(tree.packs);
  const isTaken = takenBackBy(notDerived, tree.kernel);
  const idle =
    where === undefined ? idleLines(notDerived, tree.kernel, { preprocessed, target }, tags, packed) : undefined;
  const holders = holdersOf(texts, new Set(types));
  const declared = where === undefined ? declaredBy(tree, files, reserved) : undefined;
  const asserting = where === undefined && depth === 'all' ? assertingBy(tree, files) : undefined;
  const within = reserved.map((one) => {
    const names = one.holder === undefined ? undefined : embedded.get(one.holder);
    return names ? { ...one, within: [...names].sort() } : one;
  });
  const kept = {
    tags: tags.filter((one) => !isTaken(one)),
    reserved: within.filter((one) => !isTaken(one)),
    packed: packed.filter((one) => !isTaken(one)),
  };
  return {
    derived: { folders, ...kept, holders, carried, takenBack, idle, declared, asserting },
    trace: files.trace(),
  };
}

/** The headers that any file may include; with a place only that header, or those of that folder. */
export function headersAt(tree: Tree, files: TreeFiles, where: string | undefined): readonly string[] {
  const groups = new FileGroups(tree);
  const isGeneral = where === undefined || headerFolders(groups).some((folder) => `${where}/`.startsWith(folder));
  const listed = files.list(where === undefined ? 'headers' : groupAt(where, groups, isGeneral));
  const isThere = (path: string): boolean => where === undefined || path === where || path.startsWith(`${where}/`);
  return listed.filter((path) => isHeader(path) && isThere(path));
}

/** As which members records have some others in them: `struct lid_arch arch;`. */
function embeddedIn(texts: readonly string[], tags: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const text of texts)
    for (const [, tag, name] of text.matchAll(/^[ \t]+struct[ \t]+(\w+)[ \t]+(\w+)[ \t]*;/gm)) {
      if (!tags.has(tag)) continue;
      const names = found.get(tag);
      if (names) names.add(name);
      else found.set(tag, new Set([name]));
    }
  return found;
}

/** Which macros of the headers assert, that any file may include. */
function assertingBy(tree: Tree, files: TreeFiles): AssertingNames {
  const headers = files.list('headers').filter(isHeader);
  const texts = headers.map((path) => ({ path, text: files.listedText(path) }));
  return assertingNames(texts, factsWith(tree.packs).buildBugs);
}

/** Looks for words in some of the listed headers: see `TreeFiles.holding`. */
type Search = (words: readonly string[], files: readonly string[]) => Promise<readonly string[]>;

/** What `deriveTree` gives for the gates alone; others look through the headers. */
export async function deriveGates(tree: Tree, search: Search): Promise<TreeDerivation> {
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const derived = { ...NOTHING_DERIVED, folders: headerFolders(groups) };
  if (tree.target === undefined) return { derived, trace: files.trace() };
  const names = namesOfGates(tree, files, []);
  const searching: Promise<readonly string[]>[] = [];
  // Others look through the first ones while the rest are listed.
  for (const batch of batchesOf(files.listingHeaders())) {
    searching.push(watched(search([...names], batch.filter(isHeader))));
    await nextTurn();
  }
  const holding = (await Promise.all(searching)).flat();
  const declared = declaredAmong(names, files.list('headers').filter(isHeader), holding, files);
  return { derived: { ...derived, declared }, trace: files.trace() };
}

function isHeader(path: string): boolean {
  return path.endsWith('.h');
}

function headerFolders(groups: FileGroups): readonly string[] {
  return groups.headerFolders().map((folder) => `${folder}/`);
}

/** Lines of packs that take nothing back. @param tags What the general headers say of tags. */
function idleLines(
  lines: readonly NotDerived[],
  kernel: string,
  { preprocessed, target }: TreeModel,
  tags: readonly DerivedTag[],
  packed: readonly DerivedPacked[],
): Derived['idle'] {
  return lines.flatMap((line) => {
    const path = `${kernel}/${line.header}`;
    const text = preprocessed.textOf(path);
    if (text === undefined) return [{ path, message: 'a pack takes back what this header says, and it is not there' }];
    const members = [...reservedIn(text), ...accessedIn(text)].map((member) => ({ ...member, path }));
    const isIdle = (kind: (typeof line.kinds)[number]): boolean => {
      const takes = takenBackBy([{ ...line, kinds: [kind] }], kernel);
      return kind !== 'tag'
        ? !members.some(takes) && !packed.some(takes)
        : !(tags.some(takes) || tagsIn(preprocessed, target, path).some(takes));
    };
    const what = `${line.record === undefined ? '' : `${line.record}.`}${line.member}`;
    return line.kinds.filter(isIdle).map((kind) => {
      return {
        path,
        message: `nothing about ${what} is derived as ${kind}: the pack that takes it back takes nothing back`,
      };
    });
  });
}

/** The tags that a header and those that it includes tell of. */
function tagsIn(preprocessed: PreprocessedTree, target: Target, path: string): readonly DerivedTag[] {
  const { globals } = contextBehindAssumed(preprocessed, target, DERIVED, [path]);
  const asked = new Map(globals.files.map((file) => [file.path, maskingOf(file)] as const));
  const masked = tagsOf(globals, asked);
  const said = globals.files.flatMap((file) => commentTags(file.path, file.text));
  return [...masked, ...withoutKnown(said, masked)];
}

/** Who declares the accessors that packs name, and that comments on reserved members do. */
function declaredBy(tree: Tree, files: TreeFiles, reserved: readonly DerivedReserved[] = []): Declared {
  const names = namesOfGates(tree, files, reserved);
  const headers = files.list('headers').filter(isHeader);
  return declaredAmong(names, headers, files.holding([...names], headers), files);
}

function namesOfGates(tree: Tree, files: TreeFiles, reserved: readonly DerivedReserved[]): ReadonlySet<string> {
  const facts = factsWith(tree.packs);
  const sayings = sayingsOf(facts);
  const packed = [...sayings.headers].flatMap((name) =>
    sayings.of({ text: files.read(`${tree.kernel}/${name}`) ?? '' }),
  );
  return gateNames(facts, [...packed, ...reserved]);
}

/** @param holding Those of the headers that hold one of the names. */
function declaredAmong(
  names: ReadonlySet<string>,
  headers: readonly string[],
  holding: readonly string[],
  files: TreeFiles,
): Declared {
  const held = new Set(holding);
  const isNamed = (path: string): boolean => names.has(path.slice(path.lastIndexOf('/') + 1));
  const declaring = headers.filter((path) => held.has(path) || isNamed(path));
  const texts = declaring.map((path) => [path, () => files.listedText(path)] as const);
  return declaredIn(names, texts);
}

/** The group of the headers of a place. */
function groupAt(where: string, groups: FileGroups, isGeneral: boolean): FileGroup {
  if (isGeneral) return 'headers';
  return groups.groupOf(`${where}/`) === 'module' ? 'module' : 'other headers';
}

/** The members that are declared with some types, `name` or `record.name`, and the functions that return one, `name()`, as texts alone tell it. */
function holdersOf(texts: readonly string[], types: ReadonlySet<string>): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const type of types) {
    const marked = String.raw`(?:struct[ \t]+)?${type}\b(?:[ \t*]|\b__\w+\b|\bconst\b)*\b(\w+)`;
    const declared = new RegExp(
      String.raw`^[ \t]+${marked}[ \t]*(?:\[[^\]\n]*\])?(?:[ \t]+_\w+(?:\([^()\n]*\))?)*[ \t]*;`,
      'gm',
    );
    const returning = new RegExp(String.raw`^(?:extern[ \t]+|static[ \t]+|inline[ \t]+|__\w+[ \t]+)*${marked}\(`, 'gm');
    const names = new Set<string>();
    for (const text of texts) {
      if (!text.includes(type)) continue;
      for (const { 1: name, index } of text.matchAll(declared)) {
        // A plain name is one of many: it counts beside its record's.
        const tag = name.includes('_') || type.startsWith(name) ? undefined : recordAround(text, index);
        names.add(tag === undefined ? name : `${tag}.${name}`);
      }
      for (const [, name] of text.matchAll(returning)) names.add(`${name}()`);
    }
    found[type] = [...names].sort();
  }
  return found;
}

/** Stands for what headers say where that is not worked out: packs alone tell, and headers beside a file. */
export function underived(tree: Tree): Derived {
  return { ...NOTHING_DERIVED, folders: headerFolders(new FileGroups(tree)) };
}

/** A tree without the module out of it that is looked at, so that what headers say is worked out once for all modules. */
export function kernelAlone({ module, ...tree }: Tree): Tree {
  return { ...tree, roots: tree.roots.filter((root) => root !== module) };
}

/** What was worked out by an earlier run, if it would come out the same today. */
export function recallDerived(of: Tree, depth: Depth): Derived | undefined {
  return new ResultMemory(kernelAlone(of)).recall<Derived>([...QUESTION, depth]);
}

export function keepDerived(tree: Tree, depth: Depth, { derived, trace }: TreeDerivation): void {
  new ResultMemory(kernelAlone(tree)).keep([...QUESTION, depth], trace, derived);
}

/**
 * What the headers of a tree say; from an earlier run where that may be asked for and still holds.
 *
 * @param where A header, or a folder, which alone is asked about.
 */
export function derivedOf(tree: Tree, depth: Depth, isKept: boolean, where?: string): Derived {
  if (where !== undefined) return deriveTree(tree, depth, undefined, where).derived;
  const known = isKept ? recallDerived(tree, depth) : undefined;
  if (known) return known;
  const headers = isKept ? new HeaderIndex() : undefined;
  const made = deriveTree(kernelAlone(tree), depth, headers?.lex);
  headers?.keep();
  if (isKept) keepDerived(tree, depth, made);
  return made.derived;
}
