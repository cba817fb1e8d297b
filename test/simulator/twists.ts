import type { ServerResponse } from 'node:http';

// Answers that are as the service gives them, but for their length.

export type Twist = 'empty' | 'manyRows' | 'endlessPages';

/** Far more than any list has, and than a client may read. */
const manyRows = 100_000;
/** The names under which services list their records. */
const listNames = ['values', 'issues', 'workflow_runs', 'rollouts', 'platformTeams'];

/** The first page that a fault of endless pages has seen: a service refuses places that it did not give. */
const firstPages = new WeakMap<object, string>();

/** The next JSON that the response gets is changed before it leaves. */
export function twistAnswer(response: ServerResponse, twist: Twist, fault: object): void {
  const writeHead = response.writeHead.bind(response) as (status: number, headers: Record<string, unknown>) => void;
  const end = response.end.bind(response) as (body?: string | Uint8Array) => void;
  let status = 200;
  let headers: Record<string, unknown> = {};
  response.writeHead = (code: number, ...more: unknown[]) => {
    status = code;
    headers = { ...(more.findLast((part) => typeof part === 'object') as Record<string, unknown> | undefined) };
    return response;
  };
  response.end = (chunk?: unknown) => {
    const text = typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : '';
    if (twist === 'endlessPages' && status === 200 && !firstPages.has(fault)) firstPages.set(fault, text);
    const again = status === 400 && twist === 'endlessPages' ? firstPages.get(fault) : undefined;
    if (again !== undefined) status = 200;
    const twisted = status === 200 ? twistedText(again ?? text, twist) : text;
    for (const name of Object.keys(headers)) {
      if (name.toLowerCase() === 'content-length') Reflect.deleteProperty(headers, name);
    }
    if (twist === 'endlessPages') headers['link'] = '<http://127.0.0.1/next>; rel="next"';
    writeHead(status, headers);
    end(twisted);
    return response;
  };
}

function twistedText(text: string, twist: Twist): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: nothing to change.
    return text;
  }
  if (Array.isArray(body)) return JSON.stringify(twisted(body, twist));
  if (typeof body !== 'object' || body === null) return text;
  const record = { ...body } as Record<string, unknown>;
  const name = listNames.find((each) => Array.isArray(record[each]));
  if (name === undefined) return text;
  record[name] = twisted(record[name] as unknown[], twist);
  if (twist === 'empty') {
    for (const total of ['count', 'total_count', 'total']) if (total in record) record[total] = 0;
  }
  if (twist === 'endlessPages') {
    // Each page names another one, by each of the ways of the services.
    const token = `${Math.ceil(Math.random() * 1_000_000)}`;
    if (name === 'values') {
      Object.assign(record, { links: { next: `/v1/x?offset=${token}&after=${token}` }, count: 1_000_000 });
    }
    if (name === 'issues') Object.assign(record, { nextPageToken: token, isLast: false });
  }
  return JSON.stringify(record);
}

function twisted(list: readonly unknown[], twist: Twist): readonly unknown[] {
  if (twist === 'empty') return [];
  return twist === 'manyRows' ? [...list, ...Array.from({ length: manyRows }, () => 7)] : list;
}

const pieceBytes = 256 * 1024;

/** Writes a line that does not end, as fast as it is read, until the connection is closed. */
export async function writeForEver(response: ServerResponse, stopped: AbortSignal): Promise<void> {
  const piece = 'x'.repeat(pieceBytes);
  response.write('event: State\ndata: ');
  while (!response.destroyed && !stopped.aborted) {
    if (response.write(piece)) await new Promise((resolve) => setImmediate(resolve));
    else {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
  }
}
