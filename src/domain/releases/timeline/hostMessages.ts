import { isFields, type Fields } from '../../base/fields.ts';
import { isInstant, isListOf, isSpan, isText } from './checks.ts';
import { mostRuns, type ComparedRuns, type BatchRun } from './comparison.ts';
import {
  mostLaneBars,
  mostLanes,
  type BarForm,
  type Lane,
  type LaneBar,
  type LaneBatch,
  type LanesMessage,
} from './lanes.ts';
import { mostMarks, type Mark, type MarkKind } from './marks.ts';
import type { MarksMessage, RecordMessage, RolloutHeading, RunsMessage } from './messages.ts';
import { mostGaps, mostSteps, type RecordStep, type RolloutRecord } from './record.ts';
import type { SnapshotMessage } from './sentSnapshots.ts';

/** Host to page; checked by `isHostMessage`. */
export type HostMessage = SnapshotMessage | RecordMessage | MarksMessage | RunsMessage | LanesMessage;

// What the page checks of what the host sends: a message of another version, or of somebody else, is no message.

/** In one step of a record. */
const mostPlaces = 10_000;
/** More are no list to choose from. */
const mostRollouts = 10_000;

/** Whether it is a message of the host. */
export function isHostMessage(data: unknown): data is HostMessage {
  if (!isFields(data)) return false;
  switch (data['type']) {
    case 'snapshot':
      return isSnapshot(data);
    case 'record':
      return isRolloutRecord(data['record']);
    case 'marks':
      return isText(data['rollout']) && isListOf(data['marks'], isMark, mostMarks);
    case 'runs':
      return isText(data['rollout']) && isComparedRuns(data['compared']);
    case 'lanes':
      return isListOf(data['lanes'], isLane, mostLanes);
    default:
      return false;
  }
}

function isSnapshot(data: Fields): boolean {
  return (
    isInstant(data['now']) &&
    isInstant(data['number']) &&
    isListOf(data['rollouts'], isHeading, mostRollouts) &&
    (data['shown'] === undefined || isWhole(data['shown'])) &&
    Array.isArray(data['engines']) &&
    isFields(data['feed'])
  );
}

function isHeading(value: unknown): value is RolloutHeading {
  if (!isFields(value)) return false;
  const { kind, name, state } = value;
  return [kind, name, state].every((each) => typeof each === 'string');
}

// The batches come from the host's own schema: they are not read a second time with every change.
function isWhole(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { rollout, wait, times, estimates } = value;
  return (
    isFields(rollout) &&
    Array.isArray(rollout['batches']) &&
    isHeading(rollout) &&
    [wait, times, estimates].every((each) => each === undefined || isFields(each))
  );
}

function isRolloutRecord(value: unknown): value is RolloutRecord {
  return (
    isFields(value) &&
    isText(value['rollout']) &&
    isListOf(value['steps'], isStep, mostSteps) &&
    isListOf(value['gaps'], isSpan, mostGaps) &&
    typeof value['fromStart'] === 'boolean' &&
    (value['until'] === undefined || isInstant(value['until']))
  );
}

function isStep(value: unknown): value is RecordStep {
  if (!isFields(value) || !isInstant(value['at'])) return false;
  return isListOf(value['states'], isGroup, mostPlaces);
}

function isGroup(value: unknown): value is RecordStep['states'][number] {
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && isListOf(value[1], isWord, mostPlaces);
}

function isWord(value: unknown): value is string {
  return isText(value);
}

function isComparedRuns(value: unknown): value is ComparedRuns {
  return isFields(value) && isText(value['name']) && isListOf(value['runs'], isRun, mostRuns);
}

function isRun(value: unknown): value is BatchRun {
  if (!isFields(value) || !isText(value['row']) || !isInstant(value['start'])) return false;
  return value['end'] === null || (isInstant(value['end']) && value['end'] >= value['start']);
}

function isLane(value: unknown): value is Lane {
  return (
    isFields(value) &&
    [value['rollout'], value['kind'], value['name']].every((each) => isText(each)) &&
    (value['heading'] === null || isHeading(value['heading'])) &&
    typeof value['isActive'] === 'boolean' &&
    (value['unlistedSince'] === null || isInstant(value['unlistedSince'])) &&
    [value['done'], value['batches'], value['withoutTimes']].every(isInstant) &&
    isListOf(value['failed'], isLaneBatch, mostPlaces) &&
    isListOf(value['bars'], isLaneBar, mostLaneBars)
  );
}

function isLaneBar(value: unknown): value is LaneBar {
  if (!isFields(value) || !isSpan(value)) return false;
  const { form, open, batch }: Fields = value;
  return typeof form === 'string' && Object.hasOwn(forms, form) && typeof open === 'boolean' && isLaneBatch(batch);
}

const forms: Readonly<Record<BarForm, true>> = {
  done: true,
  running: true,
  failed: true,
  recorded: true,
  predicted: true,
  planned: true,
};

function isLaneBatch(value: unknown): value is LaneBatch {
  if (!isFields(value) || !isInstant(value['number'])) return false;
  return [value['stage'], value['unknownStage']].every((each) => each === undefined || isText(each));
}

function isMark(value: unknown): value is Mark {
  return (
    isFields(value) &&
    isText(value['id']) &&
    typeof value['kind'] === 'string' &&
    Object.hasOwn(kinds, value['kind']) &&
    isInstant(value['at']) &&
    typeof value['wholeDay'] === 'boolean' &&
    isText(value['text']) &&
    typeof value['urgent'] === 'boolean' &&
    isListOf(value['targets'], isWord, mostPlaces) &&
    typeof value['ofAll'] === 'boolean' &&
    (value['during'] === null || isSpan(value['during'])) &&
    (value['opens'] === null || isOpened(value['opens']))
  );
}

const kinds: Readonly<Record<MarkKind, true>> = { cut: true, election: true, deadline: true, alert: true, shift: true };

function isOpened(value: unknown): boolean {
  return isFields(value) && (value['kind'] === 'alert' || value['kind'] === 'proposal') && isText(value['id']);
}
