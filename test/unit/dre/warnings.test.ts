import assert from 'node:assert/strict';
import fc from 'fast-check';
import { summarize, summaryLine } from '../../../src/dre/summary.ts';
import { lacksNeuron, WarningReader } from '../../../src/dre/warnings.ts';
import { runStandIn } from '../../support/dre/standIn.ts';

describe('what dre warns of', () => {
  it('is found in the text of the terminal, however it is cut into pieces', async () => {
    const { stderr } = await runStandIn(['update-unassigned-nodes', '--dry-run'], { DRE_SIM_NO_HSM: '1' });
    const shown = `\u001b]633;C\u0007${stderr.replaceAll('\n', '\r\n').replace('WARN', '\u001b[33mWARN\u001b[0m')}`;
    fc.assert(
      fc.property(fc.array(fc.nat(shown.length), { maxLength: 8 }), (cuts) => {
        const reader = new WarningReader();
        const at = [0, ...cuts.sort((one, other) => one - other), shown.length];
        for (let index = 1; index < at.length; index++) reader.add(shown.slice(at[index - 1], at[index]));
        assert.equal(reader.found.length, 1);
        assert.ok(lacksNeuron(reader.found));
      }),
    );
  });

  it('is each warning once, and no line of the log that is none', () => {
    const reader = new WarningReader();
    const line = (level: string, text: string): string => ` 2026-08-26T13:50:11.000Z ${level} dre > ${text}\r\n`;
    assert.equal(reader.add(line('INFO ', 'Running') + line('WARN ', 'a') + line('WARN ', 'a')), true);
    assert.equal(reader.add('WARNING: Failed to connect to x\n'), true);
    assert.equal(reader.add(line('ERROR', 'b')), true);
    assert.equal(reader.add('a WARN in a text\n'), false);
    assert.deepEqual(reader.found, ['a', 'WARNING: Failed to connect to x', 'b']);
    for (let index = 0; index < 100; index++) reader.add(line('WARN ', `${index}`));
    assert.equal(reader.found.length, 20);
  });
});

describe('the summary of a dry run', () => {
  it('has proposals, subnets and nodes of what the stand-in simulates', async () => {
    const { stdout } = await runStandIn(['network', '--heal', '--dry-run']);
    const summary = summarize(stdout);
    assert.deepEqual(
      [summary.titles.length, summary.subnets.length, summary.removed.length, summary.added.length],
      [2, 2, 2, 2],
    );
    assert.match(summaryLine(summary), /^Would make 2 proposals · 2 nodes out, 2 nodes in · \w{5}, \w{5}\.$/);
    assert.match(summary.effects.join(), /Overall replacement impact: equal/);
  });

  it('says so when there is none', async () => {
    const { stdout } = await runStandIn(['network', '--heal', '--dry-run'], { DRE_SIM_NOTHING: '1' });
    assert.equal(summaryLine(summarize(stdout)), 'It shows no proposal that it would make.');
  });

  it('takes no text of people for an id', () => {
    const { added, subnets } = summarize(
      'Nodes added:\n- `not-a-node`\nDecentralization Nakamoto coefficient changes for subnet `x-y`:\n',
    );
    assert.deepEqual([added, subnets], [[], []]);
  });
});
