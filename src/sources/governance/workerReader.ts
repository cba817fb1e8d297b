import { Worker } from 'node:worker_threads';
import { fail } from '../../domain/base/result.ts';
import type { ProposalsAnswer, Canister, CanisterReader, Connection, Query } from './reader.ts';
import type { CarriedRequest, CarriedResponse, FromWorker, ToWorker } from './workerMessages.ts';

export interface WorkerReaderOptions {
  /** The path of the worker, which is `worker.ts` bundled. */
  readonly file: string;
  /** Called when the worker had to be ended. */
  readonly log: (line: string) => void;
  /**
   * So long after its last answer the worker ends, milliseconds. Longer than the pause between two polls of a watched
   * view.
   */
  readonly idleMs?: number;
  /** A worker that says nothing for so long while nothing is carried for it is stuck, milliseconds. */
  readonly stuckAfterMs?: number;
}

interface PendingQuery {
  readonly connection: Connection;
  readonly query: Query;
  readonly resolve: (answer: ProposalsAnswer) => void;
}

/**
 * Queries the canister on a thread of its own, started at the first query and ended when it is idle. A thread
 * that ends or hangs fails the queries that it has; the next one starts another. Where none can be started at all,
 * this thread does the work.
 */
export class WorkerReader implements CanisterReader {
  readonly #options: Required<WorkerReaderOptions>;
  #thread: Thread | undefined;
  #calls = 0;

  constructor(options: WorkerReaderOptions) {
    this.#options = { idleMs: 3 * 60_000, stuckAfterMs: 60_000, ...options };
  }

  /** Whether a thread is there. */
  get running(): boolean {
    return this.#thread !== undefined;
  }

  open(connection: Connection): Canister {
    const call = ++this.#calls;
    return {
      query: (query) => new Promise((resolve) => this.#query(call, { connection, query, resolve })),
      close: () => this.#thread?.close(call),
    };
  }

  /** Ends the thread. Queries that it still has fail. */
  dispose(): void {
    this.#thread?.end(undefined);
  }

  #query(call: number, pending: PendingQuery): void {
    try {
      this.#started().query(call, pending);
    } catch (cause) {
      this.#options.log(`no thread that reads proposals: ${String(cause)}`);
      void here(pending).then(pending.resolve);
    }
  }

  #started(): Thread {
    return (this.#thread ??= new Thread(this.#options, (thread) => {
      if (this.#thread === thread) this.#thread = undefined;
    }));
  }
}

/** One run of the worker. */
class Thread {
  readonly #worker: Worker;
  readonly #options: Required<WorkerReaderOptions>;
  readonly #onEnd: (thread: Thread) => void;
  readonly #pending = new Map<number, PendingQuery>();
  readonly #connections = new Map<number, Connection>();
  #ids = 0;
  #carrying = 0;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Required<WorkerReaderOptions>, onEnd: (thread: Thread) => void) {
    this.#options = options;
    this.#onEnd = onEnd;
    // It needs neither the flags nor the environment (with its tokens) of the extension host.
    this.#worker = new Worker(options.file, { name: 'Dr. DRE governance', execArgv: [], env: {} });
    // A test or a host that has nothing else to do may end.
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (cause) => this.end(`ended: ${String(cause)}`));
    this.#worker.on('exit', (code) => this.end(`ended with code ${code}`));
  }

  query(call: number, pending: PendingQuery): void {
    const id = ++this.#ids;
    this.#pending.set(id, pending);
    this.#connections.set(call, pending.connection);
    const { host, canister, ownRootKey, memory, now } = pending.connection;
    const endpoint = { host, canister, ownRootKey };
    this.#send({ kind: 'query', id, call, endpoint, now: now(), memory, query: pending.query });
    this.#wait();
  }

  close(call: number): void {
    if (this.#connections.delete(call)) this.#send({ kind: 'close', call });
  }

  /** Ends it, for a reason that is logged or because nobody needs it any more. */
  end(reason: string | undefined): void {
    clearTimeout(this.#timer);
    this.#worker.removeAllListeners();
    // An error while it ends has no listener any more.
    this.#worker.on('error', () => undefined);
    void this.#worker.terminate();
    this.#onEnd(this);
    const left = [...this.#pending.values()];
    this.#pending.clear();
    if (reason !== undefined) this.#options.log(`the thread that reads proposals ${reason}`);
    for (const pending of left) {
      // It failed before it was loaded, so not because of an answer: threads do not work here.
      if (reason !== undefined && !this.#ready) void here(pending).then(pending.resolve);
      else pending.resolve(fail({ kind: 'malformed', detail: 'reading it ended too early', cause: reason ?? 'ended' }));
    }
  }

  #send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        break;
      case 'answered': {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (pending !== undefined) {
          Object.assign(pending.connection.memory, message.memory);
          pending.resolve(message.answer);
        }
        break;
      }
      case 'carry':
        void this.#carry(message.id, this.#connections.get(message.call), message.request);
        break;
    }
    this.#wait();
  }

  async #carry(id: number, connection: Connection | undefined, request: CarriedRequest): Promise<void> {
    this.#carrying++;
    const response = connection === undefined ? undefined : await carried(connection.fetch, request);
    this.#carrying--;
    this.#send({ kind: 'carried', id, response }, response === undefined ? [] : [response.body]);
    this.#wait();
  }

  /** Ends it when it is stuck, or not needed for a while. What is carried has time limits of its own. */
  #wait(): void {
    clearTimeout(this.#timer);
    const { idleMs, stuckAfterMs } = this.#options;
    if (this.#pending.size === 0) this.#timer = setTimeout(() => this.end(undefined), idleMs);
    else if (this.#carrying === 0) this.#timer = setTimeout(() => this.end('is stuck'), stuckAfterMs);
    this.#timer?.unref();
  }
}

async function carried(carry: typeof fetch, request: CarriedRequest): Promise<CarriedResponse | undefined> {
  try {
    const { url, method, headers, body } = request;
    const list = headers.map(([name, value]): [string, string] => [name, value]);
    const response = await carry(url, { method, headers: list, body: body ?? null });
    const { status, statusText } = response;
    return { status, statusText, headers: [...response.headers], body: await response.arrayBuffer() };
  } catch {
    // The carrier keeps what went wrong; the thread only needs that there is no answer.
    return undefined;
  }
}

async function here({ connection, query }: PendingQuery): Promise<ProposalsAnswer> {
  const { readerHere } = await import('./canister.ts');
  return readerHere.open(connection).query(query);
}
