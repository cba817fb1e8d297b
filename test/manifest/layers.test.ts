import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { layerFaults } from '../../scripts/checkLayers.mjs';

const root = join(import.meta.dirname, '../..');

describe('the layers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dr-dre-layers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What the build says of one file of src/ that holds this line, beside a file for it to import. */
  function faultsOf(file: string, line: string): readonly string[] {
    const files = {
      [`src/${file}`]: `${line}\n`,
      'src/views/kit/row.ts': 'export {};\n',
      'src/domain/base/ids.ts': 'export {};\n',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return layerFaults(folder).map(({ text }) => text);
  }

  it('hold in this checkout', () => {
    assert.deepEqual(layerFaults(root), []);
  });

  for (const layer of ['domain', 'engine', 'sources', 'feeds', 'dre', 'views', 'webview']) {
    it(`let no vscode into ${layer}, which fails the build`, () => {
      assert.match(faultsOf(`${layer}/stray.ts`, "import * as vscode from 'vscode';").join(), /may not import vscode/);
    });
  }

  it('load a package late only with a file of ours, whose imports the bundle can name', () => {
    assert.match(
      faultsOf('sources/stray.ts', "void import('yaml');").join(),
      /a late package may have no named exports/,
    );
    rmSync(join(folder, 'src'), { recursive: true });
    assert.deepEqual(faultsOf('sources/fine.ts', "import {} from 'yaml'; void import('../domain/base/ids.ts');"), []);
  });

  it('point down only', () => {
    assert.match(faultsOf('domain/stray.ts', "import {} from '../views/kit/row.ts';").join(), /arrows point down only/);
    assert.equal(faultsOf('ui/fine.ts', "import {} from '../views/kit/row.ts';").length, 1, 'only the stray of before');
    assert.match(
      faultsOf('engine/stray.ts', "import {} from '../domain/base/ids.ts';").join(),
      /arrows point down only/,
    );
  });

  it('let a feature import only its own folder and the shared ones of its layer', () => {
    const other = "import {} from '../alerts/row.ts';";
    assert.match(faultsOf('views/queue/stray.ts', other).join(), /features meet in kit, links/);
    assert.match(faultsOf('views/kit/stray.ts', other).join(), /views\/kit may not import src\/views\/alerts/);
    assert.match(
      faultsOf('feeds/queue/stray.ts', "import type {} from '../feeds.ts';").join(),
      /feeds\/queue may not import a file of src\/feeds that names all features/,
    );
    rmSync(join(folder, 'src'), { recursive: true });
    assert.deepEqual(faultsOf('views/queue/fine.ts', "import {} from '../kit/row.ts';"), []);
    assert.deepEqual(faultsOf('views/links/fine.ts', other), [], 'links join the records of all features');
    assert.deepEqual(
      faultsOf('ui/commandTable.ts', "import {} from './alerts/row.ts';"),
      [],
      'a table names all features',
    );
  });

  it('let what all features share name none, not in the layers below either', () => {
    const other = "import type {} from '../../domain/alerts/alert.ts';";
    assert.match(faultsOf('views/kit/stray.ts', other).join(), /views\/kit may not import src\/domain\/alerts/);
    rmSync(join(folder, 'src'), { recursive: true });
    assert.deepEqual(faultsOf('views/queue/fine.ts', other), []);
    assert.deepEqual(faultsOf('views/kit/fine.ts', "import type {} from '../../domain/base/ids.ts';"), []);
  });

  it('have no circle, not of types either', () => {
    faultsOf('domain/base/a.ts', "import type {} from './b.ts';");
    const faults = faultsOf('domain/base/b.ts', "import type {} from './a.ts';");
    assert.match(
      faults.join(),
      /a circle of imports: src\/domain\/base\/a\.ts → src\/domain\/base\/b\.ts → src\/domain/,
    );
    assert.equal(faults.length, 1);
  });
});
