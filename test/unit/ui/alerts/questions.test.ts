import assert from 'node:assert/strict';
import { ok, type Result } from '../../../../src/domain/base/result.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Person } from '../../../../src/domain/rotation/rotation.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import type { AlertQuestionParts } from '../../../../src/ui/alerts/questions.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { account, dana, eli, fay, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';
import { failing, ScriptedOps } from '../../../support/ui/scriptedOps.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { questions } = await import('../../../../src/ui/alerts/questions.ts');

const noor: Person = { accountId: 'noor', name: 'Noor' };

describe('the question for the owner of an alert', () => {
  /** Asks it where the members of the schedule are these. Returns what is offered, and the answer of who takes Eli. */
  async function ask(members: Result<readonly Person[], Failure>): Promise<{
    readonly offered: readonly string[];
    readonly answer: unknown;
  }> {
    const clock = new FakeClock();
    const store = new Store<Failure>(rethrow);
    const shifts = [shift('2026-08-24T09:00Z', '2026-08-31T09:00Z', [eli])];
    store.update(rotationsKey, { records: [rotation({ current: [dana], shifts })] });
    const ops = new ScriptedOps(clock, { scheduleMembers: () => members });
    let offered: readonly string[] = [];
    host.pick = (items) => {
      offered = items.map(({ label, description = '' }) => `${label} ${description}`.trim());
      return items.find(({ label }) => label === 'Eli');
    };
    // Only what the question uses.
    const parts = {
      store,
      log: memoryLog(),
      clients: { ops: () => Promise.resolve(ops.client) },
      account: { current: account },
    } as unknown as AlertQuestionParts;
    const answer = await questions.assignee(parts, { title: 'Assign “a1”', kind: { name: 'assign' }, alerts: [] });
    return { offered, answer };
  }

  it('offers the person signed in first, then the members of the schedules by name', async () => {
    const { offered, answer } = await ask(ok([noor, fay, dana]));
    assert.deepEqual(offered, ['Dana Oncall you', 'Eli', 'Fay', 'Noor']);
    assert.deepEqual(answer, { accountId: 'eli', name: 'Eli' });
  });

  it('offers whom the shifts name where the members cannot be read', async () => {
    const { offered, answer } = await ask(failing('forbidden'));
    assert.deepEqual(offered, ['Dana Oncall you', 'Eli']);
    assert.deepEqual(answer, { accountId: 'eli', name: 'Eli' });
  });
});
