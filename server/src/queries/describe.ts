/** What a hover says: the record and the member at a place, their bytes, who shares them, and the picture of it. */

import type { FileAnalysis } from '../analysis/analysis';
import { drawBlock } from '../drawing/block';
import type { Cell } from '../drawing/cells';
import { counted, type DiagramClaim, facts } from '../drawing/diagram';
import type { Theme } from '../drawing/hover-colours';
import { drawHoverPicture } from '../drawing/hover-picture';
import { block, code, image, literal } from '../drawing/markdown';
import { commentsOn } from '../drawing/picture';
import { type Claim, claimName, claimWords } from '../facts/claims';
import { tagsText } from '../facts/derived';
import { type FlatMember, flatten, overlays, sharing } from '../facts/overlay';
import type { SurfaceRecord } from '../facts/surface';
import { anonymousRecord } from '../layout/member';
import { type RecordLayout, title } from '../layout/record';
import { type Place, readable, type Span } from '../text/text';
import type { Bytes, RecordDeclaration } from '../types/model';
import { declare, declareAsWritten, sourceName } from '../types/typename';
import { statesOn } from './header-states';
import { type Found, foundAt } from './named-at';
import { claimsOn } from './record-claims';
import { sharedFacts, sharedRecord } from './uapi-hover';

export interface Description {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
  /** What is said last, below what whoever asks has to add: that the configuration is assumed. */
  readonly footer?: string;
  /** What the place names, for whoever knows it on other targets. */
  readonly about?: DescribedMember;
  /** Places that the text names, as `(include/linux/mm_types.h:130)`, for editors to make links of. */
  readonly places?: ReadonlyMap<string, Place>;
}

/** Describes the name at a byte offset of the file; undefined where it has nothing to do with a record. */
export function describe(file: FileAnalysis, offset: number, theme?: Theme): Description | undefined {
  const found = foundAt(file, offset);
  if (!found) return undefined;
  const describing = new Describing(file, theme);
  const { start, end } = found;
  return { start, end, markdown: describing.markdown(found), ...describing.below(found), places: describing.places };
}

/** A member, or with an empty path a record, of a header. */
interface DescribedMember {
  readonly record: RecordLayout;
  readonly path: string;
  /** The record as programs see it, where a header for them defines it. */
  readonly shared?: SurfaceRecord;
}

/** How a record or member lies on another target, where that is otherwise: `16 bytes at offset 4`; undefined where it is the same. */
export function differsOn({ record, path }: DescribedMember, other: RecordLayout): string | undefined {
  const [here, there] = [placeIn(record, path), placeIn(other, path)];
  return here === there ? undefined : (there ?? 'not there');
}

function placeIn(layout: RecordLayout, path: string): string | undefined {
  if (path === '') return layout.status === 'exact' ? counted(layout.size, 'byte') : 'of unknown size';
  const flat = flatten(layout, { expand: true }).find((member) => member.name === path);
  return flat && bytesText(flat);
}

function bytesText({ isBitField, offsetBits, sizeBits }: FlatMember): string {
  return isBitField
    ? `${counted(sizeBits, 'bit')} at bit ${offsetBits % 8} of byte ${Math.floor(offsetBits / 8)}`
    : `${counted(sizeBits / 8, 'byte')} at offset ${offsetBits / 8}`;
}

/** Stands where a client that opens a panel puts the link to it. */
export const PANEL_MARK = '\u22ee';

/** So many members that share bytes are named. */
const MOST_SHARERS = 6;

/** VS Code shows no more of a hover than 100,000 characters; a picture takes some 15,000. */
const MOST_PICTURE = 80_000;

class Describing {
  readonly places = new Map<string, Place>();

  constructor(
    private readonly file: FileAnalysis,
    private readonly theme: Theme | undefined,
  ) {}

  /** What comes first is seen without scrolling: the name, its bytes and who shares them, the picture, then the rest. */
  markdown(found: Found): string {
    const layout = this.file.layout(found.record);
    const parts = this.parts(found, layout);
    if (layout.status === 'unknown') parts.splice(1, 0, readable(`The layout is unknown: ${literal(layout.reason)}.`));
    return parts.filter((part) => part !== '').join('\n\n');
  }

  below(found: Found): Pick<Description, 'footer' | 'about'> {
    const { configuration } = this.file;
    const record = this.file.layout(found.record);
    const shared = sharedRecord(this.file, record);
    const path = found.kind === 'record' ? '' : found.kind === 'member' ? found.path : undefined;
    return {
      ...(configuration?.assumed && { footer: `Assumed configuration: ${literal(configuration.name)}.` }),
      ...(path !== undefined && { about: { record, path, ...(shared && { shared }) } }),
    };
  }

