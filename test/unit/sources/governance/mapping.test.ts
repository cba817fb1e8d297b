import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toProposal as mapped, type RawProposal } from '../../../../src/sources/governance/mapping.ts';
import { silentReport } from '../../../support/sources/silentReport.ts';

const toProposal = (record: RawProposal): ReturnType<typeof mapped> => mapped(record, silentReport);

const created = 1_787_900_000n;

function raw(more: Partial<RawProposal> = {}): RawProposal {
  return {
    id: [{ id: 138123n }],
    status: 1,
    topic: 12,
    proposer: [{ id: 80n }],
    proposal_timestamp_seconds: created,
    deadline_timestamp_seconds: [created + 345_600n],
    decided_timestamp_seconds: 0n,
    executed_timestamp_seconds: 0n,
    failed_timestamp_seconds: 0n,
    failure_reason: [],
    latest_tally: [{ yes: 1n, no: 2n, total: 3n, timestamp_seconds: created + 60n }],
    proposal: [
      {
        title: ['Update subnet o3ow2 to replica version 79c0105'],
        summary: 'Update **it**',
        url: 'https://forum.dfinity.org/t/1',
        action: [{ ExecuteNnsFunction: { nns_function: 11 } }],
      },
    ],
    ...more,
  };
}

function body(more: Partial<NonNullable<RawProposal['proposal'][0]>>): RawProposal {
  return raw({ proposal: [{ title: ['t'], summary: '', url: '', action: [], ...more }] });
}

describe('mapping of proposals', () => {
  it('keeps the values of the service, in milliseconds and bigints', () => {
    assert.deepEqual(toProposal(raw()), {
      id: 138123n,
      title: 'Update subnet o3ow2 to replica version 79c0105',
      summary: 'Update **it**',
      url: 'https://forum.dfinity.org/t/1',
      topic: 12,
      status: 'open',
      unknownStatus: undefined,
      proposer: 80n,
      createdAt: 1_787_900_000_000,
      deadline: 1_788_245_600_000,
      tally: { yes: 1n, no: 2n, total: 3n, at: 1_787_900_060_000 },
      action: 'ExecuteNnsFunction',
      nnsFunction: 11,
      endedAt: undefined,
      failureReason: undefined,
      payload: undefined,
      motionText: undefined,
    });
  });

  it('has no value for what is not there', () => {
    const proposal = toProposal(raw({ proposer: [], deadline_timestamp_seconds: [], latest_tally: [] }));
    assert.deepEqual([proposal?.proposer, proposal?.deadline, proposal?.tally], [undefined, undefined, undefined]);
    assert.deepEqual(
      [toProposal(body({ action: [] }))?.action, toProposal(body({ action: [] }))?.nnsFunction],
      [undefined, undefined],
    );
  });

  it('names an action that is no NNS function', () => {
    const proposal = toProposal(body({ action: [{ Motion: null }] }));
    assert.deepEqual([proposal?.action, proposal?.nnsFunction], ['Motion', undefined]);
  });

  it('calls a proposal without a title by its number', () => {
    assert.equal(toProposal(body({ title: [] }))?.title, 'Proposal 138123');
    assert.equal(toProposal(body({ title: ['  '] }))?.title, 'Proposal 138123');
  });

  it('knows the states of a proposal, and no others', () => {
    const states = [0, 1, 2, 3, 4, 5, 6, -1].map((status) => toProposal(raw({ status }))?.status);
    assert.deepEqual(states, [
      'unspecified',
      'open',
      'rejected',
      'adopted',
      'executed',
      'failed',
      'unspecified',
      'unspecified',
    ]);
  });

  it('keeps the number of a state that is not known', () => {
    const numbers = [0, 1, 6].map((status) => toProposal(raw({ status }))?.unknownStatus);
    assert.deepEqual(numbers, [undefined, undefined, 6]);
  });

  it('refuses a record without id or any instant', () => {
    assert.equal(toProposal(raw({ id: [] })), undefined);
    assert.equal(toProposal(raw({ id: [{ id: 0n }] })), undefined);
    assert.equal(toProposal(raw({ proposal_timestamp_seconds: 0n, deadline_timestamp_seconds: [] })), undefined);
  });

  it('says when and how it ended, and why it failed', () => {
    const times = {
      decided_timestamp_seconds: created + 1n,
      executed_timestamp_seconds: created + 2n,
      failed_timestamp_seconds: created + 3n,
      failure_reason: [{ error_type: 12, error_message: ' no such subnet ' }],
    } satisfies Partial<RawProposal>;
    const endOf = (status: number): unknown => {
      const proposal = toProposal(raw({ ...times, status }));
      return [proposal?.status, (proposal?.endedAt ?? NaN) / 1000 - Number(created), proposal?.failureReason];
    };
    assert.deepEqual(endOf(1), ['open', NaN, undefined]);
    assert.deepEqual(endOf(2), ['rejected', 1, undefined]);
    assert.deepEqual(endOf(3), ['adopted', NaN, undefined]);
    assert.deepEqual(endOf(4), ['executed', 2, undefined]);
    assert.deepEqual(endOf(5), ['failed', 3, 'no such subnet']);
    assert.equal(toProposal(raw({ status: 5 }))?.endedAt, undefined);
  });

  it('shows one without a body by its number', () => {
    const proposal = toProposal(raw({ proposal: [] }));
    assert.deepEqual([proposal?.title, proposal?.summary, proposal?.action], ['Proposal 138123', '', undefined]);
  });

  it('shows no instant that is out of the range of dates', () => {
    const never = 2n ** 64n - 1n;
    assert.equal(toProposal(raw({ proposal_timestamp_seconds: never, deadline_timestamp_seconds: [] })), undefined);
    assert.equal(toProposal(raw({ deadline_timestamp_seconds: [never] }))?.deadline, undefined);
    const tally = { yes: 1n, no: 2n, total: 3n, timestamp_seconds: never };
    assert.equal(toProposal(raw({ latest_tally: [tally] }))?.tally, undefined);
  });

  it('loses no digit of any number that the canister can send', () => {
    const nat64 = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(nat64, nat64, nat64, (id, proposer, total) => {
        const tally = { yes: total, no: 0n, total, timestamp_seconds: created };
        const proposal = toProposal(raw({ id: [{ id }], proposer: [{ id: proposer }], latest_tally: [tally] }));
        assert.deepEqual([proposal?.id, proposal?.proposer, proposal?.tally?.total], [id, proposer, total]);
      }),
    );
  });
});
