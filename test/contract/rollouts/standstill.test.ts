import assert from 'node:assert/strict';
import { openedHouse, type House } from '../../support/feeds/house.ts';
import { minute, second } from '../../../src/domain/base/time.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { words } from '../../support/vscode/headless.ts';

describe('the rollouts of a dashboard in trouble', () => {
  let simulator: Simulator;
  let house: House;
  before(async () => {
    simulator = await startSimulator({ speed: 0 });
  });
  afterEach(() => {
    house.dispose();
    simulator.reset();
  });
  after(() => simulator.stop());

  const shown = (): string => words(house.view('releases'));
  const kind = 'rollout_ic_os_to_mainnet_subnets';

  it('stay in grey while the workflow is broken, and come back', async () => {
    house = await openedHouse(simulator);
    assert.match(shown(), /^GuestOS 08-20 27 of 49/m);
    simulator.switch('rollouts', 'engines', { [kind]: 'broken' });
    await house.until('the broken engine', () => /^GuestOS 08-20 not listed for /m.test(shown()), second);
    assert.match(shown(), /^GuestOS rollouts broken/m);
    assert.ok(!/^Nothing moves/m.test(shown()));
    simulator.switch('rollouts', 'engines', { [kind]: 'active' });
    await house.until('the rollouts', () => /^GuestOS 08-20 27 of 49/m.test(shown()), second);
  });

  it('say that nothing new starts while Airflow has paused them, and since when', async () => {
    house = await openedHouse(simulator);
    simulator.switch('rollouts', 'engines', { [kind]: 'paused' });
    await house.until('the paused engine', () => /^GuestOS 08-20 paused for 1m · 27 of 49/m.test(shown()), 10 * second);
    assert.match(shown(), /^GuestOS rollouts paused · 1m/m);
    assert.ok(!/^HostOS 08-20 paused/m.test(shown()));
    simulator.switch('rollouts', 'engines', { [kind]: 'active' });
    await house.until('the rollouts', () => /^GuestOS 08-20 27 of 49/m.test(shown()), second);
  });

  it('are not called current while the dashboard serves its last state for ever', async () => {
    house = await openedHouse(simulator);
    simulator.switch('rollouts', 'frozen', true);
    assert.ok(!/^Nothing moves/m.test(shown()));
    await house.until('what is said', () => /^Nothing moves for \d+m/m.test(shown()), minute);
    simulator.switch('rollouts', 'frozen', false);
    await house.until('that it moves again', () => !/^Nothing moves/m.test(shown()), 10 * second);
  });
});
