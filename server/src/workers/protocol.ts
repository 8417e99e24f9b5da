/** What the pool and its workers say to each other; all of it plain data. */
import type { Texts } from '../files/overlay';
import type { Share } from '../store/share';
import type { Combed, Linted, ScanWish, Setup } from './station';

export type Task =
  | { readonly kind: 'scan'; readonly files: readonly string[]; readonly wish: ScanWish }
  | { readonly kind: 'lint'; readonly file: string; readonly takesHeaders?: boolean }
  /** To lint where that takes no headers; otherwise the answer is `putOff`. */
  | { readonly kind: 'lintAlone'; readonly file: string }
  /** The last tasks: what was read of headers goes to the disk, share by share. */
  | { readonly kind: 'keep'; readonly share: Share };

/** A worker is set up once, before all else. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: Setup }
  /** What linting gives from now on is kept for later runs. */
  | { readonly kind: 'keepResults'; readonly key: string }
  | Task
  | { readonly kind: 'overlay'; readonly texts: Texts };

/** A worker answers each task once, in order; `ready` answers the set-up. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'scanned'; readonly scanned: Combed }
  | { readonly kind: 'linted'; readonly linted: Linted }
  | { readonly kind: 'putOff' }
  | { readonly kind: 'kept' };
