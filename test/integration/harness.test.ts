import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

describe('tests in the extension host', () => {
  it('run in a real VS Code, on extensions that are ES modules', async () => {
    const fixture = vscode.extensions.getExtension('dr-dre.harness-fixture');
    await fixture?.activate();
    assert.equal(fixture?.isActive, true);
    assert.ok((await vscode.commands.getCommands(true)).includes('harness.ask'));
  });
});
