import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { TicketDetailsReader } from '../../../../src/feeds/queue/details.ts';

const outage: Failure = { kind: 'unreachable', service: 'jira', operation: 'read ticket' };

/** A Jira whose answers a test decides. */
function bench() {
  const service = { asked: [] as string[], failure: undefined as Failure | undefined, gate: Promise.resolve() };
  const told: string[] = [];
  const jira = {
    getIssue: async (key: string) => {
      service.asked.push(key);
      await service.gate;
      return service.failure === undefined ? ok({ key }) : fail(service.failure);
    },
  };
  const reader = new TicketDetailsReader(
    () => Promise.resolve(jira as never),
    (key) => told.push(key),
  );
  return { service, told, reader };
}

describe('reading tickets in full', () => {
  it('keeps what was good beside a failure', async () => {
    const { service, reader } = bench();
    await reader.read('DRE-1');
    service.failure = outage;
    await reader.read('DRE-1');
    const { details, failure, reading } = reader.state('DRE-1');
    assert.deepEqual([details?.key, failure, reading], ['DRE-1', outage, false]);
  });

  it('ends when the client cannot be loaded', async () => {
    const reader = new TicketDetailsReader(
      () => Promise.reject(new Error('no such chunk')),
      () => undefined,
    );
    await reader.read('DRE-1');
    const { failure, reading } = reader.state('DRE-1');
    assert.deepEqual([failure?.kind, reading], ['malformed', false]);
  });

  it('keeps the tickets that were opened last, and no more', async () => {
    const { reader } = bench();
    await reader.read('DRE-1');
    for (let number = 2; number <= 200; number++) {
      await reader.read(`DRE-${number}`);
      assert.notEqual(reader.state('DRE-1').details, undefined, 'the one on the screen stays');
    }
    assert.equal(reader.state('DRE-2').details, undefined);
    assert.notEqual(reader.state('DRE-200').details, undefined);
  });

  it('forgets all when credentials or addresses change, and takes no answer of before', async () => {
    const { service, told, reader } = bench();
    await reader.read('DRE-1');
    let open: () => void = () => undefined;
    service.gate = new Promise((resolve) => (open = resolve));
    const reading = reader.read('DRE-2');
    told.length = 0;
    reader.reset();
    assert.deepEqual(told.sort(), ['DRE-1', 'DRE-2']);
    open();
    await reading;
    for (const key of ['DRE-1', 'DRE-2']) {
      assert.deepEqual(reader.state(key), { details: undefined, reading: false, failure: undefined });
    }
  });
});
