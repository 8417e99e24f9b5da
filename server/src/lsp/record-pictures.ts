/** Pictures of records for clients that draw them: one reading of a tree for each target, kept until something changes. */

import { drawText } from '../layout/pahole';
import { familyPictures, type Picture, type PictureRelative, pictureOf } from '../layout/picture';
import { layoutRecord } from '../layout/record';
import { drawSvg } from '../layout/svg';
import { targetName } from '../layout/target';
import type { Lexer } from '../preprocessor/source';
import type { Place } from '../syntax/text';
import { CoveredFiles } from '../workspace/covered-files';
import { Disk } from '../workspace/disk';
import { type FoundRecord, RecordFinder, type WantedRecord } from '../workspace/record-finder';
import { findTree, type Tree, type TreeRequest } from '../workspace/tree';
import { Stages } from '../workspace/tree-files';
import { WitnessedFiles } from '../workspace/witness';
import type { OpenDocuments } from './documents';
import { inWordsOfSettings } from './projects';

/** What a picture was drawn for. Paths are absolute. */
export interface DrawnTarget {
  readonly kernel: string;
  /** `6.12.117` */
  readonly version: string;
  readonly build: string;
  readonly arch: string;
  /** Empty where the build folder's configuration is used. */
  readonly config: string;
}

export interface Drawn<P> {
  readonly picture: Picture<P>;
  readonly family: readonly PictureRelative<P>[];
  readonly target: DrawnTarget;
  /** Whole sentences on what may not be meant, such as a configuration for another architecture. */
  readonly warnings: readonly string[];
}

/** Why there is no picture, as a whole sentence for the user. */
export class NoPicture extends Error {}

interface Reading {
  readonly tree: Tree;
  readonly finder: RecordFinder;
  readonly files: CoveredFiles;
  readonly warnings: readonly string[];
  /** Definitions by how they were asked for. */
  readonly found: Map<string, FoundRecord>;
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
    for (const { files } of this.readings.values()) {
      const text = files.read(path);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /**
   * @param hint a file (absolute) that defines the record, or sees it
   * @throws NoPicture
   */
  draw<P>(request: TreeRequest, wanted: WantedRecord, hint: string, place: (at: Place) => P | undefined): Drawn<P> {
    const reading = this.readingOf(request);
    const { tree, finder, warnings } = reading;
    const found = definitionIn(reading, wanted, hint);
    const { typedefName } = found;
    const options = { place, typedefName, note: noteOf(finder, tree), claims: finder.facts.claims };
    const seen = finder.withAccessors(found, { families: true });
    const layout = found.layout.status === 'exact' ? layoutRecord(seen.record, finder.target) : found.layout;
    return {
      picture: pictureOf(seen.globals, layout, options),
      family: familyPictures(seen.globals, layout, options),
      target: {
        kernel: tree.kernel,
        version: tree.version,
        build: tree.build,
        arch: tree.arch,
        config: tree.configFile ?? '',
      },
      warnings: warnings.map(inWordsOfSettings),
    };
  }

  /** The record as `overlint layout` prints it. @throws NoPicture */
  print(request: TreeRequest, wanted: WantedRecord, hint: string, form: 'text' | 'svg', touched?: string): string {
    const reading = this.readingOf(request);
    const { layout, typedefName } = definitionIn(reading, wanted, hint);
    const options = { touched, typedefName, note: noteOf(reading.finder, reading.tree) };
    return form === 'svg' ? drawSvg(layout, options) : drawText(layout, options);
  }

  private readingOf(request: TreeRequest): Reading {
    const { tree, errors, warnings } = findTree(request);
    if (!tree) throw new NoPicture(errors.map(inWordsOfSettings).join(' '));
    if (targetName(tree.arch) === undefined)
      throw new NoPicture(`No layout is known for ${tree.arch}: there is no data model for it.`);
    const key = JSON.stringify(tree);
    let reading = this.readings.get(key);
    if (!reading) {
      const stages = new Stages(tree);
      const files = new CoveredFiles(new WitnessedFiles(new Disk(tree.roots), stages, tree.kernel), this.documents);
      const finder = new RecordFinder(tree, files, stages, { takesAnyConfiguration: true, lex: this.lex });
      reading = { tree, finder, files, warnings, found: new Map() };
      if (this.readings.size >= MOST_READINGS) this.readings.delete(this.readings.keys().next().value!);
      this.readings.set(key, reading);
    }
    return reading;
  }
}

function definitionIn({ finder, tree, found }: Reading, wanted: WantedRecord, hint: string): FoundRecord {
  const key = JSON.stringify([wanted, hint]);
  const known = found.get(key);
  if (known) return known;
  const isInside = tree.roots.some((root) => hint.startsWith(`${root}/`));
  // To look for it in the whole tree takes long, so that the hint comes first.
  const definition = (isInside ? finder.findIn(hint, wanted)[0] : undefined) ?? finder.find(wanted)[0];
  if (!definition) {
    const { kind, name } = wanted;
    throw new NoPicture(`No file in ${tree.kernel} defines ${kind ? `${kind} ${name}` : name}.`);
  }
  found.set(key, definition);
  return definition;
}

function noteOf({ target }: RecordFinder, { version }: Tree): string {
  return `${target.name}, ${version}`;
}
