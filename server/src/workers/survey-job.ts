/** The job of a survey of all headers: lays out one share of them after another. */

import { layoutJson } from '../drawing/json';
import { drawText } from '../drawing/pahole';
import { type Surveyed, untrusted } from '../facts/context';
import { Disk } from '../files/disk';
import { definingAndOthers } from '../project/definition-scan';
import { whyUnfit } from '../project/fitting';
import { namedFile } from '../project/listing';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { modelOf } from '../project/tree-project';
import { survey } from '../queries/survey';
import { HeaderIndex } from '../store/header-index';
import { type Trace, TracedFiles } from '../store/trace';
import { lineAt, lineStarts } from '../text/text';
import type { Job } from './job';

/** What is wanted of each record: a line of JSON or a drawing. */
export type SurveyForm = 'json' | 'text';

/** Plain data. */
interface SurveySetup {
  readonly tree: Tree;
  readonly form: SurveyForm;
  /** Whether what was read of headers may be kept on disk for later runs. */
  readonly cache: boolean;
}

export interface SurveyTask {
  readonly part: number;
  readonly parts: number;
}

export interface SurveyRow {
  /** Relative to the kernel folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly name: string;
  readonly isExact: boolean;
  readonly text: string;
}

export interface SurveyAnswer {
  readonly rows: readonly SurveyRow[];
  readonly trace: Trace;
}

export class SurveyJob implements Job<SurveyTask, SurveyAnswer> {
  constructor(private readonly setup: SurveySetup) {}

  answer(task: SurveyTask): SurveyAnswer {
    return surveyPart(this.setup, task);
  }
}

/** Lays out the records of this part's headers. */
function surveyPart({ tree, form, cache }: SurveySetup, { part, parts }: SurveyTask): SurveyAnswer {
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const headers = cache ? new HeaderIndex() : undefined;
  const { preprocessed, target } = modelOf(tree, files, headers?.lex);
  const lines = new Map<string, Uint32Array>();
  const unfit = whyUnfit(tree, files);
  const keep = ({ record, path, ...surveyed }: Surveyed): SurveyRow => {
    const { layout } = unfit === undefined ? surveyed : { layout: untrusted(record, target, unfit) };
    let starts = lines.get(path);
    if (!starts) lines.set(path, (starts = lineStarts(preprocessed.textOf(path) ?? '')));
    const { file, root } = namedFile(tree, path);
    const line = lineAt(starts, record.place?.start ?? 0) + 1;
    const place = { name: record.tag!, file, root, line };
    const text =
      form === 'json' ? JSON.stringify(layoutJson(layout, place)) : `/* ${file}:${line} */\n${drawText(layout)}`;
    return { file, line, name: record.tag!, isExact: layout.status === 'exact', text };
  };
  const ofModule = files.list('module').filter((file) => file.endsWith('.h'));
  const { defining, others } = definingAndOthers([...files.list('headers'), ...ofModule], (file) =>
    files.listedText(file),
  );
  const rows = survey(preprocessed, target, defining, keep, { part, parts, others });
  headers?.keep();
  return { rows, trace: files.trace() };
}
