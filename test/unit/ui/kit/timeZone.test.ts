import assert from 'node:assert/strict';
import { clockTime } from '../../../../src/views/kit/format.ts';
import type { GeneralCommandParts } from '../../../../src/ui/kit/generalCommands.ts';
import type { HostContext } from '../../../../src/ui/kit/shell.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { settingProperties } from '../../../support/settingProperties.ts';
import { host, Uri } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { composeHost } = await import('../../../../src/compose/host.ts');
const { generalCommands } = await import('../../../../src/ui/kit/generalCommands.ts');
const { viewpoint } = await import('../../../../src/ui/kit/viewpoint.ts');

describe('the time zone of what is shown', () => {
  const { TZ } = process.env;
  const { defaultOf } = host;

  before(() => {
    host.defaultOf = (setting) => settingProperties[setting]?.default;
    process.env['TZ'] = 'America/New_York';
  });

  after(() => {
    host.defaultOf = defaultOf;
    delete host.settings['drDre.timeZone'];
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  it('is that of the machine, or UTC by a command, and what shows times is told', async () => {
    const never = { dispose: () => undefined };
    const context = {
      globalStorageUri: Uri.file('/nowhere'),
      secrets: { get: async () => undefined, onDidChange: () => never },
    };
    // Only what it reaches for.
    const { host: parts, disposables } = composeHost(context as unknown as HostContext, new FakeClock());
    const commands = generalCommands({ settings: parts.settings } as unknown as GeneralCommandParts);
    const run = async (name: string): Promise<void> => commands[name]?.({ rows: [], args: [] });
    const shown: string[] = [];
    const show = (): void => void shown.push(clockTime(Date.UTC(2026, 7, 26, 13, 50), viewpoint(parts.clock)));
    parts.settings.onDidChange(show);

    show();
    await run('drDre.times.showUtc');
    await run('drDre.times.showLocal');
    host.settings['drDre.timeZone'] = 'Mars';
    host.settingsChanged.fire({ affectsConfiguration: () => true });
    assert.deepEqual(shown, ['09:50', '13:50', '09:50', '09:50']);
    assert.deepEqual(parts.settings.unfit, ['drDre.timeZone']);
    for (const each of disposables) each.dispose();
  });
});
