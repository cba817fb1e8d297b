import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../../scripts/processes.mjs';

const root = join(import.meta.dirname, '../../..');

describe('the bench of many records', () => {
  it('runs, and prints a number for all that it measures', async () => {
    // In a process of its own: its stand-in for VS Code would take the place of that of the unit tests.
    const args = ['--expose-gc', '--import', 'tsx', 'test/bench/main.ts', 'scale', '--trial'];
    const { output } = await run(process.execPath, args, { cwd: root, quiet: true, timeoutMs: 25_000 });
    const figures = [...output.matchAll(/^ {2}[ ✔✗] (\S.*?| {2}\S.*?) {2,}(-?\d[\d.]*) (?:ms|MB)\b/gm)];
    assert.deepEqual(
      figures.map(([, name]) => name),
      [
        'reference: 20 alerts as JSON, there and back',
        'an update of 20 alerts to repainted rows',
        '  longest block, links included',
        'an update of 10 tickets to repainted rows',
        '  longest block, links included',
        'an update of 2 open proposals to repainted rows',
        '  longest block, links included',
        'first fill of the store and the rows',
        'snapshot written, 20 alerts',
        '  longest block',
        'snapshot read, 20 alerts',
        '  longest block',
        'heap held by records, store, rows and links',
      ],
      output,
    );
    assert.match(output, /\n(?:All|Not all) limits are kept\.\n$/, output);
  });
});
