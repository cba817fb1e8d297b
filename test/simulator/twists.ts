import type { ServerResponse } from 'node:http';

// Answers that are as the service gives them, except for their length.

export type Twist = 'empty' | 'manyRows' | 'endlessPages';

/** Far more than any list has, and than a client may read. */
const manyRows = 1_000_000;
const row = '7';
/** Stands for the rows in the text of an answer: they are made as they are written. */
const manyRowsHere = '"a million rows"';
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
    const [before = '', after] = twisted.split(manyRowsHere);
    if (after === undefined) end(twisted);
    else void writeRows(response, before).then(() => end(after));
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
    // Each page names a next one, in every form that the services use.
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
  return twist === 'manyRows' ? [...list, JSON.parse(manyRowsHere)] : list;
}

const pieceBytes = 256 * 1024;

/** Writes the rows, and nothing before they are asked for. */
async function writeRows(response: ServerResponse, before: string): Promise<void> {
  const most = pieceBytes / 2;
  response.write(before);
  for (let left = manyRows; left > 0 && !response.destroyed; left -= most) {
    const count = Math.min(left, most);
    await writeWhenRead(response, `${row},`.repeat(count - 1) + (count === left ? row : `${row},`));
  }
}

/** Writes a beginning and then one piece again and again, as fast as it is read, until the connection is closed. */
export async function writeForEver(
  response: ServerResponse,
  beginning: string,
  piece: string,
  stopped: AbortSignal,
): Promise<void> {
  const pieces = piece.repeat(pieceBytes / piece.length);
  response.write(beginning);
  while (!response.destroyed && !stopped.aborted) await writeWhenRead(response, pieces);
}

/** Writes a text, and resolves when more may follow: when it was read, or in the next turn. */
async function writeWhenRead(response: ServerResponse, text: string): Promise<void> {
  if (response.write(text)) {
    await new Promise((resolve) => setImmediate(resolve));
    return;
  }
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
