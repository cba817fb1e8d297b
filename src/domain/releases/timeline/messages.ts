import { isAlertId, isCommit, isPrincipal, isProposalId } from '../../base/ids.ts';
import { ok, fail, type Result } from '../../base/result.ts';
import { rolloutKey, type Rollout, type RolloutBoard, type RolloutKind } from '../rollout.ts';
import type { RolloutTimes } from '../times/current.ts';
import type { KindEstimates } from '../times/estimates.ts';
import { isFields, type Fields } from '../../base/fields.ts';
import { isText } from './checks.ts';
import type { ComparedRuns } from './comparison.ts';
import { isExportedImage, longestMarkdown, type ExportedImage, type ImageFormat } from './exported.ts';
import type { Mark, OpenedByMark } from './marks.ts';
import type { RolloutRecord } from './record.ts';
import { rowId } from './rowId.ts';
import type { Instant } from '../../base/time.ts';

// The messages between the extension host and the timeline page. The host sends the whole state each time, never a
// change of it, as a message may be lost while the page is hidden. The page sends ids and never addresses: the host
// looks up the addresses in its own data, and checks everything that the page sends.

export type TimeZoneChoice = 'utc' | 'local';

/**
 * How the data came, in plain text by the host. `remark`: what else there is to say of it, a whole sentence. `stale` is a whole sentence, which also says how old the data is. A
 * failure is named without a full stop: the page adds how old the data is, and the way forward, a whole sentence.
 */
export type FeedStatus =
  | { readonly condition: 'loading' }
  | { readonly condition: 'fresh'; readonly remark?: string }
  | { readonly condition: 'stale'; readonly sentence: string }
  | { readonly condition: 'failing'; readonly sentence: string; readonly wayForward: string };

/** All that the page shows. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly now: Instant;
  /** Plain JSON: what is undefined may be missing. Any order. */
  readonly rollouts: readonly Rollout[];
  readonly engines: RolloutBoard['engines'];
  /** When the service last said so; undefined when it never did: then there is nothing to show yet. */
  readonly asOf?: Instant | undefined;
  /** When the whole state was last read (not by a change in the event stream). See `TimelineMoment`. */
  readonly fullReadAt?: Instant | undefined;
  /** Since when what is shown is in its state. */
  readonly times: readonly RolloutTimes[];
  /** How long batches usually take, by the kind of rollout, as far as that was seen. */
  readonly estimates: Readonly<Partial<Record<RolloutKind, KindEstimates>>>;
  readonly feed: FeedStatus;
  /**
   * The rollout (`rolloutKey`) that the host wants shown. It takes effect when it differs from the snapshot before, so
   * that a snapshot on its way does not undo a person's click. Undefined: the page decides.
   */
  readonly selected?: string | undefined;
  /**
   * The batch (`rowId`) of the selected rollout whose details the host wants shown. It takes effect once: each
   * time a person asks for one `request` is another number.
   */
  readonly batch?: { readonly row: string; readonly request: number } | undefined;
  /** What the host wants of the selected rollout: an image of its timeline, or Markdown. As `batch`. */
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

/** Host to page; checked by `isHostMessage`. */
export type HostMessage = Snapshot | RecordMessage | MarksMessage | RunsMessage;

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
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly rollout: string }
  /** The page shows this rollout, which nobody chose. */
  | { readonly type: 'show'; readonly rollout: string }
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
    case 'ready':
      return hasOnly(message, []) ? ok({ type: 'ready' }) : fail('ready has more than its type');
    case 'refresh':
      return hasOnly(message, []) ? ok({ type: 'refresh' }) : fail('refresh has more than its type');
    case 'select':
    case 'compare':
    case 'show': {
      const { type, rollout } = message;
      if (!hasOnly(message, ['rollout']) || !isKey(rollout)) return fail(`${type} names no rollout`);
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
      if (!hasOnly(message, ['rollout', 'image']) || !isKey(rollout) || !isExportedImage(image)) {
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

/** Rollout names are free text, so only kind and length are checked: the key is looked up, never used as it is. */
function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2_000 && /^rollout_ic_os_to_mainnet_[a-z_]{1,40}\/./s.test(value);
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
      if (!hasOnly(value, ['rollout', 'target'], 'kind') || !isKey(rollout)) return undefined;
      if (target === undefined) return { kind, rollout };
      return isPrincipal(target) ? { kind, rollout, target } : undefined;
    case 'airflow':
      if (!hasOnly(value, ['rollout', 'row', 'target'], 'kind') || !isKey(rollout)) return undefined;
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
      return hasOnly(value, ['rollout'], 'kind') && isKey(rollout) ? { kind, rollout } : undefined;
    default:
      return undefined;
  }
}
