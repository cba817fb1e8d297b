import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { ticketGroupings, type TicketGrouping } from '../../../../src/domain/queue/groupings.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import type { OptionsMemory, ViewOptions as Options } from '../../../../src/ui/kit/viewOptions.ts';
import type { QueueViewParts } from '../../../../src/ui/queue/viewCommands.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { host, type Picker } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { ViewOptions } = await import('../../../../src/ui/kit/viewOptions.ts');
const { queueViewCommands } = await import('../../../../src/ui/queue/viewCommands.ts');

describe('choosing how to see the Queue view', () => {
  const memento = (kept = new Map<string, unknown>()): OptionsMemory['globalState'] => ({
    get: (key: string): unknown => kept.get(key),
    update: (key, value) => Promise.resolve(void kept.set(key, structuredClone(value))),
  });
  const memory = { globalState: memento(), workspaceState: memento() };
  const optionsOfWindow = (): Options<TicketGrouping> =>
    new ViewOptions<TicketGrouping>(memory, {
      view: 'drDre.queue',
      filteredKey: 'drDre.queue.filtered',
      groupings: ticketGroupings,
    });
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const dana = { accountId: 'dana', name: 'Dana', timeZone: undefined };
  const records = [ticket('DRE-1', { summary: 'Firewall', assignee: dana }), ticket('DRE-2', { summary: 'Topology' })];
  store.update(queueKey, { status: 'fresh', asOf: clock.now(), records });
  const queueOptions = optionsOfWindow();
  const drafts = new Drafts({ disk: new MemoryDisk(), clock, log: memoryLog(), secrets: () => [] });
  const settings = {
    current: {
      ticketFilters: [{ name: 'Nobody', query: 'nobody' }],
      ticketQueries: [{ name: 'Old', jql: 'created < -7d' }],
    },
  };
  const asked: string[] = [];
  const said: string[] = [];
  const answers: Result<readonly string[], Failure>[] = [];
  const ticketQuery = {
    read: (jql: string) => {
      asked.push(jql);
      return Promise.resolve(answers.shift() ?? ok([]));
    },
  };
  const reporter = {
    showFailure: (failure: Failure, title: string) => Promise.resolve(void said.push(`${title}: ${failure.kind}`)),
  };
  // Only what the commands reach for.
  const parts = {
    queueOptions,
    store,
    drafts,
    settings,
    clock,
    account: { current: dana },
    commands: reporter,
    ticketQuery: () => Promise.resolve(ticketQuery),
  } as unknown as QueueViewParts;
  const commands = queueViewCommands(parts);
  const run = async (id: string): Promise<void> => commands[id]?.({ rows: [], args: [] });
  const listed = ({ items }: Picker): readonly string[] =>
    items.map(({ label, description }) => `${label}: ${description ?? ''}`);

  it('takes words, saved filters and what is mine, each kept over a reload', async () => {
    host.usePicker = (picker) => {
      assert.deepEqual(listed(picker), [
        'Nobody: 1 ticket',
        'Old: created < -7d',
        'Mine: ',
        'Advanced Query…: JQL, as in Jira',
      ]);
      picker.type('fire wall');
      assert.equal(listed(picker)[0], 'fire wall: 1 of 2 tickets has all of these words');
      picker.accept(picker.items[0]);
    };
    await run('drDre.queue.filter');
    assert.deepEqual(optionsOfWindow().filter, { kind: 'text', text: 'fire wall' });
    for (const [label, filter] of [
      ['Nobody', { kind: 'saved', name: 'Nobody' }],
      ['Mine', { kind: 'mine' }],
      ['Old', { kind: 'query', query: 'created < -7d' }],
    ] as const) {
      host.usePicker = (picker) => picker.accept(picker.items.find((item) => item.label === label));
      await run('drDre.queue.filter');
      assert.deepEqual(optionsOfWindow().filter, filter);
    }
    await run('drDre.queue.clearFilter');
    assert.equal(optionsOfWindow().filter, undefined);
  });

  it('takes a query once Jira has taken it, and says what Jira says of one that it refuses', async () => {
    host.usePicker = (picker) => picker.accept(picker.items.find(({ label }) => label === 'Advanced Query…'));
    const refusal = { service: 'jira', operation: 'test', detail: 'Expecting operator but got the end.' } as const;
    answers.push(fail({ kind: 'rejected', ...refusal }), ok(['1']));
    const prompts: string[] = [];
    const typed = ['assignee', ' assignee is EMPTY '];
    host.answer = ({ prompt = '' }) => {
      prompts.push(prompt);
      return typed.shift();
    };
    await run('drDre.queue.filter');
    assert.deepEqual(asked, ['assignee', 'assignee is EMPTY']);
    assert.match(prompts[1] ?? '', /^Rejected by Jira: Expecting operator but got the end\. For example: /);
    assert.deepEqual(optionsOfWindow().filter, { kind: 'query', query: 'assignee is EMPTY' });
    // A service that is away says nothing of the query: the filter stays as it is.
    answers.push(fail({ kind: 'unreachable', ...refusal }));
    host.answer = () => 'priority = High';
    await run('drDre.queue.filter');
    assert.deepEqual(said, ['Filter Tickets by a Query: unreachable']);
    assert.deepEqual(optionsOfWindow().filter, { kind: 'query', query: 'assignee is EMPTY' });
    host.answer = () => '';
    await run('drDre.queue.filter');
    assert.equal(optionsOfWindow().filter, undefined);
  });

  it('leads back from the query to the list of filters, also when Jira has refused it', async () => {
    const before = optionsOfWindow().filter;
    for (const refused of [false, true]) {
      if (refused) answers.push(fail({ kind: 'rejected', service: 'jira', operation: 'test', detail: 'No.' }));
      const lists: (readonly string[])[] = [];
      host.usePicker = (picker) => {
        lists.push(picker.activeItems.map(({ label }) => label));
        if (lists.length > 1) picker.dispose();
        else picker.accept(picker.items.find(({ label }) => label === 'Advanced Query…'));
      };
      let isRefused = refused;
      host.answer = (box) => {
        if (!isRefused) box.press('Back');
        isRefused = false;
        return 'assignee';
      };
      await run('drDre.queue.filter');
      assert.deepEqual(lists, [[], ['Advanced Query…']]);
    }
    assert.deepEqual(optionsOfWindow().filter, before);
  });

  it('sets a context key for whether there is a filter to clear', () => {
    host.executed.length = 0;
    queueOptions.filterBy({ kind: 'mine' });
    queueOptions.filterBy(undefined);
    const set = (filtered: boolean): readonly unknown[] => ['setContext', 'drDre.queue.filtered', filtered];
    assert.deepEqual(host.executed, [set(true), set(false)]);
  });

  it('groups by what is chosen, kept over a reload', async () => {
    host.pick = (items) => items.find(({ label }) => label === 'Type');
    await run('drDre.queue.group');
    assert.equal(optionsOfWindow().grouping, 'kind');
  });
});
