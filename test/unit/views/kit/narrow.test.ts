import assert from 'node:assert/strict';
import { day } from '../../../../src/domain/base/time.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import type { Viewpoint } from '../../../../src/views/kit/format.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { runsView } from '../../../../src/views/operations/view.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account } from '../../../support/feeds/rotationBuilder.ts';
import { narrowText, seenRows } from '../../../support/ui/narrowRows.ts';
import { alerts, dreRuns, proposals, pulls, rollouts, schedules, tickets } from '../../../support/views/fullWeek.ts';
import { assertSpeakable } from '../../../support/views/spokenText.ts';

// What a person reads in a side bar of 300 px without a hover: in every row what it is, how bad, since when, who has it.

interface Seen {
  readonly rowsFrom: (from: Viewpoint) => readonly Row[];
  readonly golden: string;
  /** The same in a side bar of 560 px. */
  readonly wide: string;
  /** The same where the setting says that it is so wide. */
  readonly writtenWide: string;
  /** How many facts of a record's row must be seen in full. */
  readonly decisive: number;
}

const at300: Viewpoint = { now: wednesday, timeZone: 'UTC' };
const at560: Viewpoint = { ...at300, sideBarWidth: 560 };
const site = 'https://example.atlassian.net';

const hiddenPrefixes = ['[prod]', 'IC_'];
const forgotten = { openAgeMs: day, hasNote: () => false };

