import assert from 'node:assert/strict';
import type { FaultKind } from '../simulator/service.ts';
import { startSimulator, type ServiceName, type Simulator } from '../simulator/simulator.ts';
import { headless, type Headless, type ViewName } from '../support/headless.ts';
import type { ViewModel } from '../../src/views/row.ts';

/** Where each view's records come from. */
const sources: Readonly<Record<ViewName, ServiceName>> = {
  week: 'atlassianApi',
  alerts: 'atlassianApi',
  queue: 'atlassianSite',
  proposals: 'governance',
  releases: 'rollouts',
};
const views = Object.keys(sources) as ViewName[];

/** What a person reads for each fault. */
const sentences: Readonly<Record<Exclude<FaultKind, 'slow'>, RegExp>> = {
  outage: /cannot be reached/,
  unauthorized: /did not accept the token/,
  forbidden: /does not permit this/,
  notFound: /does not know what was asked for/,
  rateLimited: /asks to slow down/,
  server: /has a problem \(500\)/,
  unavailable: /has a problem \(503\)/,
  truncated: /gave an answer that cannot be read/,
  garbage: /gave an answer that cannot be read/,
  wrongShape: /gave an answer that cannot be read/,
};

/** The words of a view: what is above the rows, then the rows that stand on their own. */
function words(model: ViewModel): string {
  const rows = model.rows.map((row) => `${row.label} ${row.description ?? ''}`);
  return [model.message ?? '', ...rows].join('\n');
}

/** A token that the site refuses is tried at the gateway, where tokens with scopes work. */
const goesAnotherWay = (service: ServiceName, kind: FaultKind): boolean =>
  service === 'atlassianSite' && kind === 'unauthorized';

const rowIds = (model: ViewModel): string[] => model.rows.map((row) => row.id).filter((id) => id !== '!problem');

describe('what a fault of one service shows', function () {
  this.timeout(20_000);
  let simulator: Simulator;
  let dre: Headless;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  beforeEach(async () => {
    simulator.clearFaults();
    dre = headless(simulator);
    await dre.feeds.refresh();
    for (const view of views) assert.equal(dre.view(view).situation, 'rows', `${view}: ${words(dre.view(view))}`);
  });
  afterEach(() => dre.dispose());

  for (const [kind, sentence] of Object.entries(sentences) as [Exclude<FaultKind, 'slow'>, RegExp][]) {
    for (const service of new Set(Object.values(sources))) {
      it(`${kind} of ${service}: a sentence in its own views, the rows of before, and nothing elsewhere`, async () => {
        const before = new Map(views.map((view) => [view, rowIds(dre.view(view))]));
        simulator.fault(service, { kind });
        await dre.feeds.refresh();
        for (const view of views) {
          const model = dre.view(view);
          assert.deepEqual(rowIds(model), before.get(view), `${view} keeps its rows`);
          const text = words(model);
          if (sources[view] === service && !goesAnotherWay(service, kind)) {
            assert.match(text, sentence, view);
            const problem = model.rows.find((row) => row.id === '!problem');
            assert.ok((problem?.description ?? '').length > 10, `${view} says what to do`);
          } else assert.ok(!model.rows.some((row) => row.id === '!problem'), `${view} is left alone: ${text}`);
        }
        simulator.clearFaults();
        await dre.feeds.refresh();
        for (const view of views) {
          assert.ok(!dre.view(view).rows.some((row) => row.id === '!problem'), `${view} gets over it`);
        }
      });
    }
  }

  it('nothing that was never read looks like nothing to do', async () => {
    for (const [kind, sentence] of Object.entries(sentences) as [Exclude<FaultKind, 'slow'>, RegExp][]) {
      for (const service of new Set(Object.values(sources))) simulator.fault(service, { kind });
      const fresh = headless(simulator);
      await fresh.feeds.refresh();
      for (const view of views) {
        const model = fresh.view(view);
        assert.notEqual(model.situation, 'empty', `${view} at ${kind}`);
        // Not signed in has its words and its button in the welcome text of the manifest.
        if (model.situation !== 'notSignedIn') assert.match(words(model), sentence, `${view} at ${kind}`);
      }
      fresh.dispose();
      simulator.clearFaults();
    }
  });
});
