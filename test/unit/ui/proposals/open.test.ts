import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import type { ProposalCommandParts } from '../../../../src/ui/proposals/commands.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { host, type Picker } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { proposalCommands } = await import('../../../../src/ui/proposals/commands.ts');
const { openSubject } = await import('../../../../src/ui/links/openRecord.ts');

describe('Open Proposal…', () => {
  const store = new Store<Failure>(rethrow);
  let opened: unknown[] = [];
  const documents = { open: async (...call: readonly unknown[]) => void opened.push(...call) };
  // Only what the command reaches for.
  const parts = { store, documents, views: { selection: () => [] } } as unknown as ProposalCommandParts;
  const commands = proposalCommands(parts);

  before(() => store.update(proposalsKey, { status: 'fresh', records: [proposal(138_123n, { title: 'Add a node' })] }));
  beforeEach(() => (opened = []));

  /** Types into the list and takes its first entry; returns the labels that were offered then. */
  async function take(typed: string): Promise<readonly string[]> {
    let labels: readonly string[] = [];
    host.usePicker = (picker: Picker) => {
      picker.type(typed);
      labels = picker.items.map(({ label }) => label);
      picker.accept(picker.items[0]);
    };
    await commands['drDre.proposals.open']?.({ rows: [], args: [] });
    return labels;
  }

  it('offers what is open, and any other proposal by the id that is typed', async () => {
    assert.deepEqual(await take(''), ['138123 Add a node']);
    assert.deepEqual(opened.slice(0, 2), ['proposal', '138123']);
    opened = [];
    assert.deepEqual(await take('9007199254740993'), ['Proposal 9007199254740993', '138123 Add a node']);
    assert.deepEqual(opened.slice(0, 2), ['proposal', '9007199254740993']);
  });

  it('takes the address of a page of the proposal, and nothing that is no id', async () => {
    assert.equal((await take('https://nns.ic0.app/proposal/?u=qoctq&proposal=138999'))[0], 'Proposal 138999');
    assert.equal((await take('https://dashboard.internetcomputer.org/proposal/7'))[0], 'Proposal 7');
    for (const typed of ['add', '0', '-7', '138123', '7 8']) {
      assert.deepEqual(await take(typed), ['138123 Add a node'], typed);
    }
  });

  it('opens from a row, and from a text that names a proposal which has ended', async () => {
    const row: Row = { id: 'p', label: 'p', tokens: [], record: { kind: 'proposal', key: '7' } };
    await commands['drDre.proposals.open']?.({ rows: [row], args: [] });
    assert.deepEqual(opened.slice(0, 2), ['proposal', '7']);
    opened = [];
    const parts = { store, documents, timeline: { open: () => Promise.resolve() } };
    assert.equal(await openSubject({ kind: 'proposal', id: '8' }, parts), true);
    assert.deepEqual(opened.slice(0, 2), ['proposal', '8']);
  });
});
