import assert from 'node:assert/strict';
import fc from 'fast-check';
import { people, tokens } from '../../simulator/world.ts';
import { opsFixture, valueOf, type OpsFixture } from '../../support/sources/atlassianFixture.ts';
import { runs } from '../../support/base/runs.ts';

const hour = 3_600_000;

/** The ids of all open alerts, read in a way of its own: by offset, while nothing moves. */
async function openIds({ simulator }: OpsFixture): Promise<Set<string>> {
  const { atlassianApi } = simulator.addresses;
  const authorization = `Basic ${btoa(`${people[0].email}:${tokens.atlassian.classic}`)}`;
  const ids = new Set<string>();
  for (let offset = 0; ; offset += 100) {
    const url = `${atlassianApi}/jsm/ops/api/11223344-a1b2-3b33-c444-def123456789/v1/alerts?query=status:open&size=100&offset=${offset}`;
    const answer = await fetch(url, { headers: { authorization } });
    const { values } = (await answer.json()) as { values: { id: string }[] };
    for (const { id } of values) ids.add(id);
    if (values.length < 100) return ids;
  }
}

describe('the list of alerts while alerts come and go', () => {
  const fixture = opsFixture({ size: 450 });
  const list = async (query = 'status: open'): Promise<string[]> =>
    valueOf(await fixture.ops().listAlerts({ query })).alerts.map(({ id }) => id);

  /** Between two pages: raises some, closes some of the newest and of the oldest. The ids that were open meanwhile. */
  async function move({ closeNewest, closeOldest, raise }: Move): Promise<Set<string>> {
    const { simulator } = fixture;
    for (let index = 0; index < raise; index++) {
      simulator.switch('atlassianApi', 'raise', { message: `new ${index}` });
      simulator.advance(1);
    }
    const known = await openIds(fixture);
    const open = [...known];
    const gone = [...open.slice(0, closeNewest), ...open.slice(open.length - closeOldest)];
    const client = fixture.ops();
    for (const id of gone) valueOf(await client.close(id));
    return known;
  }

  interface Move {
    readonly closeNewest: number;
    readonly closeOldest: number;
    readonly raise: number;
  }
  const moves = fc.array(
    fc.record({ closeNewest: fc.nat(60), closeOldest: fc.nat(30), raise: fc.nat(30) }, { noNullPrototype: true }),
    { maxLength: 4 },
  );

  for (const createdAtQuery of ['exact', 'seconds', 'ignored', 'refused']) {
    it(`skips and doubles none (createdAt compared: ${createdAtQuery})`, async () => {
      const property = fc.asyncProperty(moves, fc.boolean(), async (planned, oneInstant) => {
        fixture.simulator.reset({ speed: 0, size: 450 });
        fixture.simulator.switch('atlassian', 'actionDelayMs', 0);
        fixture.simulator.switch('atlassian', 'createdAtQuery', createdAtQuery);
        // A hundred and fifty of one instant fill more than a page.
        if (oneInstant) fixture.simulator.switch('atlassianApi', 'storm', { count: 150, seconds: 0 });
        const before = await openIds(fixture);
        const ever = new Set(before);
        const coming = [...planned];
        fixture.wire.after = async (call) => {
          const next = call === 'GET /v1/alerts' ? coming.shift() : undefined;
          if (next !== undefined) for (const id of await move(next)) ever.add(id);
        };
        const { alerts, completeness } = valueOf(await fixture.ops().listAlerts({ query: 'status: open' }));
        const listed = alerts.map(({ id }) => id);
        assert.equal(completeness.kind, 'complete');
        fixture.wire.after = undefined;
        const after = await openIds(fixture);
        assert.equal(new Set(listed).size, listed.length, 'none twice');
        const missing = [...before].filter((id) => after.has(id) && !listed.includes(id));
        assert.deepEqual(missing, [], 'what was open all the time is there');
        assert.deepEqual(
          listed.filter((id) => !ever.has(id) && !after.has(id)),
          [],
          'none is invented',
        );
      });
      await fc.assert(property, runs(8));
    }).timeout(60_000);
  }

  it('says when it has to list by offset', async () => {
    fixture.simulator.switch('atlassian', 'createdAtQuery', 'refused');
    await list();
    assert.ok(fixture.logged.some((line) => line.includes('listed by offset')));
  });

  for (const linksNextForm of ['relative', 'absolute', 'prefixed']) {
    for (const linksEnd of ['absent', 'null']) {
      it(`reads every page with links ${linksNextForm} and at the end ${linksEnd}`, async () => {
        fixture.simulator.switch('atlassian', 'linksNextForm', linksNextForm);
        fixture.simulator.switch('atlassian', 'linksEnd', linksEnd);
        const open = await openIds(fixture);
        assert.deepEqual(new Set(await list()), open);
      });
    }
  }

  it('ends when every link says that there is more', async () => {
    fixture.wire.tamper = (path, body) =>
      path === '/v1/alerts' ? { ...(body as object), links: { next: '/v1/alerts?offset=100' } } : undefined;
    assert.deepEqual(new Set(await list()), await openIds(fixture));
  });

  it('ends when the service gives the same page again and again', async () => {
    let first: unknown;
    fixture.wire.tamper = (path, body) => (path === '/v1/alerts' ? (first ??= withCount(body, 500)) : undefined);
    const read = valueOf(await fixture.ops().listAlerts({ query: 'status: open' }));
    assert.equal(read.completeness.kind, 'partial');
  });

  it('keeps what the query asks for apart from its own bounds', async () => {
    const since = fixture.simulator.world().now() - 24 * hour;
    const query = `status: closed AND createdAt >= ${since} OR priority: P1 AND status: open`;
    const { alerts } = valueOf(await fixture.ops().listAlerts({ query }));
    for (const { status, priority, createdAt } of alerts) {
      assert.ok(status === 'closed' ? createdAt >= since : priority === 'P1');
    }
    const all = valueOf(await fixture.ops().listAlerts({ query: '' })).alerts;
    const wanted = all.filter(({ status, priority, createdAt }) =>
      status === 'closed' ? createdAt >= since : priority === 'P1',
    );
    assert.deepEqual(new Set(alerts.map(({ id }) => id)), new Set(wanted.map(({ id }) => id)));
  });
});

