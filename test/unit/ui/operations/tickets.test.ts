import assert from 'node:assert/strict';
import type { Link, Links } from '../../../../src/domain/links/join.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { DreBench } from '../../../support/operations/dreBench.ts';
import { host } from '../../../support/ui/vscode.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

describe('the proposals of a run and its ticket', () => {
  const bench = new DreBench();
  const row = { id: 'row', label: '', tokens: [] };
  beforeEach(async () => {
    await bench.open();
    bench.offered.length = 0;
    bench.links.current = undefined;
    bench.store.update(queueKey, { status: 'fresh', records: [ticket('DRE-7'), ticket('DRE-8')] });
  });
  afterEach(() => bench.close());

  const submit = async (stdoutTail: string, ...presses: readonly string[]): Promise<void> => {
    bench.ends.push({ exitCode: 0, stdoutTail: '' }, { exitCode: 0, stdoutTail });
    await bench.run('Heal the network', 'Run', 'Submit…', 'Submit', ...presses);
  };
  const newestRow = () => {
    const key = [...bench.store.state(runsKey).records.values()].find(({ dryRun }) => !dryRun)?.id ?? '';
    return { ...row, record: { kind: 'run', key } as const };
  };

  it('are a comment on the ticket that the run was started from, which is shown and not sent', async () => {
    bench.rowsMeant = [{ ...row, record: { kind: 'ticket', key: 'DRE-7' } }];
    await submit('proposal 138123\n', 'Comment on DRE-7…');
    bench.rowsMeant = [];
    await waitFor('the comment', () => bench.offered.length > 0);
    assert.deepEqual(bench.offered, [
      [
        'DRE-7',
        'Submitted [proposal 138123](https://dashboard.internetcomputer.org/proposal/138123) by dre: Heal the network.\n',
      ],
    ]);
  });

  it('are a comment on the only ticket that names one of them', async () => {
    await submit('proposal 138123\nproposal 138124\n');
    const named = proposal(138_123n);
    bench.store.update(proposalsKey, { status: 'fresh', records: [named] });
    const link: Link = { to: { kind: 'ticket', id: 'DRE-8', ticket: undefined }, reason: { kind: 'namedBy' } };
    bench.links.current = { ofProposal: () => [link] } as unknown as Links;
    await bench.call('addToTicket', [newestRow()]);
    const [[key, text] = assert.fail('nothing was offered')] = bench.offered;
    assert.equal(key, 'DRE-8');
    assert.match(text, /^Submitted by dre: Heal the network\.\n\n- \[proposal 138123\]\(.*\n- \[proposal 138124\]/);
  });

  it('are a comment on a ticket of the queue or a new one, as the person chooses', async () => {
    await submit('proposal 138123\n');
    const entry = newestRow();
    host.pick = (items) => items.find(({ label }) => label.startsWith('DRE-7'));
    await bench.call('addToTicket', [entry]);
    host.pick = (items) => items.find(({ label }) => label === 'New ticket…');
    await bench.call('addToTicket', [entry]);
    assert.deepEqual(
      bench.offered.map(([key]) => key),
      ['DRE-7', 'new: Heal the network'],
    );
  });

  it('are none of a run that has submitted nothing', async () => {
    bench.ends.push({ exitCode: 0, stdoutTail: '' });
    await bench.run('Heal the network', 'Run');
    const [key = ''] = bench.store.state(runsKey).records.keys();
    host.messages.length = 0;
    await bench.call('addToTicket', [{ ...row, record: { kind: 'run', key } }]);
    assert.match(host.messages.at(-1)?.text ?? '', /has submitted no proposal/);
    assert.deepEqual(bench.offered, []);
  });
});
