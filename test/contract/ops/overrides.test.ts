import assert from 'node:assert/strict';
import type { Override } from '../../../src/domain/rotation/rotation.ts';
import { people, tokens, writtenFor } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

const scheduleId = 'f8f2a4ec-54b2-4513-865b-8cb3b81c9544';
const rotationId = '3ce33f53-69be-4b92-8d34-a1df0efe642e';
const hour = 3_600_000;
const eli = people[1] ?? people[0];

describe('overrides', () => {
  const fixture = opsFixture({ startAt: writtenFor });
  const now = (): number => fixture.simulator.world().now();
  const list = async (): Promise<readonly Override[]> => valueOf(await fixture.ops().listOverrides(scheduleId)).records;
  const onCall = async (): Promise<(string | undefined)[]> =>
    valueOf(await fixture.ops().rotation('DRE Alerts', 'alerts')).current.map(({ name }) => name);

  it('that run or come are listed, with names; past ones are not', async () => {
    const world = fixture.simulator.world();
    assert.deepEqual(await list(), [
      {
        alias: 'c73c3ffa-dcc3-4f28-ad13-d150ec108fc9',
        person: { accountId: eli.accountId, name: eli.name },
        start: world.at('2026-08-28T10:00:00Z'),
        end: world.at('2026-08-28T16:00:00Z'),
        rotationIds: [rotationId],
      },
    ]);
  });

  it('put a person on call at once, and no longer when they are cancelled', async () => {
    const made = valueOf(
      await fixture.ops().createOverride(scheduleId, { accountId: eli.accountId, start: now(), end: now() + 2 * hour }),
    );
    assert.deepEqual([made.person?.name, made.rotationIds], [eli.name, []]);
    assert.deepEqual(await onCall(), [eli.name]);
    assert.deepEqual((await list())[0], made);
    valueOf(await fixture.ops().cancelOverride(scheduleId, made.alias));
    assert.deepEqual(await onCall(), [people[0].name]);
    assert.equal(kindOf(await fixture.ops().cancelOverride(scheduleId, made.alias)), 'notFound');
  });

  it('can be for one rotation, and for nobody', async () => {
    const period = { start: now() - hour, end: now() + hour, rotationIds: [rotationId] };
    const made = valueOf(await fixture.ops().createOverride(scheduleId, { ...period, accountId: undefined }));
    assert.deepEqual([made.person, made.rotationIds], [undefined, [rotationId]]);
    assert.deepEqual(await onCall(), []);
  });

  for (const [beyondHours, expected] of [
    [true, [eli.name]],
    [false, []],
  ] as const) {
    it(`leave it to the service whether they hold beyond the hours (${beyondHours})`, async () => {
      fixture.simulator.switch('atlassian', 'overrideBeyondHours', beyondHours);
      fixture.simulator.advance(8 * hour);
      const period = { accountId: eli.accountId, start: now(), end: now() + hour };
      valueOf(await fixture.ops().createOverride(scheduleId, period));
      assert.deepEqual(await onCall(), expected);
    });
  }

  it('are read page by page', async () => {
    for (let index = 0; index < 120; index++) {
      const start = now() + (index + 1) * hour;
      const period = { accountId: eli.accountId, start, end: start + hour };
      valueOf(await fixture.ops().createOverride(scheduleId, period));
    }
    const all = await list();
    assert.equal(all.length, 121);
    assert.ok(all.every(({ start }, index) => index === 0 || start >= (all[index - 1]?.start ?? 0)));
  });

  it('are not sent when they cannot be right', async () => {
    const good = { accountId: eli.accountId, start: now(), end: now() + hour };
    const ops = fixture.ops();
    for (const sent of [
      await ops.createOverride(scheduleId, { ...good, end: good.start }),
      await ops.createOverride(scheduleId, { ...good, end: NaN }),
      await ops.createOverride(scheduleId, { ...good, start: now() - 2 * hour, end: now() - hour }),
      await ops.createOverride(scheduleId, { ...good, accountId: '../x' }),
      await ops.createOverride('../alerts', good),
      await ops.cancelOverride(scheduleId, '..'),
    ]) {
      assert.equal(kindOf(sent), 'rejected');
    }
    assert.deepEqual(fixture.wire.calls, []);
  });

  it('are refused by the service for a person or a rotation that is not there', async () => {
    const period = { start: now(), end: now() + hour };
    const ops = fixture.ops();
    assert.equal(kindOf(await ops.createOverride(scheduleId, { ...period, accountId: 'nobody' })), 'rejected');
    const other = { ...period, accountId: eli.accountId, rotationIds: ['none'] };
    assert.equal(kindOf(await ops.createOverride(scheduleId, other)), 'rejected');
    assert.equal(kindOf(await ops.createOverride('none', { ...period, accountId: eli.accountId })), 'notFound');
  });

  it('need the right to write and to delete', async () => {
    fixture.simulator.switch('atlassian', 'scopes', ['read:ops-config:jira-service-management', 'read:jira-user']);
    const ops = fixture.ops(tokens.atlassian.scoped);
    const [made] = valueOf(await ops.listOverrides(scheduleId)).records;
    const period = { accountId: eli.accountId, start: now(), end: now() + hour };
    assert.equal(kindOf(await ops.createOverride(scheduleId, period)), 'unauthorized');
    assert.equal(kindOf(await ops.cancelOverride(scheduleId, made?.alias ?? '')), 'unauthorized');
    assert.equal((await list()).length, 1);
  });

  it('whose answer was lost are made all the same', async () => {
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    const period = { accountId: eli.accountId, start: now(), end: now() + hour };
    assert.equal(kindOf(await fixture.ops().createOverride(scheduleId, period)), 'unreachable');
    assert.equal((await list()).length, 2);
  });

  it('that cannot be read are counted', async () => {
    fixture.wire.tamper = (path, body) => {
      if (!path.endsWith('/overrides')) return undefined;
      return { ...(body as object), values: [...(body as { values: unknown[] }).values, { alias: 'a' }] };
    };
    const { records, skipped } = valueOf(await fixture.ops().listOverrides(scheduleId));
    assert.deepEqual([records.length, skipped], [1, 1]);
  });
});
