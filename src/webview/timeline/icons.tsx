import type { JSX } from 'preact';
import type { CellState, RolloutState } from '../../domain/releases/rollout.ts';

// Drawn on a grid of 16, in the colour of the text. Each has a shape of its own, so that none is distinguished by colour alone.

const disc = 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z';
const ring = <circle cx="8" cy="8" r="5.75" />;

/** A magnifying glass with something in its lens. */
function lensWith(inside: string): JSX.Element {
  return (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2 13.8 13.8" stroke-width="1.6" />
      <path d={inside} />
    </>
  );
}

interface Drawing {
  readonly lines?: JSX.Element;
  /** Filled, with holes by the even-odd rule. */
  readonly shape?: string;
}

const cross =
  'M5.2 6.26 6.94 8 5.2 9.74 6.26 10.8 8 9.06 9.74 10.8 10.8 9.74 9.06 8 10.8 6.26 9.74 5.2 8 6.94 6.26 5.2z';

const drawings = {
  check: { lines: <path d="M3.2 8.6 6.4 11.8 12.8 4.6" stroke-width="1.7" /> },
  checkRing: {
    lines: (
      <>
        {ring}
        <path d="M5.3 8.2 7.2 10.1 10.7 6.1" />
      </>
    ),
  },
  cross: { shape: `${disc}${cross}` },
  blocked: {
    lines: (
      <>
        {ring}
        <path d="M4.1 4.1 11.9 11.9" />
      </>
    ),
  },
  dot: { lines: <circle cx="8" cy="8" r="2.75" /> },
  clock: {
    lines: (
      <>
        {ring}
        <path d="M8 4.6V8l2.4 1.6" />
      </>
    ),
  },
  search: {
    lines: (
      <>
        <circle cx="7" cy="7" r="4.25" />
        <path d="M10.2 10.2 13.8 13.8" stroke-width="1.6" />
      </>
    ),
  },
  zoomIn: { lines: lensWith('M5 7h4M7 5v4') },
  zoomOut: { lines: lensWith('M5 7h4') },
  paper: { lines: <path d="M4 1.9h5.2L12 4.7v9.4H4zM6.2 7.2h3.6M6.2 9.4h3.6M6.2 11.6h2" /> },
  ballot: { lines: <path d="M2.2 9.2h11.6v4.6H2.2zM5.2 9V2.2h5.6V9M6.5 5.2 7.7 6.5 9.6 4" /> },
  upgrade: {
    lines: (
      <>
        {ring}
        <path d="M8 11V5.2M5.6 7.5 8 5.1l2.4 2.4" />
      </>
    ),
  },
  bell: {
    lines: <path d="M8 1.9v1M3 11.6h10c-1-1-1.3-2-1.3-4.6a3.7 3.7 0 0 0-7.4 0c0 2.6-.3 3.6-1.3 4.6zM6.7 13.9h2.6" />,
  },
  pulse: { lines: <path d="M1.4 8.6h3l1.7-4.8 3 8.6 1.9-5.2.6 1.4h3" /> },
  skip: { lines: <path d="M3 4.2 6.8 8 3 11.8M8.2 4.2 12 8l-3.8 3.8" /> },
  question: { lines: <path d="M5.4 5.7A2.6 2.6 0 1 1 8.9 8.1c-.7.3-.9.7-.9 1.5M8 12v.4" stroke-width="1.5" /> },
  warning: { lines: <path d="M8 2.2 14.4 13.5H1.6zM8 6.3v3.5M8 11.5v.4" /> },
  play: {
    lines: (
      <>
        {ring}
        <path d="M6.7 5.6 10.5 8l-3.8 2.4z" fill="currentColor" stroke-width="1" />
      </>
    ),
  },
  info: {
    lines: (
      <>
        {ring}
        <path d="M8 7.4v3.4M8 5.1v.4" stroke-width="1.4" />
      </>
    ),
  },
  pause: {
    lines: (
      <>
        {ring}
        <path d="M6.5 5.7v4.6M9.5 5.7v4.6" stroke-width="1.4" />
      </>
    ),
  },
  hourglass: {
    lines: <path d="M4 2.2h8M4 13.8h8M5 2.4c0 3 3 3.6 3 5.6s-3 2.6-3 5.6M11 2.4c0 3-3 3.6-3 5.6s3 2.6 3 5.6" />,
  },
  branch: {
    lines: (
      <>
        <circle cx="4.5" cy="3.5" r="1.6" />
        <circle cx="4.5" cy="12.5" r="1.6" />
        <circle cx="11.5" cy="5.5" r="1.6" />
        <path d="M4.5 5.1v5.8M11.5 7.1c0 2.4-4 2.2-6.4 3.9" />
      </>
    ),
  },
  person: {
    lines: (
      <>
        <circle cx="8" cy="5" r="2.6" />
        <path d="M2.8 13.8c.4-3 2.4-4.4 5.2-4.4s4.8 1.4 5.2 4.4" />
      </>
    ),
  },
  close: { lines: <path d="M4 4l8 8M12 4l-8 8" stroke-width="1.4" /> },
  copy: { lines: <path d="M5.5 5.5h7.5v8H5.5zM3 10.5v-8h7" /> },
  refresh: { lines: <path d="M13 3v3.2H9.8M12.8 6A5.3 5.3 0 1 0 13.3 8.6" /> },
  external: { lines: <path d="M9 3h4v4M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5" /> },
} satisfies Record<string, Drawing>;

export type IconName = keyof typeof drawings;

/** An icon beside words that say the same; hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  const drawing: Drawing = drawings[name];
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {drawing.shape !== undefined && <path class="icon-shape" d={drawing.shape} />}
      {drawing.lines !== undefined && <g class="icon-lines">{drawing.lines}</g>}
    </svg>
  );
}

/** The icon of each state of a target or batch. */
export const cellIcons: Readonly<Record<CellState, IconName>> = {
  error: 'cross',
  predecessor_failed: 'blocked',
  pending: 'dot',
  waiting: 'clock',
  determining_targets: 'search',
  proposing: 'paper',
  waiting_for_election: 'ballot',
  waiting_for_adoption: 'upgrade',
  waiting_for_alerts_gone: 'bell',
  waiting_until_nodes_healthy: 'pulse',
  complete: 'check',
  skipped: 'skip',
  unknown: 'question',
};

/** The icon of each state of a rollout. */
export const rolloutIcons: Readonly<Record<RolloutState, IconName>> = {
  failed: 'cross',
  problem: 'warning',
  preparing: 'clock',
  waiting: 'clock',
  upgrading_subnets: 'play',
  upgrading_unassigned_nodes: 'play',
  upgrading_api_boundary_nodes: 'play',
  canary: 'play',
  main: 'play',
  unassigned: 'play',
  stragglers: 'play',
  complete: 'checkRing',
  unknown: 'question',
};
