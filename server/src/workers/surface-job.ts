/** The job of laying a header for programs out on other targets, each of them a task. */
import type { SurfaceRecord } from '../facts/surface';
import type { Tree } from '../project/tree';
import { surfacesOn } from '../store/target-surfaces';
import type { Job } from './job';

/** Plain data. */
interface SurfaceSetup {
  readonly tree: Tree;
  readonly cache: boolean;
}

export interface SurfaceTask {
  readonly target: string;
  /** The header, absolute. */
  readonly path: string;
  /** What an editor shows in place of what the disk holds. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The records of the header; none where the tree does not have the target. */
export type SurfaceAnswer = readonly SurfaceRecord[];

export class SurfaceJob implements Job<SurfaceTask, SurfaceAnswer> {
  constructor(private readonly setup: SurfaceSetup) {}

  answer({ target, path, texts }: SurfaceTask): SurfaceAnswer {
    const { tree, cache } = this.setup;
    const [side] = surfacesOn(target, [path], [texts], tree, cache);
    return side?.get(path)?.records ?? [];
  }
}
