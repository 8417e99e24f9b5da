/** A file as others see it: what it shows here, and what it shows to the 32-bit programs that this target's kernel runs. */
import { type Context, contextOf } from '../facts/context';
import { type Surface, surfaceIn, trustingLayout } from '../facts/surface';
import type { RecordLayout } from '../layout/record';
import type { SourceText } from '../text/text';
import type { FileAnalysis } from './analysis';
import type { ProgramTree } from './program-tree';

const made = new WeakMap<FileAnalysis, Surface>();

/** The file's records, ioctl numbers and enumerators. */
export function surfaceOfFile(file: FileAnalysis): Surface {
  let surface = made.get(file);
  if (!surface) {
    const { tree, target, document, globals, unit } = file;
    made.set(file, (surface = surfaceIn({ unit, globals }, tree, target, document.path)));
  }
  return surface;
}

interface ProgramFile extends ProgramTree {
  readonly context: Context;
}

const read = new WeakMap<FileAnalysis, { readonly file: ProgramFile | undefined }>();

/** The file as a compiler for the 32-bit programs reads it. */
export function programFileOf(file: FileAnalysis): ProgramFile | undefined {
  let known = read.get(file);
  if (!known) read.set(file, (known = { file: readFor(file.document, file.program()) }));
  // What it rests on in the other tree is not noted.
  file.tree.notes.spoil();
  return known.file;
}

function readFor({ path, text }: SourceText, program: ProgramTree | undefined): ProgramFile | undefined {
  if (!program) return undefined;
  // What an editor shows, or a patch leaves, counts in the other tree, too.
  program.tree.source(path, text);
  return { ...program, context: contextOf(program.tree, program.target, path) };
}

/** As `surfaceOfFile`, for the 32-bit programs; undefined where the kernel runs none. */
export function programSurfaceOf(file: FileAnalysis): Surface | undefined {
  const program = programFileOf(file);
  return program && surfaceIn(program.context, program.tree, program.target, file.document.path, true);
}

/** The layout of a record as the program's headers define it. */
export function programLayout(
  { tree, target, context }: ProgramFile,
  kind: 'struct' | 'union',
  tag: string,
): RecordLayout {
  return trustingLayout(context, tree, target)(context.globals.record(kind, tag));
}
