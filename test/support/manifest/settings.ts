import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A setting as the manifest declares it. */
interface SettingProperty {
  readonly default: unknown;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly pattern?: string;
  readonly items?: { readonly enum?: readonly string[] };
  readonly patternErrorMessage?: string;
}

interface SettingGroup {
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, SettingProperty>>;
}

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly contributes: { readonly configuration: readonly SettingGroup[] };
};

/** The groups of settings in the manifest. */
export const settingGroups = manifest.contributes.configuration;

/** All settings of the manifest, by their ids. */
export const settingProperties: Readonly<Record<string, SettingProperty>> = Object.assign(
  {},
  ...settingGroups.map(({ properties }) => properties),
);
