import type { Ink } from './scene.ts';

/** The colors of a drawing, as CSS writes them. */
export type Colors = Readonly<Record<Ink, string>>;

const properties: Readonly<Record<Ink, string>> = {
  text: '--vscode-foreground',
  page: '--page',
  line: '--muted',
  now: '--now',
  done: '--done',
  running: '--running',
  attention: '--attention',
  trouble: '--trouble',
  muted: '--muted',
};

/** The colors of the theme that the page is shown in. */
export function themeColors(): Colors {
  const style = getComputedStyle(document.body);
  const entries = Object.entries(properties).map(([ink, property]) => {
    const value = style.getPropertyValue(property).trim();
    return [
      ink,
      /^(#[0-9a-f]{3,8}|rgba?\([\d\s.,%/]+\))$/i.test(value) ? value : ink === 'page' ? '#ffffff' : '#555555',
    ];
  });
  return Object.fromEntries(entries) as Colors;
}

export const font = 'system-ui, -apple-system, "Segoe UI", sans-serif';
export const fontSize = 12;
export const titleSize = 16;
/** Of what only sets an area off. */
export const faintness = 0.15;
