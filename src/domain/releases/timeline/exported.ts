import { isFields } from '../../base/fields.ts';
import { isText } from './checks.ts';

/** What a timeline can be saved as. */
export type ImageFormat = 'svg' | 'png';

/** An image of the timeline: the text of an SVG file, or a PNG file in Base64. */
export interface ExportedImage {
  readonly format: ImageFormat;
  readonly content: string;
}

/** Longer images are refused, in characters. */
const longestImage = 16 * 1024 * 1024;
/** Longer texts are refused. */
export const longestMarkdown = 40_000;

/** The elements that a drawing consists of. Nothing in it runs, and nothing is loaded by it. */
const drawn = new Set(['svg', 'g', 'rect', 'line', 'path', 'text', 'title']);

/** Whether it is an image of the timeline and nothing else. */
export function isExportedImage(value: unknown): value is ExportedImage {
  if (!isFields(value) || !isText(value['content'], longestImage)) return false;
  const { format, content } = value;
  if (format === 'png') return /^iVBORw0KGgo[A-Za-z0-9+/]*={0,2}$/.test(content);
  return format === 'svg' && isDrawing(content);
}

function isDrawing(svg: string): boolean {
  const tags = [...svg.matchAll(/<\/?([^\s>/]*)([^>]*)>?/g)];
  return (
    /^<svg [^<]*>/.test(svg) &&
    svg.endsWith('</svg>\n') &&
    !svg.includes('&#') &&
    tags.every(([, name = '', attributes = '']) => drawn.has(name) && !/\bon|href|style=|url\(/i.test(attributes))
  );
}

/** The name that the file of an image is offered with: of a rollout, whose name may be any text. */
export function imageFile(rollout: string, format: ImageFormat): string {
  const name = rollout
    .replaceAll(/[^\w.-]+/g, '_')
    .replaceAll(/^[._]+|[._]+$/g, '')
    .slice(0, 80);
  return `rollout-${name === '' ? 'timeline' : name}.${format}`;
}
