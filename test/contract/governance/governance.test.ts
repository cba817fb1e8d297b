import assert from 'node:assert/strict';
import { HttpAgent } from '@icp-sdk/core/agent';
import { NnsGovernanceCanister, ProposalStatus } from '@icp-sdk/canisters/nns';
import { Principal } from '@icp-sdk/core/principal';
import { complete } from '../../../src/domain/base/listed.ts';
import { electionOf, nodeChangeOf } from '../../../src/domain/proposals/payload.ts';
import type { Proposal } from '../../../src/domain/proposals/proposal.ts';
import type { Governance } from '../../../src/sources/governance/client.ts';
import { makeProposals } from '../../simulator/governance/proposals.ts';
import { member, spareNodes } from '../../simulator/network.mjs';
import { subnets } from '../../simulator/world.ts';
import { canister, onBothThreads, value } from '../../support/sources/governance/network.ts';

const hour = 60 * 60_000;

describe('governance client and the simulated network', () =>
  onBothThreads((network) => {
    describe('the listing', () => {
      beforeEach(() => network.start());

      it('has the open proposals, newest first, with what a row shows', async () => {
        const { records: proposals, skipped, completeness } = value(await network.client().listOpenProposals());
        assert.deepEqual({ skipped, completeness }, { skipped: 0, completeness: complete });
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
        const { records: proposals } = value(await network.client().listOpenProposals());
        assert.ok(proposals.some((each) => each.proposer === 17511507705568200227n));
        assert.ok(proposals.some((each) => each.tally?.total === 50_412_338_904_817_233n));
      });

      it('names the actions that are not NNS functions', async () => {
        const { records: proposals } = value(await network.client().listOpenProposals());
        const others = proposals.filter((each) => each.nnsFunction === undefined).map((each) => each.action);
        assert.deepEqual(others.sort(), ['InstallCode', 'Motion']);
      });

      it('follows the clock: what was open is executed or rejected, and others come', async () => {
        const governance = network.client();
        const before = titles(await governance.listOpenProposals());
        assert.ok(before.includes('Publish the latency between data centers'));
        network.world.advance(1.5 * hour);
        network.service.advanced();
        const after = titles(await governance.listOpenProposals());
        assert.ok(!after.includes('Publish the latency between data centers'));
        assert.ok(!after.includes('Update subnet 2zs4v to replica version 79c0105'));
        assert.ok(after.includes('Resize subnet opn46'), after.join());
      });

      it('asks for the keys of the nodes once, not at every poll', async () => {
        const governance = network.client();
        value(await governance.listOpenProposals());
        assert.deepEqual([...network.paths].sort(), [
          '/api/v2/status',
          `/api/v3/canister/${canister}/query`,
          `/api/v3/canister/${canister}/read_state`,
        ]);
        value(await governance.listOpenProposals());
        assert.equal(network.paths.length, 4);
        assert.equal(network.exchanges.length, 4);
        assert.ok(network.exchanges.every((each) => each.service === 'governance' && each.status === 200));
      });

      it('reads proposals without a tally and without a deadline', async () => {
        network.service.configure('emptyTally', true);
        network.service.configure('missingDeadline', true);
        const { records: proposals, skipped } = value(await network.client().listOpenProposals());
        assert.ok(proposals.length > 0 && skipped === 0);
        assert.ok(proposals.every((each) => each.tally === undefined && each.deadline === undefined));
      });

      it('skips and counts a record without an id, and shows one that has lost its body', async () => {
        const whole = value(await network.client().listOpenProposals());
        network.service.configure('badRecord', true);
        const lines: string[] = [];
        const read = value(await network.client({ log: (line) => lines.push(line) }).listOpenProposals());
        assert.equal(read.skipped, 1);
        assert.equal(read.records.length, whole.records.length + 1);
        assert.deepEqual(lines.at(-1), 'list proposals: 1 records left out');
      });

      it('keeps a proposal whose action only a later version of the canister knows', async () => {
        const whole = value(await network.client().listOpenProposals());
        network.service.configure('unknownAction', true);
        const read = value(await network.client().listOpenProposals());
        assert.equal(read.skipped, 0);
        assert.deepEqual(
          read.records.map((each) => each.title),
          whole.records.map((each) => each.title),
        );
        assert.equal(read.records[0]?.action, undefined);
      });

      it('is what the client of the SDK reads too', async () => {
        const agent = await HttpAgent.create({ host: network.host, shouldFetchRootKey: true });
        const sdk = NnsGovernanceCanister.create({ agent, canisterId: Principal.fromText(canister) });
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
        const { records: proposals } = value(await network.client().listOpenProposals());
        assert.deepEqual(
          page.proposals.map((each) => [
            ...[each.id, each.topic, each.deadlineTimestampSeconds, each.proposer],
            ...[each.proposal?.title, each.latestTally?.yes],
          ]),
          proposals.map((each) => [
            ...[each.id, each.topic, BigInt((each.deadline ?? 0) / 1000), each.proposer],
            ...[each.title, each.tally?.yes],
          ]),
        );
      });
    });

    describe('one proposal', () => {
      beforeEach(() => network.start());

      async function read(governance: Governance, id: bigint): Promise<Proposal> {
        return value(await governance.getProposal(id)) ?? assert.fail(`there is no proposal ${id}`);
      }

      it('is as the list has it while it is open, and then says how and when it ended', async () => {
        const governance = network.client();
        const { records: proposals } = value(await governance.listOpenProposals());
        const upgrade = proposals.find(({ title }) => title === 'Update subnet 2zs4v to replica version 79c0105');
        const motion = proposals.find(({ title }) => title === 'Publish the latency between data centers');
        assert.ok(upgrade && motion);
        const { payload, ...open } = await read(governance, upgrade.id);
        assert.deepEqual({ ...open, payload: undefined }, upgrade);
        assert.equal(payload?.kind, 'decoded');
        network.world.advance(1.5 * hour);
        network.service.advanced();
        const executed = await read(governance, upgrade.id);
        assert.equal(executed.status, 'executed');
        assert.ok((executed.endedAt ?? 0) > upgrade.createdAt && (executed.endedAt ?? Infinity) <= network.world.now());
        const rejected = await read(governance, motion.id);
        assert.deepEqual([rejected.status, rejected.endedAt], ['rejected', motion.deadline]);
      });

      it('says why its execution failed', async () => {
        const failed = makeProposals(network.world).find(({ result }) => result === 'failed') ?? assert.fail();
        const { status, failureReason, endedAt = 0 } = await read(network.client(), failed.id);
        assert.deepEqual([status, failureReason], ['failed', 'The call to the registry failed']);
        assert.ok(endedAt > failed.decidedAt && endedAt < failed.decidedAt + hour);
      });

      it('is known to be none where the canister has none of the id', async () => {
        assert.equal(value(await network.client().getProposal(2n ** 63n - 1n)), undefined);
      });

      it('has ids that a double cannot hold', async () => {
        network.service.configure('largeIds', true);
        const governance = network.client();
        const { records: proposals } = value(await governance.listOpenProposals());
        const [first, second] = proposals;
        assert.ok(first && second && Number(first.id) === Number(second.id) && first.id !== second.id);
        for (const { id, title } of proposals.slice(0, 3)) assert.equal((await read(governance, id)).title, title);
      });

      it('has what it elects or moves, as plain data', async () => {
        const governance = network.client();
        const { records: proposals } = value(await governance.listOpenProposals());
        assert.ok(proposals.every(({ payload }) => payload === undefined));
        const named = async (title: RegExp): Promise<Proposal> =>
          read(governance, proposals.find((each) => title.test(each.title))?.id ?? 0n);
        const { nnsFunction, payload } = await named(/^Elect new IC\/GuestOS/);
        assert.deepEqual(electionOf(nnsFunction, payload), {
          os: 'GuestOS',
          elects: '3f1e2d4c5b6a79880716253443526170fedcba98',
          retires: ['1153c70d23bd42c9bb2d0c9ba7b9e8aea5ec9bd2'],
        });
        const change = await named(/^Replace nodes in subnet/);
        assert.deepEqual(nodeChangeOf(change.nnsFunction, change.payload), {
          subnet: subnets[18],
          added: spareNodes.slice(1, 3),
          removed: [member(subnets[18] ?? '', 'c'), member(subnets[18] ?? '', 'd')],
        });
        assert.match((await named(/^Publish the latency/)).motionText ?? '', /every month/);
      });

      it('costs one request', async () => {
        const governance = network.client();
        await governance.listOpenProposals();
        const before = network.paths.length;
        await governance.getProposal(138_123n);
        assert.equal(network.paths.length - before, 1);
      });
    });

    describe('what was decided', () => {
      it('has its status and time, down to what was made at a time, and no summary', async () => {
        await network.start();
        const now = network.world.now();
        const since = now - 15 * 24 * hour;
        const { records: proposals, completeness } = value(await network.client().listDecidedProposals(since));
        assert.equal(completeness.kind, 'complete');
        const expected = makeProposals(network.world).filter(
          ({ createdAt, decidedAt }) => createdAt >= since && decidedAt <= now,
        );
        assert.deepEqual(new Set(proposals.map(({ id }) => id)), new Set(expected.map(({ id }) => id)));
        for (const status of ['executed', 'failed', 'rejected']) {
          const [one] = proposals.filter((each) => each.status === status);
          assert.ok(one !== undefined && (one.endedAt ?? Infinity) <= now, status);
        }
        assert.ok(proposals.every(({ summary }) => summary === ''));
      });

      it('is read no further back than that', async () => {
        await network.start();
        const governance = network.client();
        await governance.listOpenProposals();
        const before = network.paths.length;
        const { records: proposals } = value(await governance.listDecidedProposals(network.world.now() - hour));
        assert.equal(network.paths.length - before, 1);
        assert.ok(proposals.every(({ createdAt }) => createdAt >= network.world.now() - hour));
      });
    });

    describe('a payload', () => {
      it('is decoded for every function that the week has, also of 200 open ones', async () => {
        await network.start({ size: 200 });
        const governance = network.client();
        const functions = new Map<number, bigint>();
        for (const { id, action, createdAt } of makeProposals(network.world)) {
          if (createdAt > network.world.now()) continue;
          if ('ExecuteNnsFunction' in action) functions.set(action.ExecuteNnsFunction.nns_function, id);
        }
        assert.deepEqual(
          [...functions.keys()].sort((a, b) => a - b),
          [11, 18, 20, 21, 31, 38, 43, 47, 48, 50, 51],
        );
        for (const id of functions.values()) {
          assert.equal(value(await governance.getProposal(id))?.payload?.kind, 'decoded', `${id}`);
        }
        const [filler] = makeProposals(network.world);
        const read = value(await governance.getProposal(filler?.id ?? 0n));
        const { subnet, added, removed } = nodeChangeOf(read?.nnsFunction, read?.payload) ?? assert.fail(read?.title);
        assert.equal(read?.title, `Replace a node in subnet ${subnet?.slice(0, 5)}`);
        assert.deepEqual([added.length, removed], [1, [member(subnet ?? '', 'a')]]);
      });
    });

    describe('paging', () => {
      it('reads 1,000 open proposals in a request for each hundred', async () => {
        await network.start({ size: 1_000 });
        const { records: proposals, completeness } = value(await network.client().listOpenProposals());
        assert.deepEqual([proposals.length, completeness], [1_000, complete]);
        assert.equal(network.paths.filter((path) => path.endsWith('/query')).length, 11);
      });

      it('reads all pages of a large world', async () => {
        await network.start({ size: 345 });
        const { records: proposals, completeness } = value(await network.client().listOpenProposals());
        assert.equal(proposals.length, 345);
        assert.equal(new Set(proposals.map((each) => each.id)).size, 345);
        assert.equal(completeness.kind, 'complete');
        assert.equal(network.paths.filter((path) => path.endsWith('/query')).length, 4);
      });

      it('asks once more when the last page is full', async () => {
        await network.start({ size: 200 });
        const { records: proposals, completeness } = value(await network.client().listOpenProposals());
        assert.deepEqual([proposals.length, completeness], [200, complete]);
      });

      it('stops when the pages repeat, and says that the list is not complete', async () => {
        await network.start({ size: 250 });
        network.service.configure('repeatingPages', true);
        const { records: proposals, completeness } = value(await network.client().listOpenProposals());
        assert.deepEqual([proposals.length, completeness.kind], [100, 'partial']);
        assert.equal(network.paths.filter((path) => path.endsWith('/query')).length, 2);
      });
    });

    it('refuses switches that are not there', async () => {
      await network.start();
      assert.throws(() => network.service.configure('nonsense', true), /no switch nonsense/);
      assert.throws(() => network.service.configure('emptyTally', 1), /boolean/);
    });
  }));

function titles(result: Awaited<ReturnType<Governance['listOpenProposals']>>): string[] {
  return value(result).records.map((each) => each.title);
}
