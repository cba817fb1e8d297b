import type { ComponentChildren, JSX } from 'preact';
import type { ExportFormat } from './export/exports.ts';
import { Icon } from './icons.tsx';

interface ToolsProps {
  readonly children?: ComponentChildren;
  /** What became of the last export; empty while there is nothing to say. */
  readonly said: string;
  /** The name of the rollout that it is compared with. */
  readonly compared: string | undefined;
  readonly onExport: (format: ExportFormat) => void;
  readonly onCompare: () => void;
  readonly onStopComparing: () => void;
}

/** What is done with the timeline as a whole. */
export function Tools(props: ToolsProps): JSX.Element {
  const { children, said, compared, onExport, onCompare, onStopComparing } = props;
  return (
    <div class="tools">
      {children}
      <div class="exports" role="group" aria-label="Compare">
        <button class="tool" onClick={onCompare}>
          Compare…
        </button>
        {compared !== undefined && (
          <button class="tool" onClick={onStopComparing}>
            Stop Comparing
          </button>
        )}
      </div>
      <div class="exports" role="group" aria-label="Export">
        <button class="tool" onClick={() => onExport('markdown')}>
          <Icon name="copy" />
          Copy as Markdown
        </button>
        <button class="tool" onClick={() => onExport('svg')}>
          Save as SVG…
        </button>
        <button class="tool" onClick={() => onExport('png')}>
          Save as PNG…
        </button>
        <span class="said" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
