import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, SimService } from './service.ts';
import { twistAnswer, writeForEver } from './twists.ts';

// What all services share: an origin each, faults played before the service sees a request, and a record of requests.

/** One request that reached a service. Never holds a credential, only whether there was one. */
export interface RequestRecord {
  /** World time, epoch milliseconds. */
  readonly at: number;
  readonly service: string;
  readonly method: string;
  /** Path and query; the value of a `token` parameter is left out. */
  readonly path: string;
  /** 0 while no answer was begun, and when the connection was dropped without one. */
  readonly status: number;
  /** Whether there was an `Authorization` header. */
  readonly authorization: boolean;
}

/** A service on its own loopback origin. */
export interface Origin {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly address: string;
  /** Serves another instance at the same address from now on: after a reset. */
  serve(service: SimService): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** The faults that are still to come, with what is left of `times`. */
  faults(): readonly Fault[];
  requests(): readonly RequestRecord[];
  resetRequests(): void;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}

/** Larger than any request that a client of ours has a reason to send. */
const maxBodyBytes = 8 * 1024 * 1024;
/** A simulator that runs for days must not grow without end. */
const maxRecords = 100_000;
const defaultDelayMs = 2_000;
const defaultRetryAfterSeconds = 5;

class TooLarge extends Error {}

interface ActiveFault {
  readonly fault: Fault;
  left: number;
}

interface Recorded {
  record: RequestRecord;
  /** Until the answer is over. */
  response: ServerResponse | undefined;
}

/** Starts a service on a port that the system chooses. `name` is how faults and the record of requests know it. */
export async function startOrigin(name: string, first: SimService, now: () => number): Promise<Origin> {
  let service = first;
  let active: ActiveFault[] = [];
  let recorded: Recorded[] = [];
  let address = '';
  const stopped = new AbortController();

  const server = createServer((request, response) => {
    response.on('error', () => response.destroy());
    answer(request, response).catch((error: unknown) => {
      if (!(error instanceof TooLarge)) console.error(`${name}: ${request.method} ${request.url}`, error);
      failed(response, error instanceof TooLarge ? 413 : 500);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    if (!URL.canParse(target, address)) {
      plain(response, 400, 'Bad request target');
      return;
    }
    const url = new URL(target, address);
    remember(request, response, url);
    const body = await readBody(request);
    const method = request.method ?? 'GET';
    const fault = takeFault(`${method} ${url.pathname}${url.search}`);
    const isEmptied = fault?.kind === 'empty';
    const { headers } = request;
    const real = (): void | Promise<void> => service.handle({ method, url, headers, body, isEmptied }, response);
    if (fault === undefined || (isEmptied && service.signs === true)) await real();
    else await play(fault, headers, response, real, stopped.signal);
  }

  function takeFault(line: string): Fault | undefined {
    const found = active.find(({ fault }) => fault.match === undefined || new RegExp(fault.match).test(line));
    if (found === undefined) return undefined;
    found.left -= 1;
    active = active.filter(({ left }) => left > 0);
    return found.fault;
  }

  function remember(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const shown = new URL(url);
    if (shown.searchParams.has('token')) shown.searchParams.delete('token');
    const entry: Recorded = {
      record: {
        at: now(),
        service: name,
        method: request.method ?? 'GET',
        path: `${shown.pathname}${shown.search}`,
        status: 0,
        authorization: request.headers.authorization !== undefined,
      },
      response,
    };
    response.once('close', () => {
      entry.record = withStatus(entry.record, response);
      entry.response = undefined;
    });
    if (recorded.length >= maxRecords) recorded = recorded.slice(maxRecords / 2);
    recorded.push(entry);
  }

  address = await listen(server);
  return {
    address,
    serve: (next) => void (service = next),
    addFault: (fault) => void active.push({ fault, left: fault.times ?? Infinity }),
    clearFaults: () => void (active = []),
    faults: () => active.map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left })),
    requests: () =>
      recorded.map(({ record, response }) => (response === undefined ? record : withStatus(record, response))),
    resetRequests: () => void (recorded = []),
    stop: () => {
      stopped.abort();
      service.dispose();
      return close(server);
    },
  };
}

