import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import { createAtlassian, type Atlassian } from '../../../src/sources/atlassian/connection.ts';
import { createJira } from '../../../src/sources/atlassian/jira/client.ts';
import { createOps } from '../../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { alertDocument } from '../../../src/views/alerts/document.ts';
import { ticketDocument } from '../../../src/views/queue/document.ts';
import { valueOf } from '../sources/atlassianFixture.ts';
import { preview, type Shown } from './preview.ts';

// Documents from the wire: what a service answers over HTTP, read by the real client, as VS Code shows it.

/** A document as it is written and as it is shown. */
export interface ShownDocument extends Shown {
  readonly markdown: string;
}

export interface DocumentServices {
  /** The document of ticket DRE-1, whose answer has these fields besides the usual ones. */
  ticket(fields: Readonly<Record<string, unknown>>): Promise<ShownDocument>;
  /** The document of an alert, whose answer has these fields besides the usual ones. */
  alert(fields: Readonly<Record<string, unknown>>): Promise<ShownDocument>;
}

const from = { now: Date.UTC(2026, 7, 26, 13, 50, 11), timeZone: 'UTC' };
const alertId = '00000000-0000-4000-8000-000000000001-1787752140001';

/** Starts services before the tests of a `describe` and stops them after them. */
export function documentServices(): DocumentServices {
  let fields: Readonly<Record<string, unknown>> = {};
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answerTo(pathname, fields)));
  });
  let connection: Atlassian;
  let siteUrl = '';
  before(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    connection = createAtlassian({
      http: createHttp({ fetch, now: Date.now }),
      site: new URL(siteUrl),
      apiUrl: new URL(siteUrl),
      credentials: () => Promise.resolve({ email: 'dana@example.com', token: 'token' }),
      log: () => undefined,
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const shown = (markdown: string): ShownDocument => ({ markdown, ...preview(markdown) });
  return {
    async ticket(answered) {
      fields = answered;
      const ticket = valueOf(await createJira(connection).getIssue('DRE-1'));
      return shown(serialise(ticketDocument('DRE-1', { ticket, reading: false, failure: undefined }, from, siteUrl)));
    },
    async alert(answered) {
      fields = answered;
      const { alerts } = valueOf(await createOps(connection, Date.now).listAlerts({ query: 'status: open' }));
      return shown(serialise(alertDocument({ id: alertId, listed: alerts[0], asOf: from.now }, from, { siteUrl })));
    },
  };
}

function answerTo(path: string, fields: Readonly<Record<string, unknown>>): unknown {
  if (path === '/_edge/tenant_info') return { cloudId: '00000000-0000-4000-8000-00000000000c' };
  if (path === '/rest/api/3/field') return [];
  if (path.startsWith('/rest/api/3/issue/')) return { id: '2001', key: 'DRE-1', fields: { ...usualIssue, ...fields } };
  if (path.endsWith('/v1/alerts')) return { values: [{ ...usualAlert, ...fields }], count: 1, links: {} };
  return {};
}

const usualIssue = {
  summary: 'Ticket 1',
  status: { id: '10000', name: 'To Do', statusCategory: { key: 'new' } },
  issuetype: { name: 'Task' },
  priority: { name: 'Medium' },
  assignee: null,
  labels: [],
  issuelinks: [],
  created: '2026-08-20T10:00:00.000+0000',
  updated: '2026-08-25T10:00:00.000+0000',
  comment: { comments: [], total: 0 },
};

const usualAlert = {
  id: alertId,
  tinyId: '101',
  createdAt: '2026-08-26T13:49:00Z',
  updatedAt: '2026-08-26T13:49:00Z',
  message: '[prod] alert 1',
  entity: '',
  source: 'alertmanager',
  status: 'open',
  alias: 'a1',
  tags: [],
  extraProperties: {},
  description: '',
  acknowledged: false,
  count: 1,
  owner: '',
  snoozed: false,
  lastOccuredAt: '2026-08-26T13:49:00Z',
  integrationName: 'prometheus',
  priority: 'P1',
  responders: [],
  actions: [],
  seen: false,
};
