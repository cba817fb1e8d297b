import assert from 'node:assert/strict';
import type { ExtensionContext } from 'vscode';
import { drawnFault, hostile } from '../../support/ui/oracle.ts';
import { host } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';
import { waitFor } from '../../support/base/waitFor.ts';

useVscodeDouble();
const { register } = await import('../../../src/ui/registration.ts');
const { compose } = await import('../../../src/compose.ts');
const { CompiledCode } = await import('../../../src/platform/compiledCode.ts');

describe('the extension', () => {
  it('says why it could not start, without a link and an icon of it', async function () {
    this.timeout(30_000);
    host.messages.length = 0;
    const context = {
      subscriptions: [],
      extension: { packageJSON: { contributes: { commands: [], views: {} } } },
      get secrets(): never {
        throw new Error(`${hostile}${'x'.repeat(5_000)}`);
      },
    };
    // Only what it reaches for.
    const given = context as unknown as ExtensionContext;
    const code = new CompiledCode({ code: '', kept: '', names: [], program: '' });
    await register(given, (registered) => compose(given, { ...registered, code }));
    await waitFor('a message', () => Promise.resolve(host.messages.length > 0), { timeoutMs: 25_000 });
    const text = host.messages[0]?.text ?? '';
    assert.match(text, /^Dr\. DRE could not start: .+\. Reload the window to try again\.$/);
    assert.equal(drawnFault(text), undefined);
    assert.ok(text.length < 1_000);
  });
});
