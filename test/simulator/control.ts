import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, json, listen, readBody } from './server.ts';
import type { Fault, FaultKind } from './service.ts';
import type { ServiceName, Simulator } from './simulator.ts';
import type { WorldOptions } from './world.ts';

// The address by which tests in other processes, and people, control the simulator. JSON in, JSON out:
//   GET /state                                      what the world is, the addresses, the faults to come, how many
// requests   POST /fault {service, kind, match?, times?, …}  plays a fault (service.ts); DELETE /fault?service= ends
// them   POST /switch {service, name, value}             turns a service's switch   POST /advance {ms}, POST /speed
// {speed}         the clock   GET /requests?service=, DELETE /requests        the record of requests   POST /reset
// {seed?, size?, startAt?, speed?}    the same addresses, a new world (startAt: epoch ms or ISO text)

type Steered = Omit<Simulator, 'control' | 'stop'>;
type Fields = Readonly<Record<string, unknown>>;

const faultKinds: Readonly<Record<FaultKind, true>> = {
  outage: true,
  slow: true,
  unauthorized: true,
  forbidden: true,
  notFound: true,
  rateLimited: true,
  server: true,
  unavailable: true,
  truncated: true,
  garbage: true,
  wrongShape: true,
  proxySignIn: true,
  portal: true,
  redirect: true,
  echo: true,
  empty: true,
  manyRows: true,
  endlessPages: true,
  endlessPage: true,
  endlessLine: true,
};

/** Starts the control address. */
export async function startControl(simulator: Steered): Promise<{ address: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response, simulator).catch((error: unknown) => {
      json(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  const address = await listen(server);
  return { address, stop: () => close(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, simulator: Steered): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://control');
  const service = (url.searchParams.get('service') ?? undefined) as ServiceName | undefined;
  const fields = fieldsOf(await readBody(request));
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /state': {
      json(response, 200, state(simulator));
      return;
    }
    case 'GET /requests': {
      json(response, 200, simulator.requests(service));
      return;
    }
    case 'DELETE /requests':
      simulator.resetRequests();
      break;
    case 'POST /fault':
      simulator.fault(serviceIn(fields), faultIn(fields));
      break;
    case 'DELETE /fault':
      simulator.clearFaults(service);
      break;
    case 'POST /switch':
      simulator.switch(serviceIn(fields), textIn(fields, 'name'), fields['value']);
      break;
    case 'POST /advance':
      simulator.advance(numberIn(fields, 'ms') ?? missing('ms'));
      break;
    case 'POST /speed':
      simulator.setSpeed(numberIn(fields, 'speed') ?? missing('speed'));
      break;
    case 'POST /reset':
      simulator.reset(worldIn(fields));
      break;
    default: {
      json(response, 404, { error: `No ${request.method} ${url.pathname} here` });
      return;
    }
  }
  json(response, 200, state(simulator));
}

function state(simulator: Steered): unknown {
  const world = simulator.world();
  const counts: Record<string, number> = {};
  for (const { service } of simulator.requests()) counts[service] = (counts[service] ?? 0) + 1;
  return {
    now: world.now(),
    iso: new Date(world.now()).toISOString(),
    seed: world.seed,
    size: world.size ?? null,
    speed: world.speed,
    startAt: world.startAt,
    addresses: simulator.addresses,
    faults: simulator.faults(),
    requests: counts,
  };
}

function fieldsOf(body: Buffer): Fields {
  if (body.length === 0) return {};
  const value: unknown = JSON.parse(body.toString());
  if (typeof value !== 'object' || value === null) throw new Error('The body is not an object');
  return value as Fields;
}

function missing(name: string): never {
  throw new Error(`${name} is missing`);
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : missing(name);
}

function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} is not a number`);
  return value;
}

/** The simulator itself says whether there is such a service. */
function serviceIn(fields: Fields): ServiceName {
  return textIn(fields, 'service') as ServiceName;
}

function faultIn(fields: Fields): Fault {
  const kind = textIn(fields, 'kind');
  if (!Object.hasOwn(faultKinds, kind)) throw new Error(`No such fault: ${kind}`);
  const match = fields['match'] === undefined ? undefined : new RegExp(textIn(fields, 'match')).source;
  const times = numberIn(fields, 'times');
  const delayMs = numberIn(fields, 'delayMs');
  const retryAfterSeconds = numberIn(fields, 'retryAfterSeconds');
  return {
    kind: kind as FaultKind,
    match,
    times,
    delayMs,
    retryAfterSeconds,
  };
}

function worldIn(fields: Fields): WorldOptions {
  const startAt = typeof fields['startAt'] === 'string' ? Date.parse(fields['startAt']) : numberIn(fields, 'startAt');
  if (Number.isNaN(startAt)) throw new Error('startAt is not a date');
  const seed = numberIn(fields, 'seed');
  const size = numberIn(fields, 'size');
  const speed = numberIn(fields, 'speed');
  return {
    seed,
    size,
    speed,
    startAt,
  };
}
