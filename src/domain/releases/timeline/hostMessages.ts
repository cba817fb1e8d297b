import type { Span } from '../../base/time.ts';
import { mostMarks, type Mark, type MarkKind } from './marks.ts';
import type { HostMessage } from './messages.ts';
import { mostGaps, mostSteps, type RecordStep, type RolloutRecord } from './record.ts';

// What the page checks of what the host sends: a message of another version, or of somebody else, is no message.

/** The host sends no longer texts. */
const longest = 4_000;
/** In one step of a record. */
const mostPlaces = 10_000;

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
    default:
      return false;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The rollouts come from the host's own schema: they are not read a second time with every change.
function isSnapshot(data: Fields): boolean {
  return (
    Array.isArray(data['rollouts']) &&
    Array.isArray(data['engines']) &&
    Array.isArray(data['times']) &&
    isFields(data['estimates']) &&
    isFields(data['feed'])
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
  return Array.isArray(value) && value.length === 2 && isText(value[0]) && isListOf(value[1], isText, mostPlaces);
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
    isListOf(value['targets'], isText, mostPlaces) &&
    typeof value['ofAll'] === 'boolean' &&
    (value['during'] === null || isSpan(value['during'])) &&
    (value['opens'] === null || isOpened(value['opens']))
  );
}

const kinds: Readonly<Record<MarkKind, true>> = { cut: true, election: true, deadline: true, alert: true, shift: true };

function isOpened(value: unknown): boolean {
  return isFields(value) && (value['kind'] === 'alert' || value['kind'] === 'proposal') && isText(value['id']);
}

function isSpan(value: unknown): value is Span {
  return isFields(value) && isInstant(value['start']) && isInstant(value['end']) && value['start'] <= value['end'];
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isListOf<T>(value: unknown, isOne: (each: unknown) => each is T, most: number): value is readonly T[] {
  return Array.isArray(value) && value.length <= most && value.every(isOne);
}
