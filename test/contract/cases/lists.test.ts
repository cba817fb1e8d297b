import assert from 'node:assert/strict';
import { caseDesk, type CaseAnswer, type CaseDesk, type CaseRequest } from '../../support/feeds/caseDesk.ts';
import { words } from '../../support/vscode/headless.ts';
import { renderRows } from '../../support/views/renderRows.ts';

const createdAt = '2026-08-26T13:49:00Z';
const alert = (number: number): object => ({
  id: `00000000-0000-4000-8000-00000000000${number}-178775214000${number}`,
  tinyId: `10${number}`,
  createdAt,
  updatedAt: createdAt,
  message: `[prod] alert ${number}`,
  status: 'open',
  priority: 'P1',
});
const ticket = (number: number, statusId = '10000'): object => ({
  id: `200${number}`,
  key: `DRE-${number}`,
  fields: {
    summary: `Ticket ${number}`,
    status: { id: statusId, name: 'To Do', statusCategory: { key: 'new' } },
    created: '2026-08-20T10:00:00.000+0000',
    updated: '2026-08-25T10:00:00.000+0000',
  },
});

describe('lists that services give in odd ways', () => {
  let desk: CaseDesk | undefined;
  afterEach(() => desk?.stop());

  const asked = (path: RegExp): number => desk?.requests.filter(({ url }) => path.test(url.pathname)).length ?? 0;
  const search = (
    request: CaseRequest,
    answer: (body: Record<string, unknown>) => CaseAnswer,
  ): CaseAnswer | undefined => {
    if (request.url.pathname.endsWith('/field')) return { body: [] };
    return request.url.pathname.endsWith('/search/jql') ? answer(JSON.parse(request.body)) : undefined;
  };

  for (const [what, next] of [
    ['in a circle', (token: unknown) => (token === 'A' ? 'B' : 'A')],
    ['to ever new ones', (token: unknown) => `${Number(token ?? 0) + 1}`],
    ['to itself', () => 'A'],
  ] as const) {
    it(`page tokens that lead ${what}: a few requests, and that the list may not be whole`, async () => {
      desk = await caseDesk((request) =>
        search(request, ({ nextPageToken }) => ({
          body: { issues: [ticket(1), ticket(2)], nextPageToken: next(nextPageToken) },
        })),
      );
      await desk.feeds.queue.refresh();
      assert.ok(asked(/search\/jql$/) <= 4, `${asked(/search\/jql$/)} requests`);
      assert.match(
        words(desk.view('queue')),
        /Not all tickets of DRE-350: Jira says that there are more, but gives only 2\./,
      );
    });
  }

  it('pages without tickets that lead to others: nothing is called empty', async () => {
    desk = await caseDesk((request) =>
      request.url.pathname.endsWith('/myself')
        ? { body: { accountId: 'dana', displayName: 'Dana Oncall' } }
        : search(request, ({ nextPageToken }) => ({
            body: { issues: [], nextPageToken: `${Number(nextPageToken ?? 0) + 1}` },
          })),
    );
    await desk.feeds.queue.refresh();
    assert.notEqual(desk.view('queue').situation, 'empty');
    assert.match(
      words(desk.view('queue')),
      /^There are no tickets of DRE-350 in what was read\. Not all tickets of DRE-350:/,
    );
    assert.doesNotMatch(words(desk.view('queue')), /has no child tickets/);
  });

  it('a link on every page, where the count agrees: complete, in a few requests', async () => {
    desk = await caseDesk(({ url }) => {
      if (!url.pathname.endsWith('/v1/alerts')) return undefined;
      const offset = Number(url.searchParams.get('offset'));
      const values = offset === 0 ? [alert(1), alert(2)] : [];
      return { body: { values, count: 2, links: { next: `/v1/alerts?offset=${offset + 100}&size=100` } } };
    });
    await desk.feeds.alerts.refresh();
    assert.ok(asked(/v1\/alerts$/) <= 3, `${asked(/v1\/alerts$/)} requests`);
    assert.doesNotMatch(words(desk.view('alerts')), /Not all/);
  });

  it('a link on every page without a count: a few requests, and that it may not be whole', async () => {
    desk = await caseDesk(({ url }) =>
      url.pathname.endsWith('/v1/alerts')
        ? { body: { values: [alert(1), alert(2)], links: { next: '/v1/alerts?offset=100' } } }
        : undefined,
    );
    await desk.feeds.alerts.refresh();
    assert.ok(asked(/v1\/alerts$/) <= 10, `${asked(/v1\/alerts$/)} requests`);
    assert.match(
      words(desk.view('alerts')),
      /Not all alerts: the service says that there are more, but gives only 2\./,
    );
  });

  it('one status name with two ids is one group', async () => {
    desk = await caseDesk((request) => search(request, () => ({ body: { issues: [ticket(1), ticket(2, '11923')] } })));
    await desk.feeds.queue.refresh();
    assert.match(renderRows(desk.view('queue').rows), /^To Do {2}2\n[^]*DRE-1 [^]*DRE-2 /);
  });

  it('a rank that is refused: the tickets in another order, and that is said', async () => {
    desk = await caseDesk((request) =>
      search(request, ({ jql }) =>
        /ORDER BY rank/i.test(String(jql))
          ? { status: 400, body: { errorMessages: ["Not able to sort using field 'rank'."], errors: {} } }
          : { body: { issues: [ticket(1)], isLast: true } },
      ),
    );
    await desk.feeds.queue.refresh();
    assert.match(
      words(desk.view('queue')),
      /Jira refuses to sort tickets by rank: they are sorted by priority, the oldest first\.[^]*DRE-1/,
    );
    const before = asked(/search\/jql$/);
    await desk.feeds.queue.refresh();
    assert.equal(asked(/search\/jql$/), before + 1, 'that is not asked again');
  });

  it('a million rows in one answer: cut, said, and nothing else is held up for long', async () => {
    const row = JSON.stringify(alert(1));
    const body = `{"values":[${Array.from({ length: 60_000 }, (_, index) => row.replace('00000000-0000', `${10_000_000 + index}-0000`)).join()}],"count":1000000,"links":{}}`;
    desk = await caseDesk(({ url }) => (url.pathname.endsWith('/v1/alerts') ? { body } : undefined));
    await desk.feeds.alerts.refresh();
    assert.match(words(desk.view('alerts')), /Not all alerts: only the first 20,000 of one answer are read\./);
  });
});
