import type { Row, ViewModel } from './row.ts';
import { onRow, openSetting } from './waysForward.ts';

/**
 * Says above the rows which settings of the view do not fit: what is shown then comes from their defaults, which may be
 * another team's. `settings` are their ids.
 */
export function withSettingRows(model: ViewModel, settings: readonly string[]): ViewModel {
  // Before signing in nothing is shown that could be another team's, and a row would hide the welcome text.
  const isWelcome = model.situation === 'notSignedIn' && model.rows.length === 0;
  return settings.length === 0 || isWelcome ? model : { ...model, rows: [...settings.map(settingRow), ...model.rows] };
}

function settingRow(setting: string): Row {
  const label = `${setting} does not fit`;
  const description = 'its default is used';
  return {
    id: `!setting/${setting}`,
    label,
    description,
    icon: { id: 'warning', color: 'drDre.warning' },
    hover: [label, "Can't use the value of this setting: its default applies."],
    spoken: `The setting ${label}, ${description}`,
    ...onRow([openSetting(setting)]),
  };
}
