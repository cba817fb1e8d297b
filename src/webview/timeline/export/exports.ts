import type { Instant } from '../../../domain/base/time.ts';
import { counted } from '../../../domain/base/counted.ts';
import type { Rollout } from '../../../domain/releases/rollout.ts';
import type { ImageFormat } from '../../../domain/releases/timeline/exported.ts';
import { rolloutKey } from '../../../domain/releases/rollout.ts';
import type { PageMessage } from '../../../domain/releases/timeline/messages.ts';
import type { Timeline } from '../../../domain/releases/timeline/timeline.ts';
import { kindWords, rolloutStateText } from '../../../domain/releases/words.ts';
import type { Times } from '../format.ts';
import { themeColors } from './colors.ts';
import { markdownOf } from './markdown.ts';
import { pngOf } from './png.ts';
import { sceneOf, type Drawn } from './scene.ts';
import { svgOf } from './svg.ts';

export type ExportFormat = ImageFormat | 'markdown';

/** What is shown of a rollout beside its batches. */
export function drawnOf(rollout: Rollout, shown: Omit<Drawn, 'title' | 'lines'> & { readonly asOf: Instant }): Drawn {
  const { timeline, times, asOf } = shown;
  return {
    ...shown,
    title: `${kindWords[rollout.kind]}: ${rollout.name}, ${rolloutStateText(rollout)}`,
    lines: [factsText(timeline, times), `As of ${times.full(asOf)}`],
  };
}

function factsText({ progress, predictedEnd }: Timeline, times: Times): string {
  const targets = `${progress.done} of ${counted(progress.total, progress.unit)}`;
  const batches = `${progress.batchesDone} of ${counted(progress.batches, 'batch', 'batches')} done`;
  const end = predictedEnd === undefined ? '' : `, ends about ${times.date(predictedEnd)} ${times.clock(predictedEnd)}`;
  return `${targets}, ${batches}${end}`;
}

/** The message with what is exported. Rejects where the browser cannot make an image. */
export async function exported(rollout: Rollout, drawn: Drawn, format: ExportFormat): Promise<PageMessage> {
  if (format === 'markdown') return { type: 'copyMarkdown', text: markdownOf(rollout, drawn) };
  const [scene, colors] = [sceneOf(drawn), themeColors()];
  const content = format === 'svg' ? svgOf(scene, colors) : await pngOf(scene, colors);
  return { type: 'saveImage', rollout: rolloutKey(rollout), image: { format, content } };
}
