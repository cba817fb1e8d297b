import type { JSX } from 'preact';
import { isActive, rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { kindWords, rolloutStateText, shortKindWords } from '../../domain/releases/words.ts';
import type { PageMessage, RolloutHeading, Snapshot, TimeZoneChoice } from '../../domain/releases/timeline/messages.ts';
import { isCommit, shortCommit } from '../../domain/base/ids.ts';
import type { Times } from './format.ts';
import { Icon, rolloutIcons } from './icons.tsx';
import { rolloutTone } from './words.ts';

/** Isolates the direction of a text from outside, for places where no element can do so. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

interface ToolbarProps {
  readonly snapshot: Snapshot;
  readonly rollouts: readonly RolloutHeading[];
  readonly selected: string | undefined;
  readonly timeZone: TimeZoneChoice;
  readonly times: Times;
  readonly onSelect: (rollout: string) => void;
  readonly onTimeZone: (choice: TimeZoneChoice) => void;
}

/** Which rollout, in which time zone, as of when. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { snapshot, rollouts, selected, timeZone, times } = props;
  const active = rollouts.filter(isActive);
  const earlier = rollouts.filter((rollout) => !isActive(rollout));
  return (
    <div class="toolbar">
      {rollouts.length > 0 && (
        <label class="chooser">
          <span class="unseen">Rollout</span>
          <select value={selected} onChange={(event) => props.onSelect(event.currentTarget.value)}>
            <Options label="Active" rollouts={active} />
            <Options label="Earlier" rollouts={earlier} />
          </select>
        </label>
      )}
      <div class="choices" role="radiogroup" aria-label="Time zone">
        <ZoneChoice choice="utc" label="UTC" current={timeZone} onChoose={props.onTimeZone} />
        <ZoneChoice choice="local" label="Local" current={timeZone} onChoose={props.onTimeZone} />
      </div>
      {snapshot.asOf !== undefined && (
        <span class="as-of" title={times.full(snapshot.asOf)}>
          as of {times.clock(snapshot.asOf)}
        </span>
      )}
    </div>
  );
}

interface OptionsProps {
  readonly label: string;
  readonly rollouts: readonly RolloutHeading[];
}

function Options({ label, rollouts }: OptionsProps): JSX.Element {
  return (
    <optgroup label={label} hidden={rollouts.length === 0}>
      {rollouts.map((rollout) => (
        <option key={rolloutKey(rollout)} value={rolloutKey(rollout)}>
          {`${shortKindWords[rollout.kind]} · ${isolated(rollout.name)} · ${rolloutStateText(rollout)}`}
        </option>
      ))}
    </optgroup>
  );
}

interface ZoneChoiceProps {
  readonly choice: TimeZoneChoice;
  readonly label: string;
  readonly current: TimeZoneChoice;
  readonly onChoose: (choice: TimeZoneChoice) => void;
}

function ZoneChoice({ choice, label, current, onChoose }: ZoneChoiceProps): JSX.Element {
  return (
    <label class={choice === current ? 'choice chosen' : 'choice'}>
      <input
        type="radio"
        name="time-zone"
        class="unseen"
        checked={choice === current}
        onChange={() => onChoose(choice)}
      />
      {label}
    </label>
  );
}

interface HeadingProps {
  readonly rollout: Rollout;
  readonly times: Times;
  readonly post: (message: PageMessage) => void;
}

/** What is rolled out, its state, and the notes that people wrote about it. */
export function Heading({ rollout, times, post }: HeadingProps): JSX.Element {
  const key = rolloutKey(rollout);
  const { revision, note } = rollout;
  return (
    <header class="heading">
      <h1>
        <bdi class="name">{rollout.name}</bdi>
        <span class={`state tone-${rolloutTone(rollout.state)}`}>
          <Icon name={rolloutIcons[rollout.state]} />
          {rolloutStateText(rollout)}
        </span>
      </h1>
      <ul class="facts">
        <li>{kindWords[rollout.kind]}</li>
        {rollout.simulated && <li class="tag">Simulated</li>}
        {revision !== undefined && (
          <li>
            Revision <Revision revision={revision} post={post} />
          </li>
        )}
        <li title={times.full(rollout.dispatchedAt)}>
          Dispatched {times.date(rollout.dispatchedAt)} {times.clock(rollout.dispatchedAt)}
        </li>
        {rollout.url !== '' && (
          <li>
            <button
              class="link"
              onClick={() => post({ type: 'openTarget', target: { kind: 'airflow', rollout: key } })}
            >
              Airflow
            </button>
          </li>
        )}
        <li>
          <button
            class="link"
            onClick={() => post({ type: 'openTarget', target: { kind: 'proposals', rollout: key } })}
          >
            Proposals
          </button>
        </li>
      </ul>
      {note !== undefined && note !== '' && (
        <p class="note" role="note" tabIndex={0} dir="auto">
          {note}
        </p>
      )}
    </header>
  );
}

interface RevisionProps {
  readonly revision: string;
  readonly post: (message: PageMessage) => void;
}

/** A shortened commit that can be opened or copied. Text that is no commit is only shown. */
export function Revision({ revision, post }: RevisionProps): JSX.Element {
  const plain = <bdi class="code">{revision.slice(0, 40)}</bdi>;
  if (!isCommit(revision)) return plain;
  return (
    <span class="revision">
      <button
        class="link code"
        title={revision}
        onClick={() => post({ type: 'openTarget', target: { kind: 'revision', id: revision } })}
      >
        {shortCommit(revision)}
      </button>
      <CopyButton what="the revision" onCopy={() => post({ type: 'copy', text: { kind: 'revision', id: revision } })} />
    </span>
  );
}

/** Copies something that is shown beside it. */
export function CopyButton({ what, onCopy }: { readonly what: string; readonly onCopy: () => void }): JSX.Element {
  return (
    <button class="copy" aria-label={`Copy ${what}`} title={`Copy ${what}`} onClick={onCopy}>
      <Icon name="copy" />
    </button>
  );
}
