/**
 * Notes the questions that were asked of a tree while something was worked out, each as a number: which files were read,
 * where names of includes led. Whoever keeps the result keeps the questions with their answers, and takes the result
 * again only while all the answers are the same.
 */

/** A tree that tells what results rest on that were worked out from it, and whether that is still as it was. */
export interface TracedTree {
  /** The text of a question that was noted; `answer` understands it in later runs, too. */
  question(id: number): string;
  /**
   * What the tree answers to a question now: the same, as long as all that the answer depends on is.
   *
   * @param digest Stands for the content of a file; empty where it can't be read. Used for files not read here yet.
   */
  answer(question: string, digest: (path: string) => string): string;
  /** The text of a file as it was read here; undefined where there is none, null where nobody asked for it. */
  readText(path: string): string | undefined | null;
  /** The text of a file that stands for one which the build has not made; undefined where there is none. */
  madeText(path: string): string | undefined;
}

/** What is noted between `begin` and `end`. */
interface Page {
  readonly ids: number[];
  /** Marks what stands on this page, so that each question stands there once. */
  readonly turn: number;
}

export class Notes {
  private readonly known = new Map<string, number>();
  private readonly texts: string[] = [];
  /** By number: the turn of the page that it was last noted on. */
  private readonly turns: number[] = [];
  private readonly pages: Page[] = [];
  private turn = 0;
  private spoilt = false;

  /** The number of a question. */
  idOf(question: string): number {
    let id = this.known.get(question);
    if (id === undefined) {
      id = this.texts.length;
      this.known.set(question, id);
      this.texts.push(question);
      this.turns.push(0);
    }
    return id;
  }

  question(id: number): string {
    return this.texts[id];
  }

  /** A question was asked. */
  take(id: number): void {
    const page = this.pages[this.pages.length - 1];
    if (!page || this.turns[id] === page.turn) return;
    this.turns[id] = page.turn;
    page.ids.push(id);
  }

  /** Questions were asked when something was worked out that is now taken as it is. */
  takeAll(ids: readonly number[]): void {
    for (const id of ids) this.take(id);
  }

  /** What is worked out now rests on something that was not noted. */
  spoil(): void {
    this.spoilt = true;
  }

  /** Does some work; returns what it gave, and the questions that it asked, each once. */
  during<T>(work: () => T): { readonly result: T; readonly ids: readonly number[] } {
    const page = { ids: [], turn: ++this.turn };
    this.pages.push(page);
    try {
      return { result: work(), ids: page.ids };
    } finally {
      this.pages.pop();
      // What is inside belongs to the page around it as well, which has another turn.
      this.takeAll(page.ids);
    }
  }

  /** As `during`; without questions where not all were noted. */
  whole<T>(work: () => T): { readonly result: T; readonly ids: readonly number[] | undefined } {
    this.spoilt = false;
    const { result, ids } = this.during(work);
    return { result, ids: this.spoilt ? undefined : ids };
  }
}
