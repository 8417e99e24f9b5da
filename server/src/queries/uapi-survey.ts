/** What all headers for programs show on one target, read together: each record as its own header sees it, and all numbers. */
import { Closures } from '../facts/closures';
import { contextBehindAssumed, layoutIn } from '../facts/context';
import { type IoctlNumber, numbersOf, type SurfaceRecord, surfaceRecord } from '../facts/surface';
import type { Target } from '../layout/target';
import folders from '../packs/predefined/folders.json';
import type { PreprocessedTree } from '../preprocessor/tree';
import { lineAt, lineStarts } from '../text/text';
import { survey } from './survey';

export interface SurveyedRecord extends SurfaceRecord {
  /** The header, absolute, and the line from 1. */
  readonly path: string;
  readonly line: number;
}

interface UapiSurvey {
  readonly records: readonly SurveyedRecord[];
  readonly numbers: readonly IoctlNumber[];
}

/** @param headers Absolute paths. */
export function surveyUapi(tree: PreprocessedTree, target: Target, headers: readonly string[]): UapiSurvey {
  const lines = new Map<string, Uint32Array>();
  const lineOf = (path: string, start: number): number => {
    let starts = lines.get(path);
    if (!starts) lines.set(path, (starts = lineStarts(tree.textOf(path) ?? '')));
    return lineAt(starts, start) + 1;
  };
  const records = survey(tree, target, headers, ({ record, path, layout }): SurveyedRecord => {
    const made = surfaceRecord(record, undefined, layout);
    return { ...made, path, line: lineOf(path, made.start) };
  });
  // Those that stand in for an architecture's are taken where its own headers include them: two may be one of two.
  const own = headers.filter((path) => !folders.generic.some((folder) => path.includes(`/${folder}`)));
  const { unit, globals } = contextBehindAssumed(tree, target, '<uapi>.c', own);
  const closures = new Closures(unit, tree);
  const unknown: string[] = [];
  const numbers = headers.flatMap((path) =>
    closures.trouble(path) === undefined
      ? numbersOf(globals, path, (record) => layoutIn(record, path, target, closures), unknown)
      : [],
  );
  return { records, numbers };
}
