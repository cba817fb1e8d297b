import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { GitHubLogin } from '../../../../src/feeds/ci/login.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

type Answer = Result<string | undefined, Failure>;

function setUp() {
  const clock = new FakeClock();
  const service = { asked: 0, notified: 0, answer: async (): Promise<Answer> => ok('noor') };
  const github = () =>
    Promise.resolve({
      login: () => {
        service.asked++;
        return service.answer();
      },
    } as never);
  return { clock, service, login: new GitHubLogin(github, () => service.notified++, clock, memoryLog()) };
}

describe('who is signed in to GitHub', () => {
  it('is read once, and its listener is notified then', async () => {
    const { service, login } = setUp();
    assert.equal(login.current, undefined);
    assert.equal(await login.readWhenDue(), undefined);
    await login.readWhenDue();
    assert.deepEqual([login.current, service.asked, service.notified], ['noor', 1, 1]);
  });

  it('is read again some minutes after a failure, not sooner', async () => {
    const { clock, service, login } = setUp();
    service.answer = async () => fail({ kind: 'server', service: 'github', operation: 'read the account' });
    const againMs = (await login.readWhenDue()) ?? assert.fail();
    assert.equal(await login.readWhenDue(), againMs);
    assert.equal(service.asked, 1);
    service.answer = async () => ok('noor');
    await clock.advance(againMs);
    await login.readWhenDue();
    assert.deepEqual([login.current, service.asked], ['noor', 2]);
  });

  it('is dropped with the token, also while an answer is under way', async () => {
    const { service, login } = setUp();
    let answer: (answer: Answer) => void = () => assert.fail();
    service.answer = () => new Promise((resolve) => (answer = resolve));
    const first = login.readWhenDue();
    await Promise.resolve();
    login.reset();
    answer(ok('dana'));
    await first;
    assert.equal(login.current, undefined);
    service.answer = async () => ok('noor');
    await login.readWhenDue();
    assert.equal(login.current, 'noor');
  });
});
