import assert from 'node:assert/strict';
import type { Grouping } from '../../../../src/domain/alerts/groups.ts';
import type { Heartbeat } from '../../../../src/domain/alerts/heartbeat.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import { shortMoment, shorten } from '../../../../src/views/kit/format.ts';
import type { PendingAction } from '../../../../src/views/kit/pendingActions.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { paintedDescription } from '../../../../src/views/kit/rowWidth.ts';
import { runsView } from '../../../../src/views/operations/view.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { proposal, pullRequest, ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account, eli, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';
import { dreRun, runEnd } from '../../../support/operations/runBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';

// The rows in which a narrow side bar leaves least room, in the widest font.

const from = { now: wednesday, timeZone: 'UTC' };
const updatedAt = wednesday - 20 * hour;
const site = 'https://example.atlassian.net';
const hiddenPrefixes = ['[prod]', 'IC_'];

function lines(rows: readonly Row[], width?: number): readonly string[] {
  return narrowText(rows, 'DejaVu Sans', width).split('\n');
}

/** With all groups unfolded. */
function unfolded(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) =>
    row.children === undefined ? row : { ...row, children: unfolded(row.children), expanded: true },
  );
}

/** What is done to a schedule and a ticket, and how their rows read then. */
const actions = {
  confirmed: {
    action: { text: 'confirmed', state: 'applied', tokens: ['undoable'] },
    week: '$(person) DRE Ops Rotation  Eli until Fri 13:50',
    ticket: '  $(circle-large-outline) Rotate the keys of the…  Eli · 9d      …',
  },
  unconfirmed: {
    action: { text: 'assign unconfirmed', state: 'unconfirmed', tokens: ['unconfirmed'] },
    week: '$(person) DRE Ops Rotation  unconfirmed · Eli',
    ticket: '  $(circle-large-outline) Rotate the…  unconfirmed · Eli · 9d   …',
  },
  failed: {
    action: { text: "Couldn't assign: You don't have permission (403)", state: 'failed', tokens: ['troubled'] },
    week: '$(person) DRE Ops Rotat…  failed · Eli until Fri',
    ticket: '  $(circle-large-outline) Rotate the keys of…  failed · Eli · 9d …',
  },
  'not sent': {
    action: { text: 'assign not sent: an earlier action failed', state: 'notSent', tokens: ['troubled'] },
    week: '$(person) DRE Ops Rotation  not sent · Eli',
    ticket: '  $(circle-large-outline) Rotate the keys…  not sent · Eli · 9d …',
  },
} as const satisfies Record<string, { action: PendingAction; week: string; ticket: string }>;

