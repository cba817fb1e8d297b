import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../src/domain/base/failure.ts';
import { hour } from '../../src/domain/base/time.ts';
import type { Rotation } from '../../src/domain/rotation/rotation.ts';
import { knowledgeOf } from '../../src/domain/links/knowledge.ts';
import { Subjects } from '../../src/domain/links/subjects.ts';
import { alertRow } from '../../src/views/alerts/row.ts';
import { alertsView } from '../../src/views/alerts/view.ts';
import { pullRow } from '../../src/views/ci/row.ts';
import { contextValue, type Row, type ViewModel } from '../../src/views/kit/row.ts';
import { runsView } from '../../src/views/operations/view.ts';
import { proposalRow } from '../../src/views/proposals/row.ts';
import { proposalsView } from '../../src/views/proposals/view.ts';
import { ticketRow } from '../../src/views/queue/view.ts';
import { releasesView } from '../../src/views/releases/view.ts';
import { weekView } from '../../src/views/rotation/view.ts';
import { freshState } from '../support/feeds/freshState.ts';
import { joinLinks } from '../support/feeds/joinLinks.ts';
import { alert, proposal, pullRequest, ticket, troubledSubnet, weekRollout } from '../support/feeds/linkRecords.ts';
import { at, batch, finished, rollout, target, wednesday } from '../support/feeds/rolloutBuilder.ts';
import { account, dana, eli, rotation, shift } from '../support/feeds/rotationBuilder.ts';
import { dreRun } from '../support/operations/runBuilder.ts';
import { listedKinds } from '../support/views/everyView.ts';

const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
const menu: readonly { readonly command: string; readonly when: string }[] = contributes.menus['view/item/context'];

/** Whether VS Code offers an entry for a row: of the operators of `when`, those that this menu uses. */
function fits(when: string, view: string, item: string): boolean {
  return when.split(' && ').every((condition) => {
    const [, name, operator, value = ''] = /^(\w+) (==|=~) (.+)$/.exec(condition) ?? assert.fail(condition);
    const actual = name === 'view' ? view : name === 'viewItem' ? item : assert.fail(condition);
    return operator === '==' ? actual === value : new RegExp(value.slice(1, -1)).test(actual);
  });
}

const offered = (view: string, row: Row): readonly string[] =>
  menu.filter(({ when }) => fits(when, view, contextValue(row))).map(({ command }) => command);

const from = { now: wednesday, timeZone: 'UTC' };
const failure: Failure = { kind: 'server', service: 'rollouts', operation: 'read' };
const viewOfKind: Readonly<Record<string, string>> = {
  alerts: 'drDre.alerts',
  heartbeats: 'drDre.alerts',
  'closed alerts': 'drDre.alerts',
  tickets: 'drDre.queue',
  proposals: 'drDre.proposals',
  rollouts: 'drDre.releases',
  schedules: 'drDre.week',
  'pull requests': 'drDre.ci',
  'workflow runs': 'drDre.ci',
};

const heartbeats = (['responsive', 'pending', 'off', 'unknown', 'unresponsive'] as const).map((status) => ({
  name: `watchdog ${status}`,
  description: '',
  intervalMs: hour,
  status,
  alertMessage: '',
  ownerTeam: '',
}));
const schedules: readonly Rotation[] = [
  rotation({
    id: 's1',
    current: [dana],
    until: wednesday + hour,
    next: { people: [eli], from: wednesday + hour },
    shifts: [
      shift('2026-08-26T00:00Z', '2026-08-27T00:00Z', [dana], 'override'),
      shift('2026-08-28T00:00Z', '2026-08-29T00:00Z', [eli], 'forwarding'),
      shift('2026-08-30T00:00Z', '2026-08-31T00:00Z', [dana]),
    ],
  }),
  rotation({ id: 's2', current: [], partial: true, hoursNotTold: true }),
];
const rollouts = [
  rollout({
    state: 'problem',
    batches: [
      ...[finished(1, at(0, 9), ['aaaaa']), finished(2, at(0, 11), ['bbbbb'])],
      batch(3, at(2, 10), { actualStart: at(2, 13), state: 'error', targets: [target('o3ow2', { state: 'error' })] }),
      batch(4, at(2, 15)),
    ],
  }),
  rollout({ kind: 'unknown', unknownKind: 'rollout_of_more', name: 'rc--2026-08-13_03-55', batches: [] }),
];
const engines = [{ kind: 'rollout_ic_os_to_mainnet_subnets', state: 'broken', since: wednesday - hour }] as const;

/** Views with rows of every kind that there is. */
const shown: readonly (readonly [view: string, model: ViewModel])[] = [
  ...listedKinds.map(({ name, record, view }): readonly [string, ViewModel] => [
    viewOfKind[name] ?? assert.fail(name),
    view([1, 2, 3].map(record)),
  ]),
  ['drDre.alerts', alertsView(freshState([]), from, 'https://x.example', { heartbeats: freshState(heartbeats) })],
  ['drDre.week', weekView(freshState(schedules), account, from, 'https://x.example/on-call')],
  [
    'drDre.releases',
    releasesView(freshState(rollouts), from, 'https://airflow.example.org', undefined, {
      engines,
      fullReadAt: wednesday,
    }),
  ],
  [
    'drDre.releases',
    releasesView(freshState(rollouts, { status: 'failing', failure }), from, 'https://airflow.example.org'),
  ],
  ['drDre.proposals', proposalsView(freshState([proposal(1n), proposal(2n, { topic: 1 })]), from)],
  ['drDre.runs', runsView([dreRun('r1', wednesday - hour)], from)],
];

