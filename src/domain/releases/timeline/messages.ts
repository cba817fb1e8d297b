import { isAlertId, isCommit, isPrincipal, isProposalId } from '../../base/ids.ts';
import { ok, fail, type Result } from '../../base/result.ts';
import { rolloutKey, type Rollout, type RolloutBoard } from '../rollout.ts';
import type { RolloutTimes } from '../times/current.ts';
import type { KindEstimates } from '../times/estimates.ts';
import { isFields, type Fields } from '../../base/fields.ts';
import type { Wait } from '../waits.ts';
import { isRolloutKey, isText } from './checks.ts';
import type { ComparedRuns } from './comparison.ts';
import { isExportedImage, longestMarkdown, type ExportedImage, type ImageFormat } from './exported.ts';
import type { Mark, OpenedByMark } from './marks.ts';
import type { RolloutRecord } from './record.ts';
import { rowId } from './rowId.ts';
import type { Instant } from '../../base/time.ts';

// The messages between the extension host and the timeline page. The host sends all that the page shows each time, but for
// batches that did not change (sentSnapshots.ts). What the page does not show it does not send: of the rollouts,
// only one is sent whole. The page sends ids and never addresses: the host
// looks up the addresses in its own data, and checks everything that the page sends.

export type TimeZoneChoice = 'utc' | 'local';

/**
 * How the data came, in plain text by the host. `remark`: what else there is to say of it, a whole sentence. `stale` is a whole sentence, which also says how old the data is. A
 * failure is named without a full stop: the page adds how old the data is, and the way forward, a whole sentence.
 */
export type DataStatus =
  | { readonly condition: 'loading' }
  | { readonly condition: 'fresh'; readonly remark?: string | undefined }
  | { readonly condition: 'stale'; readonly sentence: string }
  | { readonly condition: 'failing'; readonly sentence: string; readonly wayForward: string };

/** What the list of rollouts says of one, which is of a kind that is known. */
export type RolloutHeading = Pick<Rollout, 'kind' | 'name' | 'state' | 'unknownState'>;

/** A rollout, and what is to be known to draw it. */
export interface WholeRollout {
  /** Plain JSON: what is undefined may be missing. */
  readonly rollout: Rollout;
  /** What it waits for before its first batch, where it does. */
  readonly wait?: Wait | undefined;
  /** Since when its parts are in their states, where that is recorded. */
  readonly times?: RolloutTimes | undefined;
  /** How long batches of its kind usually take, as far as that was seen. */
  readonly estimates?: KindEstimates | undefined;
}

/** All that the page shows. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly now: Instant;
  /** Those that can be shown, the one of most interest first. */
  readonly rollouts: readonly RolloutHeading[];
  /** The one that is shown; undefined where there is none. */
  readonly shown?: WholeRollout | undefined;
  readonly engines: RolloutBoard['engines'];
  /** When the service last said so; undefined when it never did: then there is nothing to show yet. */
  readonly asOf?: Instant | undefined;
  /** When the whole state was last read (not by a change in the event stream). See `TimelineMoment`. */
  readonly fullReadAt?: Instant | undefined;
  readonly feed: DataStatus;
  /**
   * The rollout (`rolloutKey`) that was chosen; it may not be listed. The page takes it over when it differs from the
   * snapshot before, so that a snapshot on its way does not undo a person's click. Undefined: nobody chose.
   */
  readonly selected?: string | undefined;
  /**
   * The batch (`rowId`) of the selected rollout whose details the page is to show. It takes effect once: each
   * time a person selects one `request` is another number.
   */
  readonly batch?: { readonly row: string; readonly request: number } | undefined;
  /** What the host requests of the selected rollout: an image of its timeline, or Markdown. As `batch`. */
  readonly wanted?: { readonly format: ImageFormat | 'markdown'; readonly request: number } | undefined;
  /** As `selected`. */
  readonly timeZone?: TimeZoneChoice | undefined;
  /** BCP 47 tag for dates. */
  readonly locale: string;
}

