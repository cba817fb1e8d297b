import assert from 'node:assert/strict';
import { airflowFailure } from '../../../src/sources/rollouts/airflow.ts';
import { explain, settingOf } from '../../../src/views/kit/sentences.ts';

describe('a failure of Airflow that the rollout dashboard passes on', () => {
  const cases: readonly (readonly [status: number, text: string, title: string])[] = [
    [503, 'Unexpected response code 503 Service Unavailable from Airflow', ': 503 Service Unavailable'],
    [404, 'Unexpected response code 404 Not Found from Airflow', ': 404 Not Found'],
    [429, 'Unexpected response code 429 Too Many Requests from Airflow', ': 429 Too Many Requests'],
    [502, 'Cannot contact Airflow: error for url (https://airflow.example.org/x) -> tcp connect error -> Connection refused', ': Connection refused'],
    [500, 'Proxy could not log into Airflow with its credentials (forbidden)', ': with its credentials (forbidden)'],
    [500, 'Error decoding JSON / UTF-8 from Airflow response: expected value at line 1', ': expected value at line 1'],
  ]; // prettier-ignore
  for (const [status, text, said] of cases) {
    it(`is reported as a failure of Airflow, without a limit or a setting of the dashboard: ${text.slice(0, 45)}`, () => {
      const failure = airflowFailure('read rollouts', status, text) ?? assert.fail('not of Airflow');
      assert.equal(explain(failure).title, `The rollout dashboard can't read Airflow${said}`);
      assert.match(explain(failure).wayForward, /look at Airflow/);
      assert.deepEqual([settingOf(failure), failure.retryAfterMs], [undefined, undefined]);
    });
  }

  it('is distinguished from failures of the dashboard itself', () => {
    assert.equal(airflowFailure('read rollouts', 500, 'Cannot gather rollout data: Graph is cyclic'), undefined);
    assert.equal(airflowFailure('read rollouts', 502, 'Bad Gateway'), undefined);
  });
});
