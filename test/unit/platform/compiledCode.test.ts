import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CompiledCode, headerBytes, keptName } from '../../../src/platform/compiledCode.ts';
import { keepCode } from '../../../src/platform/keptCode.ts';
import { memoryLog } from '../../support/engine/engine.ts';

const answer = 'exports.answer = () => 42;';

describe('compiled code', () => {
  let home: string;
  let kept: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dr-dre-code-'));
    kept = join(home, 'kept');
    mkdirSync(join(home, 'code'));
    write('start', answer);
  });

  afterEach(() => {
    for (const file of Object.keys(createRequire(import.meta.url).cache)) forget(file);
    rmSync(home, { recursive: true, force: true });
  });

  function write(name: string, code: string): void {
    writeFileSync(join(home, 'code', `${name}.cjs`), code);
  }

  /** As if the extension host started anew. */
  function forget(file: string): void {
    if (file.startsWith(home)) Reflect.deleteProperty(createRequire(import.meta.url).cache, file);
  }

  const fileOf = (name: string): string => join(home, 'code', `${name}.cjs`);

  /** What an `import()` in the bundle does. */
  function required(name: string): Readonly<Record<string, unknown>> {
    return createRequire(fileOf('extension'))(`./${name}.cjs`) as Readonly<Record<string, unknown>>;
  }

  function answered(name: string): unknown {
    const { answer: find } = required(name);
    return typeof find === 'function' ? find() : undefined;
  }

  /** One start: why each file was compiled, or undefined for one that was not. What was compiled is kept. */
  async function start(...names: readonly string[]): Promise<Readonly<Record<string, string | undefined>>> {
    for (const file of Object.keys(createRequire(import.meta.url).cache)) forget(file);
    const code = new CompiledCode({ code: join(home, 'code'), kept, names, program: '1.106.0' });
    for (const name of names) code.load(name);
    for (const name of names) answered(name);
    const loaded = code.takeLoaded();
    assert.deepEqual(code.takeFailures(), []);
    const write = await keepCode({ kept, takeLoaded: () => loaded, takeFailures: () => [] }, memoryLog());
    await write();
    return Object.fromEntries(loaded.map(({ name, compiledBecause }) => [name, compiledBecause]));
  }

  it('is compiled once, and after that loaded as it was compiled', async () => {
    assert.deepEqual(await start('start'), { start: 'nothing was kept' });
    assert.deepEqual(await start('start'), { start: undefined });
    assert.equal(answered('start'), 42);
  });

  it('is what Node finds when the file is required', async () => {
    write(
      'registration',
      'exports.file = __filename; exports.folder = __dirname; exports.own = module.exports === exports;',
    );
    write('start', "exports.other = require('./registration.cjs'); exports.join = require('node:path').join;");
    for (const nth of [1, 2]) {
      const reasons = await start('start', 'registration');
      assert.deepEqual(Object.values(reasons).filter((each) => each === undefined).length, nth === 1 ? 0 : 2);
      const registration = required('registration');
      assert.deepEqual({ ...registration }, { file: fileOf('registration'), folder: join(home, 'code'), own: true });
      assert.equal(required('start')['other'], registration, 'one module, whoever requires it');
      assert.equal(required('start')['join'], join);
    }
  });

  it('is loaded in the same way when a file of it requires another', async () => {
    write('services', answer);
    write('start', "exports.answer = () => require('./services.cjs').answer();");
    const code = new CompiledCode({ code: join(home, 'code'), kept, names: ['start', 'services'], program: '1.106.0' });
    code.load('start');
    assert.deepEqual(
      code.takeLoaded().map(({ name }) => name),
      ['start'],
    );
    assert.equal(answered('start'), 42);
    assert.deepEqual(
      code.takeLoaded().map(({ name }) => name),
      ['services'],
    );
  });

  it('is compiled anew when the code is another, also of the same length', async () => {
    await start('start');
    write('start', answer.replace('42', '43'));
    assert.deepEqual(await start('start'), { start: 'what was kept is of other code, or of another VS Code' });
    assert.equal(answered('start'), 43);
    assert.deepEqual(await start('start'), { start: undefined });
    assert.equal(answered('start'), 43);
  });

  it('is compiled anew when another program has compiled it', async () => {
    await start('start');
    const { versions } = process;
    Object.defineProperty(process, 'versions', { value: { ...versions, node: '0.0.1' }, configurable: true });
    try {
      assert.deepEqual(await start('start'), { start: 'what was kept is of other code, or of another VS Code' });
    } finally {
      Object.defineProperty(process, 'versions', { value: versions, configurable: true });
    }
  });

  it('is compiled anew when another version of VS Code has compiled it', async () => {
    await start('start');
    for (const [program, reason] of [
      ['1.106.0', undefined],
      ['1.106.1', 'what was kept is of other code, or of another VS Code'],
    ] as const) {
      forget(fileOf('start'));
      const code = new CompiledCode({ code: join(home, 'code'), kept, names: ['start'], program });
      code.load('start');
      assert.deepEqual(
        code.takeLoaded().map(({ compiledBecause }) => compiledBecause),
        [reason],
      );
    }
  });

  it('is kept of one file at a time, too', async () => {
    write('services', answer);
    const code = new CompiledCode({ code: join(home, 'code'), kept, names: ['start', 'services'], program: '1.106.0' });
    for (const name of ['start', 'services']) code.load(name);
    await (
      await keepCode(code, memoryLog(), 'start')
    )();
    assert.deepEqual(readdirSync(kept), [keptName('start')]);
    await (
      await keepCode(code, memoryLog())
    )();
    assert.deepEqual(readdirSync(kept).sort(), [keptName('services'), keptName('start')]);
  });

  it('is compiled anew when what was kept is damaged anywhere or cut off, and kept again', async () => {
    await start('start');
    const file = join(kept, keptName('start'));
    const whole = readFileSync(file);
    const damaged = Array.from({ length: 40 }, (_, nth) => {
      const bytes = Buffer.from(whole);
      const at = Math.floor((nth * (whole.length - 1)) / 39);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      return bytes;
    });
    const cut = [0, 1, headerBytes - 1, headerBytes, headerBytes + 1, whole.length - 1].map((end) =>
      whole.subarray(0, end),
    );
    for (const bytes of [...damaged, ...cut]) {
      writeFileSync(file, bytes);
      const { start: reason } = await start('start');
      assert.match(String(reason), /^what was kept is (?:damaged|cut off|of other code)/);
      assert.equal(answered('start'), 42);
    }
    assert.deepEqual(await start('start'), { start: undefined });
  });

  it('is compiled anew when V8 refuses what was kept, and kept again', async () => {
    await start('start');
    // Code that was not compiled in this process, with what V8 has compiled of other code.
    const longer = `${answer} // ${home}`;
    write('start', longer);
    const file = join(kept, keptName('start'));
    const bytes = readFileSync(file);
    const { versions, platform, arch } = process;
    bytes.writeUInt32LE(crc32(longer, crc32(JSON.stringify(['1.106.0', versions, platform, arch]))), 0);
    writeFileSync(file, bytes);
    assert.deepEqual(await start('start'), { start: 'V8 refused what was kept' });
    assert.equal(answered('start'), 42);
    assert.deepEqual(await start('start'), { start: undefined });
  });

  it('is left to Node where it cannot be loaded, which says why', async () => {
    write('start', 'throw new Error("broken");');
    const code = new CompiledCode({ code: join(home, 'code'), kept, names: ['start', 'missing'], program: '1.106.0' });
    code.load('start');
    code.load('missing');
    assert.throws(() => required('start'), /broken/);
    assert.throws(() => required('missing'), /Cannot find module/);
    const log = memoryLog();
    await (
      await keepCode(code, log)
    )();
    assert.equal(log.lines.filter((line) => line.includes('what V8 compiled could not be used')).length, 2);
  });

  it('runs without a place to be kept, which the log says', async () => {
    writeFileSync(kept, 'a file where the folder should be');
    const code = new CompiledCode({ code: join(home, 'code'), kept, names: ['start'], program: '1.106.0' });
    code.load('start');
    assert.equal(answered('start'), 42);
    const log = memoryLog();
    await (
      await keepCode(code, log)
    )();
    assert.match(log.lines.join('\n'), /start: what was compiled could not be kept for the next start/);
    assert.deepEqual(readdirSync(home).sort(), ['code', 'kept']);
  });
});
