/** Pictures of records for clients that draw them: one reading of a tree for each target, kept until something changes. */

import path from 'node:path';
import { GitProblem } from '../changes/git';
import { NoSide, sideOf } from '../changes/sides';
import { drawText } from '../drawing/pahole';
import { familyPictures, type Picture, type PictureRelative, pictureOf } from '../drawing/picture';
import { Disk } from '../files/disk';
import { layoutRecord, type RecordLayout } from '../layout/record';
import { titleOf } from '../preprocessor/config';
import type { Lexer } from '../preprocessor/source';
import { definedNames } from '../project/definition-scan';
import { relativeTo } from '../project/listing';
import { type FoundRecord, RecordFinder, type WantedRecord } from '../project/record-finder';
import { recordSvg } from '../project/record-svg';
import { findTree, type Tree, type TreeRequest } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { TracedFiles } from '../store/trace';
import type { Place } from '../text/text';
import type { OpenDocuments } from './documents';
import { inWordsOfSettings } from './projects';
import { type DrawnTarget, targetOf } from './target';

interface Drawn<P> {
  readonly picture: Picture<P>;
  readonly family: readonly PictureRelative<P>[];
  readonly target: DrawnTarget;
  /** Whole sentences on what may not be meant, such as a configuration for another architecture. */
  readonly warnings: readonly string[];
}

/** How a record is to be printed. */
interface TextForm {
  readonly form: 'text' | 'svg';
  /** The member to mark. */
  readonly member?: string;
  /** Titles of the family's members that are not to be drawn. */
  readonly hidden?: readonly string[];
}

/** Why there is no picture, as a whole sentence for the user. */
export class NoPicture extends Error {}

interface Reading {
  readonly tree: Tree;
  readonly finder: RecordFinder;
  readonly warnings: readonly string[];
  /** Definitions by how they were asked for. */
  readonly found: Map<string, FoundRecord>;
  /** The sources that records were looked for in, as they were then: a header that changes makes all forgotten. */
  readonly sources: Map<string, string | undefined>;
}

/** Trees are large, and nobody looks at more than a few targets at once. */
const MOST_READINGS = 3;

export class RecordPictures {
  private readonly readings = new Map<string, Reading>();

  constructor(
    private readonly documents: OpenDocuments,
    private readonly lex: Lexer,
  ) {}

  /** Reads everything anew for the next picture: a header, the settings or a configuration changed. */
  forget(): void {
    this.readings.clear();
  }

