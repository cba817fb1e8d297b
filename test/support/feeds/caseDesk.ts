import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { headless, type Headless, type HeadlessOptions } from '../vscode/headless.ts';

/** A request as a case sees it. */
export interface CaseRequest {
  readonly method: string;
  readonly url: URL;
  /** The body as it was sent; empty without one. */
  readonly body: string;
}

export interface CaseAnswer {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; as it is where it is text. */
  readonly body: unknown;
}

/** Dr. DRE with services that answer as a case says. Addresses that a case does not name are not found. */
export interface CaseDesk extends Headless {
  readonly requests: readonly CaseRequest[];
  stop(): Promise<void>;
}

const cloudId = '11111111-2222-4333-8444-555555555555';

export async function caseDesk(
  answer: (request: CaseRequest) => CaseAnswer | undefined,
  options: HeadlessOptions & { readonly at?: number } = {},
): Promise<CaseDesk> {
  const simulator: Simulator = await startSimulator({
    services: [],
    speed: 0,
    startAt: options.at,
  });
  const requests: CaseRequest[] = [];
  const send = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const request = { method: init?.method ?? 'GET', url, body: typeof init?.body === 'string' ? init.body : '' };
    requests.push(request);
    if (url.pathname === '/_edge/tenant_info') return Promise.resolve(Response.json({ cloudId }));
    const { status = 200, headers = {}, body } = answer(request) ?? { status: 404, body: { message: 'Not Found' } };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } }));
  };
  const dre = headless(simulator, { fetch: send, ...options });
  return {
    ...dre,
    requests,
    async stop() {
      dre.dispose();
      await simulator.stop();
    },
  };
}