describe('a row with little room at 300 px', () => {
  it('says of a closed alert since when, in the group of closed alerts', () => {
    const closed = [
      alert('1', { message: '[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0', priority: 'P1' }),
      alert('2', { message: '[prod] IC_Subnet_Stalled: o3ow2', priority: 'P1' }),
      alert('3', { message: 'The certificate of the boundary node bn-fr1 expires in 6 days', priority: 'P2' }),
    ].map((each) => ({ ...each, status: 'closed' as const, closedAt: wednesday - 90 * minute }));
    const group = { shown: true, fold: 0 };
    const view = alertsView(freshState<(typeof closed)[number]>([]), from, site, {
      hiddenPrefixes,
      account,
      closed: { state: freshState(closed), group },
    });
    assert.deepEqual(lines(view.rows), [
      '$(archive) Closed in the last day  3',
      '  $(flame) NotFinalizing o3ow2  P1 · 1h',
      '  $(flame) Subnet_Stalled o3ow2  P1 · 1h',
      '  $(bell-dot) The certificate of the…  P2 · 1h  …',
    ]);
  });

  it('says of an alert whose name begins with a long word since when, and who has it', () => {
    const owned = { status: 'acknowledged', owner: 'Alexandra Third' } as const;
    const raised = [
      alert('1', { message: 'mainnet-dashboard-backup-to-zurich is expired' }),
      alert('2', { message: 'mainnet-dashboard-backup-to-zurich is expired', ...owned }),
      alert('3', { message: 'https://grafana.example.org/d/abc123?orgId=1 does not answer', ...owned }),
      alert('4', { message: '0123456789abcdef0123456789abcdef0123456789abcdef is lost', ...owned }),
      alert('5', { message: '[prod] IC_Replica_NotFinalizing on bo1-dll01-host12', ...owned }),
    ];
    assert.deepEqual(lines(alertsView(freshState(raised), from, site, { account, hiddenPrefixes }).rows).slice(1), [
      '  $(bell) mainnet-dashboard-backup-…  4m …',
      '  $(bell) mainnet-dashboard…  4m · Alexand…',
      '  $(bell) grafana.example.…  4m · Alexand… …',
      '  $(bell) 0123456789abcde…  4m · Alexand…',
      '  $(bell) NotFina… bo1-dll01-host12  4m      …',
    ]);
  });

  describe('of an alert that is snoozed', () => {
    const backup = 'The backup of the registry replica in Zurich has not finished';
    const certificate = 'Boundary node bn-fr1: certificate expires in 6d';
    const evening = { ...from, now: Date.UTC(2026, 7, 26, 22, 30) };
    const rowsOf = (snoozes: readonly (readonly [string, number])[], at = from, grouping: Grouping = 'priority') => {
      const alerts = snoozes.map(([message, ms], index) =>
        alert(`${index}`, { message, status: 'snoozed', snoozedUntil: at.now + ms, owner: 'Dana Oncall' }),
      );
      const choice = { grouping };
      return lines(alertsView(freshState(alerts), at, site, { account, hiddenPrefixes, choice }).rows);
    };

    it('says that and until when, beside what distinguishes it from others', () => {
      assert.deepEqual(
        rowsOf([
          ['[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0', hour],
          ['[prod] IC_HostOS_DiskFull: /var/lib of 2 hosts in dm1 over 90 %', hour],
          ['[prod] IC_Stalled: o3ow2', hour],
          ['[prod] IC_XNet_CertificationLatencyHigh on shefu', hour],
          [backup, hour],
        ]).slice(1),
        [
          '  $(bell) NotFinalizing o3ow2  until 14:50       …',
          '  $(bell) DiskFull dm1  snoozed until 14:50     …',
          '  $(bell) Stalled: o3ow2  snoozed until 14:50  …',
          '  $(bell) CertificationLate… shefu  until 14:50',
          '  $(bell) The backup of the regis…  until 14:50',
        ],
      );
    });

    it('says of one for longer the day, and of one over midnight the time', () => {
      const snoozes = [
        [backup, 5 * day],
        [backup, 20 * day],
      ] as const;
      assert.deepEqual(rowsOf(snoozes).slice(1), [
        '  $(bell) The backup of the…  until Mon 13:50',
        '  $(bell) The backup of the regi…  until 15 Sep',
      ]);
      assert.deepEqual(
        rowsOf(
          [
            [backup, 5 * hour],
            [certificate, 5 * hour],
          ],
          evening,
        ).slice(1),
        ['  $(bell) The backup of the regis…  until 03:30', '  $(bell) Boundary node bn-fr1…  until 03:30'],
      );
    });

    it('says until when, where its name or its priority leaves no room for more', () => {
      assert.deepEqual(rowsOf([['mainnet-scraper is expired for two hours', hour]]).slice(1), [
        '  $(bell) mainnet-scraper is expi…  until 14:50',
      ]);
      assert.deepEqual(
        rowsOf(
          [
            [certificate, hour],
            ['Disk full', hour],
          ],
          from,
          'none',
        ),
        ['$(bell) Boundary node…  P3 · until 14:50       …', '$(bell) Disk full  snoozed until 14:50 · P3 · you…'],
      );
    });

    it('does not say what its group says', () => {
      assert.deepEqual(rowsOf([[backup, 5 * day]], from, 'status'), [
        'Snoozed  1',
        '  $(bell) The backup of…  P3 · until Mon 13:50',
      ]);
    });
  });

  it('says of a heartbeat with a long name since when it has expired', () => {
    const heartbeat: Heartbeat = {
      name: 'mainnet-dashboard-backup-to-zurich',
      description: '',
      status: 'unresponsive',
      ownerTeam: '',
      alertMessage: 'expired',
      intervalMs: hour,
    };
    const raised = [alert('1', { message: 'expired', owner: 'Dana Oncall' })];
    const view = alertsView(freshState(raised), from, site, { account, heartbeats: freshState([heartbeat]) });
    assert.deepEqual(lines(view.rows).slice(-1), ['  $(error) mainnet-dashboa…  expired 4m …']);
  });

  for (const [name, { action, ...golden }] of Object.entries(actions)) {
    it(`says who is on call and who has a ticket while an action is ${name}`, () => {
      const turn = shift('2026-08-26T00:00Z', '2026-08-28T13:50Z', [eli]);
      const schedule = rotation({ current: [eli], until: wednesday + 2 * day, shifts: [turn] });
      const week = weekView(freshState([schedule]), account, from, site, new Map([[schedule.id, action]]));
      const one = ticket('DRE-1', {
        summary: 'Rotate the keys of the boundary nodes',
        updatedAt: wednesday - 9 * day,
        assignee: { accountId: 'eli', name: 'Eli Second' },
      });
      const queue = queueView(freshState([one]), from, site, 'DRE-350', {
        account,
        pending: new Map([['DRE-1', action]]),
      });
      assert.deepEqual([lines(week.rows)[0], lines(queue.rows)[1]], [golden.week, golden.ticket]);
    });
  }

  it('says what a ticket is that is due and stands still, which its icon shows', () => {
    const summary = 'Check the health of the GuestOS that is elected today';
    const one = ticket('DRE-1', {
      summary,
      flagged: true,
      due: '2026-08-26',
      updatedAt,
      assignee: { accountId: 'eli', name: 'Eli Second' },
    });
    const { rows } = queueView(freshState([one]), from, site, 'DRE-350', { account });
    assert.equal(lines(rows)[1], '  $(report) Check the health…  Eli · due today   …');
  });

  it('leaves a ticket that is due or stands still enough of its title, and an id in it', () => {
    const shown = (summary: string, more: Partial<Ticket>): string | undefined => {
      const one = ticket('DRE-1', { summary, updatedAt, assignee: { accountId: 'n', name: 'Noor Third' }, ...more });
      return lines(queueView(freshState([one]), from, site, 'DRE-350', { account }).rows)[1];
    };
    assert.deepEqual(
      [
        shown('Take the nodes of bo1 out of subnet pae4o before the maintenance', { due: '2026-08-27' }),
        shown('Rotate the HSM of the rollout neuron', { flagged: true }),
        shown('Add <script>alert(1)</script> & "quotes" to the title', { assignee: undefined }),
        shown('Recover bo1-dll01-host12 before the next batch', { flagged: true }),
      ],
      [
        '  $(circle-large-outline) Take the nodes of…  Noor · due Thu …',
        '  $(report) Rotate the HSM of…  Noor · 20h       …',
        '  $(circle-large-outline) Add <script>alert(…  nobody · 20h  …',
        '  $(report) Recover bo1-dll01-host12…  Noor   …',
      ],
    );
  });

  it('says how the votes stand beside a long title', () => {
    const tally = { yes: 1_000n, no: 1n, total: 1_000n, at: wednesday };
    const titles = [
      'Motion: Mainnet Management of Maximum Memory in WWW Machines',
      'Elect new IC/Replica revision (commit 79c01052b5f7f49d3cf53d04d696cb2893294cd3) and retire unused ones',
      'Incomprehensibilities',
    ];
    const shown = titles.map((title, index) =>
      proposal(BigInt(138_001 + index), { title, topic: 4, deadline: wednesday + (22 + index) * hour, tally }),
    );
    assert.deepEqual(lines(proposalsView(freshState(shown), from).rows), [
      '$(law) Motion: Mainn…  22h left · 100 % yes …',
      '$(law) Elect Replica…  23h left · 100 % yes   …',
      '$(law) Incomprehensi…  24h left · 100 % yes…',
    ]);
  });

  it('says of a pull request of a person its number and since when', () => {
    const pull = pullRequest(2040, { title: 'Explain the timeline of a rollout', author: 'dana-oncall', updatedAt });
    const watched = { githubApi: 'https://api.github.com', repository: 'dfinity/dre' };
    const bump = pullRequest(2035, { origin: 'dependencies' });
    const view = ciView(freshState([pull, bump]), freshState<WorkflowRun>([]), from, watched);
    assert.equal(lines(unfolded(view.rows))[4], '    $(pass) #2040 Explain the…  passed · 20h …');
  });

  it('distinguishes decided proposals of the same title', () => {
    const ended = (id: bigint, more: Partial<Proposal>) => proposal(id, { status: 'executed', topic: 12, ...more });
    const title = 'Update 1 API boundary node(s) to replica version 79c01052b5f7f49d3cf53d04d696cb2893294cd3';
    const records = [
      ended(143_591n, { title, endedAt: wednesday - 2 * hour }),
      ended(143_592n, { title, endedAt: wednesday - 20 * hour }),
      ended(143_593n, { title: `${title} and more`, status: 'rejected', endedAt: wednesday - 6 * day }),
      ended(143_594n, { title: 'Set HostOS version: 79c0105 on 12 nodes', endedAt: wednesday - 2 * day }),
      ended(143_595n, { title: 'Update subnet o3ow2 to replica version 79c0105', endedAt: wednesday - 3 * day }),
      ended(143_596n, { title, status: 'adopted' }),
      ended(143_597n, { title: 'Replace nodes in subnet pae4o', endedAt: wednesday - 4 * day }),
    ];
    const decided = freshState(records);
    const view = proposalsView(freshState<Proposal>([]), from, undefined, undefined, { decided });
    assert.deepEqual(lines(unfolded(view.rows)).slice(1), [
      '  $(rocket) Update 1 API bounda…  rejected 6d …',
      '  $(rocket) API 79c0105…  adopted · 143596     …',
      '  $(rocket) API 79c0105 on 1…  2h · 143591      …',
      '  $(rocket) API 79c0105 on 1…  20h · 143592    …',
      '  $(rocket) HostOS 79c0105 on…  executed 2d …',
      '  $(rocket) o3ow2 to 79c0105  executed 3d       …',
      '  $(rocket) pae4o Replace nodes  executed 4d  …',
    ]);
  });

  it('distinguishes open proposals of the same title', () => {
    const tally = { yes: 310n, no: 1n, total: 1_000n, at: wednesday };
    const title = 'Set HostOS version: 59c4249f0c0d9bdb47ac1d2c2d2e50ce31f0b2bd on 42 nodes';
    const open = [138_127n, 138_128n].map((id) =>
      proposal(id, { title, topic: 12, deadline: wednesday + 3 * day, tally }),
    );
    const other = proposal(138_129n, {
      title: 'Add data center ld3',
      topic: 12,
      deadline: wednesday + 4 * day,
      tally,
    });
    assert.deepEqual(lines(proposalsView(freshState([...open, other]), from).rows), [
      '$(rocket) HostOS 59c4249…  3d left · 138127   …',
      '$(rocket) HostOS 59c4249…  3d left · 138128   …',
      '$(rocket) Add data center ld3  4d left · 31 % yes',
    ]);
  });

  it('shows no part of a fact that is cut', () => {
    assert.match(
      paintedDescription('NotFinalizing o3ow2', '10m · 40m after batch 12 · ×2', 239),
      /^10m {20,}40m after/,
    );
  });

  it('says of all decided proposals how many there are, failed and were rejected', () => {
    const ended = (status: Proposal['status'], from: number, count: number) =>
      Array.from({ length: count }, (_, index) =>
        proposal(BigInt(from + index), { status, topic: 12, endedAt: wednesday - hour }),
      );
    const decided = freshState([
      ...ended('failed', 1, 11),
      ...ended('rejected', 100, 12),
      ...ended('executed', 200, 93),
    ]);
    const view = proposalsView(freshState<Proposal>([]), from, undefined, undefined, { decided });
    assert.equal(lines(view.rows).at(-1), 'Decided  116, 11 failed, 12 rejected');
  });

  it('says when an operation submitted its proposal', () => {
    const end = runEnd(wednesday - 50 * minute, { ending: 'submitted', proposals: ['143600'] });
    const run = dreRun('r1', wednesday - hour, { title: 'Replace nodes of a subnet', dryRun: false, end });
    assert.deepEqual(lines(runsView([run], from).rows), ['$(pass) Replace nodes of…  submitted · 50m  …']);
  });
});

describe('a text that is cut', () => {
  it('keeps a last word on whose end the cut falls', () => {
    assert.equal(shorten('Take the nodes of bo1', 15), 'Take the nodes…');
    assert.equal(shorten('Take the nodes of bo1', 14), 'Take the…');
    assert.equal(shorten('Take the nodes, of bo1', 16), 'Take the nodes…');
  });

  it('has the day alone of a time that is far away', () => {
    assert.deepEqual(
      [hour, 5 * day, 20 * day].map((later) => shortMoment(wednesday + later, from)),
      ['14:50', 'Mon 13:50', '15 Sep'],
    );
  });
});
