import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { findProgram } from '../../../src/dre/program.ts';
import { showCommandLine } from '../../../src/dre/quoting.ts';
import { readReport } from '../../../src/dre/report.ts';
import { runFiles } from '../../../src/dre/runFiles.ts';
import { runsWithin } from '../../support/base/runs.ts';

// What people, alerts and tickets may hold, as arguments of a program: it must receive each of them byte for byte.

const parts = fc.constantFrom(
  ...[
    '$(id)',
    '`id`',
    '${HOME}',
    '$HOME',
    '%PATH%',
    "'",
    '"',
    '\\',
    '\\\\',
    "\\'",
    "''",
    '\n',
    '\r\n',
    '\t',
    '!',
    '!!',
  ],
  ...['~', '*', '?', '[a]', '#', '&', '|', ';', '<', '>', '(', ')', '{a,b}', '=ls', '%s', ' ', '--', '-n', '--yes'],
  ...['é', '😀', '\u202e', '\u00a0', '\u2028', '\u0301', 'tdb26-jop6k'],
);
const word = fc.oneof(
  fc.array(parts, { maxLength: 6 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !/[\0\p{Cs}]/u.test(text)),
);
const words = fc.array(word, { minLength: 20, maxLength: 40 });

/** Writes its arguments into the file that RECEIVED names. */
const receiver = 'require("fs").writeFileSync(process.env.RECEIVED, JSON.stringify(process.argv.slice(1)))';
const receiverArgs = (args: readonly string[]): readonly string[] => ['-e', receiver, '--', ...args];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
const searched = [process.env['PATH'] ?? '', '/bin', '/usr/bin', '/opt/homebrew/bin'].join(delimiter);

describe('hostile arguments', function () {
  this.timeout(60_000);
  let folder: string;
  let received: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dr-dre-hostile-'));
    received = join(folder, 'received.json');
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a program with this file as its standard input, or with what is typed once it has written something. */
  function run(
    program: string,
    args: readonly string[],
    input: string | ((seen: string, type: (text: string) => void) => void),
  ): Promise<string> {
    rmSync(received, { force: true });
    return new Promise((resolve, reject) => {
      const env = { ...process.env, RECEIVED: received, HOME: folder, ELECTRON_RUN_AS_NODE: '1' };
      // fish reads no commands from the sockets that are the pipes of Node.
      const file = typeof input === 'string' ? openSync(input, 'r') : undefined;
      const child = spawn(program, args, { env, cwd: folder, stdio: [file ?? 'pipe', 'pipe', 'pipe'] });
      let seen = '';
      const take = (text: string): void => {
        seen += text;
        if (typeof input === 'function') input(seen, (typed) => child.stdin?.write(typed));
      };
      child.stdout?.setEncoding('utf8').on('data', take);
      child.stderr?.setEncoding('utf8').on('data', take);
      child.on('error', reject).on('close', () => resolve(seen));
      if (file !== undefined) closeSync(file);
    });
  }

  function arrived(seen: string): unknown {
    try {
      return JSON.parse(readFileSync(received, 'utf8'));
    } catch (cause) {
      throw new Error(`nothing arrived: ${seen}`, { cause });
    }
  }

  it('reach the program through the runner in a terminal', async function () {
    // `script` of util-linux gives a terminal; elsewhere its arguments are others.
    if (process.platform !== 'linux') this.skip();
    const runner = join(folder, 'dreRunner.mjs');
    const entry = fileURLToPath(new URL('../../../src/dre/runner.ts', import.meta.url));
    buildSync({ entryPoints: [entry], outfile: runner, bundle: true, platform: 'node', format: 'esm' });
    // Starts the process of the terminal as VS Code does: from a list of words.
    const start = join(folder, 'start.cjs');
    const started = join(folder, 'words.json');
    writeFileSync(
      start,
      `const { spawnSync } = require('child_process');
      spawnSync(process.execPath, JSON.parse(require('fs').readFileSync(${JSON.stringify(started)}, 'utf8')), { stdio: 'inherit' });`,
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(words, async (args) => {
        const id = `run-${count++}`;
        const files = runFiles(id);
        writeFileSync(join(folder, files.permission), '');
        writeFileSync(started, JSON.stringify([runner, folder, id, process.execPath, ...receiverArgs(args)]));
        let asked = false;
        const seen = await run('script', ['-qec', `'${process.execPath}' '${start}'`, '/dev/null'], (shown, type) => {
          if (asked || !shown.includes('Press Enter to close.')) return;
          asked = true;
          type('\n');
        });
        assert.deepEqual(arrived(seen), args);
        const report = readReport(readFileSync(join(folder, files.report), 'utf8'));
        assert.equal(report.ok && report.value.exitCode, 0);
      }),
      runsWithin(3, 4_000),
    );
  });

  // Interactive where the shell expands more then: the history, after `!`.
  for (const [shell, args] of [
    ['sh', ['-s']],
    ['bash', ['--norc', '--noprofile', '--noediting', '-i']],
    ['zsh', ['-f', '-i']],
    ['fish', ['--no-config']],
  ] as const) {
    const program = findProgram(shell, searched, isExecutable);
    it(`reach the program through Copy Command in ${shell}${program === undefined ? ', which is not installed here' : ''}`, async function () {
      if (program === undefined) this.skip();
      await fc.assert(
        fc.asyncProperty(words, async (all) => {
          const line = showCommandLine({ program: process.execPath, args: receiverArgs(all) });
          const pasted = join(folder, 'pasted');
          writeFileSync(pasted, `${line}\nexit\n`);
          const seen = await run(program, args, pasted);
          assert.deepEqual(arrived(seen), all);
        }),
        runsWithin(3, 4_000),
      );
    });
  }
});
