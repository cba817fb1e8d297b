import assert from 'node:assert/strict';
import { tokens } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

// Further lists of tickets, by a query that a person wrote.

describe('a further list of tickets', () => {
  const fixture = jiraFixture();

  it('is what the query finds, in its order', async () => {
    const read = valueOf(
      await fixture.jira().searchTickets('project = DRE AND statusCategory = Done ORDER BY key DESC'),
    );
    assert.ok(read.tickets.length > 0);
    assert.ok(read.tickets.every(({ status }) => status.category === 'done'));
    const numbers = read.tickets.map(({ key }) => Number(key.slice(4)));
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => b - a),
    );
  });

  it('costs one request, and says that it is cut where there are more', async () => {
    fixture.simulator.reset({ speed: 0, size: 300 });
    const jira = fixture.jira();
    await jira.searchTickets('project = DRE');
    fixture.wire.calls.length = 0;
    const read = valueOf(await jira.searchTickets('project = DRE'));
    assert.equal(fixture.wire.calls.length, 1);
    assert.deepEqual([read.tickets.length, read.completeness.kind], [100, 'partial']);
  });

  it('shows a ticket that was written a moment ago as it is then, though the search lags behind', async () => {
    fixture.simulator.switch('atlassian', 'searchLagMs', 60_000);
    const jira = fixture.jira();
    const jql = 'key = DRE-351';
    const [before] = valueOf(await jira.searchTickets(jql)).tickets;
    valueOf(await jira.edit('DRE-351', { summary: 'Another summary' }));
    const [lagging] = valueOf(await jira.searchTickets(jql)).tickets;
    assert.equal(lagging?.summary, before?.summary);
    const [now] = valueOf(await jira.searchTickets(jql, { changed: before })).tickets;
    assert.equal(now?.summary, 'Another summary');
  });

  it('has the ids of thousands with one request, and of one that Jira refuses what Jira says', async () => {
    fixture.simulator.reset({ speed: 0, size: 1_200 });
    const jira = fixture.jira();
    const { ids, completeness } = valueOf(await jira.findIds('project = DRE AND statusCategory = Done'));
    assert.ok(ids.length > 100, `${ids.length}`);
    assert.deepEqual(completeness, { kind: 'complete' });
    assert.deepEqual(fixture.wire.calls, ['POST /3/search/jql']);
    const refused = await jira.findIds('projct = DRE');
    assert.match(refused.ok ? '' : (refused.failure.detail ?? ''), /projct/);
  });

  it('says of what a query finds that it is a part, where Jira finds more than is read', async () => {
    const jira = fixture.jira();
    let pages = 0;
    fixture.wire.instead = (call) =>
      call === 'POST /3/search/jql'
        ? Response.json({ issues: [{ id: `${++pages}` }], nextPageToken: `after ${pages}`, isLast: false })
        : undefined;
    const { ids, completeness } = valueOf(await jira.findIds('project = DRE'));
    assert.deepEqual([ids, pages], [['1', '2', '3', '4'], 4]);
    assert.deepEqual(completeness, { kind: 'partial', reason: 'Jira finds more than 20,000' });
    fixture.wire.instead = () => undefined;
  });

  it('has no ids of a query only for an account that is known: nobody signed in sees none', async () => {
    fixture.simulator.switch('atlassian', 'badCredentials', 'anonymous');
    const nobody = fixture.jira(tokens.atlassian.expired);
    const read = await nobody.findIds('project = DRE');
    assert.equal(!read.ok && read.failure.kind, 'unauthorized');
    assert.deepEqual(await fixture.jira().findIds('project = DRE AND labels = nothing-has-it'), {
      ok: true,
      value: { ids: [], completeness: { kind: 'complete' } },
    });
  });

  it('is refused with what Jira says of a query that is wrong, and leads to the setting', async () => {
    for (const jql of ['projct = DRE', 'project = ', '(((']) {
      const read = await fixture.jira().searchTickets(jql);
      assert.equal(!read.ok && read.failure.kind, 'rejected', jql);
      assert.equal(!read.ok && read.failure.setting, 'drDre.queue.lists');
      assert.ok(!read.ok && (read.failure.detail ?? '').length > 5, jql);
    }
  });

  it('is not called empty for somebody whose token is refused', async () => {
    const read = await fixture.jira(tokens.atlassian.expired).searchTickets('project = DRE');
    assert.equal(!read.ok && read.failure.kind, 'unauthorized');
  });
});
