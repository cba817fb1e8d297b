import type { JSX } from 'preact';
import type { Rollout } from '../../domain/releases/rollout.ts';
import { engineText } from '../../domain/releases/words.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { Snapshot } from '../../domain/releases/timeline/messages.ts';
import type { Trouble } from '../../domain/releases/timeline/troubles.ts';
import type { Times } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { troubleText } from './words.ts';

interface BannersProps {
  readonly snapshot: Snapshot;
  readonly rollout: Rollout | undefined;
  /** The name of a rollout that was shown and is no longer listed. */
  readonly gone: string | undefined;
  readonly times: Times;
  readonly onRefresh: () => void;
}

/** What is wrong with the shown state: its age, its source, the engine behind it. */
export function Banners({ snapshot, rollout, gone, times, onRefresh }: BannersProps): JSX.Element {
  const { feed, asOf } = snapshot;
  const engine = snapshot.engines.find(({ kind }) => kind === rollout?.kind);
  const engineSentence = engine === undefined ? undefined : engineText(engine);
  const since = asOf === undefined ? '' : ` Shown is the state of ${times.near(asOf, snapshot.now)}.`;
  return (
    <>
      {feed.condition === 'failing' && (
        <Banner kind="error" icon="cross" text={`${feed.sentence}.${since} ${feed.wayForward}`} onRefresh={onRefresh} />
      )}
      {feed.condition === 'fresh' && feed.remark !== undefined && <Banner kind="info" icon="info" text={feed.remark} />}
      {feed.condition === 'stale' && (
        <Banner kind="warning" icon="warning" text={feed.sentence} onRefresh={onRefresh} />
      )}
      {engineSentence !== undefined && (
        <Banner
          kind={engine?.state === 'paused' ? 'info' : 'warning'}
          icon={engine?.state === 'paused' ? 'pause' : 'warning'}
          text={engineSentence}
        />
      )}
      {rollout?.unlistedSince !== undefined && (
        <Banner
          kind="warning"
          icon="warning"
          text={`The dashboard has not listed this rollout since ${times.near(rollout.unlistedSince, snapshot.now)}: this is what was known then.`}
        />
      )}
      {gone !== undefined && (
        <Banner
          kind="info"
          icon="info"
          text={`The dashboard no longer lists \u2068${gone}\u2069. This is another one.`}
        />
      )}
    </>
  );
}

interface BannerProps {
  readonly kind: 'error' | 'warning' | 'info';
  readonly icon: IconName;
  readonly text: string;
  readonly onRefresh?: () => void;
}

function Banner({ kind, icon, text, onRefresh }: BannerProps): JSX.Element {
  return (
    <div class={`banner banner-${kind}`}>
      <Icon name={icon} />
      <span class="banner-text">{text}</span>
      {onRefresh !== undefined && (
        <button class="link" onClick={onRefresh}>
          Refresh
        </button>
      )}
    </div>
  );
}

const troubleIcons: Readonly<Record<Trouble['kind'], IconName>> = {
  error: 'cross',
  blocked: 'blocked',
  votes: 'ballot',
  waiting: 'clock',
  long: 'warning',
  scheduler: 'warning',
  retrying: 'warning',
  plan: 'warning',
  election: 'ballot',
};

interface TroublesProps {
  readonly timeline: Timeline;
  readonly onChoose: (row: string) => void;
}

/** What needs a person, worst first, each with a link to its batch. */
export function Troubles({ timeline, onChoose }: TroublesProps): JSX.Element | null {
  if (timeline.troubles.length === 0) return null;
  return (
    <ul class="troubles" aria-label="Needs attention">
      {timeline.troubles.map((trouble) => {
        const { row, kind, severity, retrying } = trouble;
        const text = troubleText(trouble, timeline);
        return (
          <li key={`${kind} ${row ?? ''} ${retrying}`} class={`trouble trouble-${severity}`}>
            <Icon name={troubleIcons[kind]} />
            {row === undefined ? (
              <span>{text}</span>
            ) : (
              <button class="plain" onClick={() => onChoose(row)}>
                {text}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
