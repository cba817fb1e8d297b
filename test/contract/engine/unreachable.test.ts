import assert from 'node:assert/strict';
import { startSimulator, type AddressName, type Simulator } from '../../simulator/simulator.ts';
import { startUnreachable, type Unreachable, type UnreachableReason } from '../../simulator/unreachable.ts';
import { allRows, headless, viewNames, words } from '../../support/vscode/headless.ts';

/** What a person reads of each reason. */
const sentences: Readonly<Record<UnreachableReason, RegExp>> = {
  selfSigned: /Can't reach [^:]+: the certificate of localhost is not trusted/,
  notResolved: /Can't reach [^:]+: the name x+\.invalid is not resolved/,
  refused: /Can't reach [^:]+: 127\.0\.0\.1 refuses the connection/,
};
const services: readonly AddressName[] = ['atlassianSite', 'atlassianApi', 'github', 'rollouts', 'governance'];

describe('services that no request reaches', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let unreachable: Unreachable;
  before(async () => {
    simulator = await startSimulator({ services: [], speed: 0 });
    unreachable = await startUnreachable();
  });
  after(async () => {
    await unreachable.stop();
    await simulator.stop();
  });

  for (const [reason, sentence] of Object.entries(sentences) as [UnreachableReason, RegExp][]) {
    it(`${reason}: each view says why, nothing is called empty, and the log has it too`, async () => {
      const address = unreachable.addresses[reason];
      const addresses = { ...simulator.addresses, ...Object.fromEntries(services.map((name) => [name, address])) };
      const dre = headless({ ...simulator, addresses });
      await dre.feeds.refresh();
      for (const view of viewNames) {
        const model = dre.view(view);
        assert.match(words(model), sentence, view);
        assert.notEqual(model.situation, 'empty', view);
        assert.ok(
          allRows(model.rows).some(({ command }) => command !== undefined),
          `${view} leads on`,
        );
      }
      assert.ok(
        dre.log.lines.some((line) => /not trusted|not resolved|refuses the connection/.test(line)),
        dre.log.lines.join('\n'),
      );
      const alerts = await (await dre.clients.ops()).acknowledge('00000000-0000-4000-8000-000000000001-1787752140001');
      assert.deepEqual(
        [alerts.ok, alerts.ok ? undefined : alerts.failure.notSent],
        [false, true],
        'certainly not sent',
      );
      dre.dispose();
    });
  }
});
