import assert from 'node:assert/strict';
import type { Row } from '../../../src/views/kit/row.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { teamId } from '../../simulator/world.ts';
import { headless, type Headless } from '../../support/vscode/headless.ts';
import { activeFilter } from '../../../src/views/alerts/filters.ts';
import { renderRows } from '../../support/views/renderRows.ts';

const minute = 60_000;

// What a person sees in the Alerts view, from the wire on.
describe('the pictures of the Alerts view', () => {
  let simulator: Simulator;
  let person: Headless;
  const turn = (name: string, value: unknown): void => simulator.switch('atlassian', name, value);
  const asked = (path: string): number =>
    simulator.requests().filter((request) => request.path.split('?')[0]?.endsWith(path)).length;
  const begin = (size = 40): void => {
    simulator.reset({ speed: 0, size });
    person = headless(simulator);
  };
  const section = (label: string): Row | undefined => person.view('alerts').rows.find((row) => row.label === label);

  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  afterEach(() => person.dispose());
  after(() => simulator.stop());

  describe('without rows', () => {
    it('none: proved, and said of whom and as of when', async () => {
      begin(0);
      await person.feeds.alerts.refresh();
      const { situation, message } = person.view('alerts');
      assert.equal(situation, 'empty');
      assert.match(message ?? '', /^No open alerts for DRE, as of \d\d:\d\d\.$/);
      assert.equal(asked('/teams'), 1);
    });

    it('is proved anew now and then, and at once when the list became empty', async () => {
      begin(0);
      for (let time = 0; time < 30; time++) {
        await person.feeds.alerts.refresh();
        person.clock.jump(minute);
      }
      assert.equal(asked('/teams'), 2);
      assert.equal(person.view('alerts').situation, 'empty');
      turn('raise', { message: 'Disk full' });
      await person.feeds.alerts.refresh();
      assert.equal(person.view('alerts').situation, 'rows');
      turn('teamAccess', 'otherTeam');
      await person.feeds.alerts.refresh();
      assert.equal(person.view('alerts').situation, 'rows', 'the rows of before stay');
      assert.match(person.view('alerts').rows[0]?.label ?? '', /does not see the team/);
    });

    for (const [access, said] of [
      ['otherTeam', 'this account does not see'],
      ['none', 'this account sees no team at all, so not'],
    ] as const) {
      it(`no permission for the team, which is named (${access})`, async () => {
        begin();
        turn('teamAccess', access);
        await person.feeds.alerts.refresh();
        const { situation, rows, message } = person.view('alerts');
        assert.equal(situation, 'notPermitted');
        assert.deepEqual(
          rows.map(({ command }) => command),
          ['drDre.signIn', 'drDre.openSettings', 'drDre.retry', 'drDre.showLog'],
        );
        assert.ok(message?.includes(`${said} the team ${teamId}`), message);
        assert.match(message ?? '', /drDre\.ops\.team/);
        assert.doesNotMatch(message ?? '', /No open alerts/);
      });
    }

    it('a filter that hides all', async () => {
      begin();
      await person.feeds.alerts.refresh();
      const filter = activeFilter({ kind: 'text', text: 'nothing like this' }, []);
      const { situation, message, rows } = person.view('alerts', { choice: { grouping: 'priority', filter } });
      assert.equal(situation, 'filteredOut');
      // A section that a person has opened is there all the same, with the filter above it.
      assert.deepEqual(
        rows.map(({ id }) => id),
        ['!filter', '!showAll', 'heartbeats', 'closedGroup/0'],
      );
      assert.match(message ?? '', /^The filter hides all alerts \(\d+\)\.$/);
    });

    it('is none of these when nobody can say whether the team is seen', async () => {
      begin(0);
      simulator.fault('atlassianApi', { kind: 'server', match: '/v1/teams' });
      await person.feeds.alerts.refresh();
      assert.equal(person.view('alerts').situation, 'failing');
    });
  });

  describe('heartbeats', () => {
    it('stand in a section, the expired one first, with the alert that it raised', async () => {
      begin();
      await Promise.all([person.feeds.alerts.refresh(), person.feeds.heartbeats.refresh()]);
      const row = section('Heartbeats') ?? assert.fail('there is no section');
      assert.equal(
        renderRows([row])
          .replaceAll(/#\d+/g, '#N')
          .replace(/expired \d+[mhd] /, 'expired T '),
        [
          '$(error) Heartbeats  4, 1 expired',
          '  $(error) mainnet-scraper  expired T · #N open  ;alert;linked;identified;',
          '  $(question) rollout-controller  no ping yet · every 10m  ;heartbeat;named;',
          '  $(pulse) prometheus-watchdog  active · every 10m  ;heartbeat;named;',
          '  $(circle-slash) weekly-topology-report  off  ;heartbeat;named;',
        ].join('\n'),
      );
      const [first] = row.children ?? [];
      assert.equal(row.expanded, true);
      assert.equal(first?.command, 'drDre.alerts.open');
      assert.equal(first.record?.kind, 'alert');
    });

    it('say once that the plan has none, and ask again on the next day', async () => {
      begin();
      turn('heartbeatsPaid', false);
      await person.feeds.alerts.refresh();
      for (let time = 0; time < 23; time++) {
        await person.feeds.heartbeats.refresh();
        person.clock.jump(60 * minute);
      }
      assert.equal(asked('/heartbeats'), 1);
      const row = section('Heartbeats');
      assert.equal(
        renderRows(row === undefined ? [] : [row]),
        '$(pulse) Heartbeats  not in the plan\n  The plan of the site has no heartbeats.',
      );
      assert.equal(row?.expanded, false);
      assert.equal(person.view('alerts').situation, 'rows', 'no trouble of the view');
      person.clock.jump(2 * 60 * minute);
      turn('heartbeatsPaid', true);
      await person.feeds.heartbeats.refresh();
      assert.equal(section('Heartbeats')?.description, '4, 1 expired');
    });

    it('show their own failure', async () => {
      begin();
      await person.feeds.alerts.refresh();
      simulator.fault('atlassianApi', { kind: 'server', match: '/heartbeats' });
      await person.feeds.heartbeats.refresh();
      const row = section('Heartbeats');
      assert.equal(row?.description, 'not read yet');
      assert.match(row.children?.[0]?.label ?? '', /Server error/);
      assert.equal(person.view('alerts').situation, 'rows');
    });
  });

  describe('the closed alerts', () => {
    it('of the last day, by when they were closed', async () => {
      begin();
      await Promise.all([person.feeds.alerts.refresh(), person.feeds.closedAlerts.refresh()]);
      const row = section('Closed in the last day');
      assert.equal(row?.description, '13');
      assert.match(row.children?.[0]?.label ?? '', /^Subnet_Stalled /);
      assert.match(row.children?.[0]?.description ?? '', /^P1 · \d+[mh]$/);
      assert.equal(row.children?.[0]?.record?.kind, 'alert');
      assert.match(row.hover?.join(' ') ?? '', /has no query by when an alert was closed/);
    });

    it('are found when they came days ago and came again, and dropped when they were closed before yesterday', async () => {
      begin();
      await person.feeds.closedAlerts.refresh();
      const before = [...person.store.state({ name: 'closedAlerts', keyOf: () => '' }).records.keys()].length;
      simulator.advance(12 * 60 * minute);
      person.clock.jump(12 * 60 * minute);
      await person.feeds.closedAlerts.refresh();
      const after = [...person.store.state({ name: 'closedAlerts', keyOf: () => '' }).records.keys()].length;
      assert.ok(after < before && after > 0, `${before} then ${after}`);
    });

    it('have rows of their own, also of an alert that still stands above', async () => {
      begin();
      await Promise.all([person.feeds.alerts.refresh(), person.feeds.closedAlerts.refresh()]);
      const ids: string[] = [];
      const walk = (rows: readonly Row[]): void => {
        for (const row of rows) {
          ids.push(row.id);
          walk(row.children ?? []);
        }
      };
      walk(person.view('alerts').rows);
      assert.equal(new Set(ids).size, ids.length);
    });

    it('are not read unless somebody opens them', async () => {
      begin();
      await person.feeds.refresh();
      assert.equal(person.store.state({ name: 'closedAlerts', keyOf: () => '' }).status, 'neverLoaded');
      person.feeds.attend(() => 'active');
      await person.feeds.refresh();
      assert.equal(person.store.state({ name: 'closedAlerts', keyOf: () => '' }).status, 'fresh');
    });
  });
});
