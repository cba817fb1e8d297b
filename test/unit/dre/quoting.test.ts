import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { quote, showCommandLine } from '../../../src/dre/quoting.ts';

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

  it('is read back byte for byte by a shell', async () => {
    const nasty = fc.constantFrom(
      '$(id)',
      '`id`',
      "'",
      '"',
      '\\',
      '\n',
      '!',
      '~',
      '*',
      '#',
      '',
      ' ',
      '-n',
      '%s',
      '=ls',
      '{a,b}',
    );
    const word = fc.oneof(
      fc.string({ unit: 'binary' }).filter((text) => !/[\0\ud800-\udfff]/.test(text)),
      fc.array(nasty, { maxLength: 5 }).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
        const { stdout } = await run('/bin/sh', ['-c', `printf '%s\\0' ${words.map(quote).join(' ')}`]);
        assert.deepEqual(stdout.split('\0').slice(0, -1), words);
      }),
      { numRuns: 60 },
    );
  });

  it('runs the very program with the very arguments when pasted', async () => {
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const args = ['a $(whoami) "b" \'c\'', 'two\nlines', '--x=~', ''];
    const shown = showCommandLine({ program: process.execPath, args: ['-e', script, '--', ...args] });
    const { stdout } = await run('/bin/sh', ['-c', shown]);
    assert.deepEqual(JSON.parse(stdout), args);
  });
});
