/** The requests beyond the protocol by which a client draws layouts: what is at a place, a record's picture, its text, targets. */
import { type Connection, ErrorCodes, type Position, type Range, ResponseError } from 'vscode-languageserver';
import type { Picture, PictureRelative } from '../drawing/picture';
import { findTargets } from '../project/found-targets';
import schema from '../project/settings.schema.json';
import { findTree } from '../project/tree';
import { type Description, differsOn } from '../queries/describe';
import type { Place } from '../text/text';
import type { Checks } from './checks';
import type { Configuration } from './configuration';
import type { OpenDocuments } from './documents';
import type { Places } from './places';
import { type Projects, treeRequest } from './projects';
import { recordNamed } from './record-name';
import { NoPicture, RecordPictures } from './record-pictures';
import { type DrawnTarget, targetOf } from './target';
import { pathOf } from './uri';

/** A place in the client's terms. */
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Which record is meant, and for what target; absent parts are as the settings have them. */
interface LayoutParams {
  /** A file that defines the record, or sees it. */
  readonly uri: string;
  /** `struct page`, or `page`. */
  readonly record: string;
  readonly arch?: string;
  /** A `.config` file, absolute, or the name of a configuration that Kconfig files make. */
  readonly config?: string;
  /** A build folder, absolute. */
  readonly build?: string;
}

export interface LayoutModel {
  readonly picture: Picture<Location>;
  readonly family: readonly PictureRelative<Location>[];
  readonly target: DrawnTarget;
  readonly warnings: readonly string[];
}

interface LayoutModelParams extends LayoutParams {
  /** A side as `overlint diff` takes it: `rev:v6.11`, `dir:/other/tree`. */
  readonly side?: string;
}

interface LayoutTextParams extends LayoutParams {
  readonly form: 'text' | 'svg';
  /** The member that is to be marked. */
  readonly member?: string;
  /** Titles of the family's members that are not to be drawn. */
  readonly hidden?: readonly string[];
}

interface RecordAtParams {
  readonly uri: string;
  readonly position: Position;
}

/** `struct page`, and the member that stands there, if one does. */
export interface RecordAt {
  readonly record: string;
  readonly member?: string;
}

interface RecordsParams {
  /** Any file of the tree that is meant, or a workspace folder. */
  readonly uri: string;
}

interface TargetsParams {
  /** A file, or a workspace folder. */
  readonly uri: string;
}

export class LayoutRequests {
  private readonly pictures: RecordPictures;
  private drawnIn = -1;

  constructor(
    private readonly connection: Connection,
    private readonly documents: OpenDocuments,
    private readonly configuration: Configuration,
    private readonly places: Places,
    private readonly checks: Checks,
    projects: Projects,
  ) {
    this.pictures = new RecordPictures(documents, projects.lex);
  }

  /** A file (absolute path) of a tree that pictures were drawn from. */
  read(path: string): string | undefined {
    return this.pictures.read(path);
  }

  /** What a hover adds: where a record or member lies on targets that it was drawn for in the panel, as far as that differs. */
  elsewhere(about: NonNullable<Description['about']>): string[] {
    if (this.drawnIn !== this.checks.generation) return [];
    return this.pictures.elsewhere(about.record).flatMap(({ note, layout }) => {
      const differs = differsOn(about, layout);
      return differs === undefined ? [] : [`${note}: ${differs}`];
    });
  }

  listen(): void {
    const { connection } = this;
    connection.onRequest('overlint/recordAt', (params: RecordAtParams) => this.recordAt(params));
    connection.onRequest('overlint/layoutModel', (params: LayoutParams) => this.model(params));
    connection.onRequest('overlint/layoutText', (params: LayoutTextParams) => this.text(params));
    connection.onRequest('overlint/records', (params: RecordsParams) => this.records(params));
    connection.onRequest('overlint/targets', (params: TargetsParams) => this.targets(params));
  }

  private async recordAt({ uri, position }: RecordAtParams): Promise<RecordAt | null> {
    await this.configuration.pending;
    const document = this.documents.get(uri);
    const named = document && this.checks.nameAt(document, document.positions.offsetAt(position));
    return named ?? null;
  }

  private async model(params: LayoutModelParams): Promise<LayoutModel> {
    const { request, wanted, hint } = await this.understood(params);
    const { side } = params;
    const place = (at: Place): Location | undefined => this.locationOf(at);
    if (typeof side === 'string') return attempt(() => this.pictures.drawSide(request, side, wanted, hint, place));
    return attempt(() => this.pictures.draw(request, wanted, hint, place));
  }

  private async text(params: LayoutTextParams): Promise<{ text: string }> {
    const { request, wanted, hint } = await this.understood(params);
    const { form, member, hidden } = params;
    const asked = { form: form === 'svg' ? form : ('text' as const), member, hidden };
    return attempt(() => ({ text: this.pictures.print(request, wanted, hint, asked) }));
  }

  /** Names of records, for a list to choose from. */
  private async records({ uri }: RecordsParams): Promise<{ records: string[]; own: string[] }> {
    await this.configuration.pending;
    this.keepFresh();
    const file = pathOf(uri);
    if (file === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is no file of this machine.`);
    const request = treeRequest(`${file}/.`, this.configuration.settingsFor(file));
    return attempt(() => {
      const { own, all } = this.pictures.names(request, file);
      return { records: all, own };
    });
  }

  private async targets({ uri }: TargetsParams) {
    await this.configuration.pending;
    const file = pathOf(uri) ?? '';
    const settings = this.configuration.settingsFor(file);
    const { tree, errors, wrong } = this.checks.treeOf(file);
    // A setting that is wrong is to be chosen anew, for the tree that is there without it.
    const without = wrong && findTree(treeRequest(`${file}/.`, { ...settings, [wrong]: '' })).tree;
    const arches = schema.properties.arch.enum.filter((name) => name !== '');
    const made = tree?.configuration;
    const found = findTargets(this.configuration.folderPaths(), tree ?? without, arches);
    return {
      ...found,
      ...(tree && { current: targetOf(tree) }),
      ...(made && made.file === undefined && { evaluated: { name: made.name, assumed: made.assumed } }),
      settings: { kernel: settings.kernel, build: settings.build, arch: settings.arch, config: settings.config },
      problems: errors,
    };
  }

  /** @throws ResponseError where the parameters make no sense */
  private async understood(params: LayoutParams) {
    await this.configuration.pending;
    this.keepFresh();
    const { uri, record, arch, config, build } = params ?? {};
    const wanted = recordNamed(record);
    const hint = pathOf(uri);
    if (hint === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is no file of this machine.`);
    if (!wanted) throw new ResponseError(ErrorCodes.InvalidParams, `"${record}" is no name of a record.`);
    const settings = this.configuration.settingsFor(hint);
    const request = treeRequest(hint, {
      ...settings,
      ...(arch && { arch }),
      ...(config !== undefined && { config }),
      ...(build && { build }),
    });
    return { request, wanted, hint };
  }

  private keepFresh(): void {
    if (this.drawnIn !== this.checks.generation) this.pictures.forget();
    this.drawnIn = this.checks.generation;
  }

  private locationOf({ path, start, end }: Place): Location | undefined {
    const range = this.places.positionsOf(path)?.rangeOf({ start, end });
    return range && { uri: this.places.uriOf(path), range };
  }
}

/** What the user can do something about is an answer with a message for people, not a failure of the server. */
function attempt<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NoPicture) throw new ResponseError(ErrorCodes.InvalidRequest, error.message);
    throw error;
  }
}
