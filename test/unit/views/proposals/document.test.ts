import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import { preview } from '../../../support/documents/preview.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

describe('the document of a proposal', () => {
  it('says above all else that it loses its vote, while one can still vote on it', () => {
    const text = (now: number, no: bigint): string => {
      const open = proposal(1n, { deadline: wednesday, tally: { yes: 83n, no, total: 1_000n, at: wednesday } });
      const content = { proposal: open, read: open, reading: false, failure: undefined };
      return preview(serialise(proposalDocument('1', content, { now, timeZone: 'UTC' }))).text;
    };
    assert.match(
      text(wednesday - hour, 412n),
      /^\s*Proposal 1 proposal 1\s+More voting power votes no than yes: as it stands it is rejected\.\s+/,
    );
    assert.match(text(wednesday - hour, 501n), /More than half of all voting power votes no: it is rejected\./);
    assert.doesNotMatch(text(wednesday - hour, 83n), /rejected/);
    assert.doesNotMatch(text(wednesday + hour, 412n), /rejected/);
  });
});
