/** The protocol's life cycle (LSP 3.17, "Server lifecycle"): what comes before `initialize` or behind `shutdown` is refused. */

/** Error codes of the protocol: ServerNotInitialized, and InvalidRequest of JSON-RPC. */
const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;

interface Refusal {
  readonly code: number;
  readonly message: string;
}

export class LifeCycle {
  private state: 'new' | 'running' | 'shut down' = 'new';

  get isShutDown(): boolean {
    return this.state === 'shut down';
  }

  /** Takes in a request or notification of the client; why it is refused, if it is. */
  take(method: string): Refusal | undefined {
    const refusal = this.refusalOf(method);
    if (refusal === undefined && method === 'initialize') this.state = 'running';
    if (refusal === undefined && method === 'shutdown') this.state = 'shut down';
    return refusal;
  }

  private refusalOf(method: string): Refusal | undefined {
    if (method === 'exit') return undefined;
    if (this.state === 'new')
      return method === 'initialize' ? undefined : { code: NOT_INITIALIZED, message: 'initialize comes first' };
    if (this.state === 'shut down') return { code: INVALID_REQUEST, message: 'the server was shut down' };
    return method === 'initialize' ? { code: INVALID_REQUEST, message: 'initialize comes once' } : undefined;
  }
}
