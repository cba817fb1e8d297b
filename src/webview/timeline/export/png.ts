import { faintness, font, fontSize, titleSize, type Colors } from './colors.ts';
import type { SceneItem, Scene } from './scene.ts';

/** Pixels of the image for each of the drawing, unless it gets too large then. */
const sharpness = 2;
/** Of one side, in pixels. */
const largest = 16_000;

/** A drawing as a PNG file in Base64. Rejects where the browser cannot make one. */
export async function pngOf({ width, height, items }: Scene, colors: Colors): Promise<string> {
  const factor = Math.min(sharpness, largest / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * factor), Math.ceil(height * factor));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser draws no images');
  context.scale(factor, factor);
  for (const item of items) draw(item, context, colors);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return base64(new Uint8Array(await blob.arrayBuffer()));
}

function draw(item: SceneItem, context: OffscreenCanvasRenderingContext2D, colors: Colors): void {
  switch (item.kind) {
    case 'rect': {
      const { x, y, width, height } = item.at;
      context.globalAlpha = item.faint === true ? faintness : 1;
      if (item.fill !== undefined) {
        context.fillStyle = colors[item.fill];
        context.fillRect(x, y, width, height);
      }
      if (item.stroke !== undefined) {
        context.strokeStyle = colors[item.stroke];
        context.lineWidth = 1;
        context.strokeRect(x, y, width, height);
      }
      context.globalAlpha = 1;
      return;
    }
    case 'line':
      context.strokeStyle = colors[item.ink];
      context.lineWidth = item.width;
      context.globalAlpha = item.faint === true ? faintness : 1;
      context.beginPath();
      context.moveTo(...item.from);
      context.lineTo(...item.to);
      context.stroke();
      context.globalAlpha = 1;
      return;
    case 'text':
      context.font = item.bold === true ? `600 ${titleSize}px ${font}` : `${fontSize}px ${font}`;
      context.fillStyle = colors[item.ink];
      context.textAlign = item.anchor === 'middle' ? 'center' : item.anchor;
      context.fillText(item.text, ...item.at);
  }
}

/** In parts: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}
