/**
 * Where units start: behind what every file reads, so that thousands of options are read once and not once a file. What
 * only some files are told comes in front of that where it matters for it, and behind it where it does not.
 */
import { nameId } from '../text/names';
import { TokenKind } from '../text/tokens';
import { type SourceFile, StepKind } from './source';
import { FLAGS, PREDEFINED, type TreeContext } from './tree-context';
import { Unit } from './unit';

/** What a unit goes on from. */
export interface UnitStart {
  readonly before: Unit;
  /** What is read between that and the main file. */
  readonly flags?: SourceFile;
}

/** Makes a unit and notes what it rests on, as each that goes on from it does. */
type MakeUnit = (make: () => Unit, from?: Unit) => Unit;

export class UnitStarts {
  private readonly known = new Map<string, Unit>();
  private readonly sensitive = new Map<Unit, ReadonlySet<number>>();

  /** @param ownFile Gives a file that no disk holds. */
  constructor(
    private readonly context: TreeContext,
    private readonly ownFile: (path: string, text: string) => SourceFile,
    private readonly noted: MakeUnit,
  ) {}

  /** Behind what is read before every source. `flags` is what a file is told beyond that, as text. */
  prelude(flags: string): UnitStart {
    const { context } = this;
    return this.start('prelude', flags, (own) => {
      const [predefined, ...rest] = context.prelude;
      const inner = own ? { ...context, prelude: [predefined, own, ...rest] } : context;
      return this.noted(() => new Unit(inner, this.ownFile('<prelude>', '')));
    });
  }

  /** Behind the headers that every source has read before it comes to its own, too. */
  assumed(flags: string, assumedText: () => string): UnitStart {
    return this.start('assumed', flags, (counting) => {
      const { before, flags: own } = this.prelude(counting?.text ?? '');
      const main = this.ownFile('<assumed>.c', assumedText());
      return this.noted(() => new Unit(this.context, main, undefined, before, own), before);
    });
  }

  /** @param make Gets the flags where they count. */
  private start(name: string, flags: string, make: (own?: SourceFile) => Unit): UnitStart {
    const known = (key: string, own?: SourceFile): Unit => {
      let unit = this.known.get(`${name}\0${key}`);
      if (!unit) this.known.set(`${name}\0${key}`, (unit = make(own)));
      return unit;
    };
    if (flags === '') return { before: known('') };
    const file = this.ownFile(FLAGS, flags);
    return this.counts(file, this.start(name, '', make).before)
      ? { before: known(flags, file) }
      : { before: known(''), flags: file };
  }

  /** Whether what a unit read may be another where some macros are defined. */
  private counts(flags: SourceFile, unit: Unit): boolean {
    let sensitive = this.sensitive.get(unit);
    if (!sensitive) this.sensitive.set(unit, (sensitive = sensitiveNames(unit)));
    // A header that is forced in may do anything.
    return flags.steps.some(({ kind, nameId: id }) => kind === StepKind.Include || sensitive.has(id));
  }
}

/** The build gives each file these anew; nothing that is read before it asks for them. */
const NAMES: ReadonlySet<number> = new Set(
  ['KBUILD_MODNAME', 'KBUILD_BASENAME', 'KBUILD_MODFILE', '__KBUILD_MODNAME'].map(nameId),
);

/** Identifiers that a unit's conditions hang on, at once or through macros, and those that it defines. */
function sensitiveNames(unit: Unit): Set<number> {
  const found = new Set<number>();
  const conditional = new Set<number>();
  const take = ({ tokens }: SourceFile, first: number, end: number): void => {
    for (let at = first; at < end; at++) if (tokens.kinds[at] === TokenKind.Identifier) conditional.add(tokens.ids[at]);
  };
  for (const { file } of unit.readings)
    for (const { kind, nameId: id, directive } of file.steps) {
      if (kind === StepKind.If || kind === StepKind.Elif) take(file, directive.firstToken + 2, directive.endToken);
      else if (id >= 0 && !(file.path === PREDEFINED && NAMES.has(id))) found.add(id);
    }
  for (const id of conditional) {
    found.add(id);
    for (const { file, bodyFirst, bodyEnd } of unit.definitions(id)) take(file, bodyFirst, bodyEnd);
  }
  return found;
}
