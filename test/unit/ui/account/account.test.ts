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

function accounts(jira: () => object = () => ({ ok: true, value: { name: 'Dana' } })) {
  const secrets = new SecretStore();
  const credentials = new Credentials(secrets, {});
  const githubCredentials = new GitHubCredentials(secrets, {}, memoryLog());
  const settings = { current: { ...own, githubApi: new URL('https://api.github.com') } };
  const tried: unknown[] = [];
  const connection = {
    checkSignIn: async () => ({ jira: jira(), ops: { ok: true, value: { teams: 1 } } }),
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

describe('signing in anew where the address of Jira was changed', () => {
  it('goes back from the address to the choice, and says there no more that a token was refused', async () => {
    const failure = { kind: 'unauthorized', service: 'jira', operation: 'read the account' };
    const { commands, credentials, settings } = accounts(() => ({ ok: false, failure }));
    await credentials.storeAtlassian({ email: 'dana@example.com', token: 't' }, own);
    Object.assign(settings.current, changed);
    const asked: string[] = [];
    let choices = 0;
    host.pick = (items) => {
      asked.push('choice');
      return (choices += 1) === 1 ? items[0] : undefined;
    };
    const tokens = ['wrong', undefined];
    let emails = 0;
    host.answer = (box) => {
      const { title = '', prompt = '', password } = box;
      asked.push(password ? title.slice(-8) : prompt);
      if (!password) {
        if ((emails += 1) === 2) box.press('Back');
        return 'dana@example.com';
      }
      const token = tokens.shift();
      if (token === undefined) box.press('Back');
      return token;
    };
    await commands['drDre.signIn']?.({ rows: [], args: [] });
    const email = 'E-mail address of your Atlassian account';
    assert.deepEqual(asked, ['choice', email, '(2 of 2)', '(2 of 2)', email, 'choice']);
  });
});

describe('signing in with a token', () => {
  it('asks for a token again when it is wrong, with the address kept, and opens the page where one is made', async () => {
    const failure = { kind: 'unauthorized', service: 'jira', operation: 'read the account' };
    let isRight = false;
    const { commands, credentials } = accounts(() =>
      isRight ? { ok: true, value: { name: 'Dana' } } : { ok: false, failure },
    );
    const asked: string[] = [];
    host.line = ({ title = '' }) => {
      asked.push(title);
      return 'dana@example.com';
    };
    host.opened.length = 0;
    host.answer = (box) => {
      const { title = '', prompt = '' } = box;
      asked.push(`${title}: ${prompt}`);
      isRight = asked.length > 2;
      if (!isRight) box.press('Create API Token');
      return isRight ? 'right' : 'wrong';
    };
    await commands['drDre.signIn']?.({ rows: [], args: [] });
    assert.deepEqual(asked, [
      'Sign in to dfinity.atlassian.net (1 of 2)',
      'Sign in to dfinity.atlassian.net (2 of 2): API token without scopes. Stored securely by VS Code, and sent only to dfinity.atlassian.net and api.atlassian.com.',
      'Sign in to dfinity.atlassian.net (2 of 2): Token rejected: sign in again. Jira did not accept it. It may have expired or lack a scope.',
    ]);
    assert.deepEqual(host.opened, ['https://id.atlassian.com/manage-profile/security/api-tokens']);
    assert.deepEqual(await credentials.atlassian(own), { email: 'dana@example.com', token: 'right' });
  });

  it('goes back from the token to the address', async () => {
    const { commands, tried } = accounts();
    let asked = 0;
    host.line = () => (asked++ === 0 ? 'dana@example.com' : undefined);
    host.answer = (box) => {
      box.press('Back');
      return undefined;
    };
    await commands['drDre.signIn']?.({ rows: [], args: [] });
    assert.deepEqual([asked, tried], [2, []]);
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
