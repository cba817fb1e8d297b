import assert from 'node:assert/strict';
import type { RequestedWrite } from '../../../src/engine/writes/kind.ts';
import type { NewEpic } from '../../../src/feeds/queue/answers.ts';
import { ticketWrites } from '../../../src/feeds/queue/writes.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { epicKey } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { allRows, headless, recordRows, words, type Headless } from '../../support/vscode/headless.ts';

// The queue of a person who may not do everything, and of a project of another kind, from the wire to the row.

describe('the Queue view of a person who may not see everything', () => {
  let simulator: Simulator;
  let person: Headless | undefined;
  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  beforeEach(() => simulator.reset({ speed: 0 }));
  afterEach(() => person?.dispose());
  after(() => simulator.stop());

  it('shows the tickets to one who may only read', async () => {
    simulator.switch('atlassian', 'readOnly', true);
    person = headless(simulator);
    await person.feeds.queue.refresh();
    assert.equal(person.view('queue').situation, 'rows');
    assert.ok(recordRows(person.view('queue')).length > 20);
    simulator.switch('atlassian', 'readOnly', false);
  });

  it('says of an epic that is not there, or may not be seen, that Jira does not know it, and leads to the setting', async () => {
    person = headless(simulator, { epic: 'DRE-99999' });
    await person.feeds.queue.refresh();
    const view = person.view('queue');
    assert.equal(view.situation, 'failing');
    assert.doesNotMatch(words(view), /no child tickets/);
    assert.match(words(view), /DRE-99999/);
    assert.ok(allRows(view.rows).some(({ record }) => record?.kind === 'setting' && record.key === 'drDre.queue.epic'));
  });

  it('says of a project that is closed to the account that it is not permitted', async () => {
    simulator.fault('atlassianSite', { kind: 'forbidden', match: '/search/jql' });
    person = headless(simulator);
    await person.feeds.queue.refresh();
    assert.equal(person.view('queue').situation, 'notPermitted');
  });

  it('says of a ticket whose epic cannot be changed what Jira says of that field', async () => {
    // In a company-managed project the parent can be missing on the screen; the words are those of other fields (3.1).
    const said = "Field 'parent' cannot be set. It is not on the appropriate screen, or unknown.";
    person = headless(simulator, {
      fetch: (input, init) =>
        init?.method === 'PUT'
          ? Promise.resolve(Response.json({ errorMessages: [], errors: { parent: said } }, { status: 400 }))
          : fetch(input, init),
    });
    const { clients } = person;
    const { moveOut } = ticketWrites({ jira: clients.jira, epic: () => epicKey, readAgain: () => undefined });
    const sent = await moveOut.send({ record: 'DRE-351', payload: { parent: null }, at: 0 });
    assert.deepEqual(sent.kind === 'refused' ? sent.failure.fields : sent, { parent: said });
  });
});

describe('the queue in a project of either kind', () => {
  const fixture = jiraFixture();

  afterEach(() => fixture.simulator.switch('atlassian', 'epicLink', false));

  for (const epicLink of [false, true]) {
    const field = epicLink ? 'the field that an older project has for its epics' : 'their parent';
    it(`finds tickets by their parent, and moves them by ${field}`, () => movesTickets(epicLink));
  }

  async function movesTickets(epicLink: boolean): Promise<void> {
    fixture.simulator.switch('atlassian', 'epicLink', epicLink);
    const jira = fixture.jira();
    const [first] = valueOf(await jira.searchChildren(epicKey)).tickets;
    assert.ok(first !== undefined);
    const { moveOut } = ticketWrites({
      jira: () => Promise.resolve(jira),
      epic: () => epicKey,
      readAgain: () => undefined,
    });
    for (const parent of [null, epicKey]) {
      const requested: RequestedWrite<NewEpic> = { record: first.key, payload: { parent }, at: 0 };
      assert.equal((await moveOut.send(requested)).kind, 'accepted');
      assert.deepEqual(await moveOut.readBack?.(requested), { kind: 'applied' });
      assert.equal(valueOf(await jira.parentOf(first.key)), parent);
    }
  }
});
