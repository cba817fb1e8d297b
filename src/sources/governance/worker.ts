import { parentPort, type MessagePort } from 'node:worker_threads';
import { openCanister } from './canister.ts';
import type { Canister, Memory } from './reader.ts';
import type { CarriedResponse, FromWorker, ToWorker } from './workerMessages.ts';

// The thread that queries the canister (`WorkerReader` starts it). It has no network access of its own: the host sends
// each of its requests.

interface CanisterCall {
  readonly canister: Canister;
  readonly memory: Memory;
  /** By the clock of the extension host, at the last query. */
  now: number;
}

function serve(port: MessagePort): void {
  const calls = new Map<number, CanisterCall>();
  const carried = new Map<number, (response: CarriedResponse | undefined) => void>();
  let requests = 0;
  const send = (message: FromWorker): void => port.postMessage(message);

  function carry(call: number, request: Request, body: Uint8Array<ArrayBuffer>): Promise<CarriedResponse | undefined> {
    const id = ++requests;
    return new Promise((resolve) => {
      carried.set(id, resolve);
      const { url, method } = request;
      const content = body.byteLength === 0 ? undefined : body;
      send({ kind: 'carry', id, call, request: { url, method, headers: [...request.headers], body: content } });
    });
  }

  function open(id: number, { endpoint, memory, now }: ToWorker & { kind: 'query' }): CanisterCall {
    const fetchByHost: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const response = await carry(id, request, new Uint8Array(await request.arrayBuffer()));
      if (response === undefined) throw new Error('the request was not answered');
      const { status, statusText, headers, body } = response;
      const list = headers.map(([name, value]): [string, string] => [name, value]);
      return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers: list });
    };
    const call: CanisterCall = {
      now,
      memory,
      canister: openCanister({ ...endpoint, memory, fetch: fetchByHost, now: () => call.now }),
    };
    calls.set(id, call);
    return call;
  }

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'query': {
        const call = calls.get(message.call) ?? open(message.call, message);
        call.now = message.now;
        void call.canister
          .query(message.query)
          .then((answer) => send({ kind: 'answered', id: message.id, memory: call.memory, answer }));
        break;
      }
      case 'close':
        calls.delete(message.call);
        break;
      case 'carried':
        carried.get(message.id)?.(message.response);
        carried.delete(message.id);
        break;
    }
  });
  send({ kind: 'ready' });
}

if (parentPort !== null) serve(parentPort);