/** What was recorded of the rollout that the page shows, by its `rolloutKey`. */
export interface RecordMessage {
  readonly type: 'record';
  readonly record: RolloutRecord;
}

/** What else happens on the axis of the rollout (`rolloutKey`) that the page shows: all of it. */
export interface MarksMessage {
  readonly type: 'marks';
  readonly rollout: string;
  readonly marks: readonly Mark[];
}

/** When the batches of another rollout ran, which a person chose to compare one (`rolloutKey`) with. */
export interface RunsMessage {
  readonly type: 'runs';
  readonly rollout: string;
  readonly compared: ComparedRuns;
}

/** What can be opened outside of the page. `row` is a `rowId`, `target` a full principal. */
export type OpenTarget =
  | { readonly kind: 'airflow'; readonly rollout: string; readonly row?: string; readonly target?: string }
  | { readonly kind: 'proposals'; readonly rollout: string; readonly target?: string }
  | { readonly kind: 'subnet'; readonly id: string }
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'revision'; readonly id: string }
  | OpenedByMark;

/** What can be copied: ids only. */
export type CopyText =
  | { readonly kind: 'principal' | 'revision'; readonly id: string }
  | { readonly kind: 'name'; readonly rollout: string };

/** Page to host. */
export type PageMessage =
  /** The page has nothing yet. `rollout`: the one that a person chose before a reload, if one did. */
  | { readonly type: 'ready'; readonly rollout?: string }
  /** A snapshot did not come: the page is sent all. */
  | { readonly type: 'resend' }
  /** Shows this rollout: it is answered by a snapshot. */
  | { readonly type: 'select'; readonly rollout: string }
  /** Asks the person what this rollout is compared with. */
  | { readonly type: 'compare'; readonly rollout: string }
  | { readonly type: 'openTarget'; readonly target: OpenTarget }
  | { readonly type: 'copy'; readonly text: CopyText }
  | { readonly type: 'setTimeZone'; readonly timeZone: TimeZoneChoice }
  /** To be saved where the person wants it. */
  | { readonly type: 'saveImage'; readonly rollout: string; readonly image: ExportedImage }
  | { readonly type: 'copyMarkdown'; readonly text: string }
  | { readonly type: 'refresh' };

/** The message, or in a few words why it is not one. No field may be missing or added. */
export function parsePageMessage(message: unknown): Result<PageMessage, string> {
  if (!isFields(message)) return fail('not an object');
  switch (message['type']) {
    case 'ready': {
      const { rollout } = message;
      if (!hasOnly(message, ['rollout'])) return fail('ready has more than a rollout');
      if (rollout === undefined) return ok({ type: 'ready' });
      return isRolloutKey(rollout) ? ok({ type: 'ready', rollout }) : fail('ready names no rollout');
    }
    case 'resend':
    case 'refresh': {
      const { type } = message;
      return hasOnly(message, []) ? ok({ type }) : fail(`${type} has more than its type`);
    }
    case 'select':
    case 'compare': {
      const { type, rollout } = message;
      if (!hasOnly(message, ['rollout']) || !isRolloutKey(rollout)) return fail(`${type} names no rollout`);
      return ok({ type, rollout });
    }
    case 'setTimeZone': {
      const { timeZone } = message;
      if (!hasOnly(message, ['timeZone']) || (timeZone !== 'utc' && timeZone !== 'local')) {
        return fail('setTimeZone names no choice');
      }
      return ok({ type: 'setTimeZone', timeZone });
    }
    case 'saveImage': {
      const { rollout, image } = message;
      if (!hasOnly(message, ['rollout', 'image']) || !isRolloutKey(rollout) || !isExportedImage(image)) {
        return fail('saveImage has no image of a rollout');
      }
      return ok({ type: 'saveImage', rollout, image });
    }
    case 'copyMarkdown': {
      const { text } = message;
      if (!hasOnly(message, ['text']) || !isText(text, longestMarkdown)) return fail('copyMarkdown has no text');
      return ok({ type: 'copyMarkdown', text });
    }
    case 'openTarget': {
      const target = hasOnly(message, ['target']) ? parseTarget(message['target']) : undefined;
      return target === undefined
        ? fail('openTarget names nothing that can be opened')
        : ok({ type: 'openTarget', target });
    }
    case 'copy': {
      const text = hasOnly(message, ['text']) ? parseCopy(message['text']) : undefined;
      return text === undefined ? fail('copy names nothing that can be copied') : ok({ type: 'copy', text });
    }
    default:
      return fail('not a known type');
  }
}

