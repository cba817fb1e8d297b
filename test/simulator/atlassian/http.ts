import type { SimPerson } from '../world.ts';

/** One answer. JSON unless `text` is given. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by whatever finds that the request cannot be served; becomes the answer. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`${reply.status} ${JSON.stringify(reply.body)}`);
    this.reply = reply;
  }
}

/** Which person calls, and with which of the simulator's tokens (world.ts). */
export interface Caller {
  readonly person: SimPerson;
  readonly token: 'classic' | 'scoped' | 'noOps';
}

/** A request that found its route. */
export interface Call {
  /** Undefined: nobody, where a service lets nobody in. */
  readonly caller: Caller | undefined;
  readonly method: string;
  /** Below the base, for example `/alerts`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the links in the answer begin with. */
  readonly base: string;
  param(name: string): string;
  /** The body as an object; refuses what is none. */
  body(): Fields;
  /** The body as it came, parsed; undefined for none. */
  json(): unknown;
}

export type Fields = Readonly<Record<string, unknown>>;
export type Handler = (call: Call) => Reply;
/** `GET /alerts/{id}` to what answers it. The first that matches wins. */
export type Routes = Readonly<Record<string, Handler>>;

export interface Found {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds a route; says `method` when only the path is known. */
export function createRouter(routes: Routes): (method: string, path: string) => Found | 'method' | undefined {
  const table = Object.entries(routes).map(([route, handler]) => {
    const [method = '', pattern = ''] = route.split(' ');
    return { method, parts: pattern.split('/'), handler };
  });
  return (method, path) => {
    const parts = path.split('/');
    let other = false;
    for (const route of table) {
      const params = match(route.parts, parts);
      if (params === undefined) continue;
      if (route.method === method) return { handler: route.handler, params };
      other = true;
    }
    return other ? 'method' : undefined;
  };
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (want.startsWith('{')) {
      if (part === '') return undefined;
      params[want.slice(1, -1)] = decoded(part);
    } else if (want !== part) return undefined;
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone percent sign is part of the name
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function ok(body: unknown, status = 200): Reply {
  return { status, body };
}

export const noContent: Reply = { status: 204 };
