import type { JSX } from 'preact';
import type { RolloutRecord, RecordStep } from '../../domain/releases/timeline/record.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { cellStateText, isCellState } from '../../domain/releases/words.ts';
import type { Times } from './format.ts';
import { batchName, whenText } from './words.ts';

interface PastSliderProps {
  readonly record: RolloutRecord;
  readonly rows: readonly TimelineRow[];
  /** The step that is shown; undefined for now. */
  readonly step: number | undefined;
  readonly times: Times;
  readonly onStep: (step: number | undefined) => void;
}

/** Goes back and forth through the states that were recorded: the last place is now. */
export function PastSlider({ record, rows, step, times, onStep }: PastSliderProps): JSX.Element {
  const { steps } = record;
  const shown = step === undefined ? undefined : steps[step];
  const text = shown === undefined ? 'Now' : `${whenText(shown.at, times)}, ${changesText(shown, rows)}`;
  return (
    <div class="past">
      <label class="past-label">
        State of
        <input
          type="range"
          min={0}
          max={steps.length}
          step={1}
          value={step ?? steps.length}
          aria-valuetext={text}
          onInput={({ currentTarget: { valueAsNumber: to } }) => onStep(to >= steps.length ? undefined : to)}
        />
      </label>
      <span class="past-text" title={text}>
        {text}
      </span>
      {shown !== undefined && (
        <button class="tool" onClick={() => onStep(undefined)}>
          Back to Now
        </button>
      )}
    </div>
  );
}

/** What a step changed: its first batch, and how many more. */
function changesText({ states }: RecordStep, rows: readonly TimelineRow[]): string {
  const changes = states.flatMap(([state, places]) => places.map((place) => ({ state, place })));
  const first = changes.find(({ place }) => !place.includes('/')) ?? changes[0];
  if (first === undefined) return '';
  const [id, target] = first.place.split('/');
  const row = rows.find((each) => each.id === id);
  const name = row === undefined ? id : batchName(row);
  const { state } = first;
  const words = cellStateText(isCellState(state) ? { state } : { state: 'unknown', unknownState: state });
  const more = changes.length - 1;
  return `${name}${target === undefined ? '' : ` ${target}`}: ${words}${more > 0 ? ` and ${more} more` : ''}`;
}
