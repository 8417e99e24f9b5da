/** One thread that serves, as its supervisor sees it: what it works on, and since when it gave no sign of life. */
import type { Message } from 'vscode-languageserver';
import type { MessageThread, ThreadEvents } from '../workers/message-thread';
import type { Machine } from './machine';

interface Events {
  message(message: Message): void;
  ended(code: number, error: Error | undefined): void;
}

/** The number of `initialize` where the supervisor asks it. */
const INITIALIZE = 'overlint-initialize';

export class ServingThread {
  /** URI of the document that it works on. */
  subject: string | undefined;
  /** Whether it was told what another one knew. */
  isReplayed = false;
  /** Tokens of the progress that it began to tell the client and has not ended. */
  readonly progress = new Set<string | number>();
  private readonly thread: MessageThread;
  /** When it was asked for the sign of life that has not come, and what the process had used by then. */
  private since: { readonly at: number; readonly processor: number } | undefined;
  /** What waits until it is initialized. */
  private held: object[] | undefined;

  constructor(
    start: (events: ThreadEvents) => MessageThread,
    private readonly machine: Machine,
    events: Events,
  ) {
    this.thread = start({
      onMessage: (message) => {
        if ((message as { id?: unknown }).id === INITIALIZE && this.held) this.initialized();
        else events.message(message as Message);
      },
      onSign: () => {
        this.since = undefined;
        // What it worked on is done: it would say so, were it still at it.
        this.subject = undefined;
      },
      onSubject: (subject) => (this.subject = subject),
      onEnd: events.ended,
    });
  }

  send(message: object): void {
    if (this.held) this.held.push(message);
    else this.thread.send(message);
  }

  /** @param behind What it is told once it has answered. */
  initialize(params: object, behind: readonly object[]): void {
    this.isReplayed = true;
    this.thread.send({ jsonrpc: '2.0', id: INITIALIZE, method: 'initialize', params });
    this.held = [...behind];
  }

  private initialized(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const message of held) this.thread.send(message);
  }

  /** Asks for a sign of life, unless one is waited for. */
  ask(): void {
    if (this.since) return;
    this.since = { at: this.machine.now(), processor: this.machine.processorTime() };
    this.thread.ask();
  }

  /** For how long it has given no sign of life, in milliseconds; 0 where none is due. */
  silence(): number {
    return this.since ? Math.max(1, this.machine.now() - this.since.at) : 0;
  }

  /** Which part of one processor the process has had since then. */
  share(): number {
    if (!this.since) return 1;
    return (this.machine.processorTime() - this.since.processor) / this.silence();
  }

  end(): void {
    this.thread.end();
  }
}
