import type { JSX } from 'preact';

interface EmptyStateProps {
  readonly picture: keyof typeof pictures;
  readonly title: string;
  readonly text: string;
  readonly onRefresh?: (() => void) | undefined;
}

// Each of the four reasons for an empty page has a picture of its own.
const pictures = {
  loading: (
    <>
      <path d="M8 20h28M18 32h34M34 44h22" class="waiting-bars" />
      <path d="M8 10v46" />
    </>
  ),
  unreachable: (
    <>
      <path d="M8 40h14M42 40h14M22 34v12M42 34v12M22 37h5M22 43h5" />
      <path d="M31 22l2 6M24 25l4 4M40 25l-4 4" class="accent" />
    </>
  ),
  none: (
    <>
      <path d="M8 10v46h48" />
      <path d="M18 46l8-8 9 5 15-19" class="accent" stroke-dasharray="1 5" />
    </>
  ),
  noPlan: (
    <>
      <path d="M14 8h26l10 10v38H14zM40 8v10h10" />
      <path d="M22 30h20M22 38h20M22 46h12" class="accent" stroke-dasharray="3 4" />
    </>
  ),
};

/** Why there is nothing to draw, and what can be done about it. */
export function EmptyState({ picture, title, text, onRefresh }: EmptyStateProps): JSX.Element {
  // Where there is no rollout, this is all that the page has.
  const Title = picture === 'noPlan' ? 'h2' : 'h1';
  return (
    <div class={`empty empty-${picture}`}>
      <svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true" focusable="false">
        <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
          {pictures[picture]}
        </g>
      </svg>
      <Title>{title}</Title>
      <p>{text}</p>
      {onRefresh !== undefined && (
        <button class="button" onClick={onRefresh}>
          Refresh
        </button>
      )}
    </div>
  );
}
