/** How a run through the corpus ends before its function does. */

/**
 * The typestate is broken on `line`: in the innermost of the calls that still run since the folio came into its state. Who
 * brings the state about and then breaks it by a call reads of that call; who does both, of the place itself.
 */
export class Breach extends Error {
  constructor(readonly line: number) {
    super('the typestate is broken');
  }
}

/** This way through leads nowhere: an endless loop, or a choice that was taken otherwise. */
export class Abandoned extends Error {}
