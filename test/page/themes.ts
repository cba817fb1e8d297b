import { readFileSync } from 'node:fs';

/** What a built-in theme of VS Code defines of the variables that the page uses, and the classes that it sets on the body. */
export interface Theme {
  readonly name: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

// Those of the machine would make pictures that differ.
const fonts = {
  'font-family': "system-ui, 'Ubuntu', 'Liberation Sans', sans-serif",
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': "'Liberation Mono', 'DejaVu Sans Mono', monospace",
};

/** All built-in themes, with the colors that `captureThemes.ts` found in the real VS Code. */
export const themes: readonly Theme[] = (
  JSON.parse(readFileSync(new URL('themes.json', import.meta.url), 'utf8')) as Theme[]
).map((each) => ({ ...each, variables: { ...fonts, ...each.variables } }));

/** The theme of this name. */
export function theme(name: string): Theme {
  const found = themes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no theme ${name}`);
  return found;
}
