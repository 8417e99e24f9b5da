/** The job of comparing the records of some files with a built kernel's BTF. */
import type { BtfSection } from '../btf/btf';
import { type Judged, judge } from '../btf/btf-verdict';
import { recordsSeenFrom, type Surveyed } from '../facts/context';
import { Disk } from '../files/disk';
import type { Target } from '../layout/target';
import type { PreprocessedTree } from '../preprocessor/tree';
import { definedNames, definingAndOthers } from '../project/definition-scan';
import { type FileIncludes, includedNames } from '../project/including-sources';
import { relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import { modelOf } from '../project/tree-project';
import { type SurveyOptions, survey } from '../queries/survey';
import { lineAt, lineStarts } from '../text/text';
import { type RecordsByTag, recordsByTag } from './built-btf';
import type { Job } from './job';

/** Plain data. */
export interface VerifySetup {
  readonly tree: Tree;
  /** The kernel's BTF, and that of modules. */
  readonly btf: readonly BtfSection[];
}

export type VerifyTask =
  /** A share of the headers. */
  | { readonly kind: 'headers'; readonly files: readonly string[]; readonly part: number; readonly parts: number }
  /** Which of these names some files seem to define. */
  | { readonly kind: 'scan'; readonly files: readonly string[]; readonly names: ReadonlySet<string> }
  /** The records of these names in a few files. */
  | { readonly kind: 'sources'; readonly files: readonly string[]; readonly names: ReadonlySet<string> }
  /** What some files include. */
  | { readonly kind: 'includes'; readonly files: readonly string[] }
  /** The records of these names in a few headers, as a source sees them that includes them. */
  | {
      readonly kind: 'behind';
      readonly from: string;
      readonly files: readonly string[];
      readonly names: ReadonlySet<string>;
    };

/** One definition of a record that BTF has. */
export interface Definition extends Judged {
  /** `struct page`. */
  readonly record: string;
  /** Relative to the kernel folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface VerifyAnswer {
  readonly definitions: readonly Definition[];
  /** Of a scan. */
  readonly files: readonly string[];
  /** Where that was asked for. */
  readonly includes?: readonly FileIncludes[];
}

export class VerifyJob implements Job<VerifyTask, VerifyAnswer> {
  private readonly records: RecordsByTag;
  private readonly disk: Disk;
  private readonly preprocessed: PreprocessedTree;
  private readonly target: Target;
  private readonly lines = new Map<string, Uint32Array>();

  constructor(private readonly setup: VerifySetup) {
    this.records = recordsByTag(setup.btf);
    this.disk = new Disk(setup.tree.roots);
    const { preprocessed, target } = modelOf(setup.tree, this.disk);
    this.preprocessed = preprocessed;
    this.target = target;
  }

  answer(task: VerifyTask): VerifyAnswer {
    if (task.kind === 'scan') return { definitions: [], files: this.scan(task.files, task.names) };
    if (task.kind === 'headers') {
      const { part, parts } = task;
      const { defining, others } = definingAndOthers(task.files, (file) => this.disk.read(file) ?? '');
      return { definitions: this.judged(defining, { part, parts, others }), files: [] };
    }
    if (task.kind === 'includes') return { definitions: [], files: [], includes: this.includes(task.files) };
    if (task.kind === 'behind') return { definitions: this.behind(task.from, task.files, task.names), files: [] };
    const definitions = this.judged(task.files, { isWanted: (tag) => task.names.has(tag) });
    // What few files read would fill the memory before the last file's turn.
    for (const file of task.files) this.preprocessed.release(file);
    return { definitions, files: [] };
  }

  private scan(files: readonly string[], names: ReadonlySet<string>): string[] {
    return files.filter((file) => definedNames(this.disk.read(file) ?? '').some((name) => names.has(name)));
  }

  private includes(files: readonly string[]): FileIncludes[] {
    return files.map((path) => ({
      path,
      names: includedNames(this.disk.read(path) ?? ''),
      isBuilt: this.preprocessed.isBuilt(path),
    }));
  }

  private behind(from: string, headers: readonly string[], names: ReadonlySet<string>): Definition[] {
    const isWanted = (tag: string): boolean => names.has(tag);
    const seen = recordsSeenFrom(this.preprocessed, this.target, from, new Set(headers), isWanted);
    this.preprocessed.release(from);
    return seen.flatMap((surveyed) => this.judge(surveyed) ?? []);
  }

  private judged(files: readonly string[], options: SurveyOptions): Definition[] {
    const found = survey(this.preprocessed, this.target, files, (surveyed) => this.judge(surveyed), options);
    return found.flatMap((definition) => definition ?? []);
  }

  private judge({ record, path, layout }: Surveyed): Definition | undefined {
    const name = `${record.kind} ${record.tag}`;
    const theirs = this.records.get(name);
    if (!theirs) return undefined;
    let starts = this.lines.get(path);
    if (!starts) this.lines.set(path, (starts = lineStarts(this.preprocessed.textOf(path) ?? '')));
    const line = lineAt(starts, record.place?.start ?? 0) + 1;
    const judged = judge(layout, theirs);
    // What no object is built from has a record of the same name, as programs of the build do.
    const isOther = judged.verdict === 'wrong' && path.endsWith('.c') && !this.preprocessed.isBuilt(path);
    const file = relativeTo(this.setup.tree, path);
    return { record: name, file, line, ...(isOther ? { verdict: 'namesake', differences: [] } : judged) };
  }
}
