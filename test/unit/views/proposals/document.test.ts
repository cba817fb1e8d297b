import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import { proposalDocument } from '../../../../src/views/proposals/document.ts';
import { preview } from '../../../support/documents/preview.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')) as {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
};

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

  it('has the state of one that failed, when and why in the first rows', () => {
    const failed = proposal(1n, { status: 'failed', endedAt: wednesday - hour, failureReason: 'no such subnet' });
    const content = { proposal: failed, read: failed, reading: false, failure: undefined };
    const { text } = preview(serialise(proposalDocument('1', content, { now: wednesday, timeZone: 'UTC' })));
    assert.match(
      text,
      /^\s*Proposal 1 proposal 1\s+Status\s+failed\s+Failed\s+Wed .* \(1 h ago\)\s+Reason\s+no such subnet\s+Topic/,
    );
  });

  it('has nothing that cannot wrap in a table, which would be cut: the link wraps, the payload scrolls in a block of its own', () => {
    const long = 'a'.repeat(200);
    const payload = { kind: 'decoded', value: { sha256_hex: long } } as const;
    const linked = proposal(1n, { url: `https://forum.dfinity.org/${long}`, payload });
    const content = { proposal: linked, read: linked, reading: false, failure: undefined };
    const text = serialise(proposalDocument('1', content, { now: wednesday, timeZone: 'UTC' }));
    const inTables = text.split('\n').filter((line) => line.startsWith('|'));
    assert.ok(inTables.length > 0 && inTables.every((line) => !line.includes(long)));
    assert.ok(preview(text).links.includes(linked.url));
    assert.ok(text.includes(`\`\`\`\nsha256_hex: ${long}\n\`\`\``));
  });

  it('has links that begin to give it the ticket that it lacks', () => {
    const ours = proposal(1n);
    const content = { proposal: ours, read: ours, reading: false, failure: undefined, lacksTicket: true };
    const text = serialise(proposalDocument('1', content, { now: wednesday, timeZone: 'UTC' }));
    assert.match(
      text,
      /queue names this proposal\.\* \[Create Ticket From…\]\(vscode:\/\/dfinity\.dr-dre\/proposal\/1\/createTicketFrom\) · \[Link Ticket…\]\(vscode:\/\/dfinity\.dr-dre\/proposal\/1\/linkTicket\)/,
    );
    assert.ok(text.indexOf('Status') < text.indexOf('[Create Ticket'), 'what became of it comes first');
    for (const [, action = ''] of text.matchAll(/proposal\/1\/(\w+)\)/g)) {
      assert.ok(
        manifest.contributes.commands.some(({ command }) => command === `drDre.queue.${action}`),
        action,
      );
    }
  });
});
