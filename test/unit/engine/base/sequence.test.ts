import assert from 'node:assert/strict';
import { nextTurn } from '../../../../src/engine/base/slices.ts';
import { Sequence } from '../../../../src/engine/base/sequence.ts';

describe('a sequence of tasks', () => {
  it('runs the next one when the one before has ended', async () => {
    const { sequence, said } = sequenceOf();
    sequence.run(async () => {
      said.push('first begins');
      await nextTurn();
      said.push('first ends');
    });
    sequence.run(async () => void said.push('second'));
    await sequence.flush();
    assert.deepEqual(said, ['first begins', 'first ends', 'second']);
  });

  it('reports one that fails, whether it rejects or throws, and goes on', async () => {
    const { sequence, said } = sequenceOf();
    sequence.run(() => Promise.reject(new Error('rejected')));
    sequence.run(() => {
      throw new Error('thrown');
    });
    sequence.run(async () => void said.push('next'));
    await sequence.flush();
    assert.deepEqual(said, ['Error: rejected', 'Error: thrown', 'next']);
  });

  it('waits for those that were added so far, and does not begin within the call', async () => {
    const { sequence, said } = sequenceOf();
    await sequence.flush();
    sequence.run(async () => void said.push('one'));
    assert.deepEqual(said, []);
    await sequence.flush();
    assert.deepEqual(said, ['one']);
  });
});

function sequenceOf(): { readonly sequence: Sequence; readonly said: string[] } {
  const said: string[] = [];
  return { sequence: new Sequence((cause) => said.push(String(cause))), said };
}
