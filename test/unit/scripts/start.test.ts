import assert from 'node:assert/strict';
import { withProgress } from '../../../scripts/progress.mjs';
import { quietSettings } from '../../../scripts/settings.mjs';

describe('what npm start says while a slow machine starts its parts', () => {
  let said: string[];
  /** Half a minute goes by; undefined while nothing waits for it. */
  let halfMinute: (() => void) | undefined;
  const starting = (result: Promise<string>): Promise<string> =>
    withProgress(
      'The simulator',
      result,
      (line) => said.push(line),
      (run) => {
        halfMinute = run;
        return () => {
          halfMinute = undefined;
        };
      },
    );

  beforeEach(() => {
    said = [];
  });

  it('is a line every half minute, for as long as it takes, and no failure', async () => {
    let ready: (word: string) => void = () => undefined;
    const started = starting(
      new Promise((resolve) => {
        ready = resolve;
      }),
    );
    for (let times = 0; times < 4; times++) halfMinute?.();
    assert.deepEqual(
      said,
      [30, 60, 90, 120].map((seconds) => `The simulator is starting, for ${seconds} s so far`),
    );
    ready('ready');
    assert.equal(await started, 'ready');
    assert.equal(halfMinute, undefined);
  });

  it('ends with what went wrong', async () => {
    await assert.rejects(starting(Promise.reject(new Error('it has ended'))), /it has ended/);
    assert.equal(halfMinute, undefined);
  });
});

describe('the VS Code that npm start opens', () => {
  it('forwards no ports by itself, which VS Code would report in a notification', () => {
    assert.equal(quietSettings['remote.autoForwardPorts'], false);
  });
});
