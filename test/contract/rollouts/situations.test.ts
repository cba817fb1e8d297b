import assert from 'node:assert/strict';
import { releasesView } from '../../../src/views/releases/view.ts';
import { enginesOf, fullReadAt, rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { takeBoard } from '../../../src/feeds/releases/board.ts';
import { toBoard } from '../../../src/sources/rollouts/mapping.ts';
import { Store } from '../../../src/engine/read/store.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { timeline } from '../../../src/domain/releases/timeline/timeline.ts';
import { engineOf } from '../../../src/domain/releases/timeline/troubles.ts';
import { waitOf } from '../../../src/domain/releases/waits.ts';
import { knowledgeOf } from '../../../src/domain/links/knowledge.ts';
import { Subjects } from '../../../src/domain/links/subjects.ts';
import type { Proposal, ProposalStatus } from '../../../src/domain/proposals/proposal.ts';
import type { Row, ViewModel } from '../../../src/views/kit/row.ts';
import { troubleText } from '../../../src/webview/timeline/words.ts';
import { rethrow } from '../../support/engine/engine.ts';
import { joinLinks } from '../../support/feeds/joinLinks.ts';
import { proposal } from '../../support/feeds/linkRecords.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { silentReport } from '../../support/sources/silentReport.ts';

type Json = Record<string, unknown>;

const airflow = 'https://airflow.example.org';
/** When the real server gave these answers. */
const now = Date.parse('2026-11-28T10:22:40Z');

/** The view of what the dashboard says, one answer after the other. */
function viewOf(...answers: readonly Json[]): { readonly view: ViewModel; readonly store: Store<Failure> } {
  const store = new Store<Failure>(rethrow);
  for (const answer of answers) {
    const board = toBoard(answer, silentReport) ?? assert.fail('no state');
    store.update(rolloutsKey, { status: 'fresh', asOf: now, records: takeBoard(store, board, now) });
  }
  const from = { now, timeZone: 'UTC' };
  const view = releasesView(store.state(rolloutsKey), from, airflow, undefined, {
    engines: enginesOf(store),
    fullReadAt: fullReadAt(store),
  });
  return { view, store };
}

const lines = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ label, description = '' }) => `${label}: ${description}`);

