import type { JSX } from 'preact';

/** What the marks mean. */
export function Legend(): JSX.Element {
  return (
    <ul class="legend" aria-label="Legend">
      <Entry kind="planned" text="Planned" />
      <Entry kind="actual tone-done" text="Done" />
      <Entry kind="actual tone-running" text="Running" />
      <Entry kind="predicted tone-running" text="Predicted" />
      <Entry kind="spread" text="Probable end" />
      <Entry kind="actual tone-trouble" text="In trouble" />
      <li>
        <i class="sample now-line" aria-hidden="true" />
        Now
      </li>
      <li>
        <i class="sample gap" aria-hidden="true" />
        Nights and weekends (compressed)
      </li>
    </ul>
  );
}

function Entry({ kind, text }: { readonly kind: string; readonly text: string }): JSX.Element {
  return (
    <li>
      <span class="sample" aria-hidden="true">
        <i class={`bar ${kind}`} />
      </span>
      {text}
    </li>
  );
}
