/** The protocol's life cycle (LSP 3.17, "Server lifecycle"): what comes before `initialize` or behind `shutdown` is refused. */
import { type Connection, type Message, ResponseError } from 'vscode-languageserver';

/** Error codes of the protocol: ServerNotInitialized, and InvalidRequest of JSON-RPC. */
const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;

/** The request that a refused one is handed on as; its handler answers with the error. */
const REFUSED = 'overlint/refused';

interface Refusal {
  readonly code: number;
  readonly message: string;
}

export class LifeCycle {
  private state: 'new' | 'running' | 'shut down' = 'new';

  /** For `createConnection`: sees every message before it is handled. */
  readonly messageStrategy = {
    handleMessage: (message: Message, next: (message: Message) => void): void => {
      const { method, id } = message as { method?: string; id?: number | string };
      // Answers to our own requests belong to no state.
      if (method === undefined) {
        next(message);
        return;
      }
      const refusal = this.refuses(method);
      if (refusal === undefined) {
        if (method === 'initialize') this.state = 'running';
        if (method === 'shutdown') this.state = 'shut down';
        next(message);
        return;
      }
      // Notifications get no answer: they are dropped.
      if (id !== undefined) next({ ...message, method: REFUSED, params: [refusal] } as Message);
    },
  };

  /** Answers what is refused. */
  answer(connection: Connection): void {
    connection.onRequest(REFUSED, ({ code, message }: Refusal) => new ResponseError(code, message));
  }

  private refuses(method: string): Refusal | undefined {
    if (method === 'exit') return undefined;
    if (this.state === 'new')
      return method === 'initialize' ? undefined : { code: NOT_INITIALIZED, message: 'initialize comes first' };
    if (this.state === 'shut down') return { code: INVALID_REQUEST, message: 'the server was shut down' };
    return method === 'initialize' ? { code: INVALID_REQUEST, message: 'initialize comes once' } : undefined;
  }
}
