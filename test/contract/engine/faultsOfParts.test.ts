import assert from 'node:assert/strict';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import { AlertDetailsReader } from '../../../src/feeds/alerts/details.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { TicketDetailsReader } from '../../../src/feeds/queue/details.ts';
import { alertDocument } from '../../../src/views/alerts/document.ts';
import { ticketDocument } from '../../../src/views/queue/document.ts';
import { startSimulator, type ServiceName, type Simulator } from '../../simulator/simulator.ts';
import { faultWords, toldFaults, type ToldFault } from '../../support/feeds/faultWords.ts';
import { feedNames, matchOf, pictureOf, sourceOf, type FeedName } from '../../support/engine/feedParts.ts';
import { headless, problems, recordRows, words, type Headless } from '../../support/vscode/headless.ts';

/** Something that shows the answer of one kind of request, beside others that have theirs. */
interface Part {
  readonly service: ServiceName;
  /** Its requests. */
  readonly match: string;
  readonly read: () => Promise<unknown>;
  /** What a person sees. */
  readonly text: () => string;
  /** What was there before and must stay. */
  readonly kept: () => readonly string[];
}

const cannotHappen: Partial<Record<ServiceName, ToldFault>> = {
  // Tokens with scopes work at the gateway alone: it is tried there, and works.
  atlassianSite: 'unauthorized',
  // An answer without a body ("nothing changed") cannot be cut short.
  github: 'truncated',
};

// `faults.test.ts` tries all faults on whole services. Here one kind of request fails and the rest succeeds: what a
// person sees must show that, at its place, and lose nothing.
describe('what a fault of one kind of request shows', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let dre: Headless;
  let tickets: TicketDetailsReader;
  let alerts: AlertDetailsReader;
  let alertId = '';
  let ticketKey = '';

  before(async () => {
    simulator = await startSimulator();
    dre = headless(simulator);
    tickets = new TicketDetailsReader(dre.clients.jira, () => undefined);
    alerts = new AlertDetailsReader(
      dre.clients.ops,
      () => dre.clock.now(),
      () => undefined,
    );
    dre.feeds.attend(() => 'active');
    await dre.feeds.refresh();
    alertId = [...dre.store.state(alertsKey).records.keys()][0] ?? '';
    ticketKey = [...dre.store.state(queueKey).records.keys()][0] ?? '';
    await Promise.all([tickets.read(ticketKey), alerts.read(alertId)]);
  });
  after(async () => {
    dre.dispose();
    await simulator.stop();
  });

  afterEach(() => simulator.clearFaults());

  const from = (): { now: number; timeZone: string } => ({ now: dre.clock.now(), timeZone: 'UTC' });
  const ofFeed = (name: FeedName): Part => ({
    service: sourceOf(name),
    match: matchOf(name),
    read: () => dre.feeds[name].refresh(),
    text: () => words(pictureOf(dre, name)),
    kept: () => recordRows(pictureOf(dre, name)),
  });
  const alertText = (): string =>
    serialise(
      alertDocument(
        {
          id: alertId,
          listed: dre.store.base(alertsKey, alertId),
          asOf: dre.store.state(alertsKey).asOf,
          pending: undefined,
          details: alerts.state(alertId),
        },
        from(),
        { siteUrl: simulator.addresses.atlassianSite },
      ),
    );
  const ticketText = (): string => {
    const { details: ticket, reading, failure } = tickets.state(ticketKey);
    const { atlassianSite } = simulator.addresses;
    return serialise(ticketDocument(ticketKey, { ticket, reading, failure }, from(), atlassianSite));
  };
  /** The lines of a document, without failures and ages. */
  const lines = (text: string): readonly string[] =>
    text.split('\n').filter((line) => line !== '' && !line.startsWith('>') && !/ ago|as of /.test(line));
  const ofAlert = {
    service: 'atlassianApi',
    read: () => alerts.read(alertId),
    text: () => plain(alertText()),
  } as const;

  const parts: Readonly<Record<string, Part>> = {
    ...Object.fromEntries(feedNames.map((name) => [name, ofFeed(name)])),
    'a ticket in full': {
      service: 'atlassianSite',
      match: '/issue/',
      read: () => tickets.read(ticketKey),
      text: () => plain(ticketText()),
      kept: () => lines(ticketText()),
    },
    'an alert in full': { ...ofAlert, match: '/v1/alerts/[^/]*$', kept: () => lines(alertText()) },
    'the notes of an alert': { ...ofAlert, match: '/notes', kept: () => lines(alertText()) },
    'the log of an alert': { ...ofAlert, match: '/logs', kept: () => lines(alertText()) },
  };

  for (const [what, part] of Object.entries(parts)) {
    for (const kind of toldFaults) {
      const sentence = faultWords[kind];
      if (cannotHappen[part.service] === kind) continue;
      it(`${kind} of ${what}: a sentence, and all that was there before`, async () => {
        const before = part.kept();
        assert.ok(before.length > 0);
        assert.doesNotMatch(part.text(), sentence);
        simulator.fault(part.service, { kind, match: part.match });
        await part.read();
        assert.match(part.text(), sentence);
        assert.deepEqual(part.kept(), before, 'nothing is lost');
        simulator.clearFaults();
        // What a service asked to wait for is waited for. The simulated services go by their own clock.
        if (kind === 'rateLimited' || kind === 'unavailable') dre.clock.jump(6_000);
        await part.read();
        assert.doesNotMatch(part.text(), sentence, 'it recovers');
        assert.deepEqual(part.kept(), before);
      });
    }
  }

  it('leaves everything else alone', async () => {
    for (const match of ['/heartbeats', '/timeline']) {
      simulator.fault('atlassianApi', { kind: 'server', match });
    }
    await dre.feeds.refresh();
    assert.deepEqual(
      problems(dre.view('alerts')).map(({ description = '' }) => description === ''),
      [false],
      'the alerts themselves are good',
    );
    for (const view of ['queue', 'proposals', 'releases', 'ci'] as const) {
      assert.deepEqual(problems(dre.view(view)), [], view);
    }
    simulator.clearFaults();
  });
});

/** Markdown as it is read, without the marks that keep text from outside from being more than text. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\\(.)/g, '$1');
}
