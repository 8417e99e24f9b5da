/** Macros that a compiler predefines by its flags, its version or its library: what they are here is not known. */
import facts from '../packs/predefined/compilers.json';
import { nameText } from '../text/names';

const BY_FLAGS = new RegExp(`^(?:${facts.byFlags.join('|')})$`);
const POSITION = /^__p(?:ic|ie)__$/i;

/** Of one architecture, as under arch/. */
export class FlagMacros {
  /** Empty where there is no doubt. */
  private readonly answers = new Map<number, string>();

  constructor(private readonly arch: string) {}

  /** Why it is not known what a name that no file defines means to a condition; undefined for one that no compiler defines. */
  doubtOf(id: number): string | undefined {
    const known = this.answers.get(id);
    if (known !== undefined) return known || undefined;
    const name = nameText(id);
    const isKnown = POSITION.test(name) && facts.notPositionIndependent.includes(this.arch);
    const isDoubtful = name.startsWith('__') && !isKnown && BY_FLAGS.test(name);
    const doubt = isDoubtful ? `what ${name} is hangs on the flags of the compiler` : '';
    this.answers.set(id, doubt);
    return doubt || undefined;
  }
}
