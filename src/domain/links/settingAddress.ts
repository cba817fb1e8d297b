/** The address that opens VS Code's settings at one of ours: `vscode://dfinity.dr-dre/setting/<id>`. It changes none. */
export function settingAddress(id: string): string {
  return `vscode://dfinity.dr-dre/setting/${encodeURIComponent(id)}`;
}

/**
 * The setting that the path of such an address names, percent-decoded as VS Code passes it; undefined when it is none.
 * Whether there is such a setting is not known.
 */
export function parseSettingAddress(path: string): string | undefined {
  return /^\/setting\/(drDre(?:\.[A-Za-z]{1,40}){1,4})$/.exec(path)?.[1];
}
