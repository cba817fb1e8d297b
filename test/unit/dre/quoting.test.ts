import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { quote, showCommandLine } from '../../../src/dre/quoting.ts';
import { runs } from '../../support/base/runs.ts';

const run = promisify(execFile);

describe('showing a command line', () => {
  it('leaves plain words as they are', () => {
    assert.equal(
      showCommandLine({ program: 'dre', args: ['network', '--heal', '--forum-post-link', 'https://x.org/t/1'] }),
      'dre network --heal --forum-post-link https://x.org/t/1',
    );
  });

  it('quotes a program that the shell would take for an assignment, a keyword or two words', () => {
    assert.equal(showCommandLine({ program: 'A=b', args: [] }), "'A=b'");
    assert.equal(showCommandLine({ program: 'if', args: [] }), "'if'");
    assert.equal(showCommandLine({ program: '/my tools/dre', args: ['vote'] }), "'/my tools/dre' vote");
  });

  const nasty = fc.constantFrom(
    ...['$(id)', '`id`', "'", '"', '\\', '\\\\', "\\'", '\n', '!', '~', '*', '#', '', ' ', '-n', '%s', '=ls', '{a,b}'],
  );
  const word = fc.oneof(
    fc.string({ unit: 'binary' }).filter((text) => !/[\0\ud800-\udfff]/.test(text)),
    fc.array(nasty, { maxLength: 5 }).map((parts) => parts.join('')),
  );

  for (const shell of ['/bin/sh', '/bin/bash']) {
    it(`is read back byte for byte by ${shell}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
          const { stdout } = await run(shell, ['-c', `printf '%s\\0' ${words.map(quote).join(' ')}`]);
          assert.deepEqual(stdout.split('\0').slice(0, -1), words);
        }),
        runs(30),
      );
    });
  }

  /**
   * A word as fish reads it (its documentation, "Quotes"): between single quotes a backslash escapes a single quote and
   * another backslash; outside of them it escapes any character.
   */
  function readByFish(text: string): string {
    const parts = [...text.matchAll(/'((?:[^'\\]|\\['\\]|\\)*?)'|\\(.)|([^'\\]+)/gsy)];
    assert.equal(parts.map(([part]) => part).join(''), text, 'fish would wait for the end of a quote');
    return parts
      .map(([, inQuotes, escaped, plain]) => inQuotes?.replaceAll(/\\(['\\])/g, '$1') ?? escaped ?? plain ?? '')
      .join('');
  }

  it('is read back by the rules of fish', () => {
    fc.assert(fc.property(word, (text) => readByFish(quote(text)) === text));
    assert.notEqual(readByFish("'a\\\\b'"), 'a\\\\b', 'a backslash within quotes counts in fish');
  });

  it('runs the very program with the very arguments when pasted', async () => {
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const args = ['a $(whoami) "b" \'c\'', 'two\nlines', '--x=~', ''];
    const shown = showCommandLine({ program: process.execPath, args: ['-e', script, '--', ...args] });
    const { stdout } = await run('/bin/sh', ['-c', shown]);
    assert.deepEqual(JSON.parse(stdout), args);
  });
});
