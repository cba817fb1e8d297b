import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  airflowUrl,
  parsePageMessage,
  type PageMessage,
} from '../../../../../src/domain/releases/timeline/messages.ts';
import { rolloutKey } from '../../../../../src/domain/releases/rollout.ts';
import { guestOs, hostOs, principal, revision } from '../../../../support/feeds/rolloutBuilder.ts';

const rollout = rolloutKey(guestOs());
const subnet = principal('lspz2');

const good: readonly PageMessage[] = [
  { type: 'compare', rollout },
  { type: 'saveImage', rollout, image: { format: 'svg', content: '<svg ></svg>\n' } },
  { type: 'copyMarkdown', text: 'text' },
  { type: 'openTarget', target: { kind: 'alert', id: '70413a06-38d6-4c85-92b8-5ebc900d42e2-1482404847303' } },
  { type: 'openTarget', target: { kind: 'proposal', id: '132411' } },
  { type: 'ready' },
  { type: 'refresh' },
  { type: 'resend' },
  { type: 'select', rollout },
  { type: 'select', rollout: 'rollout_ic_os_to_mainnet_nodes/any text\nof an <operator>/…' },
  { type: 'setTimeZone', timeZone: 'utc' },
  { type: 'setTimeZone', timeZone: 'local' },
  { type: 'openTarget', target: { kind: 'airflow', rollout } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, row: 'batch-12' } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, row: 'main-3', target: subnet } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, row: 'stage_late_nodes-3' } },
  { type: 'ready', rollout },
  { type: 'openTarget', target: { kind: 'proposals', rollout } },
  { type: 'openTarget', target: { kind: 'proposals', rollout, target: subnet } },
  { type: 'openTarget', target: { kind: 'subnet', id: subnet } },
  { type: 'openTarget', target: { kind: 'node', id: subnet } },
  { type: 'openTarget', target: { kind: 'revision', id: revision } },
  { type: 'copy', text: { kind: 'principal', id: subnet } },
  { type: 'copy', text: { kind: 'revision', id: revision } },
  { type: 'copy', text: { kind: 'name', rollout } },
];

const bad: readonly unknown[] = [
  { type: 'saveImage', rollout, image: { format: 'svg', content: '<script>' } },
  { type: 'saveImage', rollout: 'x', image: { format: 'svg', content: '<svg ></svg>\n' } },
  { type: 'copyMarkdown' },
  { type: 'copyMarkdown', text: 'x'.repeat(40_001) },
  { type: 'openTarget', target: { kind: 'alert', id: '../x' } },
  { type: 'openTarget', target: { kind: 'proposal', id: '1 2' } },
  undefined,
  null,
  'ready',
  [],
  {},
  { type: 'READY' },
  { type: 'ready', more: 1 },
  { type: 'resend', more: 1 },
  { type: 'select' },
  { type: 'select', rollout: 7 },
  { type: 'ready', rollout: 'rc--2026-08-20' },
  { type: 'select', rollout, more: 1 },
  { type: 'select', rollout: 'rc--2026-08-20' },
  { type: 'select', rollout: `rollout_ic_os_to_mainnet_nodes/${'x'.repeat(3000)}` },
  { type: 'setTimeZone', timeZone: 'Europe/Zurich' },
  { type: 'openTarget' },
  { type: 'openTarget', target: { kind: 'url', id: 'https://example.org' } },
  { type: 'openTarget', target: { kind: 'subnet', id: 'https://example.org' } },
  { type: 'openTarget', target: { kind: 'subnet', id: `${subnet}/../..` } },
  { type: 'openTarget', target: { kind: 'subnet', id: subnet, url: 'https://example.org' } },
  { type: 'openTarget', target: { kind: 'revision', id: 'main' } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, row: '../x' } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, target: subnet } },
  { type: 'openTarget', target: { kind: 'airflow', rollout, row: 'batch-1', target: '' } },
  { type: 'openTarget', target: { kind: 'proposals', rollout, target: 'lspz2' } },
  { type: 'copy', text: 'anything' },
  { type: 'copy', text: { kind: 'text', id: 'anything' } },
  { type: 'copy', text: { kind: 'revision', id: subnet } },
];

describe('page messages', () => {
  for (const message of good) {
    it(`takes ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parsePageMessage(JSON.parse(JSON.stringify(message))), { ok: true, value: message });
    });
  }

  for (const message of bad) {
    it(`refuses ${inspect(message, { breakLength: Infinity }).slice(0, 90)}`, () => {
      assert.equal(parsePageMessage(message).ok, false);
    });
  }

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (message) => typeof parsePageMessage(message).ok === 'boolean'));
  });

  it('refuses a good message with anything added to it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...good),
        fc.string().filter((name) => name !== 'type'),
        (message, name) => {
          fc.pre(!(name in message));
          return !parsePageMessage({ ...message, [name]: 1 }).ok;
        },
      ),
    );
  });
});

describe('the Airflow page that a message means', () => {
  const rollouts = [hostOs(), guestOs()];

  it('is the task of the target', () => {
    const url = airflowUrl(rollouts, { kind: 'airflow', rollout, row: 'batch-12', target: subnet });
    assert.equal(url, 'https://airflow.example.org/dags/rollout/grid?task_id=wait_for_replica_revision');
  });

  it('is the rollout’s where the batch or the target has none', () => {
    const whole = 'https://airflow.example.org/dags/rollout/grid?dag_run_id=rc';
    assert.equal(airflowUrl(rollouts, { kind: 'airflow', rollout, row: 'batch-1' }), whole);
    assert.equal(airflowUrl(rollouts, { kind: 'airflow', rollout, row: 'batch-99', target: subnet }), whole);
  });

  it('is nothing for a rollout that is not there', () => {
    assert.equal(airflowUrl(rollouts, { kind: 'airflow', rollout: `${rollout}x` }), undefined);
  });
});
