import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { host, type Picker } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { pickOne, pickSeveral } = await import('../../../../src/ui/kit/picks.ts');

describe('a list to choose from', () => {
  const entries = ['a', 'b'].map((label) => ({ label }));
  const pickers: Picker[] = [];

  beforeEach(() => {
    pickers.length = 0;
    host.usePicker = (picker) => void pickers.push(picker);
    mock.timers.enable({ apis: ['setTimeout'] });
  });

  afterEach(() => mock.timers.reset());

  function shown(): Picker {
    const [picker] = pickers;
    assert.ok(picker !== undefined);
    return picker;
  }

  it('stays open for a moment when another part takes the keyboard, and closes for it from then on', async () => {
    const picked = pickOne(entries, { placeHolder: 'Which?' });
    assert.equal(shown().ignoreFocusOut, true);
    mock.timers.tick(1_000);
    assert.equal(shown().ignoreFocusOut, false);
    shown().accept(shown().items[1]);
    assert.equal((await picked)?.label, 'b');
  });

  it('stays open as long as the question says', () => {
    void pickOne(entries, { placeHolder: 'Which?', ignoreFocusOut: true });
    mock.timers.tick(60_000);
    assert.equal(shown().ignoreFocusOut, true);
  });

  it('is there before its entries are, and is left when they cannot be read', async () => {
    let read: (all: typeof entries) => void = () => undefined;
    const later = new Promise<typeof entries>((resolve) => (read = resolve));
    const picked = pickOne(later, { placeHolder: 'Which?' });
    assert.deepEqual([host.drawn.at(-1)?.text, pickers.length], ['Which?', 0]);
    read(entries);
    await later;
    shown().accept(shown().items[0]);
    assert.equal((await picked)?.label, 'a');
    await assert.rejects(pickOne(Promise.reject(new Error('no answer')), { placeHolder: 'Which?' }), /no answer/);
  });

  it('stays when Enter is pressed and nothing matches what was typed', async () => {
    const picked = pickOne(entries, { placeHolder: 'Which?' });
    shown().accept();
    shown().accept(shown().items[0]);
    assert.equal((await picked)?.label, 'a');
    const several = pickSeveral(entries, { placeHolder: 'Which?' });
    pickers.at(-1)?.accept();
    assert.deepEqual(await several, [], 'none is an answer there');
  });
});
