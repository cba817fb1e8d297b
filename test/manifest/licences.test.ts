import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { bundledPackages, collectInputs, licencesFile, writeLicences } from '../../scripts/licences.mjs';

const root = join(import.meta.dirname, '../..');

describe('the licences of what is bundled', function () {
  this.timeout(60_000);

  it('ship with it, every one with its text', async () => {
    const { bundles } = await import(new URL('../../esbuild.mjs', import.meta.url).href);
    const folder = mkdtempSync(join(tmpdir(), 'dr-dre-bundle-'));
    const found = new Set<string>();
    const options: readonly esbuild.BuildOptions[] = bundles({ root, production: false, folder });
    for (const each of options) {
      await esbuild.build({ ...each, plugins: [collectInputs(found), ...(each.plugins ?? [])] });
    }
    rmSync(folder, { recursive: true });
    const inputs = [...found];
    const packages = bundledPackages(root, inputs);
    const names = packages.map(({ name }) => name);
    for (const expected of ['zod', 'jira.js', 'preact', '@icp-sdk/core', 'eventsource-parser', 'dequal']) {
      assert.ok(names.includes(expected), expected);
    }
    // Each file that is not ours belongs to one of them.
    const foreign = inputs.filter((input) => input.includes('node_modules'));
    assert.ok(foreign.every((input) => names.some((name) => input.includes(`node_modules/${name}/`))));
    for (const { name, licence, text } of packages) {
      assert.ok(/^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/.test(licence), `${name}: ${licence}`);
      assert.ok(text.length > 500, name);
    }
    const ignored = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');
    assert.ok(ignored.includes('!dist/**') && !ignored.some((line) => line.includes('.txt')));
    assert.equal(licencesFile, join('dist', 'THIRD_PARTY_LICENSES.txt'));
  });

  it('stop the build when one has no text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dr-dre-'));
    const own = join(folder, 'node_modules', 'bare');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', license: 'MIT' }));
    assert.throws(() => writeLicences({ root: folder, inputs: ['node_modules/bare/index.js'] }), /bare is bundled/);
    rmSync(folder, { recursive: true });
  });
});
