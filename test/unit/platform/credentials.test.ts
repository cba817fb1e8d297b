import assert from 'node:assert/strict';
import { Credentials } from '../../../src/platform/credentials.ts';
import { Clients } from '../../../src/feeds/clients.ts';
import { SecretStore } from '../../support/ui/secretStore.ts';

const own = {
  atlassianSite: new URL('https://dfinity.atlassian.net'),
  atlassianApi: new URL('https://api.atlassian.com'),
};
const account = { email: 'dana@example.com', token: 'a-token-of-dana' };
const environment = { DR_DRE_ATLASSIAN_EMAIL: account.email, DR_DRE_ATLASSIAN_TOKEN: account.token };

describe('the Atlassian credentials', () => {
  for (const changed of [
    { ...own, atlassianApi: new URL('https://evil.example') },
    { ...own, atlassianSite: new URL('https://dfinity.atlassian.net.evil.example') },
    { ...own, atlassianApi: new URL('http://127.0.0.1:4000') },
    { ...own, atlassianApi: new URL('https://api.atlassian.com:444') },
  ]) {
    const where = `${changed.atlassianSite.host}, ${changed.atlassianApi.host}`;

    it(`go where a person signed in and, once the address is another one, only when it is confirmed: ${where}`, async () => {
      const credentials = new Credentials(new SecretStore(), {});
      await credentials.storeAtlassian(account, own);
      assert.deepEqual(await credentials.atlassian(own), account);
      assert.equal(await credentials.atlassian(changed), 'addressChanged');
      assert.deepEqual(await credentials.withheld(changed), {
        email: account.email,
        givenFor: { site: 'dfinity.atlassian.net', api: 'api.atlassian.com' },
      });
      await credentials.confirm(changed);
      assert.deepEqual(await credentials.atlassian(changed), account);
      assert.equal(await credentials.atlassian(own), 'addressChanged');
    });

    it(`of the environment go where they were first used, also after a restart: ${where}`, async () => {
      const secrets = new SecretStore();
      assert.deepEqual(await new Credentials(secrets, environment).atlassian(own), account);
      const restarted = new Credentials(secrets, environment);
      assert.equal(await restarted.atlassian(changed), 'addressChanged');
      let fired = 0;
      restarted.onDidChange(() => fired++);
      await restarted.confirm(changed);
      assert.equal(fired, 1);
      assert.deepEqual(await restarted.atlassian(changed), account);
      assert.ok(![...secrets.kept.values()].join('').includes(account.token));
    });
  }

  it('that were kept without an address are not sent before a person says where', async () => {
    const secrets = new SecretStore();
    await secrets.store('drDre.atlassian', JSON.stringify(account));
    const credentials = new Credentials(secrets, {});
    assert.equal(await credentials.atlassian(own), 'addressChanged');
    assert.deepEqual(await credentials.withheld(own), { email: account.email, givenFor: undefined });
  });

  it('fire no event when the environment’s are used for the first time', async () => {
    const credentials = new Credentials(new SecretStore(), environment);
    let fired = 0;
    credentials.onDidChange(() => fired++);
    await credentials.atlassian(own);
    assert.equal(fired, 0);
  });

  it('take every port of this machine for one host', async () => {
    const credentials = new Credentials(new SecretStore(), environment);
    const port = (number: number) => ({
      atlassianSite: new URL(`http://127.0.0.1:${number}`),
      atlassianApi: new URL(`http://localhost:${number + 1}`),
    });
    assert.deepEqual(await credentials.atlassian(port(4000)), account);
    assert.deepEqual(await credentials.atlassian(port(5000)), account);
  });

  it('are sent in no request to a changed address, and every client says why', async () => {
    const credentials = new Credentials(new SecretStore(), {});
    await credentials.storeAtlassian(account, own);
    const sent: string[] = [];
    let addresses = own;
    const clients = new Clients({
      addresses: () => ({
        ...addresses,
        githubApi: new URL('https://api.github.com'),
        rolloutsUrl: new URL('https://rollouts.example'),
        governanceHost: new URL('https://icp-api.io'),
        governanceCanister: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
      }),
      credentials: (of) => credentials.atlassian(of),
      githubToken: () => Promise.resolve(undefined),
      fetch: async (input, init) => {
        sent.push(
          `${input instanceof Request ? input.url : input.toString()} ${new Headers(init?.headers).get('authorization') ?? ''}`,
        );
        return Response.json({ cloudId: '00000000-0000-4000-8000-000000000001', accountId: 'dana', values: [] });
      },
      now: () => 0,
      onExchange: () => undefined,
      log: () => undefined,
    });
    await clients.account();
    assert.match(sent.join('\n'), /dfinity\.atlassian\.net\S* Basic /);
    addresses = { ...own, atlassianApi: new URL('https://evil.example') };
    clients.reset();
    sent.length = 0;
    const answers = [
      await clients.account(),
      await (await clients.ops()).listAlerts({ query: '' }),
      await (await clients.jira()).searchChildren('DRE-350'),
    ];
    assert.deepEqual(sent, []);
    for (const answer of answers) assert.equal(answer.ok ? undefined : answer.failure.kind, 'addressChanged');
  });
});
