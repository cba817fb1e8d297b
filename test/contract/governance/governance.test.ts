import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpAgent } from '@icp-sdk/core/agent';
import { NnsGovernanceCanister, ProposalStatus } from '@icp-sdk/canisters/nns';
import { Principal } from '@icp-sdk/core/principal';
import { createGovernance, type Governance, type GovernanceOptions } from '../../../src/sources/governance/client.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Result } from '../../../src/domain/base/result.ts';
import { WorkerReader } from '../../../src/sources/governance/workerReader.ts';
import type { Exchange } from '../../../src/sources/http.ts';
import { createGovernanceService } from '../../simulator/governance.ts';
import type { SimService } from '../../simulator/service.ts';
import { buildGovernanceWorker, type BuiltWorker } from '../../support/governanceWorker.ts';
import { troubledSubnet, World, writtenFor, type WorldOptions } from '../../simulator/world.ts';

const canister = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
const hour = 60 * 60_000;

/** Answers a request in place of the simulator; true when it did. */
type Fault = (path: string, response: ServerResponse) => boolean;

describe('governance client and the simulated network', () => {
  describe('on this thread', () => testsOf(() => undefined));
  describe('on a thread of its own', () =>
    testsOf((file) => new WorkerReader({ file, log: (line) => assert.fail(line) })));
});