/**
 * The Airflow page that the message means, from the host's own rollouts: the target's, else the batch's, else the
 * rollout's. Undefined when there is none. It is text from the dashboard: check its origin before opening it.
 */
export function airflowUrl(
  rollouts: readonly Rollout[],
  place: Extract<OpenTarget, { readonly kind: 'airflow' }>,
): string | undefined {
  const rollout = rollouts.find((each) => rolloutKey(each) === place.rollout);
  const batch = rollout?.batches.find((each) => rowId(each) === place.row);
  const target = batch?.targets.find((each) => each.id === place.target);
  return [target?.url, batch?.url, rollout?.url].find((url) => url !== undefined && url !== '');
}

/** Whether a message has no fields besides its tag and these. */
function hasOnly(fields: Fields, names: readonly string[], tag = 'type'): boolean {
  return Object.keys(fields).every((name) => name === tag || names.includes(name));
}

function isRowId(value: unknown): value is string {
  return (
    typeof value === 'string' && /^(batch|canary|main|unassigned|stragglers|stage_[a-z0-9_]{1,40})-\d{1,4}$/.test(value)
  );
}

function parseTarget(value: unknown): OpenTarget | undefined {
  if (!isFields(value)) return undefined;
  const { kind, id, rollout, row, target } = value;
  switch (kind) {
    case 'subnet':
    case 'node':
      return hasOnly(value, ['id'], 'kind') && isPrincipal(id) ? { kind, id } : undefined;
    case 'revision':
      return hasOnly(value, ['id'], 'kind') && isCommit(id) ? { kind, id } : undefined;
    case 'alert':
      return hasOnly(value, ['id'], 'kind') && isAlertId(id) ? { kind, id } : undefined;
    case 'proposal':
      return hasOnly(value, ['id'], 'kind') && isProposalId(id) ? { kind, id } : undefined;
    case 'proposals':
      if (!hasOnly(value, ['rollout', 'target'], 'kind') || !isRolloutKey(rollout)) return undefined;
      if (target === undefined) return { kind, rollout };
      return isPrincipal(target) ? { kind, rollout, target } : undefined;
    case 'airflow':
      if (!hasOnly(value, ['rollout', 'row', 'target'], 'kind') || !isRolloutKey(rollout)) return undefined;
      if (row === undefined) return target === undefined ? { kind, rollout } : undefined;
      if (!isRowId(row)) return undefined;
      if (target === undefined) return { kind, rollout, row };
      return isPrincipal(target) ? { kind, rollout, row, target } : undefined;
    default:
      return undefined;
  }
}

function parseCopy(value: unknown): CopyText | undefined {
  if (!isFields(value)) return undefined;
  const { kind, id, rollout } = value;
  switch (kind) {
    case 'principal':
      return hasOnly(value, ['id'], 'kind') && isPrincipal(id) ? { kind, id } : undefined;
    case 'revision':
      return hasOnly(value, ['id'], 'kind') && isCommit(id) ? { kind, id } : undefined;
    case 'name':
      return hasOnly(value, ['rollout'], 'kind') && isRolloutKey(rollout) ? { kind, rollout } : undefined;
    default:
      return undefined;
  }
}
