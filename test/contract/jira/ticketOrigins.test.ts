import assert from 'node:assert/strict';
import { adfToText } from '../../../src/domain/documents/adf/toText.ts';
import type { Row } from '../../../src/views/kit/row.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { host } from '../../support/ui/vscode.ts';
import { performOverWire, useWireDesk } from '../../support/ui/wireDesk.ts';

const { originOf } = await import('../../../src/ui/queue/origins.ts');

const [{ accountId, name: myName }] = people;
const row = (record: Row['record'], label: string, link: string): Row => ({
  id: label,
  label,
  tokens: [],
  link,
  record,
});

const origins: Readonly<Record<string, Row | string>> = {
  'a proposal': row(
    { kind: 'proposal', key: '141234' },
    'Replace a node in subnet 3hhby',
    'https://dashboard.internetcomputer.org/proposal/141234',
  ),
  'a failing workflow': row(
    { kind: 'workflowRun', key: '77' },
    'Weekly upgrade of dependencies has failed',
    'https://github.com/dfinity/dre/actions/runs/77',
  ),
  'a batch of a rollout': row(
    { kind: 'rollout', key: 'rollout_ic_os_to_mainnet_subnets/2026-11-23' },
    'Batch 4 waits for votes',
    'https://rollout-dashboard.ch1-rel1.dfinity.network/#batch-4',
  ),
  'selected text': 'No space left on device zh1-spm14\nseen twice since Monday',
};

describe('creating a ticket from something else, up to what Jira holds', () => {
  const fixture = jiraFixture();

  const deskOf = useWireDesk(fixture);
  beforeEach(() => {
    host.answer = () => undefined;
  });
  afterEach(() => {
    host.editor = undefined;
  });

  for (const [what, origin] of Object.entries(origins)) {
    it(`takes the words and the page of ${what}`, async () => {
      const jira = fixture.jira();
      const of = deskOf([], { jira, me: { accountId, name: myName, timeZone: undefined } });
      const isText = typeof origin === 'string';
      if (isText) host.editor = { document: { getText: () => origin } } as unknown as typeof host.editor;
      const text = originOf(isText ? [] : [origin])?.text ?? assert.fail('there is no origin');
      await performOverWire(of, fixture, 'drDre.queue.createTicketFrom', isText ? 'palette' : origin);
      const opened = host.openEditor() ?? assert.fail('no editor is open');
      opened.document.text = text;
      await performOverWire(of, fixture, 'drDre.queue.sendDraft', 'palette');
      const key = /^Created (DRE-\d+)\.$/.exec(host.messages.at(-1)?.text ?? '')?.[1] ?? assert.fail('it is not there');
      const { summary, description } = valueOf(await jira.getIssue(key));
      assert.equal(valueOf(await jira.parentOf(key)), epicKey);
      const said = `${summary}\n${adfToText(description)}`;
      for (const line of isText ? origin.split('\n') : [origin.label]) {
        assert.ok(said.includes(line), said);
      }
      if (!isText) assert.ok(JSON.stringify(description).includes(origin.link ?? ''), said);
    });
  }
});