/** Starts listening on loopback, on a port that the system chooses; gives the origin. */
export function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** Closes the port and every connection that is still open. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The whole body; an error above the cap. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBodyBytes) throw new TooLarge(`The body is over ${maxBodyBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function withStatus(record: RequestRecord, response: ServerResponse): RequestRecord {
  return response.headersSent ? { ...record, status: response.statusCode } : record;
}

async function play(
  fault: Fault,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
  real: () => void | Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case 'outage':
      response.destroy();
      return;
    case 'slow':
      await pause(fault.delayMs ?? defaultDelayMs, response, stopped);
      if (!response.destroyed) await real();
      return;
    case 'unauthorized': {
      json(response, 401, { code: 401, message: 'Unauthorized' });
      return;
    }
    case 'forbidden': {
      json(response, 403, { code: 403, message: 'Forbidden' });
      return;
    }
    case 'notFound': {
      json(response, 404, { code: 404, message: 'Not Found' });
      return;
    }
    case 'rateLimited':
      response.setHeader('retry-after', `${fault.retryAfterSeconds ?? defaultRetryAfterSeconds}`);
      {
        json(response, 429, { code: 429, message: 'Rate limit exceeded' });
        return;
      }
    case 'server':
      response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!doctype html><html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>',
      );
      return;
    case 'unavailable': {
      plain(response, 503, 'Service Unavailable');
      return;
    }
    case 'truncated':
      cutInHalf(response);
      return real();
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('\u0001{"half": <garbage/>');
      return;
    case 'wrongShape': {
      json(response, 200, { values: 'several', issues: { count: 'some' }, ok: 'perhaps', unexpected: [[null]] });
      return;
    }
    case 'proxySignIn':
      response.setHeader('proxy-authenticate', 'Basic realm="proxy"');
      plain(response, 407, 'Proxy Authentication Required');
      return;
    case 'portal':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><html><head><title>Hotel</title></head><body><form>Your room?</form></body></html>');
      return;
    case 'redirect':
      response.writeHead(302, { location: 'https://portal.hotel.example/login?from=here' }).end();
      return;
    case 'echo': {
      json(response, 400, { message: Object.values(headers).join(' '), headers });
      return;
    }
    case 'empty':
    case 'manyRows':
    case 'endlessPages':
      twistAnswer(response, fault.kind, fault);
      return real();
    case 'endlessPage':
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      return writeForEver(response, '{"values":[7', ',7', stopped);
    case 'endlessLine':
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return writeForEver(response, 'event: State\ndata: ', 'x', stopped);
  }
}

/** The answer is promised whole, sent half, and the connection closed. A stream is cut within its first piece. */
function cutInHalf(response: ServerResponse): void {
  const begin = response.writeHead.bind(response) as (status: number, headers: Record<string, unknown>) => void;
  const write = response.write.bind(response) as (part: Buffer, sent: () => void) => boolean;
  let status = 0;
  let headers: Record<string, unknown> = {};
  const cut = (chunk: unknown, length: 'content-length' | undefined): ServerResponse => {
    const bytes = Buffer.from(chunk instanceof Uint8Array ? chunk : typeof chunk === 'string' ? chunk : '');
    const sized = length === undefined ? headers : { ...headers, [length]: bytes.length };
    begin(status === 0 ? response.statusCode : status, sized);
    write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return response;
  };
  response.writeHead = (code: number, ...more: unknown[]) => {
    status = code;
    headers = { ...(more.findLast((part) => typeof part === 'object') as Record<string, unknown> | undefined) };
    return response;
  };
  response.write = (chunk: unknown) => {
    if (!response.headersSent) cut(chunk, undefined);
    return true;
  };
  response.end = (chunk?: unknown) => {
    if (!response.headersSent) cut(chunk, 'content-length');
    return response;
  };
}

function pause(ms: number, response: ServerResponse, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once('close', done);
    stopped.addEventListener('abort', done);
  });
}

function failed(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else plain(response, status, status === 413 ? 'Body too large' : 'The simulator failed: see its standard error');
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text);
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
