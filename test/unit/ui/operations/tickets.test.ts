import assert from 'node:assert/strict';
import type { Link, Links } from '../../../../src/domain/links/join.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { DreDesk } from '../../../support/operations/dreDesk.ts';
import { host } from '../../../support/ui/vscode.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

describe('the proposals of a run and its ticket', () => {
  const desk = new DreDesk();
  const row = { id: 'row', label: '', tokens: [] };
  beforeEach(async () => {
    await desk.open();
    desk.offered.length = 0;
    desk.links.current = undefined;
    desk.store.update(queueKey, { status: 'fresh', records: [ticket('DRE-7'), ticket('DRE-8')] });
  });
  afterEach(() => desk.close());

  const submit = async (stdoutTail: string, ...presses: readonly string[]): Promise<void> => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' }, { exitCode: 0, stdoutTail });
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit', ...presses);
  };
  const newestRow = () => {
    const key = [...desk.store.state(runsKey).records.values()].find(({ dryRun }) => !dryRun)?.id ?? '';
    return { ...row, record: { kind: 'run', key } as const };
  };

  it('are a comment on the ticket that the run was started from, which is shown and not sent', async () => {
    desk.rowsMeant = [{ ...row, record: { kind: 'ticket', key: 'DRE-7' } }];
    await submit('proposal 138123\n', 'Comment on DRE-7…');
    desk.rowsMeant = [];
    await waitFor('the comment', () => desk.offered.length > 0);
    assert.deepEqual(desk.offered, [
      [
        'DRE-7',
        'Submitted [proposal 138123](https://dashboard.internetcomputer.org/proposal/138123) by dre: Heal the network.\n',
      ],
    ]);
  });

  it('are a comment on the only ticket that names one of them', async () => {
    await submit('proposal 138123\nproposal 138124\n');
    const named = proposal(138_123n);
    desk.store.update(proposalsKey, { status: 'fresh', records: [named] });
    const link: Link = { to: { kind: 'ticket', id: 'DRE-8', ticket: undefined }, reason: { kind: 'namedBy' } };
    desk.links.current = { ofProposal: () => [link] } as unknown as Links;
    await desk.call('addToTicket', [newestRow()]);
    const [[key, text] = assert.fail('nothing was offered')] = desk.offered;
    assert.equal(key, 'DRE-8');
    assert.match(text, /^Submitted by dre: Heal the network\.\n\n- \[proposal 138123\]\(.*\n- \[proposal 138124\]/);
  });

  it('are a comment on a ticket of the queue or a new one, as the person chooses', async () => {
    await submit('proposal 138123\n');
    const entry = newestRow();
    host.pick = (items) => items.find(({ label }) => label.startsWith('DRE-7'));
    await desk.call('addToTicket', [entry]);
    host.pick = (items) => items.find(({ label }) => label === 'New ticket…');
    await desk.call('addToTicket', [entry]);
    assert.deepEqual(
      desk.offered.map(([key]) => key),
      ['DRE-7', 'new: Heal the network'],
    );
  });

  it('are none of a run that has submitted nothing', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    const [key = ''] = desk.store.state(runsKey).records.keys();
    host.messages.length = 0;
    await desk.call('addToTicket', [{ ...row, record: { kind: 'run', key } }]);
    assert.match(host.messages.at(-1)?.text ?? '', /has submitted no proposal/);
    assert.deepEqual(desk.offered, []);
  });
});
