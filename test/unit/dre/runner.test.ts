import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { runFiles } from '../../../src/dre/runFiles.ts';
import { readReport, type RunReport } from '../../../src/dre/report.ts';
import { terminalLines } from '../../support/dre/terminalScreen.ts';
import { standInPath } from '../../support/dre/standIn.ts';
import { usePresentDate } from '../../support/base/testDate.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the runner', () => {
  usePresentDate();
  const id = 'run-1';
  const files = runFiles(id);
  let folder: string;
  let runner: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dr-dre-runner-'));
    runner = join(folder, 'dreRunner.mjs');
    const entry = fileURLToPath(new URL('../../../src/dre/runner.ts', import.meta.url));
    buildSync({ entryPoints: [entry], outfile: runner, bundle: true, platform: 'node', format: 'esm' });
  });
  const reportFile = (): string => join(folder, files.report);
  beforeEach(() => writeFileSync(join(folder, files.permission), ''));
  afterEach(() => {
    for (const name of Object.values(files)) rmSync(join(folder, name), { force: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs `program` under the runner; `act` sees what it has written so far. */
  function run(
    program: string,
    args: readonly string[],
    act?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void,
    inFolder = folder,
  ): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
      const child = spawn(process.execPath, [runner, inFolder, id, program, ...args], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        act?.(stdout, (signal) => child.kill(signal));
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** Runs a piece of JavaScript as the program. */
  const runScript = (script: string, ...args: string[]): Promise<Ended> =>
    run(process.execPath, ['-e', script, '--', ...args]);

  function report(): RunReport {
    const read = readReport(readFileSync(reportFile(), 'utf8'));
    assert.ok(read.ok);
    return read.value;
  }

  it('gives the program its arguments byte for byte', async () => {
    const args = ['a $(whoami) "b" \'c\'', 'two\nlines', '', '`id`', '*', '--yes', 'é😀', '\\', '%PATH% $HOME'];
    const { stdout } = await runScript('process.stdout.write(JSON.stringify(process.argv.slice(1)))', ...args);
    assert.deepEqual(JSON.parse(stdout), args);
    assert.equal(report().stdoutTail, stdout);
  });

  it('ends with the code of the program and reports it, readable by its owner alone', async () => {
    const before = Date.now();
    const { code, stderr } = await runScript('console.error("to a person"); process.exitCode = 3');
    assert.equal(code, 3);
    assert.match(stderr, /^to a person\n\nEnded with exit code 3\.\n$/);
    const { exitCode, signal, startedAt, endedAt, stdoutTail } = report();
    assert.deepEqual({ exitCode, signal, stdoutTail }, { exitCode: 3, signal: null, stdoutTail: '' });
    assert.ok(before <= startedAt && startedAt <= endedAt && endedAt <= Date.now());
    assert.equal(statSync(reportFile()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder).sort(), [files.output, files.report, 'dreRunner.mjs'].sort());
  });

  it('reports the signal that ended the program', async () => {
    const { code } = await runScript('process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 1e6)');
    assert.equal(code, 128 + 9);
    assert.deepEqual([report().exitCode, report().signal], [null, 'SIGKILL']);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`passes ${signal} on and waits for the program to end`, async () => {
      const script = `process.on("${signal}", () => { console.log("bye"); process.exit(7); });
        setTimeout(() => {}, 1e6); console.log("ready");`;
      let isSent = false;
      const { code, stdout } = await run(process.execPath, ['-e', script], (seen, kill) => {
        if (isSent || !seen.includes('ready')) return;
        isSent = true;
        kill(signal);
      });
      assert.equal(stdout, 'ready\nbye\n');
      assert.equal(code, 7);
      assert.equal(report().exitCode, 7);
    });
  }

  it('says that a program is missing, with the shell’s code for it', async () => {
    const { code, stderr } = await run('no-such-dre', ['vote']);
    assert.equal(code, 127);
    assert.match(stderr, /There is no program "no-such-dre"\. .*drDre\.dre\.path/);
    assert.deepEqual([report().exitCode, report().spawnError], [127, 'ENOENT']);
  });

  it('says that a file is no program', async () => {
    const file = join(folder, 'notExecutable');
    writeFileSync(file, 'x', { mode: 0o600 });
    const { code, stderr } = await run(file, []);
    rmSync(file);
    assert.equal(code, 126);
    assert.match(stderr, /Can't run the program/);
    assert.equal(report().spawnError, 'EACCES');
  });

  it('copies all output and keeps the last 64 kB of it, from the start of a line', async () => {
    const line = 'é'.repeat(40);
    const script = `for (let i = 0; i < 4000; i++) console.log(i + " ${line}"); console.log("proposal 7")`;
    const { stdout } = await runScript(script);
    const { stdoutTail } = report();
    assert.equal(stdout.split('\n').length, 4002);
    assert.ok(Buffer.byteLength(stdoutTail) <= 64 * 1024 && Buffer.byteLength(stdoutTail) > 63 * 1024);
    assert.ok(stdout.endsWith(`\n${stdoutTail}`));
    assert.match(stdoutTail, /^\d+ é{40}\n/);
  });

  it('does not pass the program the variable with which the editor runs it', async () => {
    const { stdout } = await runScript('console.log(process.env.ELECTRON_RUN_AS_NODE)');
    assert.equal(stdout, 'undefined\n');
  });

  it('says so when the report cannot be written, and still ends as the program did', async () => {
    mkdirSync(reportFile());
    const { code, stderr } = await run(process.execPath, ['-e', '1']);
    rmSync(reportFile(), { recursive: true });
    assert.equal(code, 0);
    assert.match(stderr, /Can't write the report of this run/);
  });

  it('runs once, whoever starts it again', async () => {
    const script = 'console.log("ran")';
    assert.equal((await runScript(script)).stdout, 'ran\n');
    const again = await runScript(script);
    assert.deepEqual([again.code, again.stdout], [75, '']);
    assert.match(again.stderr, /started before/);
  });

  it('keeps the whole output in a file that only its owner may read, and says which process runs meanwhile', async () => {
    const script = `console.log(require('fs').readFileSync(process.argv[1], 'utf8')); console.log('é'.repeat(100000))`;
    const { stdout } = await runScript(script, join(folder, files.live));
    assert.equal(readFileSync(join(folder, files.output), 'utf8'), stdout);
    assert.equal(statSync(join(folder, files.output)).mode & 0o777, 0o600);
    assert.match(stdout, /^\{"pid":\d+,"startedAt":\d+\}\n/);
    assert.equal(existsSync(join(folder, files.live)), false);
  });

  it('runs the stand-in dre to a proposal', async () => {
    const { code, stderr } = await run(standInPath, ['update-unassigned-nodes', '--yes', '--forum-post-link', 'omit']);
    assert.equal(code, 0);
    assert.match(stderr, / INFO {2}dre > Running version/);
    assert.equal(report().stdoutTail, 'proposal 143600\n');
  });

  it('begins what comes through its pipe below a prompt that was quicker, and leaves no empty line elsewhere', async function () {
    if (process.platform !== 'linux') this.skip();
    // Each step waits until the terminal shows the one before, so that the prompt comes first, as where the pipe is slow.
    const script = `const { stdin, stdout, stderr } = process;
      const steps = [[stderr, "Go on? [y/N] "], [stdout, "Title: t\\n\\nPayload: {}\\n"],
        [stderr, "\\r\\u001b[2KGo on? yes\\n"], [stdout, "proposal 7\\n"]];
      stdout.write("one\\n");
      stdin.on("data", () => {
        const [stream, text] = steps.shift();
        stream.write(text);
        if (steps.length === 0) stdin.destroy();
      });`;
    const file = join(folder, 'program.cjs');
    writeFileSync(file, script);
    const words = [process.execPath, runner, folder, id, process.execPath, file].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', `stty cols 40 -echo; ${words}`, '/dev/null']);
    const shown = ['one', '[y/N]', 'Payload: {}', 'Go on? yes', 'Press Enter'];
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      for (; shown[0] !== undefined && seen.includes(shown[0]); shown.shift()) child.stdin.write('\n');
    });
    await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    rmSync(file);
    const lines = terminalLines(seen, 40);
    assert.deepEqual(lines.slice(0, 6), ['one', 'Go on? [y/N]', 'Title: t', '', 'Payload: {}', 'Go on? yes']);
    assert.equal(lines[6], 'proposal 7');
    assert.equal(report().stdoutTail, 'one\nTitle: t\n\nPayload: {}\nproposal 7\n');
  });

  it('asks for a key in a terminal only, behind the report, and lets prompts through', async function () {
    // `script` of util-linux gives a terminal; elsewhere its arguments are others.
    if (process.platform !== 'linux') this.skip();
    const words = [
      process.execPath,
      runner,
      folder,
      id,
      standInPath,
      'update-unassigned-nodes',
      '--forum-post-link',
      'omit',
    ];
    const child = spawn('script', ['-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null']);
    let seen = '';
    let asked = 0;
    let keysAtReport: boolean | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      if (asked === 0 && seen.includes('Do you want to continue?')) {
        asked = 1;
        child.stdin.write('y');
      }
      if (asked === 1 && seen.includes('Press Enter to close.')) {
        asked = 2;
        keysAtReport = existsSync(reportFile());
        child.stdin.end('\n');
      }
    });
    const code = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
    assert.equal(code, 0);
    assert.equal(keysAtReport, true);
    assert.match(report().stdoutTail, /\nproposal 143600\n$/);
  });
});
