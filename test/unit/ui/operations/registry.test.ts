import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { registryNodesKey } from '../../../../src/feeds/operations/keys.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { DreDesk } from '../../../support/operations/dreDesk.ts';
import { runStandIn } from '../../../support/dre/standIn.ts';
import { host } from '../../../support/ui/vscode.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

const { RegistryIndex } = await import('../../../../src/ui/operations/registryIndex.ts');

describe('the registry that dre has read', () => {
  const desk = new DreDesk();
  let output: string;
  before(async () => {
    output = (await runStandIn(['registry'], {})).stdout;
  });
  beforeEach(() => desk.open());
  afterEach(() => desk.close());
  const known = (store = desk.store) => store.state(registryNodesKey);
  /** Another window, with the same disk. */
  async function otherWindow() {
    const store = new Store<Failure>(rethrow);
    const index = new RegistryIndex({ log: memoryLog(), store, disk: desk.registryDisk });
    await index.load();
    return { store, index };
  }

  it('is known from then on, in all windows and the next ones, with its time', async () => {
    const other = await otherWindow();
    assert.equal(known(other.store).asOf, undefined);
    desk.ends.push({ exitCode: 0, stdoutTail: output });
    await desk.run('Read the registry', 'Run');
    const readAt = desk.clock.now();
    assert.equal(known().asOf, readAt);
    assert.ok(known().records.size > 10);
    await waitFor('the other window', () => known(other.store).asOf !== undefined);
    for (const { store } of [other, await otherWindow()]) {
      assert.equal(known(store).asOf, readAt);
      assert.deepEqual(known(store).records, known().records);
    }
    other.index.dispose();
  });

  it('stays as it was where what was read cannot be understood, or is a part', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: output });
    await desk.run('Read the registry', 'Run');
    const before = known();
    await desk.clock.advance(60_000);
    for (const bad of [output.slice(0, 500), '{"nodes":[{"node_id":"x"}]}']) {
      host.messages.length = 0;
      desk.ends.push({ exitCode: 0, stdoutTail: bad });
      await desk.run('Read the registry', 'Run');
      const isShown = (words: string): boolean => host.messages.some(({ text }) => text.includes(words));
      await waitFor('both messages', () => isShown("Can't read its output") && isShown('Read the registry: done.'));
    }
    desk.ends.push({ exitCode: 1, stdoutTail: output });
    await desk.run('Read the registry', 'Run');
    desk.choose = () => undefined;
    host.answer = () => 'dc_id eq bo1';
    desk.ends.push({ exitCode: 0, stdoutTail: output });
    await desk.run('Look up in the registry', 'Run');
    assert.equal(known(), before);
    assert.equal(known((await otherWindow()).store).asOf, before.asOf);
  });

  it('is shown although the disk is full, and damage on the disk does no harm', async () => {
    desk.registryDisk.refusal = new Error('full');
    desk.ends.push({ exitCode: 0, stdoutTail: output });
    await desk.run('Read the registry', 'Run');
    assert.ok(known().records.size > 10);
    for (const text of ['{', '{"readAt":1,"nodes":7}', '{"readAt":1,"nodes":[7]}']) {
      desk.registryDisk.files.set('nodes.json', text);
      assert.equal(known((await otherWindow()).store).status, 'neverLoaded', text);
    }
  });

  it('is read by a command of its own, which shows first what runs', async () => {
    const shown: string[] = [];
    host.press = ({ text, detail }) => void shown.push(`${text} ${detail}`);
    await desk.call('readRegistry', []);
    assert.match(shown.join(), /^Read the registry .*dre registry/s);
    assert.equal(desk.programs.length, 0);
  });
});