  private parts(found: Found, layout: RecordLayout): string[] {
    switch (found.kind) {
      case 'variable':
        return [readable(`${code(declare(found.type, found.name))}: ${this.summary(layout)}`)];
      case 'accessor':
        return this.accessor(found.name, found.hidden);
      case 'record':
        return [readable(this.summary(layout, found)), this.picture(layout, undefined), this.shared(layout)];
      case 'member':
        return this.member(layout, found.path);
    }
  }

  /** `struct page`, where it stands, and its figures. */
  private summary(layout: RecordLayout, at?: Span): string {
    const { record } = layout;
    const where = record.place ? ` (${this.named(record.place)})` : '';
    const written = at && this.file.main.text.slice(at.start, at.end);
    const isAlias = written !== undefined && written !== record.tag && written !== record.kind;
    const called = isAlias
      ? `${code(`${record.kind} ${written}`)}, a name for ${code(title(record))}`
      : code(title(record));
    const name = `${called}${where}`;
    if (layout.status === 'unknown') return name;
    const shared = overlays(layout).length;
    const figures = [...facts(layout, { note: '' }).filter(Boolean), ...(shared ? [counted(shared, 'overlay')] : [])];
    return `${name}, ${figures.join(', ')}`;
  }

  private accessor(name: string, hidden: Extract<Found, { kind: 'accessor' }>['hidden']): string[] {
    const lines = hidden.map(({ record, member }) => {
      const layout = this.file.layout(record);
      const flat = flatten(layout).find((one) => one.name === member);
      const own = flat ? this.memberLine(layout, flat) : `${code(member)} of ${code(title(record))}`;
      return `${code(`${name}()`)} stands for ${own}`;
    });
    const said = hidden.flatMap(({ record, member }) => this.saidOf(this.file.layout(record), record, member));
    return [...lines, this.list(said)].map(readable);
  }

  private member(layout: RecordLayout, path: string): string[] {
    const flat = flatten(layout, { expand: true }).find((member) => member.name === path);
    if (!flat) return [readable(this.summary(layout)), this.picture(layout, undefined), this.shared(layout)];
    const comment = commentsOn(this.file.globals.files, layout)?.ofMember(flat.member);
    const { place } = flat.member;
    const quote = comment ? `> ${literal(comment)}${place ? ` (${this.named(place)})` : ''}` : '';
    const said = this.list(this.saidOf(layout, layout.record, path));
    const below = [this.shared(layout), readable(quote), readable(said)];
    return [readable(this.memberLine(layout, flat)), this.picture(layout, flat), ...below];
  }

  /** What programs have to know of a record that they share. */
  private shared(layout: RecordLayout): string {
    const shared = sharedRecord(this.file, layout);
    return shared ? readable(sharedFacts(this.file, shared, layout).join(' ')) : '';
  }

  /** As an image for a client that shows it, else as text. A picture is Unicode already. */
  private picture(layout: RecordLayout, flat: FlatMember | undefined): string {
    const { file, theme } = this;
    const all = layout.status === 'exact' ? claimsOn(file, layout.record) : [];
    // The claims on a member's own word stand below, with links; those on other words are the panel's to show.
    const word = flat && wordOf(file, flat);
    const claims = all.filter((claim) => word === undefined || claim.word === word).map((one) => this.shown(one));
    const options = { touched: flat?.name, note: file.targetNote, claims, isFolded: true };
    if (theme !== undefined) {
      const marksHoles = sharedRecord(file, layout) !== undefined;
      const drawn = drawHoverPicture(layout, { ...options, theme, ownerOf: this.ownersOf(layout, all), marksHoles });
      const shown = drawn && image(drawn.alt, drawn.svg, drawn.width, drawn.height);
      if (shown && shown.length <= MOST_PICTURE) return `${shown}\n\n${PANEL_MARK}`;
    }
    const drawn = drawBlock(layout, flat ? { ...options, claims: [] } : options);
    return `${block('overlint-layout', drawn)}\n\n${PANEL_MARK}`;
  }

  /** Whose a view is: the bit that its owner tells itself by, or else the comment on it. */
  private ownersOf(layout: RecordLayout, claims: readonly Claim[]): (cell: Cell) => string | undefined {
    const comments = commentsOn(this.file.globals.files, layout);
    return ({ member }) => {
      if (!member) return undefined;
      const claim = claims.find(({ owner, isComment }) => isComment && owner === member.name);
      if (claim) return `bit ${claim.bit} ${claim.kind === 'sets' ? 'set' : 'clear'}`;
      const within = member.path.map(anonymousRecord).findLast((record) => record !== undefined);
      const comment =
        (within?.kind === 'struct' ? comments?.ofView(within) : undefined) ?? comments?.ofMember(member.member);
      // Marks of kernel-doc for its own sake say nothing of owners.
      return comment === undefined || /^(?:private|public):/.test(comment) ? undefined : readable(comment);
    };
  }

