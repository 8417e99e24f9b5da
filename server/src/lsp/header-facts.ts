/** Works out what the headers of a tree say where no earlier run has, in a worker thread behind what the editor waits for. */
import { asksHeaders } from '../linter';
import { keepDerived, type TreeDerivation } from '../workers/derive';
import type { Executor } from '../workers/job';
import { LintJob, type LintNote, type LintReply, type LintTask } from '../workers/lint-job';
import { executorFor, type Threads } from '../workers/threads';
import { CHECK_LIMITS } from '../workers/worker-thread';
import type { Projects, Untold } from './projects';

/** It begins once nothing was checked for this time, in milliseconds: it keeps a processor busy for seconds, and nobody types then. */
const QUIET = 2000;

export class HeaderFacts {
  private timer: NodeJS.Timeout | undefined;
  private working: Executor<LintTask, LintReply, LintNote> | undefined;
  private isStopped = false;

  /**
   * @param onKnown Called where more is known than before.
   * @param threads Who does it; nobody where there are none.
   */
  constructor(
    private readonly projects: Pick<Projects, 'untold'>,
    private readonly onKnown: () => void,
    private readonly threads: Threads | undefined,
    private readonly quiet = QUIET,
  ) {}

  /** A document was checked: if nothing else is for a while, there is time for what is not known of headers. */
  later(): void {
    if (!this.threads || this.isStopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), this.quiet);
    this.timer.unref();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    void this.working?.close();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    for (let one = this.projects.untold(); one; one = this.projects.untold()) {
      const made = await this.derive(one);
      if (this.isStopped) return;
      if (!made) continue;
      one.tell(made.derived);
      keepDerived(one.tree, asksHeaders(one.options), made);
      this.onKnown();
    }
  }

  /** Undefined where that fails: the linter goes on with what it knows. */
  private async derive({ tree, options }: Untold): Promise<TreeDerivation | undefined> {
    const setup = { tree, options, cache: true, keepsHeaders: true };
    const settings = { job: 'check', setup, limits: CHECK_LIMITS };
    this.working = executorFor(this.threads!, settings, (given) => new LintJob(given));
    try {
      const outcome = await this.working.ask({ kind: 'derive', depth: asksHeaders(options) });
      return outcome.kind === 'done' ? outcome.answer.derivation : undefined;
    } catch {
      return undefined;
    } finally {
      await this.working.close();
      this.working = undefined;
    }
  }
}
