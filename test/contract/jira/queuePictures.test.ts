import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { tokens } from '../../simulator/world.ts';
import {
  headless,
  problems,
  recordRows,
  words,
  type Headless,
  type HeadlessOptions,
} from '../../support/vscode/headless.ts';

const minute = 60_000;
/** A ticket that has no children. */
const leaf = 'DRE-351';

// What a person sees in the Queue view, from the wire on.
describe('the pictures of the Queue view', () => {
  let simulator: Simulator;
  let person: Headless;
  let token: string;
  const begin = (options: HeadlessOptions = {}): void => {
    person = headless(simulator, { atlassianToken: () => token, ...options });
  };
  const asked = (path: string): number =>
    simulator.requests().filter((request) => request.path.split('?')[0]?.endsWith(path)).length;

  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  beforeEach(() => {
    simulator.reset({ speed: 0 });
    // The site answers to a bad token as to nobody signed in, who sees nothing.
    simulator.switch('atlassian', 'badCredentials', 'anonymous');
    token = tokens.atlassian.classic;
  });
  afterEach(() => person.dispose());
  after(() => simulator.stop());

  it('an expired token does not show an empty queue', async () => {
    token = tokens.atlassian.expired;
    begin();
    await person.feeds.queue.refresh();
    const { situation, message } = person.view('queue');
    assert.equal(situation, 'notSignedIn');
    assert.match(message ?? '', /Token rejected/);
    assert.doesNotMatch(words(person.view('queue')), /no child tickets/);
  });

  it('a token that expires leaves the rows where they are', async () => {
    begin();
    await person.feeds.queue.refresh();
    const before = recordRows(person.view('queue'));
    assert.ok(before.length > 20);
    token = tokens.atlassian.expired;
    await person.feeds.queue.refresh();
    assert.deepEqual(recordRows(person.view('queue')), before);
    assert.match(problems(person.view('queue'))[0]?.label ?? '', /Token rejected/);
  });

  it('an account that cannot be read does not show an empty queue either', async () => {
    begin({ epic: leaf });
    simulator.fault('atlassianSite', { kind: 'server', match: '/myself' });
    await person.feeds.queue.refresh();
    assert.equal(person.view('queue').situation, 'failing');
  });

  it('an epic without children is empty, which is proved now and then', async () => {
    begin({ epic: leaf });
    for (let time = 0; time < 30; time++) {
      await person.feeds.queue.refresh();
      person.clock.jump(minute);
    }
    const { situation, message } = person.view('queue');
    assert.equal(situation, 'empty');
    assert.match(message ?? '', /^DRE-351 has no child tickets\./);
    assert.equal(asked('/search/jql'), 30);
    assert.equal(asked('/myself'), 2);
  });

  it('is proved anew for another account', async () => {
    begin({ epic: leaf });
    await person.feeds.queue.refresh();
    token = tokens.atlassian.expired;
    person.clients.reset();
    await person.feeds.queue.refresh();
    assert.match(person.view('queue').message ?? '', /Token rejected/);
  });

  it('a ticket is not called missing when the token has expired', async () => {
    begin();
    const jira = await person.clients.jira();
    assert.equal((await jira.getIssue(leaf)).ok, true);
    const kindOf = async (key: string): Promise<string> => {
      const read = await jira.getIssue(key);
      return read.ok ? 'read' : read.failure.kind;
    };
    assert.equal(await kindOf('DRE-99999'), 'notFound');
    token = tokens.atlassian.expired;
    assert.equal(await kindOf(leaf), 'unauthorized');
    token = tokens.atlassian.scoped;
    assert.equal(await kindOf(leaf), 'read');
  });

  it('an epic that may not be seen is not called a wrong setting when the token has expired', async () => {
    token = tokens.atlassian.expired;
    const refusal = { errorMessages: ["An issue with key 'DRE-350' does not exist for field 'parent'."], errors: {} };
    begin({
      fetch: (input, init) =>
        input instanceof URL && input.pathname.endsWith('/search/jql')
          ? Promise.resolve(Response.json(refusal, { status: 400 }))
          : fetch(input, init),
    });
    await person.feeds.queue.refresh();
    assert.match(person.view('queue').message ?? '', /Token rejected/);
    token = tokens.atlassian.classic;
    await person.feeds.queue.refresh();
    assert.match(person.view('queue').message ?? '', /Rejected by Jira: An issue with key 'DRE-350' does not exist/);
  });

  it('a token that works at the gateway only finds its tickets there', async () => {
    token = tokens.atlassian.scoped;
    begin();
    await person.feeds.queue.refresh();
    assert.equal(person.view('queue').situation, 'rows');
    assert.ok(recordRows(person.view('queue')).length > 20);
    simulator.resetRequests();
    await person.feeds.queue.refresh();
    assert.equal(asked('/myself'), 0);
    assert.equal(simulator.requests('atlassianSite').length, 0);
  });
});
