import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { EventEmitter, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { keepSignInContextKeys } = await import('../../../../src/ui/account/contextKeys.ts');

describe('what the palette offers of signing in and out', () => {
  it('follows what services refuse, and the token for GitHub', async () => {
    const store = new Store<Failure>(rethrow);
    const changed = new EventEmitter<void>();
    const signIns = new EventEmitter<void>();
    let isKept = false;
    const github: { token?: string; isKept: boolean } = { isKept: false };
    host.executed.length = 0;
    const kept = keepSignInContextKeys({
      store,
      log: memoryLog(),
      settings: { current: { githubApi: new URL('https://api.github.com') }, onDidChange: () => changed } as never,
      credentials: { isKept: () => Promise.resolve(isKept), onDidChange: signIns.event },
      githubCredentials: {
        token: () => Promise.resolve(github.token),
        isKept: () => Promise.resolve(github.isKept),
        onDidChange: changed.event,
      },
    });
    const set = async (): Promise<readonly unknown[]> => {
      await new Promise(setImmediate);
      return host.executed.splice(0).map(([, key, holds]) => `${String(key)} ${String(holds)}`);
    };
    assert.deepEqual(await set(), [
      'drDre.signInWanted false',
      'drDre.github.signInWanted false',
      'drDre.tokenKept false',
      'drDre.github.signedIn false',
      'drDre.github.tokenKept false',
    ]);
    store.update(alertsKey, { status: 'notSignedIn' });
    assert.deepEqual(await set(), ['drDre.signInWanted true']);
    store.update(alertsKey, { status: 'fresh', records: [] });
    assert.deepEqual(await set(), ['drDre.signInWanted false']);
    store.update(pullRequestsKey, { status: 'notPermitted' });
    assert.deepEqual(await set(), ['drDre.github.signInWanted true']);
    // From the environment or of VS Code's account: there is nothing to remove.
    github.token = 'a token';
    changed.fire();
    assert.deepEqual(await set(), ['drDre.github.signedIn true']);
    github.isKept = true;
    changed.fire();
    assert.deepEqual(await set(), ['drDre.github.tokenKept true']);
    isKept = true;
    signIns.fire();
    assert.deepEqual(await set(), ['drDre.tokenKept true']);
    kept.dispose();
    store.dispose();
  });
});