function testsOf(makeReader: (file: string) => WorkerReader | undefined): void {
  let worker: BuiltWorker;
  let reader: WorkerReader | undefined;
  let server: Server | undefined;
  let service: SimService;
  let world: World;
  let host: string;
  let fault: Fault | undefined;
  let exchanges: Exchange[];
  let paths: string[];

  before(() => {
    worker = buildGovernanceWorker();
    reader = makeReader(worker.file);
  });
  after(() => {
    reader?.dispose();
    worker.remove();
  });

  async function start(options: WorldOptions = {}): Promise<void> {
    world = new World({ startAt: writtenFor, speed: 0, ...options });
    service = createGovernanceService(world);
    fault = undefined;
    exchanges = [];
    paths = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://127.0.0.1');
        paths.push(url.pathname);
        if (fault?.(url.pathname, response) === true) return;
        const { method = 'GET', headers } = request;
        void service.handle({ method, url, headers, body: Buffer.concat(chunks) }, response);
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function client(options: Partial<GovernanceOptions> = {}): Governance {
    const onExchange = (exchange: Exchange): void => void exchanges.push(exchange);
    return createGovernance({ host, canister, onExchange, ...(reader === undefined ? {} : { reader }), ...options });
  }

  afterEach(async () => {
    service.dispose();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  describe('the listing', () => {
    beforeEach(() => start());

    it('has the open proposals, newest first, with what a row shows', async () => {
      const { proposals, skipped, complete } = value(await client().listOpenProposals());
      assert.deepEqual({ skipped, complete }, { skipped: 0, complete: true });
      assert.ok(proposals.length >= 12, `${proposals.length} proposals`);
      assert.ok(proposals.every((each) => each.status === 'open'));
      assert.deepEqual(
        proposals.map((each) => each.id),
        proposals.map((each) => each.id).sort((a, b) => (a < b ? 1 : -1)),
      );
      const upgrade = proposals.find((each) => each.title === 'Update subnet 2zs4v to replica version 79c0105');
      assert.ok(upgrade);
      assert.deepEqual(
        [upgrade.topic, upgrade.proposer, upgrade.action, upgrade.nnsFunction],
        [12, 80n, 'ExecuteNnsFunction', 11],
      );
      assert.equal(upgrade.deadline, upgrade.createdAt + 4 * 24 * hour);
      assert.ok(upgrade.tally !== undefined && upgrade.tally.yes > 0n && upgrade.tally.yes < upgrade.tally.total);
    });

    it('keeps numbers that a double cannot hold', async () => {
      const { proposals } = value(await client().listOpenProposals());
      assert.ok(proposals.some((each) => each.proposer === 17511507705568200227n));
      assert.ok(proposals.some((each) => each.tally?.total === 50_412_338_904_817_233n));
    });

    it('names the actions that are not NNS functions', async () => {
      const { proposals } = value(await client().listOpenProposals());
      const others = proposals.filter((each) => each.nnsFunction === undefined).map((each) => each.action);
      assert.deepEqual(others.sort(), ['InstallCode', 'Motion']);
    });

    it('follows the clock: what was open is executed or rejected, and others come', async () => {
      const governance = client();
      const before = titles(await governance.listOpenProposals());
      assert.ok(before.includes('Publish the latency between data centers'));
      world.advance(1.5 * hour);
      service.advanced();
      const after = titles(await governance.listOpenProposals());
      assert.ok(!after.includes('Publish the latency between data centers'));
      assert.ok(!after.includes('Update subnet 2zs4v to replica version 79c0105'));
      assert.ok(after.includes('Resize subnet opn46'), after.join());
    });

    it('reads single proposals in whatever state', async () => {
      const governance = client();
      const troubled = value(await governance.getProposal(138123n));
      assert.equal(troubled.title, `Update subnet ${troubledSubnet.slice(0, 5)} to replica version 79c0105`);
      assert.equal(troubled.status, 'executed');
      assert.match(troubled.summary, new RegExp(troubledSubnet));
      assert.equal(failure(await governance.getProposal(99_999_999n)).kind, 'notFound');
    });

    it('asks for the keys of the nodes once, not at every poll', async () => {
      const governance = client();
      value(await governance.listOpenProposals());
      assert.deepEqual(paths.sort(), [
        '/api/v2/status',
        `/api/v3/canister/${canister}/query`,
        `/api/v3/canister/${canister}/read_state`,
      ]);
      value(await governance.listOpenProposals());
      assert.equal(paths.length, 4);
      assert.equal(exchanges.length, 4);
      assert.ok(exchanges.every((each) => each.service === 'governance' && each.status === 200));
    });

    it('reads proposals without a tally and without a deadline', async () => {
      service.configure('emptyTally', true);
      service.configure('missingDeadline', true);
      const { proposals, skipped } = value(await client().listOpenProposals());
      assert.ok(proposals.length > 0 && skipped === 0);
      assert.ok(proposals.every((each) => each.tally === undefined && each.deadline === undefined));
    });

    it('skips and counts a record without an id, and shows one that has lost its body', async () => {
      const whole = value(await client().listOpenProposals());
      service.configure('badRecord', true);
      const lines: string[] = [];
      const read = value(await client({ log: (line) => lines.push(line) }).listOpenProposals());
      assert.equal(read.skipped, 1);
      assert.equal(read.proposals.length, whole.proposals.length + 1);
      assert.deepEqual(lines.at(-1), 'list proposals: 1 records left out');
    });

    it('keeps a proposal whose action only a later version of the canister knows', async () => {
      const whole = value(await client().listOpenProposals());
      service.configure('unknownAction', true);
      const read = value(await client().listOpenProposals());
      assert.equal(read.skipped, 0);
      assert.deepEqual(
        read.proposals.map((each) => each.title),
        whole.proposals.map((each) => each.title),
      );
      assert.equal(read.proposals[0]?.action, undefined);
    });

    it('is what the client of the SDK reads too', async () => {
      const agent = await HttpAgent.create({ host, shouldFetchRootKey: true });
      const sdk = NnsGovernanceCanister.create({ agent, canisterId: Principal.fromText(canister) });
      const ours = value(await client().getProposal(138123n));
      const theirs = await sdk.getProposal({ proposalId: 138123n, certified: false });
      assert.equal(theirs?.proposal?.title, ours.title);
      assert.equal(theirs.proposer, ours.proposer);
      assert.equal(theirs.latestTally?.yes, ours.tally?.yes);
      const page = await sdk.listProposals({
        request: {
          limit: 100,
          beforeProposal: undefined,
          includeRewardStatus: [],
          excludeTopic: [],
          includeAllManageNeuronProposals: false,
          includeStatus: [ProposalStatus.Open],
        },
        certified: false,
      });
      const { proposals } = value(await client().listOpenProposals());
      assert.deepEqual(
        page.proposals.map((each) => [each.id, each.topic, each.deadlineTimestampSeconds]),
        proposals.map((each) => [each.id, each.topic, BigInt((each.deadline ?? 0) / 1000)]),
      );
    });
  });

  describe('paging', () => {
    it('reads all pages of a large world', async () => {
      await start({ size: 345 });
      const { proposals, complete } = value(await client().listOpenProposals());
      assert.equal(proposals.length, 345);
      assert.equal(new Set(proposals.map((each) => each.id)).size, 345);
      assert.ok(complete);
      assert.equal(paths.filter((path) => path.endsWith('/query')).length, 4);
    });

    it('asks once more when the last page is full', async () => {
      await start({ size: 200 });
      const { proposals, complete } = value(await client().listOpenProposals());
      assert.deepEqual([proposals.length, complete], [200, true]);
    });

    it('stops when the pages repeat, and says that the list is not complete', async () => {
      await start({ size: 250 });
      service.configure('repeatingPages', true);
      const { proposals, complete } = value(await client().listOpenProposals());
      assert.deepEqual([proposals.length, complete], [100, false]);
      assert.equal(paths.filter((path) => path.endsWith('/query')).length, 2);
    });
  });

  describe('signatures', () => {
    beforeEach(() => start());

    for (const name of ['unsignedAnswers', 'forgedAnswers']) {
      it(`refuses ${name}, and reads again when they are gone`, async () => {
        const governance = client();
        value(await governance.listOpenProposals());
        service.configure(name, true);
        const refused = failure(await governance.listOpenProposals());
        assert.deepEqual([refused.kind, refused.detail], ['malformed', 'the answer has no valid signature']);
        service.configure(name, false);
        value(await governance.listOpenProposals());
      });
    }

    it('believes the root key of the network alone on any host that is not this machine', async () => {
      // The simulator under an address elsewhere: its certificates are sound, but by a root key of its own.
      const elsewhere: typeof fetch = (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        return fetch(new URL(pathname, host), init);
      };
      const refused = failure(
        await client({ host: 'https://elsewhere.example', fetch: elsewhere }).listOpenProposals(),
      );
      assert.deepEqual([refused.kind, refused.detail], ['malformed', 'the answer has no valid signature']);
      assert.ok(!paths.includes('/api/v2/status'), 'it does not ask a stranger for the key');
    });

    it('gets over a network on this machine that was started anew', async () => {
      const governance = client();
      value(await governance.listOpenProposals());
      service.configure('otherKeys', true);
      assert.equal(failure(await governance.listOpenProposals()).kind, 'malformed');
      value(await governance.listOpenProposals());
    });

    for (const minutes of [20, -20]) {
      it(`sets itself by the clock of the network, ${minutes} minutes from its own`, async () => {
        service.configure('clockAheadMs', minutes * 60_000);
        const governance = client();
        assert.ok(value(await governance.listOpenProposals()).proposals.length > 0);
        assert.ok(value(await governance.listOpenProposals()).proposals.length > 0);
      });

      it(`gives up when the network refuses that clock, ${minutes} minutes off`, async () => {
        service.configure('clockAheadMs', minutes * 60_000);
        service.configure('expiryChecked', true);
        const refused = failure(await client().listOpenProposals());
        assert.deepEqual([refused.kind, refused.status], ['rejected', 400]);
        assert.match(refused.detail ?? '', /Invalid request expiry/);
        assert.ok(paths.length < 20, `${paths.length} requests`);
      });
    }

    it('is fine with a network that checks the expiry of requests', async () => {
      service.configure('expiryChecked', true);
      value(await client().listOpenProposals());
    });
  });

  describe('what goes wrong', () => {
    beforeEach(() => start());

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
        fault = (path, response) => path.endsWith('/query') && answer(response, status, 'no');
        const refused = failure(await client().listOpenProposals());
        assert.deepEqual(
          { kind: refused.kind, status: refused.status, detail: refused.detail, operation: refused.operation },
          { kind, status, detail: 'no', operation: 'list proposals' },
        );
        assert.equal(paths.filter((path) => path.endsWith('/query')).length, 1, 'no retry of its own');
      });
    }

    it('says how long a 429 asks to wait', async () => {
      fault = (_, response) => answer(response, 429, 'slow down', { 'retry-after': '17' });
      const refused = failure(await client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.retryAfterMs, paths.length], ['rateLimited', 17_000, 1]);
    });

    it('is told apart when the keys cannot be read', async () => {
      fault = (path, response) => path.endsWith('/read_state') && answer(response, 503, '');
      const refused = failure(await client().listOpenProposals());
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
          fault = (path, response) => path.endsWith(at) && answer(response, 200, body);
          const refused = failure(await client().listOpenProposals());
          assert.deepEqual([refused.kind, refused.service], ['malformed', 'governance']);
        });
      }
    }

    it('is malformed for an answer that is cut off', async () => {
      fault = (path, response) => {
        if (!path.endsWith('/query')) return false;
        response.writeHead(200, { 'content-length': 5000 });
        response.write(Buffer.alloc(100));
        setImmediate(() => response.destroy());
        return true;
      };
      const refused = failure(await client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.detail, refused.status], ['malformed', 'cut off', 200]);
    });

    it('is unreachable when the connection drops', async () => {
      fault = (_, response) => {
        response.destroy();
        return true;
      };
      assert.equal(failure(await client().listOpenProposals()).kind, 'unreachable');
      assert.deepEqual(
        exchanges.map((each) => each.status),
        [0],
      );
    });

    it('is a timeout when no answer comes', async () => {
      fault = () => true;
      assert.equal(failure(await client({ timeoutMs: 50 }).listOpenProposals()).kind, 'timeout');
    });

    it('is cancelled when the caller gives up', async () => {
      const controller = new AbortController();
      fault = () => {
        controller.abort();
        return true;
      };
      assert.equal(failure(await client().listOpenProposals(controller.signal)).kind, 'cancelled');
      fault = undefined;
      assert.equal(failure(await client().listOpenProposals(controller.signal)).kind, 'cancelled');
    });

    it('is rejected when the canister is stopped, in its own words', async () => {
      service.configure('stopped', true);
      const refused = failure(await client().listOpenProposals());
      assert.deepEqual([refused.kind, refused.detail], ['rejected', `Canister ${canister} is stopped`]);
    });

    it('is rejected for a canister that is not there', async () => {
      const other = client({ canister: 'ryjl3-tyaaa-aaaaa-aaaba-cai' });
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
        assert.equal(failure(await client(setting).listOpenProposals()).kind, 'notConfigured');
      }
      assert.equal(exchanges.length, 0);
    });

    it('works again after each of them', async () => {
      const governance = client();
      fault = (_, response) => answer(response, 500, 'oops');
      failure(await governance.listOpenProposals());
      fault = undefined;
      value(await governance.listOpenProposals());
    });
  });

  it('refuses switches that are not there', async () => {
    await start();
    assert.throws(() => service.configure('nonsense', true), /no switch nonsense/);
    assert.throws(() => service.configure('emptyTally', 1), /boolean/);
  });
}

function answer(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): true {
  response.writeHead(status, headers).end(body);
  return true;
}

function value<T>(result: Result<T, Failure>): T {
  if (!result.ok) assert.fail(`${result.failure.kind}: ${result.failure.detail ?? ''} ${String(result.failure.cause)}`);
  return result.value;
}

function failure(result: Result<unknown, Failure>): Failure {
  if (result.ok) assert.fail('it succeeded');
  return result.failure;
}

function titles(result: Awaited<ReturnType<Governance['listOpenProposals']>>): string[] {
  return value(result).proposals.map((each) => each.title);
}
