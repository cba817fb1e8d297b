import assert from 'node:assert/strict';
import { openedHouse, type House } from '../../support/feeds/house.ts';
import { viewNames } from '../../support/vscode/headless.ts';
import { painted } from '../../support/ui/painted.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { assertSpeakable } from '../../support/views/spokenText.ts';

describe('what a screen reader says of the rows of the simulated week', () => {
  let simulator: Simulator;
  let house: House;
  before(async () => {
    simulator = await startSimulator({ speed: 0 });
    house = await openedHouse(simulator);
  });
  after(async () => {
    house.dispose();
    await simulator.stop();
  });

  for (const name of viewNames) {
    it(`is made of words, and has those of the label: ${name}`, () => {
      const rows = painted(house.view(name));
      assert.ok(rows.length > 3);
      for (const { id, label, spoken } of rows) {
        // What an alert says itself is said as it is.
        assertSpeakable(id.startsWith('alert/') ? spoken.replace(/: .*(?=, raised )/, '') : spoken, id);
        assert.ok(spoken.trim().length >= label.length / 2, `${id}: “${spoken}” says less than “${label}”`);
      }
    });
  }
});
