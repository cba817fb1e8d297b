import assert from 'node:assert/strict';
import { memoryLog } from '../../../support/engine/engine.ts';
import { SecretStore } from '../../../support/ui/secretStore.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { registerAtlassianAccount } = await import('../../../../src/ui/account/provider.ts');
const { Credentials } = await import('../../../../src/platform/credentials.ts');

const addresses = {
  atlassianSite: new URL('https://dfinity.atlassian.net'),
  atlassianApi: new URL('https://api.atlassian.com'),
};

describe('the account of Atlassian in the Accounts menu', () => {
  it('is whoever is signed in, without the token, and goes when they sign out', async () => {
    const credentials = new Credentials(new SecretStore(), {});
    const registered = registerAtlassianAccount({ credentials, log: memoryLog() });
    const provider = host.authenticationProviders.get('drDre.atlassian');
    assert.ok(provider !== undefined);
    const fired: string[] = [];
    provider.onDidChangeSessions(({ added = [], removed = [] }) => {
      fired.push([...added.map(({ id }) => `+${id}`), ...removed.map(({ id }) => `-${id}`)].join(' '));
    });
    assert.deepEqual(await provider.getSessions(undefined, {}), []);
    await credentials.storeAtlassian({ email: 'dana@example.com', token: 'secret-token' }, addresses);
    await new Promise(setImmediate);
    const sessions = await provider.getSessions(undefined, {});
    assert.deepEqual(
      sessions.map(({ account }) => account.label),
      ['dana@example.com'],
    );
    assert.doesNotMatch(JSON.stringify(sessions), /secret-token/);
    host.executed.length = 0;
    await provider.removeSession('dana@example.com');
    assert.deepEqual(host.executed, [['drDre.signOut']]);
    await credentials.removeAtlassian();
    await new Promise(setImmediate);
    assert.deepEqual(fired, ['+dana@example.com', '-dana@example.com']);
    registered.dispose();
    assert.equal(host.authenticationProviders.size, 0);
  });
});
