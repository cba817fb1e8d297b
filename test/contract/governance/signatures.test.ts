import assert from 'node:assert/strict';
import { failure, onBothThreads, value } from '../../support/sources/governance/network.ts';

describe('signatures of the governance answers', () =>
  onBothThreads((network) => {
    beforeEach(() => network.start());

    for (const name of ['unsignedAnswers', 'forgedAnswers']) {
      it(`refuses ${name}, and reads again when they are gone`, async () => {
        const governance = network.client();
        value(await governance.listOpenProposals());
        network.service.configure(name, true);
        for (const answer of [await governance.listOpenProposals(), await governance.getProposal(138_123n)]) {
          const refused = failure(answer);
          assert.deepEqual([refused.kind, refused.detail], ['malformed', 'the answer has no valid signature']);
        }
        network.service.configure(name, false);
        value(await governance.listOpenProposals());
      });
    }

    for (const certificates of ['forged', 'ofAnotherNetwork']) {
      it(`refuses keys that a certificate proves which is ${certificates}, and reads again when it is sound`, async () => {
        network.service.configure('certificates', certificates);
        const governance = network.client();
        for (const answer of [await governance.listOpenProposals(), await governance.getProposal(138_123n)]) {
          const refused = failure(answer);
          assert.deepEqual([refused.kind, refused.detail], ['malformed', 'the answer has no valid signature']);
        }
        network.service.configure('certificates', 'valid');
        value(await governance.listOpenProposals());
      });
    }

    it('refuses keys that an old certificate proves, and reads again when there is a new one', async () => {
      network.service.configure('certificates', 'old');
      const governance = network.client();
      for (const answer of [await governance.listOpenProposals(), await governance.getProposal(138_123n)]) {
        const refused = failure(answer);
        assert.equal(refused.kind, 'rejected');
        assert.match(refused.detail ?? '', /proved more than 5 minutes ago/);
      }
      network.service.configure('certificates', 'valid');
      value(await governance.listOpenProposals());
    });

    it('refuses a network whose clock is far behind: its certificates cannot be distinguished from old ones', async () => {
      network.service.configure('clockAheadMs', -20 * 60_000);
      const refused = failure(await network.client().listOpenProposals());
      assert.match(refused.detail ?? '', /the clock of this machine is ahead/);
    });

    it('accepts only the root key of the network on any host that is not this machine', async () => {
      // The simulator under an address elsewhere: its certificates are sound, but by a root key of its own.
      const elsewhere: typeof fetch = (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        return fetch(new URL(pathname, network.host), init);
      };
      const refused = failure(
        await network.client({ host: 'https://elsewhere.example', fetch: elsewhere }).listOpenProposals(),
      );
      assert.deepEqual([refused.kind, refused.detail], ['malformed', 'the answer has no valid signature']);
      assert.ok(!network.paths.includes('/api/v2/status'), 'it asks no other host for the key');
    });

    it('reads again from a network on this machine that was restarted', async () => {
      const governance = network.client();
      value(await governance.listOpenProposals());
      network.service.configure('otherKeys', true);
      assert.equal(failure(await governance.listOpenProposals()).kind, 'malformed');
      value(await governance.listOpenProposals());
    });

    for (const minutes of [20, -4]) {
      it(`follows the clock of the network, ${minutes} minutes from its own`, async () => {
        network.service.configure('clockAheadMs', minutes * 60_000);
        const governance = network.client();
        assert.ok(value(await governance.listOpenProposals()).records.length > 0);
        assert.ok(value(await governance.listOpenProposals()).records.length > 0);
      });
    }

    for (const minutes of [20, -20]) {
      it(`gives up when the network refuses that clock, ${minutes} minutes off`, async () => {
        network.service.configure('clockAheadMs', minutes * 60_000);
        network.service.configure('expiryChecked', true);
        const refused = failure(await network.client().listOpenProposals());
        assert.deepEqual([refused.kind, refused.status], ['rejected', 400]);
        assert.match(refused.detail ?? '', /Invalid request expiry/);
        assert.ok(network.paths.length < 20, `${network.paths.length} requests`);
      });
    }

    it('reads from a network that checks the expiry of requests', async () => {
      network.service.configure('expiryChecked', true);
      value(await network.client().listOpenProposals());
    });
  }));
