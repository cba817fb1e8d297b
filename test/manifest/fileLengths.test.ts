import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const most = 400;
/** Code and styles. Data, such as the grammar of the stand-in `dre`, may be longer. */
const code = /\.(?:[cm]?[jt]sx?|css)$/;

describe('the length of files', () => {
  it(`is at most ${most} lines in src, test and scripts`, () => {
    const names = ['src', 'test', 'scripts'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const tooLong = names
      .filter((name) => code.test(name))
      .map((name) => ({ name, lines: readFileSync(join(root, name), 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > most)
      .map(({ name, lines }) => `${name}: ${lines}`);
    assert.deepEqual(tooLong, []);
  });
});
