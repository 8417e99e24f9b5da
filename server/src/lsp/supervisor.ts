/**
 * Stands between the client and the thread that serves it. While that thread is busy with one document for longer than
 * anyone should wait, another one serves the other documents; what takes longer still, or too much memory, is ended, and
 * its document left alone until it is saved or opened anew.
 */
import {
  ErrorCodes,
  type Message,
  MessageType,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageserver';
import type { MessageThread, ThreadEvents } from '../workers/message-thread';
import { fittedMessage } from './fitted-messages';
import { LeftAlone } from './left-alone';
import { LifeCycle } from './life-cycle';
import type { Machine } from './machine';
import { Replay } from './replay';
import { ServingThread } from './serving-thread';

/** In milliseconds, and bytes. */
interface SupervisorLimits {
  /** How often a thread is asked for a sign of life while anything is going on. */
  readonly beat: number;
  /** A thread that gave none for so long gets another beside it, if another document waits. */
  readonly busy: number;
  /** And is ended after so long. */
  readonly hung: number;
  /** Memory of the whole process. */
  readonly memory: number;
}

const LIMITS: SupervisorLimits = { beat: 150, busy: 500, hung: 10_000, memory: 1_300_000_000 };

/** Threads that ended by themselves, one behind another without an answer between, before nothing more is tried. */
const MOST_FAILURES = 4;
const TOO_MUCH_MEMORY = 'took too much memory';
/** A process that got less of the processors than this is starved, up to so many times the limit. */
const STARVED = 0.5;
const MOST_STARVED = 4;
/** How long the server goes on asking for signs of life after the last message, in milliseconds. */
const WATCHED = 20_000;

interface Asked {
  readonly message: RequestMessage;
  readonly uri: string | undefined;
  readonly at: number;
  /** The threads that were given it. */
  readonly givenTo: Set<ServingThread>;
}

export class Supervisor {
  private readonly write: (message: Message) => void;
  private readonly lifeCycle = new LifeCycle();
  private readonly replay = new Replay();
  private readonly leftAlone: LeftAlone;
  private readonly asked = new Map<string | number, Asked>();
  /** Requests of threads to the client, by the number that the client knows. */
  private readonly askedOfClient = new Map<number, { readonly thread: ServingThread; readonly id: string | number }>();
  private clientRequests = 0;
  private main: ServingThread;
  private beside: ServingThread | undefined;
  /** The document that the thread beside the main one was not given. */
  private withheld: string | undefined;
  private failures = 0;
  private lastMessage = 0;
  private timer: NodeJS.Timeout | undefined;
  private isEnding = false;

  constructor(
    private readonly start: (events: ThreadEvents) => MessageThread,
    write: (message: Message) => void,
    private readonly machine: Machine,
    private readonly limits: SupervisorLimits = LIMITS,
  ) {
    this.write = (message) => write(fittedMessage(message));
    this.leftAlone = new LeftAlone(this.write);
    this.main = this.newThread(true);
  }

  /** A message of the client. */
  take(message: Message): void {
    this.lastMessage = this.machine.now();
    this.watch();
    if (typeof message !== 'object' || message === null) {
      // No message at all: the thread says so.
      this.main.send(message);
      return;
    }
    const { method, id } = message as Partial<RequestMessage>;
    if (typeof method !== 'string') {
      this.answered(message as ResponseMessage);
      return;
    }
    const isRequest = id !== undefined && id !== null;
    const refusal = this.lifeCycle.take(method);
    // Notifications get no answer: they are dropped.
    if (refusal) {
      if (isRequest) this.write({ jsonrpc: '2.0', id, error: refusal } as ResponseMessage);
    } else if (isRequest) this.request(message as RequestMessage);
    else this.notified(message as NotificationMessage);
  }

  /** Ends all threads. */
  stop(): void {
    clearInterval(this.timer);
    this.main.end();
    this.beside?.end();
  }

  private get exitCode(): number {
    return this.lifeCycle.isShutDown ? 0 : 1;
  }

  /** Nothing more comes from the client. */
  closed(): void {
    if (!this.isEnding) this.machine.exit(1);
    // What is written still, the answer to `shutdown` first of all, is let through.
    else setTimeout(() => this.machine.exit(this.exitCode), this.limits.busy);
  }

  private request(message: RequestMessage): void {
    if (message.method === 'initialize') this.replay.note(message.method, message.params);
    if (message.method === 'shutdown') this.isEnding = true;
    const uri = uriIn(message.params);
    if (uri !== undefined && this.leftAlone.has(uri)) {
      this.write(this.leftAlone.answer(message));
      return;
    }
    const asked = { message, uri, at: this.machine.now(), givenTo: new Set<ServingThread>() };
    if (message.id !== null) this.asked.set(message.id, asked);
    this.give(asked, this.main);
    if (this.beside && isForBoth(asked)) this.give(asked, this.beside);
  }

  private give(asked: Asked, thread: ServingThread): void {
    asked.givenTo.add(thread);
    thread.send(asked.message);
  }

  private notified(message: NotificationMessage): void {
    const { method, params } = message;
    this.replay.note(method, params);
    const uri = uriIn(params);
    if (uri !== undefined && this.leftAlone.has(uri)) {
      if (method === 'textDocument/didClose') this.leftAlone.release(uri);
      else if (method === 'textDocument/didOpen' || method === 'textDocument/didSave') {
        this.leftAlone.release(uri);
        for (const opening of this.replay.opening(uri)) this.main.send(opening);
      }
      return;
    }
    if (method === 'exit') this.exit();
    this.main.send(message);
    if (uri === undefined || uri !== this.withheld) this.beside?.send(message);
  }

  /** The thread ends the process, as the protocol asks; where it is busy, nobody waits for it. */
  private exit(): void {
    this.isEnding = true;
    setTimeout(() => this.machine.exit(this.exitCode), this.limits.busy).unref();
  }

  private answered(message: ResponseMessage): void {
    const known = this.askedOfClient.get(message.id as number);
    if (!known) {
      // No message at all, or an answer to nothing: the thread says what is wrong with it.
      if (message.id === undefined || !this.askedOfClient.size) this.main.send(message);
      return;
    }
    this.askedOfClient.delete(message.id as number);
    known.thread.send({ ...message, id: known.id });
  }

  private newThread(isFirst: boolean): ServingThread {
    const thread: ServingThread = new ServingThread(this.start, this.machine, {
      message: (message) => this.said(thread, message),
      ended: (code, error) => this.ended(thread, code, error),
    });
    if (isFirst) return thread;
    this.withheld = this.main.subject;
    const initialize = [...this.asked.values()].find(({ message }) => message.method === 'initialize');
    const { initialParams } = this.replay;
    if (initialize) this.give(initialize, thread);
    else if (initialParams)
      thread.initialize(
        initialParams,
        this.replay.notifications((uri) => !this.leftAlone.has(uri) && uri !== this.withheld),
      );
    return thread;
  }

  private said(thread: ServingThread, message: Message): void {
    const { method, id, params } = message as RequestMessage;
    if (method === undefined) {
      const asked = this.asked.get(id ?? '');
      // The other thread was faster, or nobody waits any more.
      if (!asked?.givenTo.has(thread)) return;
      this.asked.delete(id!);
      this.failures = 0;
      if ((message as ResponseMessage).error === undefined) this.replay.noteAnswered(asked.message);
      this.write(message);
    } else if (id !== undefined) {
      if (method === 'client/registerCapability' && thread.isReplayed) {
        // The thread before it has registered the same.
        thread.send({ jsonrpc: '2.0', id, result: null });
        return;
      }
      const number = ++this.clientRequests;
      this.askedOfClient.set(number, { thread, id: id! });
      this.write({ ...message, id: number } as RequestMessage);
    } else {
      if (method === 'textDocument/publishDiagnostics' && this.leftAlone.has(uriIn({ textDocument: params }) ?? ''))
        return;
      if (method === '$/progress') noteProgress(thread.progress, params);
      this.write(message);
    }
  }

  /** A thread ended by itself: at `exit`, or because it ran out of memory or failed. */
  private ended(thread: ServingThread, code: number, error: Error | undefined): void {
    if (this.isEnding || error === undefined) {
      this.machine.exit(code);
      return;
    }
    if (++this.failures > MOST_FAILURES) {
      this.log(`the server ended ${this.failures} times: ${error.message}`);
      this.machine.exit(1);
      return;
    }
    const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.replace(thread, isMemory ? TOO_MUCH_MEMORY : `failed: ${error.message}`);
  }

  /** Asks for signs of life, and acts where none came. */
  private beat(): void {
    const { busy, hung, memory } = this.limits;
    for (const thread of [this.main, this.beside]) {
      if (!thread) continue;
      const silent = thread.silence();
      const isStarved = thread.share() < STARVED && silent < hung * MOST_STARVED;
      if (silent > hung && !isStarved) this.replace(thread, `took more than ${Math.round(hung / 1000)} seconds`);
      else if (silent > busy && this.machine.memory() > memory) this.replace(thread, TOO_MUCH_MEMORY);
      else thread.ask();
    }
    if (this.beside && this.main.silence() === 0) {
      // It came back: whatever the other one was given it was given, too.
      this.beside.end();
      this.beside = undefined;
    }
    if (!this.beside && this.main.silence() > busy && this.othersWait()) {
      this.beside = this.newThread(false);
      for (const asked of this.asked.values())
        if (isForBoth(asked) && asked.uri !== this.main.subject) this.give(asked, this.beside);
    }
    const isQuiet = this.machine.now() - this.lastMessage > WATCHED && this.asked.size === 0;
    if (isQuiet && this.main.silence() === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private watch(): void {
    this.timer ??= setInterval(() => this.beat(), this.limits.beat);
    this.main.ask();
  }

  private othersWait(): boolean {
    const now = this.machine.now();
    const { subject } = this.main;
    for (const asked of this.asked.values())
      if (isForBoth(asked) && asked.uri !== subject && now - asked.at >= this.limits.beat) return true;
    return false;
  }

  /** Ends a thread and leaves alone what it was working on; another takes over what it was asked. */
  private replace(thread: ServingThread, why: string): void {
    thread.end();
    this.endProgress(thread);
    const { subject } = thread;
    if (subject !== undefined) this.leftAlone.add(subject, why);
    else this.log(`a thread of the server ${why}; another takes over`);
    const isBeside = thread === this.beside;
    const next = isBeside ? this.main : (this.beside ?? this.newThread(false));
    this.beside = undefined;
    this.main = next;
    if (isBeside && subject !== undefined) {
      next.send({ jsonrpc: '2.0', method: 'textDocument/didClose', params: { textDocument: { uri: subject } } });
      return;
    }
    const { following } = this.replay;
    if (following && !isBeside) next.send(following);
    for (const [number, { thread: asker }] of this.askedOfClient)
      if (asker === thread) this.askedOfClient.delete(number);
    for (const [id, asked] of this.asked) {
      if (asked.uri !== undefined && this.leftAlone.has(asked.uri)) {
        this.asked.delete(id);
        this.write(this.leftAlone.answer(asked.message));
      } else if (asked.givenTo.has(next)) continue;
      else if (isForBoth(asked) && subject !== undefined) this.give(asked, next);
      else {
        this.asked.delete(id);
        const error = {
          code: ErrorCodes.InternalError,
          message: 'ended, as another document took too long; ask again',
        };
        this.write({ jsonrpc: '2.0', id, error } as ResponseMessage);
      }
    }
  }

  private endProgress({ progress }: ServingThread): void {
    for (const token of progress)
      this.write({
        jsonrpc: '2.0',
        method: '$/progress',
        params: { token, value: { kind: 'end' } },
      } as NotificationMessage);
  }

  private log(text: string): void {
    const params = { type: MessageType.Error, message: `Overlint: ${text}` };
    this.write({ jsonrpc: '2.0', method: 'window/logMessage', params } as NotificationMessage);
  }
}

/** The document that a message is about, where it is about one. */
function uriIn(params: unknown): string | undefined {
  const { textDocument, uri } = (params ?? {}) as { textDocument?: { uri?: unknown }; uri?: unknown };
  const found = textDocument?.uri ?? uri;
  return typeof found === 'string' ? found : undefined;
}

function noteProgress(progress: Set<string | number>, params: unknown): void {
  const { token, value } = params as { token: string | number; value?: { kind?: string } };
  if (value?.kind === 'begin') progress.add(token);
  else if (value?.kind === 'end') progress.delete(token);
}

/** What only asks about a document may be asked of two threads. */
function isForBoth({ uri, message }: Asked): boolean {
  return uri !== undefined && /^textDocument\/|^overlint\/\w+At$/.test(message.method);
}
