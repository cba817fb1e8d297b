import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { WriteStatus } from '../../../../src/engine/writes/kind.ts';
import { EventEmitter, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { keepWriteContextKeys } = await import('../../../../src/ui/writes/contextKeys.ts');

const write = (more: Partial<WriteStatus<Failure>>): WriteStatus<Failure> => ({
  id: 'w',
  kind: 'alerts.acknowledge',
  feed: 'alerts',
  record: 'a',
  subject: 'Subnet stalled',
  title: 'acknowledge',
  at: 0,
  state: { kind: 'sending' },
  typed: undefined,
  undoUntil: undefined,
  retryable: false,
  ...more,
});

describe('what the palette offers of writes', () => {
  it('is retrying, checking and undoing only while there is a write for it', () => {
    const changed = new EventEmitter<void>();
    let all: readonly WriteStatus<Failure>[] = [];
    host.executed.length = 0;
    const kept = keepWriteContextKeys({ list: () => all, onDidChange: changed.event });
    const setBy = (...writes: readonly WriteStatus<Failure>[]): readonly unknown[] => {
      all = writes;
      host.executed.length = 0;
      changed.fire();
      return host.executed.map(([, key, holds]) => `${String(key)} ${String(holds)}`);
    };
    const none = ['drDre.writes.troubled', 'drDre.writes.unconfirmed', 'drDre.writes.undoable'];
    assert.deepEqual(
      host.executed,
      none.map((key) => ['setContext', key, false]),
    );
    assert.deepEqual(setBy(write({})), []);
    const failed = write({ state: { kind: 'failed', failure: undefined }, retryable: true });
    assert.deepEqual(setBy(failed), ['drDre.writes.troubled true']);
    assert.deepEqual(setBy(failed, write({})), []);
    const applied = write({ state: { kind: 'applied', at: 0, by: undefined }, undoUntil: 1 });
    assert.deepEqual(setBy(applied), ['drDre.writes.troubled false', 'drDre.writes.undoable true']);
    assert.deepEqual(setBy(), ['drDre.writes.undoable false']);
    kept.dispose();
  });
});
