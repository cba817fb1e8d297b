import type { ComponentChildren, JSX } from 'preact';
import type { ExportFormat } from './export/exports.ts';
import { Icon, type IconName } from './icons.tsx';
import type { ZoomActions } from './useZoom.ts';
import type { ZoomState } from './zoom.ts';

interface ToolsProps {
  readonly children?: ComponentChildren;
  /** What became of the last export; empty while there is nothing to say. */
  readonly said: string;
  /** The name of the rollout that it is compared with. */
  readonly compared: string | undefined;
  readonly zoom: ZoomState;
  /** Undefined until the chart is there. */
  readonly zoomActions: { readonly current: ZoomActions | undefined };
  readonly onExport: (format: ExportFormat) => void;
  readonly onCompare: () => void;
  readonly onStopComparing: () => void;
}

/** What is done with the timeline as a whole. */
export function Tools(props: ToolsProps): JSX.Element {
  const { children, zoom, zoomActions, said, compared, onExport, onCompare, onStopComparing } = props;
  return (
    <div class="tools">
      {children}
      <div class="exports" role="group" aria-label="Zoom">
        <ZoomButton
          name="Zoom In"
          keyName="+"
          icon="zoomIn"
          can={zoom.canZoomIn}
          onPress={() => zoomActions.current?.zoomIn()}
        />
        <ZoomButton
          name="Zoom Out"
          keyName="-"
          icon="zoomOut"
          can={zoom.canZoomOut}
          onPress={() => zoomActions.current?.zoomOut()}
        />
        <ZoomButton name="Reset Zoom" keyName="0" can={zoom.canReset} onPress={() => zoomActions.current?.reset()} />
      </div>
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

interface ZoomButtonProps {
  readonly name: string;
  /** The key that does the same in the chart. */
  readonly keyName: string;
  readonly icon?: IconName;
  readonly can: boolean;
  readonly onPress: () => void;
}

/** At a limit the button stays, so that the keyboard does not lose its place. */
function ZoomButton({ name, keyName, icon, can, onPress }: ZoomButtonProps): JSX.Element {
  return (
    <button
      class="tool"
      aria-label={name}
      title={`${name} (${keyName} in the chart)`}
      aria-disabled={!can}
      onClick={() => {
        if (can) onPress();
      }}
    >
      {icon === undefined ? name : <Icon name={icon} />}
    </button>
  );
}
