import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { host, Uri, window, workspace } from '../../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { saveImage } = await import('../../../../../src/ui/releases/timeline/images.ts');

const image = { format: 'svg', content: '<svg ></svg>\n' } as const;

describe('an image of the timeline', () => {
  const written: unknown[] = [];
  let offered: vscode.SaveDialogOptions | undefined;
  let target: Uri | undefined;
  let write = async (uri: Uri, content: Uint8Array): Promise<void> => {
    written.push([uri.fsPath, Buffer.from(content).toString()]);
  };
  before(() => {
    const save = async (options: vscode.SaveDialogOptions): Promise<Uri | undefined> => {
      offered = options;
      return target;
    };
    Object.assign(window, { showSaveDialog: save });
    Object.assign(workspace.fs, { writeFile: (uri: Uri, content: Uint8Array) => write(uri, content) });
  });
  after(() => {
    Reflect.deleteProperty(window, 'showSaveDialog');
    Reflect.deleteProperty(workspace.fs, 'writeFile');
  });
  beforeEach(() => {
    written.length = 0;
    target = undefined;
  });

  it('is saved where the person wants it, by a name that is safe', async () => {
    target = Uri.file('/pictures/week.svg');
    await saveImage('../rc--2026 <b>', image);
    assert.equal(offered?.defaultUri?.fsPath, join(homedir(), 'rollout-rc--2026_b.svg'));
    assert.deepEqual(written, [['/pictures/week.svg', image.content]]);
    await saveImage('week', { format: 'png', content: Buffer.from('picture').toString('base64') });
    assert.deepEqual(written[1], ['/pictures/week.svg', 'picture']);
  });

  it('is not saved where the person does not want it', async () => {
    await saveImage('week', image);
    assert.deepEqual(written, []);
  });

  it('says why it cannot be saved', async () => {
    target = Uri.file('/pictures/week.svg');
    const [before, shown] = [write, host.messages.length];
    write = () => Promise.reject(new Error('no space left'));
    await saveImage('week', image);
    write = before;
    assert.equal(host.messages[shown]?.text, 'The timeline is not saved: no space left');
  });
});
