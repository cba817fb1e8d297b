import assert from 'node:assert/strict';
import type { CommandLine } from '../../../../src/domain/operations/run.ts';
import { WarningReader } from '../../../../src/dre/warnings.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { RunTrouble } = await import('../../../../src/ui/operations/trouble.ts');

const loop: CommandLine = { program: 'dre', args: ['vote'], title: 'Keep voting', effect: 'votes', dryRun: false };
const logged = (level: string, text: string): string => ` 2026-08-26T13:50:11.000Z ${level} dre::ctx > ${text}\r\n`;
const noNeuron = logged('WARN ', "Couldn't detect neuron due to: No HSM detected.");

/** The messages that are shown while the terminal shows these pieces. */
function shown(line: CommandLine, ...pieces: readonly string[]): readonly string[] {
  host.messages.length = 0;
  const reader = new WarningReader();
  const trouble = new RunTrouble(line, () => undefined);
  for (const piece of pieces) {
    reader.add(piece);
    trouble.warn(reader);
  }
  return host.messages.map(({ text }) => text);
}

describe('trouble of a run that goes on', () => {
  it('is shown at once and once: no neuron, and what could not be voted on', () => {
    const failed = logged('ERROR', 'DRE vote: error: Error obtaining proposals -> request timed out');
    const texts = shown(loop, 'Sleeping\r\n', noNeuron, failed, failed, 'Sleeping\r\n');
    assert.equal(texts.length, 2);
    assert.match(texts[0] ?? '', /^Keep voting: dre found no key or neuron: .*plugged in/);
    assert.equal(texts[1], 'Keep voting: Error obtaining proposals -> request timed out');
  });

  it('is that the terminal asks for a PIN, however its text arrives', () => {
    const texts = shown(loop, '\u001b[2KPlease enter the hardware ', 'security module PIN: ', '\r\nSleeping\r\n');
    assert.deepEqual(texts, ['Keep voting: it prompts for the PIN of the hardware key in its terminal.']);
    assert.deepEqual(shown(loop, 'Please enter the hardware security module PIN: \r\n'), []);
  });

  it('is left to the end of a dry run, but for the PIN', () => {
    const dry = { ...loop, dryRun: true };
    assert.deepEqual(shown(dry, noNeuron), []);
    assert.equal(shown(dry, 'Please enter the hardware security module PIN: ').length, 1);
  });

  it('leads to the terminal', async () => {
    let shown = false;
    const reader = new WarningReader();
    const opened = new Promise<void>((resolve) => {
      const trouble = new RunTrouble(loop, () => {
        shown = true;
        resolve();
      });
      host.press = ({ buttons }) => buttons.find((each) => each === 'Show Terminal');
      reader.add(noNeuron);
      trouble.warn(reader);
    });
    await opened;
    assert.ok(shown);
  });
});
