import assert from 'node:assert/strict';
import { memoryLog } from '../../../support/engine/engine.ts';
import { SecretStore } from '../../../support/ui/secretStore.ts';
import { authentication, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { accountCommands } = await import('../../../../src/ui/account/commands.ts');
const { Credentials } = await import('../../../../src/platform/credentials.ts');
const { GitHubCredentials } = await import('../../../../src/platform/githubCredentials.ts');

const own = {
  atlassianSite: new URL('https://dfinity.atlassian.net'),
  atlassianApi: new URL('https://api.atlassian.com'),
};
const changed = { ...own, atlassianApi: new URL('https://evil.example') };

type Parts = Parameters<typeof accountCommands>[0];

function accounts() {
  const secrets = new SecretStore();
  const credentials = new Credentials(secrets, {});
  const githubCredentials = new GitHubCredentials(secrets, {}, memoryLog());
  const settings = { current: { ...own, githubApi: new URL('https://api.github.com') } };
  const tried: unknown[] = [];
  const connection = {
    checkSignIn: async () => ({ jira: { ok: true, value: { name: 'Dana' } }, ops: { ok: true, value: { teams: 1 } } }),
  };
  const clients = {
    connectWith: async (...call: readonly unknown[]) => {
      tried.push(call);
      return connection;
    },
  };
  // Only what signing in uses.
  const commands = accountCommands({ credentials, githubCredentials, settings, clients } as unknown as Parts);
  return { commands, credentials, settings, tried };
}

describe('signing in when the address of Jira was changed', () => {
  it('sends the kept token there only when a person chooses so', async () => {
    const { commands, credentials, settings, tried } = accounts();
    await credentials.storeAtlassian({ email: 'dana@example.com', token: 't' }, own);
    Object.assign(settings.current, changed);
    let asked = '';
    for (const choice of [undefined, /^Send the token to dfinity\.atlassian\.net and evil\.example$/]) {
      host.pick = (items, options) => {
        asked = `${options?.title ?? ''}: ${options?.placeHolder ?? ''}`;
        return choice === undefined ? undefined : items.find(({ label }) => choice.test(label));
      };
      assert.equal(await credentials.atlassian(changed), 'addressChanged');
      await commands['drDre.signIn']?.({ rows: [], args: [] });
    }
    assert.equal(
      asked,
      'The Address of Jira Was Changed: The token of dana@example.com was given for dfinity.atlassian.net and api.atlassian.com',
    );
    assert.deepEqual(await credentials.atlassian(changed), { email: 'dana@example.com', token: 't' });
    assert.deepEqual(tried, []);
  });
});

describe('signing in to GitHub', () => {
  const { getSession } = authentication;
  after(() => void (authentication.getSession = getSession));

  for (const reason of [new Error('User did not consent to login.'), new Error('Cancelled')]) {
    it(`says nothing when the person leaves it: ${String(reason)}`, async () => {
      const { commands } = accounts();
      authentication.getSession = async () => {
        throw reason;
      };
      host.messages.length = 0;
      await commands['drDre.github.signIn']?.({ rows: [], args: [] });
      assert.deepEqual(host.messages, []);
    });
  }

  it('says why it did not work', async () => {
    const { commands } = accounts();
    authentication.getSession = () => Promise.reject(new Error('network error'));
    host.messages.length = 0;
    await commands['drDre.github.signIn']?.({ rows: [], args: [] });
    assert.deepEqual(
      host.messages.map(({ text }) => text),
      ['VS Code could not sign in to GitHub: network error.'],
    );
  });
});
