import assert from 'node:assert/strict';
import type { TicketTexts } from '../../../src/domain/queue/texts.ts';
import { toTicketTexts } from '../../../src/sources/atlassian/jira/texts.ts';
import { epicKey } from '../../simulator/world.ts';
import { jiraFixture, kindOf, valueOf } from '../../support/sources/atlassianFixture.ts';
import { silentReport } from '../../support/sources/silentReport.ts';

describe('what is known of the texts of tickets, from the wire', () => {
  const fixture = jiraFixture();

  async function read(): Promise<(summary: string) => TicketTexts> {
    const jira = fixture.jira();
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    const open = tickets.filter(({ status }) => status.category !== 'done');
    const texts = valueOf(await jira.textsOf(open.map(({ key }) => key)));
    assert.equal(texts.length, open.length);
    return (summary) => {
      const key = open.find((each) => each.summary.startsWith(summary))?.key;
      return texts.find((each) => each.key === key) ?? assert.fail(summary);
    };
  }

  it('is read for many tickets in one request', async () => {
    const jira = fixture.jira();
    await jira.textsOf(['DRE-351']);
    fixture.wire.calls.length = 0;
    await jira.textsOf(['DRE-351', 'DRE-352', 'DRE-353']);
    assert.deepEqual(fixture.wire.calls, ['POST /3/issue/bulkfetch']);
  });

  it('says what is described and commented on, and which flag has a reason', async () => {
    const of = await read();
    const stuck = of('Subnet ');
    assert.deepEqual([stuck.described, stuck.commented, stuck.reasoned], [true, true, true]);
    const bare = of('Alert on certificates');
    assert.deepEqual([bare.described, bare.commented], [false, false]);
    assert.equal(of('Upgrade the unassigned nodes').reasoned, true);
    assert.equal(of('Rotate the HSM').reasoned, false);
  });

  it('leaves out a ticket that is not there, and refuses what is no key', async () => {
    const jira = fixture.jira();
    const texts = valueOf(await jira.textsOf(['DRE-99999', 'DRE-351']));
    assert.deepEqual(
      texts.map(({ key }) => key),
      ['DRE-351'],
    );
    assert.equal(kindOf(await jira.textsOf(['../myself'])), 'rejected');
  });

  const at = (minute: number): string => `2026-08-26T10:${String(minute).padStart(2, '0')}:00.000+0000`;
  const change = (minute: number, field: string, from: string, to: string): unknown => ({
    created: at(minute),
    items: [{ field, fieldId: field, fromString: from, toString: to }],
  });
  const texts = (histories: readonly unknown[], comments: readonly number[], more: object = {}): TicketTexts => {
    const list = comments.map((minute, index) => ({ id: `${index}`, created: at(minute), body: {} }));
    const raw = {
      key: 'DRE-1',
      fields: {
        updated: at(59),
        flag: [{ id: '9' }],
        comment: { comments: list, total: list.length },
      },
      changelog: { histories, total: histories.length },
      ...more,
    };
    return toTicketTexts(raw, 'flag', silentReport) ?? assert.fail('it cannot be read');
  };

  it('holds the numbers that description and comments name, also those in addresses, and whether these are all', () => {
    const fields = (total: number) => ({
      fields: {
        updated: at(59),
        description: {
          type: 'doc',
          content: [{ type: 'inlineCard', attrs: { url: 'https://x.org/proposal/143590' } }],
        },
        comment: {
          comments: [{ id: '1', created: at(1), body: { type: 'text', text: 'and 9007199254740993' } }],
          total,
        },
      },
    });
    const named = (total: number) => texts([], [], fields(total)).named;
    assert.deepEqual(named(1), { numbers: ['143590', '9007199254740993'], isWhole: true });
    assert.equal(named(2).isWhole, false);
  });

  it('takes as a reason what was said with the flag or since, not before', () => {
    const flagged = [change(30, 'flag', '', 'Impediment')];
    assert.equal(texts(flagged, [31]).reasoned, true);
    assert.equal(texts(flagged, [29]).reasoned, true);
    assert.equal(texts(flagged, [10]).reasoned, false);
    assert.equal(texts([], [10]).reasoned, true);
  });

  it('does not know what a list leaves open of which only a part was sent', () => {
    const cut = { changelog: { histories: [], total: 200 } };
    assert.equal(texts([], [], cut).rescoped, undefined);
    const fields = { updated: at(59), flag: [{ id: '9' }], comment: { comments: [], total: 30 } };
    const { commented, reasoned } = texts([], [], { fields });
    assert.deepEqual([commented, reasoned], [undefined, undefined]);
    const { commented: none } = texts([], [], { fields: { updated: at(59) } });
    assert.equal(none, undefined);
  });

  it('says that the scope has changed when the summary was replaced after work had begun', () => {
    const begun = change(10, 'status', 'To Do', 'In Progress');
    const replaced = change(20, 'summary', 'Move two nodes to dm1', 'Retire the data center bo1');
    assert.equal(texts([replaced, begun], []).rescoped, true);
    assert.equal(texts([begun, change(20, 'summary', 'Move two nods', 'Move two nodes')], []).rescoped, false);
    assert.equal(texts([change(5, 'summary', 'one', 'other'), begun], []).rescoped, false);
    assert.equal(texts([replaced], []).rescoped, false);
  });

  it('reads a record of any form, and is undefined without key or time', () => {
    for (const raw of [undefined, null, 'x', {}, { key: 'DRE-1' }, { key: 'x', fields: { updated: at(1) } }]) {
      assert.equal(toTicketTexts(raw, 'flag', silentReport), undefined);
    }
    const odd = { key: 'DRE-1', fields: { updated: at(1), comment: 7, flag: 'x' }, changelog: { histories: [7, {}] } };
    assert.equal(toTicketTexts(odd, 'flag', silentReport)?.key, 'DRE-1');
  });
});