  /** A file (absolute path) of a tree that is in use. */
  read(path: string): string | undefined {
    for (const { finder } of this.readings.values()) {
      const text = finder.reader.read(path);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /**
   * @param hint a file (absolute) that defines the record, or sees it
   * @throws NoPicture
   */
  draw<P>(request: TreeRequest, wanted: WantedRecord, hint: string, place: (at: Place) => P | undefined): Drawn<P> {
    const { reading, found } = this.definitionOf(request, wanted, hint);
    return drawnOf(reading, found, place);
  }

  /**
   * The record on a side as `overlint diff` names it: another tree, or a git revision, whose files the editor can't show.
   *
   * @throws NoPicture
   */
  drawSide<P>(
    request: TreeRequest,
    side: string,
    wanted: WantedRecord,
    hint: string,
    place: (at: Place) => P | undefined,
  ): Drawn<P> {
    const key = JSON.stringify([request, side]);
    let reading = this.readings.get(key);
    if (!reading) this.keepReading(key, (reading = readingOfSide(request, side, wanted)));
    const { tree, finder } = reading;
    const own = findTree({ ...request, isBare: true }).tree;
    const same = own && path.posix.resolve(tree.kernel, relativeTo(own, hint));
    const found =
      (same && finder.reader.exists(same) ? finder.findIn(same, wanted)[0] : undefined) ?? finder.find(wanted)[0];
    if (!found) throw new NoPicture(`${side} does not define ${wanted.name}.`);
    return drawnOf(reading, found, side.includes('rev:') ? () => undefined : place);
  }

  /** The record as `overlint layout` prints it. @throws NoPicture */
  print(request: TreeRequest, wanted: WantedRecord, hint: string, form: TextForm): string {
    const { reading, found } = this.definitionOf(request, wanted, hint);
    const { finder, tree } = reading;
    const { typedefName } = found;
    const options = { touched: form.member, typedefName, note: noteOf(finder, tree) };
    if (form.form === 'text') return drawText(found.layout, options);
    return recordSvg(found, finder, tree, { ...options, hidden: form.hidden }).svg;
  }

  /** @throws NoPicture */
  private definitionOf(
    request: TreeRequest,
    wanted: WantedRecord,
    hint: string,
  ): { reading: Reading; found: FoundRecord } {
    const key = JSON.stringify([wanted, hint]);
    let reading = this.readingOf(request);
    let known = reading.found.get(key);
    const isSource = hint.endsWith('.c');
    const text = isSource ? reading.finder.reader.read(hint) : undefined;
    const isStale = isSource && reading.sources.has(hint) && reading.sources.get(hint) !== text;
    // What a header defines stays as it is, whatever is typed into a source.
    if (isStale && !known?.path.endsWith('.h')) {
      this.readings.delete(JSON.stringify(reading.tree));
      reading = this.readingOf(request);
      known = undefined;
    }
    if (known) return { reading, found: known };
    if (isSource) reading.sources.set(hint, text);
    const { tree, finder } = reading;
    const isInside = tree.roots.some((root) => hint.startsWith(`${root}/`));
    // To look for it in the whole tree takes long, so that the hint comes first.
    const found = (isInside ? finder.findIn(hint, wanted)[0] : undefined) ?? finder.find(wanted)[0];
    if (!found) {
      const { kind, name } = wanted;
      throw new NoPicture(`No file in ${tree.kernel} defines ${kind ? `${kind} ${name}` : name}.`);
    }
    reading.found.set(key, found);
    return { reading, found };
  }

  /** How a record lies on other targets that it was drawn for, by what they are called. */
  elsewhere({ record, target }: RecordLayout): { note: string; layout: RecordLayout }[] {
    return [...this.readings.values()].flatMap(({ tree, finder, found }) => {
      if (finder.target.name === target.name) return [];
      const drawn = [...found.values()].find(
        ({ path, layout }) => layout.record.tag === record.tag && path === record.place?.path,
      );
      return drawn ? [{ note: noteOf(finder, tree), layout: drawn.layout }] : [];
    });
  }

  /** Names of the records that one file (absolute) defines, in its order, and of those that general headers do, sorted. @throws NoPicture */
  names(request: TreeRequest, file: string): { own: string[]; all: string[] } {
    const { finder } = this.readingOf(request);
    const own = file.endsWith('.c') || file.endsWith('.h') ? definedNames(finder.reader.read(file) ?? '') : [];
    return { own: [...new Set(own)], all: [...new Set([...own, ...finder.names()])].sort() };
  }

  private keepReading(key: string, reading: Reading): void {
    if (this.readings.size >= MOST_READINGS) this.readings.delete(this.readings.keys().next().value!);
    this.readings.set(key, reading);
  }

  private readingOf(request: TreeRequest): Reading {
    const { tree, errors, warnings } = findTree(request);
    if (!tree) throw new NoPicture(errors.map(inWordsOfSettings).join(' '));
    if (tree.target === undefined)
      throw new NoPicture(`No layout is known for ${tree.arch}: there is no data model for it.`);
    const key = JSON.stringify(tree);
    let reading = this.readings.get(key);
    if (!reading) {
      const groups = new FileGroups(tree);
      const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
      const finder = new RecordFinder(tree, files, groups, {
        takesAnyConfiguration: true,
        lex: this.lex,
        buffers: this.documents.texts,
      });
      reading = { tree, finder, warnings, found: new Map(), sources: new Map() };
      this.keepReading(key, reading);
    }
    return reading;
  }
}

function drawnOf<P>(reading: Reading, found: FoundRecord, place: (at: Place) => P | undefined): Drawn<P> {
  const { tree, finder, warnings } = reading;
  const { typedefName } = found;
  const options = { place, typedefName, note: noteOf(finder, tree), claims: finder.facts.claims };
  const seen = finder.withAccessors(found);
  const layout = found.layout.status === 'exact' ? layoutRecord(seen.record, finder.target) : found.layout;
  return {
    picture: pictureOf(seen.globals, layout, options),
    family: familyPictures(seen.globals, layout, options),
    target: targetOf(tree),
    warnings: warnings.map(inWordsOfSettings),
  };
}

/** @throws NoPicture */
function readingOfSide(request: TreeRequest, side: string, { name }: WantedRecord): Reading {
  try {
    const { tree, finder, warnings } = sideOf(side, request, [name]);
    return { tree, finder, warnings, found: new Map(), sources: new Map() };
  } catch (error) {
    if (error instanceof NoSide || error instanceof GitProblem) throw new NoPicture(inWordsOfSettings(error.message));
    throw error;
  }
}

function noteOf({ target }: RecordFinder, { version, configuration }: Tree): string {
  return `${titleOf(configuration) ?? target.name}, ${version}`;
}
