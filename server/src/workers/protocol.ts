/** What a pool and its workers say to each other; all of it plain data. */
import type { Share } from '../store/share';

/** A worker is set up once, before all else. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly job: string; readonly setup: unknown }
  | { readonly kind: 'note'; readonly note: unknown }
  | { readonly kind: 'task'; readonly task: unknown }
  /** The last tasks: what the worker learnt goes to the disk, share by share. */
  | { readonly kind: 'keep'; readonly share: Share };

/** `ready` answers the set-up; each task and each `keep` is answered once, in order, by one of the last three. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly answer: unknown }
  /** Another worker is to do the task. */
  | { readonly kind: 'putOff' }
  | { readonly kind: 'failed'; readonly reason: string };