/** All rows, also those that are folded, with their view. */
function everyRow(): readonly (readonly [view: string, row: Row])[] {
  const within = (rows: readonly Row[]): readonly Row[] => rows.flatMap((row) => [row, ...within(row.children ?? [])]);
  return shown.flatMap(([view, { rows }]) => within(rows).map((row) => [view, row] as const));
}

/** A sentence about a list: it names nothing that could be opened. */
const isSentence = ({ id }: Row): boolean => /!(?:remark|hidden|plan)$/.test(id);

describe('the rows of all views', () => {
  it('do something at a click, but for sentences; a group folds', () => {
    const idle = everyRow()
      .filter(([, row]) => row.command === undefined && row.children === undefined && !isSentence(row))
      .map(([view, { id }]) => `${view}: ${id}`);
    assert.deepEqual([...new Set(idle)], []);
  });

  it('have a menu where they name a record, with something to copy', () => {
    const bare = everyRow()
      .filter(([, { record, name }]) => (record !== undefined && record.kind !== 'setting') || name !== undefined)
      .filter(([view, row]) => !offered(view, row).some((command) => /\.copy[A-Z]/.test(command)))
      .map(([view, { id }]) => `${view}: ${id}`);
    assert.deepEqual([...new Set(bare)], []);
  });

  it('have the pages that their menu opens', () => {
    for (const [view, row] of everyRow()) {
      const commands = offered(view, row);
      for (const [command, page] of [
        ['drDre.releases.openPlace', row.placePage],
        ['drDre.releases.openCommit', row.commit],
        ['drDre.releases.openForum', row.forumPage],
        ['drDre.releases.openNotes', row.notesPage],
        ['drDre.releases.openProposal', row.proposal],
      ] as const) {
        assert.equal(commands.includes(command), page !== undefined, `${view}: ${row.id} and ${command}`);
      }
    }
  });

  it('have what their menu copies', () => {
    for (const [view, row] of everyRow()) {
      const commands = offered(view, row);
      for (const [command, part] of [
        ['drDre.copyName', row.name],
        ['drDre.copyId', row.copied],
        ['drDre.copyLink', row.link],
      ] as const) {
        assert.equal(commands.includes(command), part !== undefined, `${view}: ${row.id} and ${command}`);
        assert.equal(new Set(commands.filter((each) => each === command)).size, Number(part !== undefined));
      }
    }
  });

  it('lead to what their record is related to, by kind of row', () => {
    const alerts = ['a1', 'a2'].map((id) => alert(id, { entity: troubledSubnet, createdAt: at(2, 13, 6) }));
    const [one = assert.fail()] = alerts;
    const listed = ticket('DRE-351', { summary: 'Follow up o3ow2 in rc--2026-08-20_03-30' });
    const deploys = proposal(138123n, { title: 'Update subnet o3ow2 to replica version 79c0105' });
    const pull = pullRequest(2038, { title: 'For o3ow2 in rc--2026-08-20_03-30' });
    const bare = pullRequest(2039, { title: 'For nothing' });
    const records = {
      alerts,
      rollouts: [weekRollout()],
      proposals: [deploys],
      tickets: [listed],
      pullRequests: [pull, bare],
    };
    const known = knowledgeOf({ ...records, epic: 'DRE-350', repository: 'dfinity/dre' });
    const links = joinLinks(records, new Subjects(known));
    const watched = { githubApi: 'https://api.github.com/', repository: 'dfinity/dre' };
    const site = 'https://x.example';
    const [timeline, related] = ['drDre.releases.openTimeline', 'drDre.releases.openAlerts'];
    const [id, name, link] = ['drDre.copyId', 'drDre.copyName', 'drDre.copyLink'];
    const looked = [timeline, related, id, name, link];
    const batches = releasesView(freshState([weekRollout()]), from, 'https://airflow.example.org', links);
    const within = (rows: readonly Row[]): readonly Row[] =>
      rows.flatMap((row) => [row, ...within(row.children ?? [])]);
    const ofBatch = within(batches.rows).filter(({ batch }) => batch === 'batch-12');
    const [batchRow = assert.fail(), ...targets] = ofBatch;
    const target = targets.find(({ copied }) => copied === troubledSubnet) ?? assert.fail();
    const all = [timeline, related, id, name, link];
    for (const [what, view, row, expected] of [
      ['alert', 'drDre.alerts', alertRow(one, from, site, { links }), all],
      ['alert without links', 'drDre.alerts', alertRow(one, from, site), [id, name, link]],
      [
        'ticket',
        'drDre.queue',
        ticketRow(listed, from, site, { gist: links.gistOf({ kind: 'ticket', ticket: listed }) }),
        all,
      ],
      ['ticket without links', 'drDre.queue', ticketRow(listed, from, site, {}), [id, name, link]],
      [
        'proposal',
        'drDre.proposals',
        proposalRow(deploys, from, { gist: links.gistOf({ kind: 'proposal', proposal: deploys }) }),
        all,
      ],
      ['pull request', 'drDre.ci', pullRow(pull, from, watched, links, 300), all],
      ['pull request that names nothing', 'drDre.ci', pullRow(bare, from, watched, links, 300), [id, name, link]],
      // A batch has no ID but the number that its name ends in.
      ['batch', 'drDre.releases', batchRow, [timeline, related, name, link]],
      ['subnet', 'drDre.releases', target, [timeline, related, id, link]],
    ] as const) {
      const commands = new Set(offered(view, row).filter((command) => looked.includes(command)));
      // One without a page in Airflow has no link to copy.
      const wanted = expected.filter((command) => command !== link || row.link !== undefined);
      assert.deepEqual([...commands].toSorted(), [...wanted].toSorted(), what);
    }
  });
});