const views: Record<string, Seen> = {
  alerts: {
    rowsFrom: (from) => alertsView(freshState(alerts), from, site, { account, hiddenPrefixes, forgotten }).rows,
    decisive: 2,
    golden: [
      'P1 critical  2, 1 open',
      '  $(flame) NotFinalizing o3ow2  10m · ×2',
      '  $(flame) UpgradeStuck o3ow2  19m · Eli · ×4',
      'P2 high  4, 1 open',
      '  $(bell-dot) mainnet-scraper is expired  2h',
      '  $(bell-dot) Replica_Behind o3ow2  27m · you    …',
      '  $(bell-dot) HostOS_DiskFull dm1  3h · Alexand…',
      '  $(bell-dot) Boundary node bn-fr1…  until 14:50',
      'P3 moderate  3, 2 open',
      '  $(bell) PrometheusTargetDown pae4o  1h',
      '  $(bell) CardinalityExplosion  6h · ×1,024',
      '  $(bell) LowNotarizationRate csyj4  1h · Eli',
    ].join('\n'),
    wide: [
      'P1 critical  2, 1 open',
      '  $(flame) NotFinalizing o3ow2  10m · ×2',
      '  $(flame) UpgradeStuck o3ow2  19m · Eli · ×4',
      'P2 high  4, 1 open',
      '  $(bell-dot) mainnet-scraper is expired  2h',
      '  $(bell-dot) Replica_Behind o3ow2  27m · you                     ×7',
      '  $(bell-dot) HostOS_DiskFull dm1  3h · Alexand…',
      '  $(bell-dot) Boundary node bn-fr1…  until 14:50',
      'P3 moderate  3, 2 open',
      '  $(bell) PrometheusTargetDown pae4o  1h',
      '  $(bell) CardinalityExplosion  6h · ×1,024',
      '  $(bell) LowNotarizationRate csyj4  1h · Eli',
    ].join('\n'),
    writtenWide: [
      'P1 critical  2, 1 open',
      '  $(flame) Replica_NotFinalizing o3ow2  10m · ×2',
      '  $(flame) Subnet_UpgradeStuck o3ow2  19m · Eli · ×4',
      'P2 high  4, 1 open',
      '  $(bell-dot) mainnet-scraper is expired  2h',
      '  $(bell-dot) Replica_Behind o3ow2  27m · you · ×7',
      '  $(bell-dot) HostOS_DiskFull dm1  3h · Alexand… · no note',
      '  $(bell-dot) Boundary node bn-fr1: certificate expires in 6d  snoozed until 14:50 · you · 4h',
      'P3 moderate  3, 2 open',
      '  $(bell) PrometheusTargetDown pae4o  1h',
      '  $(bell) Metrics_CardinalityExplosion: http_request_duration exceeds…  6h · ×1,024',
      '  $(bell) Consensus_LowNotarizationRate csyj4  1h · Eli',
    ].join('\n'),
  },
  tickets: {
    rowsFrom: (from) =>
      queueView(freshState(tickets), from, site, 'DRE-350', {
        account,
        lintsOf: ({ key, flagged }) =>
          flagged === true ? ['unexplained'] : key === 'DRE-355' ? ['proposalExecuted'] : [],
      }).rows,
    decisive: 2,
    golden: [
      'In Progress  1',
      '  $(play-circle) Subnet o3ow2 is stuck…  you · 6m  …',
      'To Do  4, 2 stuck',
      '  $(stop-circle) Take the nodes…  Eli · blocked · 3d   …',
      '  $(report) Rotate the keys…  you · flagged · 9d…',
      '  $(circle-large-outline) Document the reco…  nobody · 20d …',
      '  $(circle-large-outline) Upgrade the…  nobody · due Thu · 30h',
    ].join('\n'),
    wide: [
      'In Progress  1',
      '  $(play-circle) Subnet o3ow2 is stuck…  you · 6m                    DRE-351 · …in the upgrade of ba…',
      'To Do  4, 2 stuck',
      '  $(stop-circle) Take the nodes…  Eli · blocked · 3d                    DRE-352 · …of bo1 out of subnet …',
      '  $(report) Rotate the keys…  you · flagged · 9d                  DRE-354 · no reason · …of the bo…',
      '  $(circle-large-outline) Document the reco…  nobody · 20d                   DRE-359 · …recovery of a stalled…',
      '  $(circle-large-outline) Upgrade the…  nobody · due Thu · 30h',
    ].join('\n'),
    writtenWide: [
      'In Progress  1',
      '  $(play-circle) Subnet o3ow2 is stuck in the upgrade of batch 12  you · 6m · DRE-351',
      'To Do  4, 2 stuck',
      '  $(stop-circle) Take the nodes of bo1 out of subnet pae4o  Eli · blocked · 3d · DRE-352',
      '  $(report) Rotate the keys of the boundary nodes  you · flagged · 9d · DRE-354                …',
      '  $(circle-large-outline) Document the recovery of a stalled subnet  nobody · 20d · DRE-359',
      '  $(circle-large-outline) Upgrade the unassigned nodes  nobody · due tomorrow · 30h · DRE-355            …',
    ].join('\n'),
  },
  proposals: {
    rowsFrom: (from) => proposalsView(freshState(proposals), from).rows,
    decisive: 2,
    golden: [
      '$(law) Publish latency…  24m left · 8 % yes   …',
      '$(rocket) o3ow2 to 79c0105  3h left · 100 % yes',
      '$(type-hierarchy) pae4o Replace…  2d left · 51 % yes    …',
    ].join('\n'),
    wide: [
      '$(law) Publish latency…  24m left · 8 % yes                    138063 · …between data centers',
      '$(rocket) o3ow2 to 79c0105  3h left · 100 % yes',
      '$(type-hierarchy) pae4o Replace…  2d left · 51 % yes                      ours · 138072 · …nodes',
    ].join('\n'),
    writtenWide: [
      '$(law) Publish latency between data centers  24m left · 8 % yes · 138063',
      '$(rocket) o3ow2 to 79c0105  3h left · 100 % yes · ours · 138123',
      '$(type-hierarchy) pae4o Replace nodes  2d left · 51 % yes · ours · 138072',
    ].join('\n'),
  },
  rollouts: {
    rowsFrom: (from) => releasesView(freshState(rollouts), from, 'https://airflow.example.org').rows,
    decisive: 2,
    golden: [
      '$(warning) GuestOS 08-20  2 of 4 · 3h late      …',
      '  $(error) Batch 12  error · started 50m ago',
      '    $(error) o3ow2  error',
      '    $(bell) opn46  waits for alerts',
      '  $(circle-large-outline) Batch 13  planned 15:00',
      '  $(pass) 2 batches  complete · last 2d ago',
      '$(play-circle) HostOS 08-13  0 of 44 · batch 1 of 2',
    ].join('\n'),
    wide: [
      '$(warning) GuestOS 08-20  2 of 4 · 3h late                       problem · batch 3 of 4',
      '  $(error) Batch 12  error · started 50m ago',
      '    $(error) o3ow2  error',
      '    $(bell) opn46  waits for alerts',
      '  $(circle-large-outline) Batch 13  planned 15:00',
      '  $(pass) 2 batches  complete · last 2d ago',
      '$(play-circle) HostOS 08-13  0 of 44 · batch 1 of 2',
    ].join('\n'),
    writtenWide: [
      '$(warning) GuestOS 08-20  2 of 4 · 3h late · problem · batch 3 of 4',
      '  $(error) Batch 12  error · started 50m ago',
      '    $(error) o3ow2  error',
      '    $(bell) opn46  waits for alerts',
      '  $(circle-large-outline) Batch 13  planned 15:00',
      '  $(pass) 2 batches  complete · last 2d ago',
      '$(play-circle) HostOS 08-13  0 of 44 · batch 1 of 2',
    ].join('\n'),
  },
};

