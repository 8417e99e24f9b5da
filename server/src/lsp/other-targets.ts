/** How records of headers for programs lie on other targets, worked out by a worker thread behind what the editor waits for. */
import path from 'node:path';
import type { SurfaceRecord } from '../facts/surface';
import { workerScript } from '../files/entry-points';
import { relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import { elsewhereLine } from '../queries/uapi-hover';
import { targetsFor } from '../store/target-surfaces';
import type { Executor } from '../workers/job';
import { type SurfaceAnswer, SurfaceJob, type SurfaceTask } from '../workers/surface-job';
import { executorFor, type Threads } from '../workers/threads';
import type { Checks } from './checks';
import type { OpenDocuments } from './documents';

/** A hover waits no longer than this for other targets, in milliseconds. */
const PATIENCE = 150;

/** A worker that nobody asked for so long is let go, in milliseconds. */
const IDLE = 60_000;

/** A target that was never laid out has its configuration to work out first. */
const LIMITS = { heapMegabytes: 1536, taskMilliseconds: 300_000 };

/** What is known of a header so far. */
interface Elsewhere {
  readonly records: Map<string, readonly SurfaceRecord[]>;
  isWhole: boolean;
  readonly done: Promise<void>;
}

export class OtherTargets {
  private readonly known = new Map<string, Elsewhere>();
  private generation = -1;
  private worker: { readonly tree: string; readonly executor: Executor<SurfaceTask, SurfaceAnswer> } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly documents: Pick<OpenDocuments, 'all'>,
    private readonly checks: Pick<Checks, 'generation' | 'treeOf'>,
    private readonly threads: Threads = { script: workerScript(), jobs: 1 },
    private readonly patience = PATIENCE,
  ) {}

  /** A line on the targets where a record of a header (absolute path) lies otherwise, as far as it is known in time. */
  async line(file: string, shared: SurfaceRecord): Promise<string> {
    if (this.generation !== this.checks.generation) this.known.clear();
    this.generation = this.checks.generation;
    let elsewhere = this.known.get(file);
    if (!elsewhere) this.known.set(file, (elsewhere = this.look(file)));
    await this.inTime(elsewhere.done);
    const { records, isWhole } = elsewhere;
    const named = ({ kind, title }: SurfaceRecord): boolean => kind === shared.kind && title === shared.title;
    const others = new Map([...records].map(([target, list]) => [target, list.find(named)]));
    return [elsewhereLine(shared, others), isWhole ? '' : 'Other targets are being laid out.']
      .filter(Boolean)
      .join(' ');
  }

  stop(): void {
    clearTimeout(this.timer);
    void this.worker?.executor.close();
    this.worker = undefined;
  }

  private look(file: string): Elsewhere {
    const { generation } = this;
    const records = new Map<string, readonly SurfaceRecord[]>();
    const work = async (): Promise<void> => {
      const { tree } = this.checks.treeOf(path.posix.dirname(file));
      const targets = tree ? targetsFor(relativeTo(tree, file), tree).filter((target) => target !== tree.target) : [];
      const texts = new Map(this.documents.all().map((document) => [document.path, document.text]));
      for (const target of targets) {
        // What was typed meanwhile is asked about by the next hover.
        if (generation !== this.generation) return;
        const outcome = await this.executorFor(tree!).ask({ target, path: file, texts });
        if (outcome.kind === 'done') records.set(target, outcome.answer);
      }
    };
    const elsewhere: Elsewhere = {
      records,
      isWhole: false,
      // Without worker threads nothing is known of other targets.
      done: work()
        .catch(() => undefined)
        .then(() => {
          elsewhere.isWhole = true;
        }),
    };
    return elsewhere;
  }

  private executorFor(tree: Tree): Executor<SurfaceTask, SurfaceAnswer> {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stop(), IDLE);
    this.timer.unref();
    const key = JSON.stringify(tree);
    if (this.worker?.tree !== key) {
      void this.worker?.executor.close();
      const settings = { job: 'surfaces', setup: { tree, cache: true }, limits: LIMITS };
      this.worker = { tree: key, executor: executorFor(this.threads, settings, (setup) => new SurfaceJob(setup)) };
    }
    return this.worker.executor;
  }

  private async inTime(done: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.patience);
    });
    await Promise.race([done, late]);
    clearTimeout(timer);
  }
}
