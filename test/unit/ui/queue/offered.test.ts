import assert from 'node:assert/strict';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { offerComment, offerTicket } = await import('../../../../src/ui/queue/offered.ts');

describe('texts that are offered for tickets', () => {
  const drafts = new Drafts({ disk: new MemoryDisk(), clock: new FakeClock(), log: memoryLog(), secrets: () => [] });
  const atlassianSite = new URL('https://example.atlassian.net');
  const parts = { drafts, settings: { current: { atlassianSite } } };
  const newTicket = (key: string) => ({ what: 'newTicket', key, site: atlassianSite.host, window: 'here' }) as const;
  const ticketDrafts = () => Promise.resolve({ newTicket });
  const kept = async (kind: string, ...records: readonly string[]): Promise<string | undefined> =>
    (await drafts.offered({ kind, records, site: atlassianSite.host }))?.text;

  it('are added to what is written already, once, and opened', async () => {
    drafts.type({ kind: 'queue.comment', site: atlassianSite.host, records: ['DRE-7'] }, 'I look into it.\n');
    await offerComment(parts, 'DRE-7', 'Submitted proposal 7.\n');
    await offerComment(parts, 'DRE-7', 'Submitted proposal 7.\n');
    assert.equal(await kept('queue.comment', 'DRE-7'), 'I look into it.\n\nSubmitted proposal 7.\n');
    assert.match(`${host.openEditor()?.document.uri.query}`, /comment\/DRE-7/);
  });

  it('are a new ticket of their own', async () => {
    await offerTicket(
      { drafts, ticketDrafts },
      { id: 'run1', summary: 'Heal the network', markdown: 'Submitted proposal 7.\n' },
    );
    assert.equal(await kept('queue.newTicket', 'run1', 'here'), '# Heal the network\n\nSubmitted proposal 7.\n');
  });
});
