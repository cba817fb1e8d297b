import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';

describe('the thread that reads proposals', () => {
  it('starts in the extension host, from the file that is shipped', async () => {
    const fixture = vscode.extensions.getExtension('dr-dre.harness-fixture') ?? assert.fail('no fixture');
    const file = join(fixture.extensionPath, '../../../dist/governanceWorker.js');
    assert.ok(existsSync(file), file);
    const worker = new Worker(file, { execArgv: [], env: {} });
    try {
      const first = await new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      assert.deepEqual(first, { kind: 'ready' });
    } finally {
      await worker.terminate();
    }
  });
});