describeWithReference('the situations of the real dashboard', 'rollout-samples/real-situations.json', () => {
  const answer = JSON.parse(readReference('rollout-samples/real-situations.json')) as { rollouts: Json[] } & Json;
  const one = (name: string): Json => {
    const found = answer.rollouts.find((each) => String(each['name']).startsWith(name)) ?? assert.fail(name);
    return { ...answer, rollouts: [found] };
  };
  const rowOf = (state: Json): Row => viewOf(state).view.rows.at(-1) ?? assert.fail('no row');

  /** What the page says of troubles. */
  const troublesOf = (state: Json): readonly string[] => {
    const { store } = viewOf(state);
    const [rollout] = store.state(rolloutsKey).records.values();
    assert.ok(rollout !== undefined);
    const engine = engineOf(rollout, enginesOf(store));
    const drawn = timeline(rollout, { now, fullReadAt: fullReadAt(store), engine, wait: waitOf(rollout, [rollout]) });
    return drawn.troubles.map((trouble) => troubleText(trouble, drawn));
  };
  const subnetsOf = (state: Json, label = 'Batch 12'): readonly string[] =>
    lines(rowOf(state).children?.find((row) => row.label === label)?.children ?? []);

  it('name a plan that cannot be read for days', () => {
    assert.deepEqual(lines(rowOf(one('12')).children ?? []), ['No plan: for 2d']);
    assert.match(troublesOf(one('12')).join(), /^No plan for 2 d 19 h: .* the dashboard can't read it$/);
  });

  it('name the election that a rollout waits for', () => {
    assert.equal(lines(rowOf(one('13')).children ?? [])[0], 'Waits to start: its version is not known to be elected');
    assert.match(troublesOf(one('13')).join(), /Waits to start: its version is not known to be elected/);
  });

  it('say what became of the election, once it is decided', () => {
    const { store } = viewOf(one('13'));
    const shown = (status: ProposalStatus): readonly string[] => {
      const { rows } = releasesView(store.state(rolloutsKey), { now, timeZone: 'UTC' }, airflow, undefined, {
        pagesOf: () => ({ proposal: proposal(140_001n, { status }) }),
      });
      const [row] = rows.at(-1)?.children ?? [];
      return [`${row?.label ?? ''}: ${row?.description ?? ''}`, row?.hover?.at(-1) ?? '', row?.spoken ?? ''];
    };
    const [row, todo, spoken] = shown('executed');
    assert.equal(row, 'Version elected: not started yet');
    assert.match(todo ?? '', /^Proposal 140001 elected its version\. Airflow looks for it every 15 minutes/);
    assert.equal(spoken, `${row}. ${todo ?? ''}`);
    assert.deepEqual(shown('adopted'), [row, todo, spoken]);
    assert.equal(shown('rejected')[0], 'Not elected: proposal 140001 was rejected');
    assert.equal(shown('failed')[0], 'Not elected: proposal 140001 failed');
  });

  it('lead to the proposal that the version or a subnet waits for, once it is known', () => {
    const commit = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
    const rowWith = (state: Json, of: Proposal): Row => {
      const { store } = viewOf(state);
      const rollouts = [...store.state(rolloutsKey).records.values()];
      const records = { alerts: [], rollouts, proposals: [of], tickets: [], pullRequests: [] };
      const known = knowledgeOf({ ...records, epic: 'DRE-350', repository: 'dfinity/dre' });
      const links = joinLinks(records, new Subjects(known));
      const { rows } = releasesView(store.state(rolloutsKey), { now, timeZone: 'UTC' }, airflow, links);
      return rows.at(-1) ?? assert.fail('no row');
    };
    const title = `Elect new IC/Replica revision (commit ${commit.slice(0, 7)})`;
    const [waits] = rowWith(one('13'), proposal(140_001n, { nnsFunction: 38, title, summary: commit })).children ?? [];
    assert.ok(waits !== undefined);
    assert.deepEqual(lines([waits]), ['Not elected yet: waits for proposal 140001']);
    assert.ok(waits.hover?.includes(`Vote on proposal 140001: ${title}`));
    assert.deepEqual([waits.proposal, waits.tokens.includes('votable')], ['140001', true]);
    const subnet = rowOf(one('02')).children?.find(({ label }) => label === 'Batch 12')?.children?.[0]?.copied ?? '';
    const deploys = `Update subnet ${subnet.slice(0, 5)} to replica version ${commit.slice(0, 7)}`;
    const voted = rowWith(one('02'), proposal(140_002n, { title: deploys })).children?.find(
      ({ label }) => label === 'Batch 12',
    );
    const proposals = voted?.children?.map(({ proposal: id, tokens }) => [id, tokens.includes('votable')]);
    assert.deepEqual(proposals?.[0], ['140002', true]);
    assert.deepEqual(proposals.slice(1), [[undefined, true], [undefined, true]]); // prettier-ignore
  });

  it('name a problem that no subnet shows, in the same words as where one shows it', () => {
    const [row] = lines(rowOf(one('04')).children ?? []);
    assert.equal(row, 'Airflow retries a task: holds up no subnet');
    const [trouble] = troublesOf(one('04'));
    assert.match(trouble ?? '', /^Batch 12: Airflow retries a task that holds up no subnet/);
    const found = JSON.parse(JSON.stringify(one('04')).replace(
      /"waiting_for_adoption","comment":"Task batch_12.wait_until_proposal_is_accepted.0 in state Success"/,
      '"error","comment":"Task batch_12.request_proposal_vote.0 in state UpForRetry"',
    )) as Json; // prettier-ignore
    assert.notDeepEqual(found, one('04'));
    assert.deepEqual(troublesOf(found), troublesOf(one('04')));
  });

  it('say of a batch that needs a person what to do', () => {
    const hoverOf = (name: string): string =>
      rowOf(one(name))
        .children?.find(({ label }) => label === 'Batch 12')
        ?.hover?.join('\n') ?? '';
    assert.match(hoverOf('02'), /^To do: vote on the proposals of \w{5}, \w{5}, \w{5}\.$/m);
    assert.match(hoverOf('06'), /^To do: look at the log of the task of \w{5}\. Airflow retries it for a day\.$/m);
    assert.match(hoverOf('09'), /^To do: fix why the task of \w{5} failed, then clear the task in Airflow\.$/m);
    assert.doesNotMatch(hoverOf('05'), /alerts of|clear the task/);
  });

  it('say that a subnet is ready only after its alerts were checked', () => {
    assert.deepEqual(
      subnetsOf(one('05')).map((line) => line.slice(7)),
      ['adopted, alerts next', 'waits for adoption', 'adopted, alerts next'],
    );
    assert.deepEqual(
      subnetsOf(one('07')).map((line) => line.slice(7)),
      ['ready, waits for batch', 'waits for alerts', 'ready, waits for batch'],
    );
  });

  it('say at the top that nothing moves when no running rollout was scheduled', () => {
    const { view } = viewOf(one('14'));
    assert.equal(lines(view.rows)[0], 'Nothing moves: for 1h');
    assert.match(troublesOf(one('14'))[0] ?? '', /^Nothing moves: Airflow last scheduled this rollout 1 h before/);
  });

  it('say nothing of that while the engine is paused, and predict nothing', () => {
    const kind = 'rollout_ic_os_to_mainnet_subnets';
    const paused = { ...one('14'), rollout_engine_states: { [kind]: 'paused' } };
    const { view, store } = viewOf(paused);
    assert.deepEqual(lines(view.rows)[0], 'GuestOS rollouts: paused');
    assert.deepEqual(troublesOf(paused).filter((text) => text.startsWith('Nothing')), []); // prettier-ignore
    const [rollout] = store.state(rolloutsKey).records.values();
    assert.ok(rollout !== undefined);
    const drawn = timeline(rollout, { now, engine: 'paused' });
    assert.deepEqual([drawn.next, drawn.predictedEnd], [undefined, undefined]);
    assert.notEqual(timeline(rollout, { now, engine: 'active' }).next, undefined);
  });

  it('keep the rollouts of an engine that broke, in grey and with since when', () => {
    const kind = 'rollout_ic_os_to_mainnet_subnets';
    const broken = { rollouts: [], rollout_engine_states: { [kind]: 'broken' } };
    const { view } = viewOf(one('02'), broken);
    assert.deepEqual(lines(view.rows).slice(0, 1), ['GuestOS rollouts: broken · now']);
    const row = view.rows[1];
    assert.match(row?.description ?? '', /^not listed · /);
    assert.equal(row?.icon?.color, 'descriptionForeground');
    assert.equal(row.children?.[0]?.icon?.color, 'descriptionForeground');
    const healed = viewOf(one('02'), broken, one('02')).view.rows[0];
    assert.ok(healed?.description?.includes('not listed') === false);
    assert.equal(viewOf(one('02'), { ...broken, rollout_engine_states: { [kind]: 'active' } }).view.rows.length, 0);
  });
});

describe('a rollout of HostOS that was given up', () => {
  it('is not done where it was skipped', () => {
    const batch = (state: string, number: number): Json => ({
      planned_start_time: `2026-11-2${number}T07:00:00Z`,
      actual_start_time: state === 'complete' ? `2026-11-2${number}T07:00:03Z` : null,
      end_time: state === 'complete' ? `2026-11-2${number}T07:50:03Z` : null,
      state,
      comment: '',
      display_url: '',
      planned_nodes: 40,
      selectors: null,
      actual_nodes: state === 'complete' ? 40 : null,
    });
    const rollout = {
      kind: 'rollout_ic_os_to_mainnet_nodes',
      name: 'rc--2026-11-20_03-30',
      state: 'failed',
      dispatch_time: '2026-11-21T07:00:00Z',
      last_scheduling_decision: '2026-11-28T07:00:00Z',
      stages: { canary: { 1: batch('complete', 3), 2: batch('skipped', 4) }, main: { 1: batch('skipped', 5) } },
    };
    const [row] = viewOf({ rollouts: [rollout], rollout_engine_states: {} }).view.rows;
    assert.equal(row?.description, 'failed · 40 of 120');
    assert.ok(row.hover?.includes('Failed, 40 of 120 nodes done, 1 of 3 batches complete, 2 skipped'));
  });
});
