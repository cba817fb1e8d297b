import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { host, type Picker } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { chooseAndRun, refuseAnswer, withBack } = await import('../../../../src/ui/kit/chain.ts');
const { pickOne, pickSeveral } = await import('../../../../src/ui/kit/picks.ts');
const { askTyped } = await import('../../../../src/ui/kit/typedQuestion.ts');
const { confirm } = await import('../../../../src/ui/kit/confirm.ts');

describe('a chain of questions', () => {
  const clock = new FakeClock();
  let drafts: Drafts;
  const asked: string[] = [];
  const entries = (...labels: readonly string[]): { readonly label: string }[] => labels.map((label) => ({ label }));

  /** How, what (depends on how) and which: the second one is typed. */
  async function ask(): Promise<string | undefined> {
    const how = await pickOne(entries('fast', 'slow'), { placeHolder: 'How?' });
    if (how === undefined) return undefined;
    if (!(await confirm({ severity: 'info', text: 'Sure?', yes: 'Yes' }))) return undefined;
    const what = await askTyped(
      { drafts, clock },
      { kind: 'test', step: how.label, records: [] },
      { title: 'What', prompt: `What is ${how.label}?` },
    );
    if (what === undefined) return undefined;
    const which = await pickSeveral(entries('a', 'b'), { placeHolder: 'Which?' });
    return which === undefined ? undefined : `${how.label} ${what} ${which.map(({ label }) => label).join()}`;
  }

  beforeEach(() => {
    asked.length = 0;
    drafts = new Drafts({ disk: new MemoryDisk(), clock, log: memoryLog(), secrets: () => [] });
    host.pick = (items, options) => {
      asked.push(`pick ${options?.placeHolder}`);
      return asked.length === 1 ? items[0] : items[1];
    };
    host.press = () => 'Yes';
    host.answer = (box) => {
      asked.push(`type ${box.prompt}, holds “${box.value}”`);
      return box.value === '' ? 'train' : undefined;
    };
  });

  /** Lists with a way back: goes back from the first ones, then chooses. */
  function goBack(times: number): Picker[] {
    const pickers: Picker[] = [];
    const { usePicker } = host;
    host.usePicker = (picker) => {
      if (picker.buttons.length === 0) {
        usePicker(picker);
        return;
      }
      pickers.push(picker);
      asked.push(`list ${picker.placeholder}`);
      if (pickers.length <= times) picker.press('Back');
      else picker.accept(picker.items[0]);
    };
    return pickers;
  }

  it('leads back from each to the one before, which holds what was answered', async () => {
    goBack(1);
    assert.equal(await withBack(ask), 'fast train a');
    assert.deepEqual(asked, [
      'pick How?',
      'type What is fast?, holds “”',
      'list Which?',
      'type What is fast?, holds “train”',
      'list Which?',
    ]);
  });

  it('asks anew what depends on an answer that is another one now', async () => {
    const boxes: string[] = [];
    goBack(0);
    host.answer = (box) => {
      boxes.push(box.prompt ?? '');
      if (boxes.length === 1) box.press('Back');
      return 'train';
    };
    assert.equal(await withBack(ask), 'slow train a');
    assert.deepEqual(boxes, ['What is fast?', 'What is slow?']);
  });

  it('has no way back from its first question, nor from one that is asked alone', async () => {
    const pickers = goBack(0);
    await pickOne(entries('a'), { placeHolder: 'Alone?' });
    assert.equal(pickers.length, 0);
    assert.deepEqual(asked, ['pick Alone?']);
  });

  it('leads from a question that is asked anew, as its answer was refused, to the one before it', async () => {
    const question = { kind: 'refused', records: [] };
    const typed = ['train', undefined, 'bus'];
    host.answer = (box) => {
      asked.push(`type, holds “${box.value}”`);
      const text = typed.shift();
      if (text === undefined) box.press('Back');
      return text;
    };
    const end = await withBack(async () => {
      const how = await pickOne(entries('fast', 'slow'), { placeHolder: 'How?' });
      for (;;) {
        const what = await askTyped({ drafts, clock }, question, { title: 'What', prompt: '' });
        if (how === undefined || what === undefined) return undefined;
        if (what === 'bus') return `${how.label} ${what}`;
        refuseAnswer();
      }
    });
    assert.equal(end, 'slow bus');
    assert.deepEqual(asked, ['pick How?', 'type, holds “”', 'type, holds “train”', 'pick How?', 'type, holds “train”']);
  });

  it('leads back to the choice after which it was asked, for as long as what was chosen lasts', async () => {
    const question = { kind: 'chosen', records: [] };
    const type = (): Promise<string | undefined> =>
      withBack(() => askTyped({ drafts, clock }, question, { title: 'What', prompt: 'What?' }));
    let times = 0;
    host.answer = (box) => {
      asked.push(`type, leads back: ${box.buttons.length > 0}`);
      if ((times += 1) === 1) box.press('Back');
      return 'train';
    };
    const ended: unknown[] = [];
    let later: () => Promise<unknown> = () => Promise.resolve();
    await chooseAndRun(
      () => pickOne(entries('fast', 'slow'), { placeHolder: 'How?' }),
      async ({ label }) => {
        later = AsyncLocalStorage.bind(type);
        ended.push([label, await type()]);
      },
    );
    await later();
    assert.deepEqual(ended, [
      ['fast', undefined],
      ['slow', 'train'],
    ]);
    assert.deepEqual(asked, [
      'pick How?',
      'type, leads back: true',
      'pick How?',
      'type, leads back: true',
      'type, leads back: false',
    ]);
  });

  it('ends when a person leaves', async () => {
    host.usePicker = (picker) => picker.dispose();
    assert.equal(await withBack(ask), undefined);
  });

  it('does not show a dialog again that was answered before the step back', async () => {
    const shown = host.messages.length;
    goBack(1);
    await withBack(ask);
    assert.equal(host.messages.length, shown + 1);
  });
});
