import { openapi, type SpecName } from './openapi.ts';
import { hasReference } from '../base/reference.ts';

/** Changes an answer on its way: for what the simulator never says. Undefined leaves it as it is. */
export type Tamper = (path: string, body: unknown) => unknown;

/** A `fetch` that compares each call to one API of Atlassian, both ways, with the service's own description. */
export interface CheckedFetch {
  readonly fetch: typeof fetch;
  /** What did not fit. */
  readonly problems: string[];
  /** Every call to the API, as `METHOD /path` from its version on, queries left out. */
  readonly calls: string[];
  /** Whether answers are compared too: not while a fault is played, which no service describes. */
  checkAnswers: boolean;
  /** Called after each answer to such a call, before the caller has it; what it returns is the answer instead. */
  after: ((call: string) => unknown) | undefined;
  tamper: Tamper | undefined;
  /**
   * Answers a call in place of the service, which does not see it: what it throws is what `fetch` rejects with. Undefined
   * lets the service answer.
   */
  instead: ((call: string) => Response | undefined) | undefined;
}

/** The paths of each API: what its description has before the version, and from the version on. */
const bases: Readonly<Record<SpecName, RegExp>> = {
  'jsm-operations': /^\/jsm\/ops(\/api\/[^/]+)(\/v1\/.*)$/,
  'jira-cloud-platform-v3': /(\/rest\/api)(\/3\/.*)$/,
};

/** Without the description beside the checkout it passes everything on unchecked. */
export function checkedFetch(name: SpecName = 'jsm-operations'): CheckedFetch {
  const description = hasReference(`specs/${name}.openapi.json`) ? openapi(name) : undefined;
  const checked: CheckedFetch = {
    fetch: send,
    problems: [],
    calls: [],
    checkAnswers: true,
    after: undefined,
    tamper: undefined,
    instead: undefined,
  };

  async function send(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const [, cloud = '', path = ''] = bases[name].exec(url.pathname) ?? [];
    const method = init?.method ?? 'GET';
    const response = (path === '' ? undefined : checked.instead?.(`${method} ${path}`)) ?? (await fetch(input, init));
    if (path === '') return response;
    const text = await response.text();
    if (description !== undefined) {
      const sent = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
      checked.problems.push(...description.validateRequest(method, `${cloud}${path}`, url.searchParams, sent));
      if (checked.checkAnswers) {
        const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
        const body = isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined;
        checked.problems.push(...description.validateResponse(method, `${cloud}${path}`, response.status, body));
      }
    }
    checked.calls.push(`${method} ${path}`);
    const other = await checked.after?.(`${method} ${path}`);
    if (other instanceof Response) return other;
    const tampered = text === '' || !response.ok ? undefined : checked.tamper?.(path, JSON.parse(text) as unknown);
    const { status, headers } = response;
    return new Response(status === 204 ? null : tampered === undefined ? text : JSON.stringify(tampered), {
      status,
      headers: withoutLength(headers),
    });
  }
  return checked;
}

function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  copy.delete('content-encoding');
  return copy;
}
