/** What a header of a driver leaves to the files that include it: names that it asks for, and that they may define before it. */
import { nameText } from '../text/names';
import type { SourceReader } from '../text/text';
import { type SourceFile, StepKind } from './source';

/** A line that defines an option by hand. */
const SETS_OPTION = /^[ \t]*#[ \t]*define[ \t]+(CONFIG_\w+)/gm;

export class UserDoubts {
  /** By folder, the options that its headers define by hand. */
  private readonly options = new Map<string, ReadonlySet<string>>();

  /** @param list The names in a folder. */
  constructor(
    private readonly reader: SourceReader,
    private readonly list: (folder: string) => readonly string[],
  ) {}

  /**
   * Why nothing is known of a name that a header of a driver asks for and that nothing defines: what includes the header may
   * define it before. Names that are reserved are the compiler's and the guards', and options are the configuration's, unless
   * a header beside this one defines them by hand.
   */
  of({ path, steps }: SourceFile, id: number): string | undefined {
    const name = nameText(id);
    if (name.startsWith('_') || (name.startsWith('CONFIG_') && !this.optionsBeside(path).has(name))) return undefined;
    // A guard around a part of the file, or a default.
    if (steps.some(({ kind, nameId }) => kind === StepKind.Define && nameId === id)) return undefined;
    return `whether ${name} is defined hangs on what includes the file`;
  }

  private optionsBeside(path: string): ReadonlySet<string> {
    const folder = path.slice(0, path.lastIndexOf('/'));
    let known = this.options.get(folder);
    if (!known) {
      const headers = this.list(folder).filter((name) => name.endsWith('.h'));
      const texts = headers.map((name) => this.reader.read(`${folder}/${name}`) ?? '');
      known = new Set(texts.flatMap((text) => [...text.matchAll(SETS_OPTION)].map(([, option]) => option)));
      this.options.set(folder, known);
    }
    return known;
  }
}
