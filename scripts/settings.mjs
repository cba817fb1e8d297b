// The settings of a throwaway VS Code.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What keeps a fresh VS Code from talking about itself. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
};

/**
 * Writes them where the host reads them: the desktop has one file; a server takes what is scoped to the machine from
 * a file of its own, and ignores it elsewhere.
 * @param {string} userDataDir
 * @param {Readonly<Record<string, unknown>>} user
 * @param {Readonly<Record<string, unknown>>} machine
 */
export function writeSettings(userDataDir, user, machine) {
  write(join(userDataDir, 'User', 'settings.json'), { ...user, ...machine });
  write(join(userDataDir, 'Machine', 'settings.json'), machine);
}

/** @param {string} file @param {unknown} settings */
function write(file, settings) {
  mkdirSync(dirname(file), { recursive: true });
  // In one step: a VS Code that watches the file must not read half of it.
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}
