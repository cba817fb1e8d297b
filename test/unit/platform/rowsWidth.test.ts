import assert from 'node:assert/strict';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { Store } from '../../../src/engine/read/store.ts';
import { runsKey } from '../../../src/feeds/operations/keys.ts';
import type { HostContext } from '../../../src/ui/kit/startParts.ts';
import type { ViewParts } from '../../../src/ui/viewTable.ts';
import { rethrow } from '../../support/engine/engine.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { settingProperties } from '../../support/manifest/settings.ts';
import { host, Uri } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';
import { dreRuns } from '../../support/views/fullWeek.ts';

useVscodeDouble();
const { composeHost } = await import('../../../src/compose/host.ts');
const { viewDefinitions } = await import('../../../src/ui/viewTable.ts');

describe('the setting of the width for which rows are written', () => {
  const { defaultOf } = host;

  before(() => {
    host.defaultOf = (setting) => settingProperties[setting]?.default;
  });

  after(() => {
    host.defaultOf = defaultOf;
    delete host.settings['drDre.rows.width'];
  });

  it('decides at once how much of titles is shown, and one that does not fit is replaced by the default', async () => {
    const context = {
      globalStorageUri: Uri.file('/nowhere'),
      secrets: { get: async () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
    };
    // Only what it reaches for.
    const { host: parts, disposables } = composeHost(context as unknown as HostContext, new FakeClock());
    const store = new Store<Failure>(rethrow);
    store.update(runsKey, { status: 'fresh', asOf: wednesday, records: dreRuns });
    const { settings } = parts;
    const views = viewDefinitions({ settings, store } as unknown as ViewParts);
    const model = await views.find(({ id }) => id === 'drDre.runs')?.load();
    const shown = (width: number): unknown => {
      host.settings['drDre.rows.width'] = width;
      host.settingsChanged.fire({ affectsConfiguration: () => true });
      const { sideBarWidth, rows } = model?.({ now: wednesday, timeZone: 'UTC' }) ?? assert.fail();
      return [sideBarWidth, rows.some(({ label }) => label === 'Propose to update unassigned nodes')];
    };
    assert.deepEqual(shown(300), [300, false]);
    assert.deepEqual(shown(560), [560, true]);
    assert.deepEqual(settings.unfit, []);
    assert.deepEqual(shown(100), [300, false]);
    assert.deepEqual(settings.unfit, ['drDre.rows.width']);
    for (const each of disposables) each.dispose();
  });
});