views['pull requests'] = {
  rowsFrom: (from) =>
    ciView(freshState(pulls), freshState<WorkflowRun>([]), from, {
      githubApi: 'https://api.github.com',
      repository: 'dfinity/dre',
    }).rows,
  decisive: 2,
  golden: [
    'Pull requests  3, 1 failed',
    '  Dependency upgrades  3, 1 failed',
    '    $(error) #2036 python-depen…  failed · 2d…',
    '    $(person) #2044 actions/…  to approve · 2d   …',
    '    $(pass) #2035 jsdom  passed · 2d · major',
    'Workflow runs  0',
    '  No workflow runs on the main bra…',
  ].join('\n'),
  wide: [
    'Pull requests  3, 1 failed',
    '  Dependency upgrades  3, 1 failed',
    '    $(error) #2036 python-depen…  failed · 2d                 …python-dependencies with 5 up…',
    '    $(person) #2044 actions/…  to approve · 2d                    minor · …actions/checkout',
    '    $(pass) #2035 jsdom  passed · 2d · major',
    'Workflow runs  0',
    '  No workflow runs on the main branch.',
  ].join('\n'),
  writtenWide: [
    'Pull requests  3, 1 failed',
    '  Dependency upgrades  3, 1 failed',
    '    $(error) #2036 python-dependencies with 5 updates  failed · 2d',
    '    $(person) #2044 actions/checkout  to approve · 2d · minor',
    '    $(pass) #2035 jsdom  passed · 2d · major',
    'Workflow runs  0',
    '  No workflow runs on the main branch.',
  ].join('\n'),
};

views['schedules'] = {
  rowsFrom: (from) => weekView(freshState(schedules), account, from, 'https://example.atlassian.net/on-call').rows,
  decisive: 1,
  golden: [
    '$(person) DRE Ops Rotat…  Eli until Tue 09:00',
    '  $(warning) Nobody is on call  from Fri 13:50',
    '  $(warning) Nobody is on call  from Tue 09:00',
    '  $(arrow-swap) Next: Sasha  from 7 Sep 09:00     …',
    '  $(arrow-swap) Override: Eli  from Mon 09:00',
  ].join('\n'),
  wide: [
    '$(person) DRE Ops Rotat…  Eli until Tue 09:00',
    '  $(warning) Nobody is on call  from Fri 13:50',
    '  $(warning) Nobody is on call  from Tue 09:00',
    '  $(arrow-swap) Next: Sasha  from 7 Sep 09:00                     forwarding',
    '  $(arrow-swap) Override: Eli  from Mon 09:00',
  ].join('\n'),
  writtenWide: [
    '$(person) DRE Ops Rotation  Eli until Tue 09:00',
    '  $(warning) Nobody is on call  from Fri 13:50',
    '  $(warning) Nobody is on call  from Tue 09:00',
    '  $(arrow-swap) Next: Sasha  from 7 Sep 09:00 · forwarding',
    '  $(arrow-swap) Override: Eli  from Mon 09:00',
  ].join('\n'),
};

