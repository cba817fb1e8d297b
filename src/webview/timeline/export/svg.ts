import { faintness, font, fontSize, titleSize, type Colors } from './colors.ts';
import type { SceneItem, Scene } from './scene.ts';

/** A drawing as the text of an SVG file. Nothing in it runs or loads anything; texts are escaped. */
export function svgOf({ title, width, height, items }: Scene, colors: Colors): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${escaped(font)}" font-size="${fontSize}">`,
    `<title>${escaped(title)}</title>`,
    ...items.map((item) => element(item, colors)),
    '</svg>\n',
  ].join('\n');
}

function element(item: SceneItem, colors: Colors): string {
  switch (item.kind) {
    case 'rect': {
      const { x, y, width, height } = item.at;
      const fill = item.fill === undefined ? 'none' : colors[item.fill];
      const stroke = item.stroke === undefined ? '' : ` stroke="${escaped(colors[item.stroke])}"`;
      const opacity = item.faint === true ? ` opacity="${faintness}"` : '';
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${escaped(fill)}"${stroke}${opacity}/>`;
    }
    case 'line': {
      const [[x1, y1], [x2, y2]] = [item.from, item.to];
      return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${escaped(colors[item.ink])}" stroke-width="${item.width}"${item.faint === true ? ` opacity="${faintness}"` : ''}/>`;
    }
    case 'text': {
      const [x, y] = item.at;
      const bold = item.bold === true ? ` font-size="${titleSize}" font-weight="600"` : '';
      return `<text x="${n(x)}" y="${n(y)}" fill="${escaped(colors[item.ink])}" text-anchor="${item.anchor}"${bold}>${escaped(item.text)}</text>`;
    }
  }
}

const n = (value: number): string => String(Math.round(value * 10) / 10);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For texts and attributes; what XML does not allow is left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
