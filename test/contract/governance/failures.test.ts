import assert from 'node:assert/strict';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { GovernanceOptions } from '../../../src/sources/governance/client.ts';
import { answer, canister, failure, onBothThreads, value } from '../../support/sources/governance/network.ts';

describe('what goes wrong between the governance client and the network', () =>
  onBothThreads((network) => {
    beforeEach(() => network.start());

    const statuses: readonly [number, Failure['kind']][] = [
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [404, 'notFound'],
      [500, 'server'],
      [503, 'server'],
      [302, 'rejected'],
      [202, 'malformed'],
    ];
    for (const [status, kind] of statuses) {
      it(`is ${kind} for status ${status}`, async () => {
        network.fault = (path, response) => path.endsWith('/query') && answer(response, status, 'no');
        const refused = failure(await network.client().listOpenProposals());
        assert.deepEqual(
          { kind: refused.kind, status: refused.status, detail: refused.detail, operation: refused.operation },
          { kind, status, detail: 'no', operation: 'list proposals' },
        );
        assert.equal(network.paths.filter((path) => path.endsWith('/query')).length, 1, 'no retry of its own');
      });
    }

    it('says how long a 429 asks to wait', async () => {
      network.fault = (_, response) => answer(response, 429, 'slow down', { 'retry-after': '17' });
      const refused = failure(await network.client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.retryAfterMs, network.paths.length], ['rateLimited', 17_000, 1]);
    });

    it('is distinguished when the keys cannot be read', async () => {
      network.fault = (path, response) => path.endsWith('/read_state') && answer(response, 503, '');
      const refused = failure(await network.client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.status], ['server', 503]);
    });

    const bodies: readonly [string, string][] = [
      ['HTML', '<html><body>Welcome</body></html>'],
      ['JSON of another shape', '{"hello":["world"]}'],
      ['nothing', ''],
    ];
    for (const [name, body] of bodies) {
      for (const at of ['/status', '/query', '/read_state']) {
        it(`is malformed for ${name} at ${at}`, async () => {
          network.fault = (path, response) => path.endsWith(at) && answer(response, 200, body);
          const refused = failure(await network.client().listOpenProposals());
          assert.deepEqual([refused.kind, refused.service], ['malformed', 'governance']);
        });
      }
    }

    it('is malformed for an answer that is cut off', async () => {
      network.fault = (path, response) => {
        if (!path.endsWith('/query')) return false;
        response.writeHead(200, { 'content-length': 5000 });
        response.write(Buffer.alloc(100));
        setImmediate(() => response.destroy());
        return true;
      };
      const refused = failure(await network.client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.detail, refused.status], ['malformed', 'cut off', 200]);
    });

    it('is unreachable when the connection drops', async () => {
      network.fault = (_, response) => {
        response.destroy();
        return true;
      };
      assert.equal(failure(await network.client().listOpenProposals()).kind, 'unreachable');
      assert.deepEqual(
        network.exchanges.map((each) => each.status),
        [0],
      );
    });

    it('is a timeout when no answer comes', async () => {
      network.fault = () => true;
      assert.equal(failure(await network.client({ timeoutMs: 50 }).listOpenProposals()).kind, 'timeout');
    });

    it('is cancelled when the caller gives up', async () => {
      const controller = new AbortController();
      network.fault = () => {
        controller.abort();
        return true;
      };
      assert.equal(failure(await network.client().listOpenProposals(controller.signal)).kind, 'cancelled');
      network.fault = undefined;
      assert.equal(failure(await network.client().listOpenProposals(controller.signal)).kind, 'cancelled');
    });

    it('is rejected when the canister is stopped, in its own words', async () => {
      network.service.configure('stopped', true);
      const refused = failure(await network.client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.detail], ['rejected', `Canister ${canister} is stopped`]);
    });

    it('is rejected for a canister that is not there', async () => {
      const other = network.client({ canister: 'ryjl3-tyaaa-aaaaa-aaaba-cai' });
      const refused = failure(await other.listOpenProposals());
      assert.deepEqual([refused.kind, refused.status], ['rejected', 400]);
      assert.match(refused.detail ?? '', /canister_not_found/);
    });

    it('makes no request for settings that cannot be right', async () => {
      const settings: readonly Partial<GovernanceOptions>[] = [
        { host: 'http://icp-api.io' },
        { host: 'icp-api.io' },
        { canister: 'rrkah-fqaaa-aaaaa-aaaaq-caj' },
        { canister: '' },
      ];
      for (const setting of settings) {
        assert.equal(failure(await network.client(setting).listOpenProposals()).kind, 'notConfigured');
      }
      assert.equal(network.exchanges.length, 0);
    });

    it('works again after each of them', async () => {
      const governance = network.client();
      network.fault = (_, response) => answer(response, 500, 'oops');
      failure(await governance.listOpenProposals());
      network.fault = undefined;
      value(await governance.listOpenProposals());
    });
  }));