views['runs'] = {
  rowsFrom: (from) => runsView(dreRuns, from).rows,
  decisive: 1,
  golden: [
    '$(loading~spin) Replace nodes of a…  dry run, 5m      …',
    '$(beaker) Heal the network  dry run passed · 50m',
    '$(error) Propose to update unas…  failed · 1h …',
  ].join('\n'),
  wide: [
    '$(loading~spin) Replace nodes of a…  dry run, 5m                        …subnet',
    '$(beaker) Heal the network  dry run passed · 50m',
    '$(error) Propose to update unas…  failed · 1h                  …unassigned nodes · exit 1',
  ].join('\n'),
  writtenWide: [
    '$(loading~spin) Replace nodes of a subnet  dry run, 5m',
    '$(beaker) Heal the network  dry run passed · 50m',
    '$(error) Propose to update unassigned nodes  failed · 1h · exit 1',
  ].join('\n'),
};

describe('a side bar of 560 px', () => {
  for (const [name, { rowsFrom, wide, writtenWide }] of Object.entries(views)) {
    it(`shows the rest of titles and more facts of ${name}`, () => {
      assert.equal(narrowText(rowsFrom(at300), 'DejaVu Sans', 560), wide);
    });

    it(`shows ${name} with longer titles where the setting says that it is so wide`, () => {
      assert.equal(narrowText(rowsFrom(at560), 'DejaVu Sans', 560, 560), writtenWide);
    });
  }
});

describe('a side bar of 300 px', () => {
  for (const [name, { rowsFrom, decisive, golden }] of Object.entries(views)) {
    const rows = rowsFrom(at300);
    it(`shows ${name} as a person can read them`, () => assert.equal(narrowText(rows, 'DejaVu Sans'), golden));

    for (const font of ['DejaVu Sans', 'Ubuntu'] as const) {
      it(`leaves room for titles, and cuts no fact but the first, of ${name} in ${font}`, () => {
        assert.doesNotThrow(() => narrowText(rows, font));
      });

      it(`cuts no decisive fact of ${name} in ${font}`, () => {
        const seen = seenRows(rows, font).filter(({ row }) => row.record !== undefined);
        assert.ok(seen.length > 1);
        for (const { row, label, description } of seen) {
          assert.equal(label, row.label, 'the label is seen in full');
          const facts = decisiveFacts(row, decisive).join(' · ');
          assert.ok(description.startsWith(facts), `${label} | ${row.description ?? ''} | ${description}`);
        }
      });
    }
  }
});

/** Of a snoozed alert until when it is quiet, of a schedule who. */
function decisiveFacts({ record, description = '' }: Row, decisive: number): readonly string[] {
  if (record?.kind === 'rotation') return description.split(' until ').slice(0, 1);
  const all = description.split(' · ');
  return all.slice(0, /^(?:snoozed|until)/.test(all[0] ?? '') ? 1 : decisive);
}

describe('what a screen reader says of these rows', () => {
  const within = (rows: readonly Row[]): readonly Row[] => rows.flatMap((row) => [row, ...within(row.children ?? [])]);

  for (const [name, { rowsFrom }] of Object.entries(views)) {
    const rows = rowsFrom(at300);
    it(`has no sign, letter for a length of time or id of a neuron: ${name}`, () => {
      for (const { id, label, description = '', spoken = `${label} ${description}`, name: message = '' } of within(
        rows,
      )) {
        // What a service wrote is said as it is.
        assertSpeakable(spoken.replace(message, 'a message'), id);
        assert.doesNotMatch(spoken.replace(message, ''), /…/, id);
      }
    });
  }
});