  /** Type and place of a member, and who shares its bytes: what a hover says first, as little more of it may be seen. */
  private memberLine(layout: RecordLayout, flat: FlatMember): string {
    const { places } = this;
    const where = layout.record.place ? ` (${this.named(layout.record.place)})` : '';
    const bytes = bytesText(flat);
    const sharers = sharing(layout, flat.name).map(({ member }) => member);
    const names = sharers.slice(0, MOST_SHARERS).map(({ member }) => {
      const name = sourceName(member);
      if (member.place) places.set(code(name), member.place);
      return member.place ? `(${code(name)})` : code(name);
    });
    const rest = sharers.length > MOST_SHARERS ? ` and ${sharers.length - MOST_SHARERS} more` : '';
    const shares = names.length > 0 ? `, **shares bytes with** ${names.join(', ')}${rest}` : '';
    const { source } = flat.member;
    // The compiler, and who reads its records, know it by another name.
    const note = source ? ` (compiled as ${code(declare(flat.type, flat.name))})` : '';
    return `${code(declareAsWritten(flat.member, flat.name))}${note}: ${bytes} of ${code(title(layout.record))}${where}${shares}`;
  }

  /** What headers say of a member, and who claims bits of its word, in the kernel's own words. */
  private saidOf(layout: RecordLayout, record: RecordDeclaration, path: string): Said[] {
    const flat = flatten(layout, { expand: true }).find((member) => member.name === path);
    const word = flat && layout.status === 'exact' ? wordOf(this.file, flat) : undefined;
    const claims = word === undefined ? [] : claimsOn(this.file, record).filter((claim) => claim.word === word);
    return [...derivedOn(this.file, record, path), ...claims.map(claimText)];
  }

  private list(said: readonly Said[]): string {
    return said.map(({ text, place }) => `- ${text} (${this.named(place)})`).join('\n');
  }

  /** A claim as a picture shows it: of a path the file's name, as lines are short. */
  private shown(claim: Claim): DiagramClaim {
    const { word, bit, quote, place, clashes } = claim;
    const line = this.file.lineOf(place).replace(/.*\//, '');
    return { word, bit, meaning: claimName(claim), quote, place: line, clashes };
  }

  private named(place: Place): string {
    const line = literal(this.file.lineOf(place));
    this.places.set(line, place);
    return line;
  }
}

interface Said {
  readonly text: string;
  readonly place: Place;
}

/** What headers say of a member by themselves: tags in its low bits, who it is to be left to, that several numbers share it, when it is valid. */
function derivedOn(file: FileAnalysis, record: RecordDeclaration, path: string): Said[] {
  const { tag, place } = record;
  const states = statesOn(file, record).filter(({ member }) => path.split('.').includes(member));
  const tags = file.derivedTags.filter((one) => one.record?.tag === tag && one.record?.path === place?.path);
  const tagged = tags.filter(({ member }) => member === path);
  const reserved = file.derivedReserved.filter(
    (one) => one.name === path && (one.tag ?? one.holder) === tag && one.path === place?.path,
  );
  const packed = file.derived
    .packedFor(file.globals)
    .filter(
      (one) =>
        one.member === path && one.tag === tag && (one.headers.length === 0 || one.headers.includes(place?.path ?? '')),
    );
  const offered = (names: readonly string[]): string => (names.length > 0 ? `, use ${code(`${names[0]}()`)}` : '');
  return [
    ...tagged.map(({ bits, read, evidence }) => ({
      text: `${tagsText(bits)}${offered(read ? [read.name] : [])}: ${code(evidence.quote)}`,
      place: evidence,
    })),
    ...reserved.map(({ quote, accessors, path: file, start, end }) => ({
      text: `to be left to others${offered(accessors)}: "${literal(quote)}"`,
      place: { path: file, start, end },
    })),
    ...packed.map(({ accessors, evidence }) => ({
      text: `several numbers share it${offered(accessors.filter(({ gives }) => gives).map(({ name }) => name))}: ${code(evidence.quote)}`,
      place: evidence,
    })),
    ...states.map((one) => ({ text: `valid when ${literal(one.state)}: "${literal(one.quote)}"`, place: one })),
  ];
}

/** The word that a member starts in. */
function wordOf({ target }: FileAnalysis, { offsetBits }: FlatMember): Bytes {
  const { size } = target.pointer;
  return Math.floor(offsetBits / 8 / size) * size;
}

/** Who claims a bit, in the kernel's own words. */
function claimText(claim: Claim): Said {
  const { quote, place, clashes, isComment } = claim;
  const said = isComment ? `"${literal(quote)}"` : code(quote);
  return { place, text: `${claimWords(claim, code(claimName(claim)))}, ${said}${clashes ? ', **clash**' : ''}` };
}
