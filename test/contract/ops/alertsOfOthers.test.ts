import assert from 'node:assert/strict';
import { decide, nothingAnnounced } from '../../../src/domain/alerts/paging.ts';
import { alertsKey, closedAlertsKey } from '../../../src/feeds/alerts/keys.ts';
import { filterItems } from '../../../src/views/alerts/filters.ts';
import { otherTeamId } from '../../simulator/atlassian/opsWorld.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { allRows, headless, words, type Headless } from '../../support/vscode/headless.ts';

// Somebody who is in two teams is listed the alerts of both. Those that are certainly the other one's are left out.
describe('alerts of another team', () => {
  let simulator: Simulator;
  let person: Headless;
  const turn = (name: string, value: unknown): void => simulator.switch('atlassian', name, value);
  const other = { id: otherTeamId, type: 'team' };
  const begin = (size = 40): void => {
    simulator.reset({ speed: 0, size });
    person = headless(simulator);
  };
  const raise = (message: string, responders: readonly object[] = [other]): void =>
    turn('raise', { message, priority: 'P1', responders });
  const read = (): Promise<void> => person.feeds.alerts.refresh();
  const line = (): string | undefined => person.view('alerts').rows.find(({ id }) => id === '!ofOthers')?.label;
  const announced = (): readonly string[] => {
    const alerts = [...person.store.state(alertsKey).records.values()];
    const { notification } = decide(nothingAnnounced, {
      now: person.clock.now(),
      alerts,
      onCall: true,
      withinHours: true,
      enabled: true,
      audience: 'everyone',
      minimum: 'P5',
      doNotDisturb: false,
      windowMs: 0,
    });
    if (notification === undefined) return [];
    return notification.kind === 'one' ? [notification.alert.message] : [`${notification.count} alerts`];
  };

  before(async () => (simulator = await startSimulator({ services: ['atlassian'] })));
  afterEach(() => person.dispose());
  after(() => simulator.stop());

  it('are in no row, count, badge, filter or notification', async () => {
    begin();
    await read();
    const saved = [{ name: 'urgent', query: 'priority: P1' }];
    const picture = (): unknown => {
      const { rows, badge, message } = person.view('alerts');
      const alerts = person.store.state(alertsKey).records;
      const shown = rows.filter(({ id }) => id !== '!ofOthers');
      return [words({ ...person.view('alerts'), rows: shown }), badge, message, filterItems(saved, alerts.values())];
    };
    const before = picture();
    const announcedBefore = announced();
    raise('Their node is down');
    raise('Their disk is full');
    await read();
    assert.deepEqual(picture(), before);
    assert.deepEqual(announced(), announcedBefore);
  });

  it('are said to be left out, without a warning, with the way to the setting; the log says when their number changes', async () => {
    begin();
    const said = (): number => person.log.lines.filter((each) => each.includes("other teams'")).length;
    await read();
    assert.equal(line(), undefined);
    raise('Their node is down');
    await read();
    await read();
    assert.equal(line(), '1 alert of other teams is not shown');
    raise('Their disk is full');
    await read();
    assert.equal(line(), '2 alerts of other teams are not shown');
    assert.equal(said(), 2);
    const row = person.view('alerts').rows.find(({ id }) => id === '!ofOthers');
    assert.deepEqual([row?.command, row?.record?.key], ['drDre.openSettings', 'drDre.ops.team']);
    assert.match(row?.spoken ?? '', /name other teams as responders/);
  });

  it('leave a list that is proved to be empty, with a remark that there are others', async () => {
    begin(0);
    raise('Their node is down');
    await read();
    const { situation, message, badge } = person.view('alerts');
    assert.equal(situation, 'empty');
    assert.match(message ?? '', /^No open alerts for DRE, as of/);
    assert.equal(badge, undefined);
    assert.equal(line(), '1 alert of other teams is not shown');
    assert.equal(simulator.requests().filter(({ path }) => path.endsWith('/teams')).length, 1);
    assert.deepEqual(announced(), []);
  });

  it('do not make an empty list for a person who is only in the other team', async () => {
    begin(0);
    raise('Their node is down');
    turn('teamAccess', 'otherTeam');
    await read();
    assert.equal(person.view('alerts').situation, 'notPermitted');
    assert.match(person.view('alerts').message ?? '', /does not see the team/);
  });

  it('are shown when they may be ours as well', async () => {
    begin(0);
    raise('A person too', [other, { id: 'dana', type: 'user' }]);
    raise('A schedule too', [other, { id: 's1', type: 'schedule' }]);
    raise('An escalation too', [other, { id: 'e1', type: 'escalation' }]);
    raise('Nobody', []);
    await read();
    assert.equal(person.store.state(alertsKey).records.size, 4);
    assert.equal(line(), undefined);
    assert.deepEqual(announced(), ['4 alerts']);
  });

  it('are left out of the closed ones too, which the group says', async () => {
    begin();
    await Promise.all([read(), person.feeds.closedAlerts.refresh()]);
    const before = person.store.state(closedAlertsKey).records.size;
    raise('Their node was down');
    const ops = await person.clients.ops();
    const listed = await ops.listAlerts({ query: 'status: open' });
    const theirs = listed.ok ? listed.value.alerts.find(({ message }) => message === 'Their node was down') : undefined;
    assert.ok(theirs !== undefined, 'who asks for no team is listed all');
    await ops.close(theirs.id);
    simulator.advance(1_000);
    await Promise.all([read(), person.feeds.closedAlerts.refresh()]);
    assert.equal(person.store.state(closedAlertsKey).records.size, before);
    const group = allRows(person.view('alerts').rows).find(({ label }) => label === 'Closed in the last day');
    assert.match(group?.hover?.join(' ') ?? '', /1 alert of other teams is not shown\./);
    assert.equal(line(), undefined, 'none of the open ones');
    simulator.advance(25 * 3_600_000);
    person.clock.jump(25 * 3_600_000);
    await person.feeds.closedAlerts.refresh();
    const later = allRows(person.view('alerts').rows).find(({ label }) => label === 'Closed in the last day');
    assert.doesNotMatch(later?.hover?.join(' ') ?? '', /not shown/, 'it would not be shown if it were ours either');
  });
});