/** The page as it came, of a list that is longer. */
function withCount(body: unknown, count: number): unknown {
  return { ...(body as object), count, links: { next: '/v1/alerts?offset=100' } };
}

describe('a long list of alerts', () => {
  const fixture = opsFixture({ size: 10_000 });

  it('is read whole, the newest first', async () => {
    const { alerts, completeness } = valueOf(await fixture.ops().listAlerts({ query: '' }));
    assert.deepEqual([alerts.length, completeness.kind], [10_000, 'complete']);
    assert.ok(alerts.every((alert, index) => index === 0 || alert.createdAt <= (alerts[index - 1]?.createdAt ?? 0)));
  }).timeout(60_000);
});

describe('a storm', () => {
  const fixture = opsFixture();

  it('of 2,000 alerts in a minute is seen as it grows', async () => {
    fixture.simulator.switch('atlassianApi', 'storm', { count: 2_000, seconds: 60 });
    const counts: number[] = [];
    for (let step = 0; step < 3; step++) {
      fixture.simulator.advance(20_000);
      counts.push(valueOf(await fixture.ops().listAlerts({ query: 'tag: storm' })).alerts.length);
    }
    assert.deepEqual(counts, [666, 1_333, 2_000]);
    const instants = valueOf(await fixture.ops().listAlerts({ query: 'tag: storm' })).alerts.map(
      (each) => each.createdAt,
    );
    assert.ok(new Set(instants).size > 1_900, 'each at an instant of its own');
  }).timeout(30_000);
});

describe('more alerts than the service lists', () => {
  const fixture = opsFixture({ size: 20_500 });

  it('are listed as far as it goes, and the list says so', async () => {
    const { alerts, completeness } = valueOf(await fixture.ops().listAlerts({ query: '' }));
    assert.ok(alerts.length >= 19_900, `${alerts.length}`);
    assert.equal(completeness.kind === 'partial' && completeness.reason, 'the service lists at most 20,000');
  }).timeout(120_000);
});
