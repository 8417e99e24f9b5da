/** `overlint layout`: draws records that are named, or prints all that the tree's headers define. */
import { counted } from '../drawing/diagram';
import { layoutJson } from '../drawing/json';
import { drawText } from '../drawing/pahole';
import { flatten } from '../facts/overlay';
import { Disk } from '../files/disk';
import { findMember } from '../layout/member';
import { title } from '../layout/record';
import { theGrammar } from '../parser/grammar';
import { namedFile, relativeTo } from '../project/listing';
import { type FoundRecord, RecordFinder } from '../project/record-finder';
import { findTree, type Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { HeaderIndex } from '../store/header-index';
import { KeptConfigurations } from '../store/kept-configurations';
import { ResultMemory } from '../store/result-memory';
import { TracedFiles } from '../store/trace';
import { nearest } from '../text/nearest';
import { lineAt, lineStarts } from '../text/text';
import { surveyTree } from '../workers/survey-run';
import type { LayoutFormat } from './choices';
import { type ColourFlags, coloursFor } from './colours';
import { type CommandContext, EXIT, type ExitCode, threadsFor, UsageError, writeAll } from './command-context';
import { drawRecord } from './drawn-record';
import { layoutTargets, listTargets, severalTargets } from './layout-targets';
import { layoutUapi } from './layout-uapi';
import { jobsOf } from './number-flags';
import { paintedLayout } from './painted';
import { withoutControls } from './printable';
import { type RecordName, recordNames, spelled } from './record-names';
import { sayProblems } from './say-problems';
import { settingsAround } from './settings-around';

/** The flags that say which tree is meant. */
export interface TreeFlags {
  readonly kernel?: string;
  readonly build?: string;
  readonly arch?: string;
  readonly config?: string;
  /** The folder of a module that is built out of the tree, or a file of it; default: where the user stands. */
  readonly module?: string;
  /** Whether what earlier runs worked out is used and kept; not so where the command has no such flag. */
  readonly cache?: boolean;
}

export interface LayoutFlags extends TreeFlags, ColourFlags {
  readonly all?: boolean;
  /** The records of headers for programs, a line each. */
  readonly uapi?: boolean;
  readonly format: LayoutFormat;
  readonly jobs?: string;
  readonly cache: boolean;
  readonly stats?: boolean;
}

/** @throws UsageError where a name means nothing, before anything is printed. */
export async function layout(given: readonly string[], flags: LayoutFlags, context: CommandContext): Promise<ExitCode> {
  if (flags.arch === 'list') return listTargets(flags, context);
  const names = recordNames(given);
  const targets = severalTargets(flags.arch);
  if (flags.uapi && flags.all) throw new UsageError('--all and --uapi are two lists: name one.');
  if (flags.uapi)
    return layoutUapi(
      given,
      targets,
      treeOf({ ...flags, arch: targets ? undefined : flags.arch }, context),
      flags,
      context,
    );
  if (targets && flags.all) throw new UsageError('--all is for one target; several take names of records.');
  if (flags.all ? names.length > 0 : names.length === 0)
    throw new UsageError('Name records, as in "overlint layout page folio", or ask for all with --all.');
  if (isPicture(flags.format) && (flags.all || names.length > 1))
    throw new UsageError(`--format ${flags.format} draws one record at a time.`);
  if (targets)
    return layoutTargets(
      names,
      targets,
      { ...settingsAround(context).settings, ...flags, build: flags.build },
      context,
    );
  const tree = treeOf(flags, context);
  const memory = flags.cache ? new ResultMemory(tree) : undefined;
  return flags.all ? all(tree, flags, memory, context) : named(names, tree, flags, memory, context);
}

/** @throws UsageError where there is no tree, or none that layouts are known for. */
export function treeOf(flags: TreeFlags, context: CommandContext, paths: readonly string[] = []): Tree {
  const { folder, err } = context;
  const { kernel, build, arch, config } = { ...settingsAround(context).settings, ...flags };
  const memory = flags.cache ? new KeptConfigurations() : undefined;
  const { tree, errors, warnings } = findTree({
    folder,
    paths: flags.module === undefined ? paths : [flags.module],
    kernel,
    build,
    arch,
    config,
    memory,
  });
  if (!tree) throw new UsageError(errors.join('\n'));
  refuseNoModule(flags, tree);
  for (const warning of warnings) err.write(`overlint: warning: ${withoutControls(warning)}\n`);
  if (tree.target === undefined)
    throw new UsageError(
      `No layout is known for ${tree.arch}: there is no data model for it. Another architecture can be asked for with --arch.`,
    );
  return tree;
}

/** @throws UsageError where no module is where one was named. */
function refuseNoModule({ module }: TreeFlags, tree: Tree): void {
  if (module !== undefined && tree.module === undefined)
    throw new UsageError(
      `There is no module in ${module}: neither it nor a folder above it, out of the kernel tree, has a Makefile or ` +
        'Kbuild file with obj-m. Check --module.',
    );
}

/** A picture is a document of its own. */
function isPicture(format: LayoutFormat): format is 'svg' | 'html' {
  return format === 'svg' || format === 'html';
}

/** What is printed for one name. */
interface Drawn {
  readonly text: string;
  readonly isExact: boolean;
}

/** Why nothing can be printed for a name: it is remembered as what is printed, since finding out takes the longest. */
interface NotDrawn {
  readonly refusal: string;
}

function named(
  names: readonly RecordName[],
  tree: Tree,
  flags: LayoutFlags,
  memory: ResultMemory | undefined,
  context: CommandContext,
): ExitCode {
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const headers = flags.cache ? new HeaderIndex() : undefined;
  const { format } = flags;
  const expected = names.length < MANY ? names.map(({ name }) => name) : [];
  let finder: RecordFinder | undefined;
  const drawAll = (wanted: readonly RecordName[]): Drawn => {
    const question = ['layout', format, wanted];
    const known = memory?.recall<Drawn | NotDrawn>(question);
    if (known && 'refusal' in known) throw new UsageError(known.refusal);
    if (known) return known;
    finder ??= new RecordFinder(tree, files, groups, { expected, lex: headers?.lex });
    const together = wanted.length < MANY ? new Map() : drawTogether(wanted, tree, format, finder);
    const made = refusable(() =>
      joined(
        wanted.map((name) => together.get(name) ?? drawOne(name, tree, format, finder!)),
        format,
      ),
    );
    memory?.keep(question, files.trace(), made);
    if ('refusal' in made) throw new UsageError(made.refusal);
    return made;
  };
  // A few names are remembered each by itself, and so for whoever asks for one of them again.
  const all =
    names.length < MANY
      ? joined(
          names.map((name) => drawAll([name])),
          format,
        )
      : drawAll(names);
  headers?.keep();
  if (flags.stats) context.err.write(parserUsed());
  const { text } = all;
  writeAll(context.out, [format === 'text' ? paintedLayout(text, coloursFor(flags, context)) : text]);
  if (sayProblems(files.trace().refused, tree, context)) return EXIT.trouble;
  return all.isExact ? EXIT.clean : EXIT.findings;
}

function refusable(draw: () => Drawn): Drawn | NotDrawn {
  try {
    return draw();
  } catch (error) {
    if (error instanceof UsageError) return { refusal: error.message };
    throw error;
  }
}

function joined(drawn: readonly Drawn[], format: LayoutFormat): Drawn {
  return {
    text: drawn.map(({ text }) => text).join(format === 'text' ? '\n' : ''),
    isExact: drawn.every(({ isExact }) => isExact),
  };
}

/** So many names are cheaper to read together. */
const MANY = 8;

/** @throws UsageError where no file defines the name. */
function drawOne(name: RecordName, tree: Tree, format: LayoutFormat, finder: RecordFinder): Drawn {
  const found = finder.find(name);
  if (found.length === 0) throw new UsageError(unknownName(name, finder.names(), tree));
  return draw(found, name, tree, format, finder);
}

/** Those of many names that can be drawn as their headers are read. */
function drawTogether(
  names: readonly RecordName[],
  tree: Tree,
  format: LayoutFormat,
  finder: RecordFinder,
): Map<RecordName, Drawn> {
  const plain = names.filter(({ member }) => member === undefined);
  const found = finder.findTogether(plain, (one) =>
    draw([one], { name: one.layout.record.tag! }, tree, format, finder),
  );
  return new Map([...found].map(([name, definitions]) => [name as RecordName, joined(definitions, format)]));
}

function draw(
  found: readonly FoundRecord[],
  { name, member }: RecordName,
  tree: Tree,
  format: LayoutFormat,
  finder: RecordFinder,
): Drawn {
  if (member !== undefined) checkMember(found, member);
  if (isPicture(format) && found.length > 1) {
    const files = found.map(({ path }) => relativeTo(tree, path)).join(', ');
    throw new UsageError(`${name} is defined in several files (${files}); --format ${format} draws one record.`);
  }
  const drawn = found.map((one): Drawn => {
    const { layout, path, start, typedefName } = one;
    const { file, root } = namedFile(tree, path);
    const line = lineAt(lineStarts(finder.tree.textOf(path) ?? ''), start) + 1;
    const place = { name: layout.record.tag ?? typedefName ?? name, file, root, line };
    const options = { typedefName, touched: member, note: `${layout.target.name}, ${tree.version}` };
    const isExact = layout.status === 'exact';
    if (format === 'json') return { text: `${JSON.stringify(layoutJson(layout, place))}\n`, isExact };
    if (isPicture(format)) return { text: `${drawRecord(one, format, tree, finder, options).trimEnd()}\n`, isExact };
    return { text: `/* ${file}:${line} */\n${drawText(layout, options)}\n`, isExact };
  });
  return joined(drawn, format);
}

/** @throws UsageError where none of the records has the member. */
function checkMember(found: readonly FoundRecord[], path: string): void {
  const first = /^\w+/.exec(path)![0];
  if (found.some(({ layout }) => findMember(layout.record, first))) return;
  const { layout } = found[0];
  const known = flatten(layout).map((member) => member.name);
  const meant = nearest(first, known);
  throw new UsageError(`${title(layout.record)} has no member ${first}.${meant ? ` Did you mean ${meant}?` : ''}`);
}

function unknownName(name: RecordName, known: readonly string[], tree: Tree): string {
  const meant = nearest(name.name, known);
  return `No file in ${tree.kernel} defines ${spelled(name)}.${meant ? ` Did you mean ${meant}?` : ''}`;
}

/** What `--all` prints, kept as a whole. */
interface AllDrawn {
  readonly pieces: readonly string[];
  readonly exact: number;
}

async function all(
  tree: Tree,
  flags: LayoutFlags,
  memory: ResultMemory | undefined,
  context: CommandContext,
): Promise<ExitCode> {
  const { format } = flags;
  const began = performance.now();
  const form = format === 'json' ? 'json' : 'text';
  const question = ['layout', '--all', form];
  let drawn = memory?.recall<AllDrawn>(question);
  const isWarm = drawn !== undefined;
  let isWhole = true;
  if (!drawn) {
    const { rows, trace, problems } = await surveyTree(
      tree,
      form,
      flags.cache,
      threadsFor(context, jobsOf(flags.jobs)),
    );
    const pieces = rows.map(({ text }) => text);
    drawn = { pieces, exact: rows.filter(({ isExact }) => isExact).length };
    isWhole = !sayProblems([...problems, ...trace.refused], tree, context);
    if (isWhole) memory?.keep(question, trace, drawn);
  }
  const { pieces, exact } = drawn;
  const gap = form === 'text' ? '\n\n' : '\n';
  writeAll(
    context.out,
    (function* () {
      for (const piece of pieces) yield piece + gap;
    })(),
  );
  if (flags.stats) {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    context.err.write(
      `${counted(pieces.length, 'record')}: ${exact} exact, ${pieces.length - exact} unknown; ` +
        `${seconds} s${isWarm ? ' from an earlier run' : ''}, at most ${megabytes} MB\n`,
    );
    context.err.write(parserUsed());
  }
  return isWhole ? EXIT.clean : EXIT.trouble;
}

/** Which build of the parser runs here, for `--stats`. */
function parserUsed(): string {
  const { engine } = theGrammar();
  return engine === 'native'
    ? 'parsed by tree-sitter, native\n'
    : 'parsed by tree-sitter in WebAssembly: no native build loads here\n';
}
