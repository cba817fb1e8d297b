import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { TicketDetailsReader } from '../../../../src/feeds/queue/details.ts';

const outage: Failure = { kind: 'unreachable', service: 'jira', operation: 'read ticket' };

/** A Jira whose answers a test decides. */
function setUp() {
  const service = {
    asked: [] as string[],
    failure: undefined as Failure | undefined,
    gate: Promise.resolve(),
    comments: [] as { readonly id: string }[],
    commentCount: 0,
    updatedAt: 1,
    /** How often the pages of comments were asked for. */
    pages: 0,
    pagesFailure: undefined as Failure | undefined,
  };
  const changed: string[] = [];
  const jira = {
    getIssue: async (key: string) => {
      service.asked.push(key);
      await service.gate;
      const { comments, commentCount, updatedAt } = service;
      return service.failure === undefined ? ok({ key, comments, commentCount, updatedAt }) : fail(service.failure);
    },
    commentsOf: () => {
      service.pages++;
      const records = Array.from({ length: service.commentCount }, (_, index) => ({ id: `${index}` }));
      return Promise.resolve(service.pagesFailure === undefined ? ok({ records }) : fail(service.pagesFailure));
    },
    historyOf: () =>
      Promise.resolve(service.pagesFailure === undefined ? ok({ records: [] }) : fail(service.pagesFailure)),
  };
  const reader = new TicketDetailsReader(
    () => Promise.resolve(jira as never),
    (key) => changed.push(key),
  );
  return { service, changed, reader };
}

describe('reading tickets in full', () => {
  it('keeps what was good beside a failure', async () => {
    const { service, reader } = setUp();
    await reader.read('DRE-1');
    service.failure = outage;
    await reader.read('DRE-1');
    const { details, failure, reading } = reader.state('DRE-1');
    assert.deepEqual([details?.key, failure, reading], ['DRE-1', outage, false]);
  });

  it('reads the pages of comments only where not all came with the ticket', async () => {
    const { service, reader } = setUp();
    await reader.read('DRE-1');
    assert.equal(service.pages, 0);
    service.commentCount = 130;
    await reader.read('DRE-1');
    assert.equal(reader.state('DRE-1').details?.comments.length, 130);
  });

  it('shows the ticket where its pages cannot be read, and says why', async () => {
    const { service, reader } = setUp();
    await reader.read('DRE-1');
    Object.assign(service, { commentCount: 130, comments: [{ id: '1' }], pagesFailure: outage });
    await reader.read('DRE-1');
    const { details, failure, historyFailure, history } = reader.state('DRE-1');
    assert.deepEqual([details?.comments.length, details?.commentCount], [1, 130]);
    assert.deepEqual([failure, historyFailure, history?.records], [undefined, outage, []]);
  });

  it('follows the list: reads again what was opened, once for each change', async () => {
    const { service, reader } = setUp();
    reader.follow({ key: 'DRE-1', updatedAt: 5 });
    assert.deepEqual(service.asked, []);
    await reader.read('DRE-1');
    reader.follow({ key: 'DRE-1', updatedAt: 1 });
    assert.equal(service.asked.length, 1);
    for (let time = 0; time < 3; time++) {
      reader.follow({ key: 'DRE-1', updatedAt: 5 });
      while (reader.state('DRE-1').reading) await Promise.resolve();
    }
    assert.equal(service.asked.length, 2);
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
    const { reader } = setUp();
    await reader.read('DRE-1');
    for (let number = 2; number <= 200; number++) {
      await reader.read(`DRE-${number}`);
      assert.notEqual(reader.state('DRE-1').details, undefined, 'the one on the screen stays');
    }
    assert.equal(reader.state('DRE-2').details, undefined);
    assert.notEqual(reader.state('DRE-200').details, undefined);
  });

  it('drops all when credentials or addresses change, and takes no answer of before', async () => {
    const { service, changed, reader } = setUp();
    await reader.read('DRE-1');
    let open: () => void = () => undefined;
    service.gate = new Promise((resolve) => (open = resolve));
    const reading = reader.read('DRE-2');
    changed.length = 0;
    reader.reset();
    assert.deepEqual(changed.sort(), ['DRE-1', 'DRE-2']);
    open();
    await reading;
    for (const key of ['DRE-1', 'DRE-2']) {
      assert.deepEqual(reader.state(key), {
        details: undefined,
        history: undefined,
        reading: false,
        failure: undefined,
        historyFailure: undefined,
      });
    }
  });
});
