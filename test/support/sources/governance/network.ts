import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Result } from '../../../../src/domain/base/result.ts';
import {
  createGovernance,
  type Governance,
  type GovernanceOptions,
} from '../../../../src/sources/governance/client.ts';
import { WorkerReader } from '../../../../src/sources/governance/workerReader.ts';
import type { Exchange } from '../../../../src/sources/http.ts';
import { createGovernanceService } from '../../../simulator/governance.ts';
import type { SimService } from '../../../simulator/service.ts';
import { World, writtenFor, type WorldOptions } from '../../../simulator/world.ts';
import { buildGovernanceWorker } from './worker.ts';
import { usePresentDate } from '../../base/testDate.ts';

export const canister = 'rrkah-fqaaa-aaaaa-aaaaq-cai';

/** Answers a request in place of the simulator; true when it did. */
type Fault = (path: string, response: ServerResponse) => boolean;

/** A simulated network on loopback, clients of it, and what they sent. */
export interface GovernanceNetwork {
  readonly world: World;
  readonly service: SimService;
  readonly host: string;
  /** Set by a test; `start` clears it. */
  fault: Fault | undefined;
  /** What the clients reported of their requests since `start`. */
  readonly exchanges: readonly Exchange[];
  /** The paths that were asked for since `start`. */
  readonly paths: readonly string[];
  /** Starts the network of a world whose time stands still. The test's end stops it. */
  start(options?: WorldOptions): Promise<void>;
  client(options?: Partial<GovernanceOptions>): Governance;
}

/** Declares the tests twice: answers are read on the thread of the test, then on a thread of their own. */
export function onBothThreads(tests: (network: GovernanceNetwork) => void): void {
  describe('on this thread', () => tests(declareNetwork(() => undefined)));
  describe('on a thread of its own', () => {
    usePresentDate();
    tests(declareNetwork((file) => new WorkerReader({ file, log: (line) => assert.fail(line) })));
  });
}

function declareNetwork(makeReader: (file: string) => WorkerReader | undefined): GovernanceNetwork {
  const network = new Network();
  before(() => network.open(makeReader));
  afterEach(() => network.stop());
  after(() => network.close());
  return network;
}

class Network implements GovernanceNetwork {
  fault: Fault | undefined;
  exchanges: Exchange[] = [];
  paths: string[] = [];
  #worker: ReturnType<typeof buildGovernanceWorker> | undefined;
  #reader: WorkerReader | undefined;
  #running: { readonly world: World; readonly service: SimService; readonly server: Server } | undefined;

  get world(): World {
    return this.#now.world;
  }

  get service(): SimService {
    return this.#now.service;
  }

  get host(): string {
    return `http://127.0.0.1:${(this.#now.server.address() as AddressInfo).port}`;
  }

  get #now(): { readonly world: World; readonly service: SimService; readonly server: Server } {
    if (this.#running === undefined) throw new Error('the network was not started');
    return this.#running;
  }

  open(makeReader: (file: string) => WorkerReader | undefined): void {
    this.#worker = buildGovernanceWorker();
    this.#reader = makeReader(this.#worker.file);
  }

  close(): void {
    this.#reader?.dispose();
    this.#worker?.remove();
  }

  async start(options: WorldOptions = {}): Promise<void> {
    const world = new World({ startAt: writtenFor, speed: 0, ...options });
    const service = createGovernanceService(world);
    this.fault = undefined;
    this.exchanges = [];
    this.paths = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://127.0.0.1');
        this.paths.push(url.pathname);
        if (this.fault?.(url.pathname, response) === true) return;
        const { method = 'GET', headers } = request;
        void service.handle({ method, url, headers, body: Buffer.concat(chunks), isEmptied: false }, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#running = { world, service, server };
  }

  client(options: Partial<GovernanceOptions> = {}): Governance {
    return createGovernance({
      host: this.host,
      canister,
      onExchange: (exchange) => this.exchanges.push(exchange),
      reader: this.#reader,
      ...options,
    });
  }

  async stop(): Promise<void> {
    if (this.#running === undefined) return;
    const { service, server } = this.#running;
    this.#running = undefined;
    service.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Answers with a status and a body, in place of the simulator. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, headers).end(body);
  return true;
}

/** The value of a result; the test fails if there is none. */
export function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) assert.fail(`${result.failure.kind}: ${result.failure.detail ?? ''} ${String(result.failure.cause)}`);
  return result.value;
}

/** The failure of a result; the test fails if there is none. */
export function failure(result: Result<unknown, Failure>): Failure {
  if (result.ok) assert.fail('it succeeded');
  return result.failure;
}
