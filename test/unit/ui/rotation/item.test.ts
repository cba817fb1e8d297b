import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { account, dana, eli, rotation } from '../../../support/feeds/rotationBuilder.ts';
import { EventEmitter, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { RotationItem } = await import('../../../../src/ui/rotation/item.ts');

describe('what the palette offers of taking the pager', () => {
  it('follows who is on call, and the clock; where that is not known it is offered', async () => {
    const clock = new FakeClock();
    const now = clock.now();
    const store = new Store<Failure>(rethrow);
    const signedIn: { current?: typeof account } = {};
    const signIns = new EventEmitter<void>();
    host.executed.length = 0;
    const item = new RotationItem({
      clock,
      store,
      account: {
        get current() {
          return signedIn.current;
        },
        onDidChange: signIns.event,
      } as never,
    });
    const set = (): readonly unknown[] => host.executed.splice(0).map(([, key, holds]) => [key, holds]);
    const mine = rotation({
      id: 'mine',
      current: [dana],
      until: now + hour,
      next: { people: [eli], from: now + hour },
      shifts: [
        { start: now - hour, end: now + hour, people: [dana], type: 'base' },
        { start: now + hour, end: now + 9 * hour, people: [eli], type: 'base' },
      ],
    });
    store.update(rotationsKey, { status: 'fresh', records: [mine] });
    assert.deepEqual(set(), [['drDre.rotation.holdsAll', false]], 'it is not known who is signed in');
    signedIn.current = account;
    signIns.fire();
    assert.deepEqual(set(), [['drDre.rotation.holdsAll', true]]);
    await clock.advance(hour);
    assert.deepEqual(set(), [['drDre.rotation.holdsAll', false]], 'the shift ended');
    item.dispose();
    store.dispose();
  });
});
