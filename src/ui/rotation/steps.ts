import { handable, type Handable } from '../../domain/rotation/override.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Person, Rotation } from '../../domain/rotation/rotation.ts';
import { parseMoment } from '../../domain/alerts/snooze.ts';
import { day, hour, minute, type Instant, type Span } from '../../domain/base/time.ts';
import { hoursAt } from '../../domain/base/workingHours.ts';
import { instantsOf, midnight, wallClock, zoneName, zoneOffset } from '../../domain/base/zone.ts';
import { rotationWriteName } from '../../feeds/rotation/verbs.ts';
import { counted, duration, fullMoment, moment, type Viewpoint } from '../../views/kit/format.ts';
import { names, standingWords } from '../../views/rotation/statusBar.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import { askTyped, type TypedQuestionOptions } from '../kit/typedQuestion.ts';
import type { Host } from '../kit/host.ts';

type RotationQuestionParts = Pick<Host, 'drafts' | 'clock'>;

// The steps of the questions around a schedule. Each resolves with undefined when the person leaves.

/** Which schedule; one alone needs no question. */
export async function pickRotation(
  rotations: readonly Rotation[],
  account: Account | undefined,
  from: Viewpoint,
  title: string,
): Promise<Rotation | undefined> {
  if (rotations.length <= 1) return rotations[0];
  const items = rotations.map((rotation) => ({
    label: rotation.name,
    detail: standingWords(rotation, account, from),
    rotation,
  }));
  return (await pickOne(items, { title, placeHolder: 'Select a schedule' }))?.rotation;
}

const own = 'Another time…';

/** Until when, from the present minute on. */
export async function pickUntil(
  context: RotationQuestionParts,
  rotation: Rotation,
  from: Viewpoint,
  title: string,
): Promise<Instant | undefined> {
  const hours = hoursAt(rotation, from.now);
  const end = endOfDay(from);
  const lengths = [1, 2, 4, 8].map((count) => ({
    label: counted(count, 'hour'),
    until: from.now + count * hour,
  }));
  const choices = [
    ...lengths,
    ...(hours.kind === 'open' ? [{ label: 'Until the hours of the schedule end', until: hours.until }] : []),
    { label: 'Until the end of the day', until: end },
  ];
  const entries: (PickEntry & { readonly until?: Instant })[] = choices.map(({ label, until }) => ({
    label,
    description: `until ${moment(until, from)} (${duration(until - from.now)})`,
    until,
  }));
  const picked = await pickOne([...entries, { label: own }], { title, placeHolder: 'Select for how long' });
  if (picked === undefined) return undefined;
  return picked.until ?? askMoment(context, rotation, 'take.until', { title, prompt: 'Until when?' }, from);
}

const periodLabels: Record<Handable['kind'], string> = {
  untilHoursEnd: 'From now until the hours end',
  restOfShift: 'The rest of my shift',
  nextShift: 'My next shift',
};

/** Which period to hand over: one of the person's own, or any. */
export async function pickPeriod(
  context: RotationQuestionParts,
  rotation: Rotation,
  account: Account,
  from: Viewpoint,
  title: string,
): Promise<Span | undefined> {
  const periods = handable(rotation, account, from.now);
  const entries: (PickEntry & { readonly span?: Span })[] = periods.map(({ kind, start, end }) => ({
    label: periodLabels[kind],
    description: `${moment(start, from)} – ${moment(end, from)} (${duration(end - start)})`,
    span: { start, end },
  }));
  const picked = await pickOne([...entries, { label: own }], { title, placeHolder: 'Select a period' });
  if (picked === undefined) return undefined;
  if (picked.span !== undefined) return picked.span;
  const first = { title, prompt: 'From when?', value: 'now' };
  const start = await askMoment(context, rotation, 'handOver.from', first, from);
  if (start === undefined) return undefined;
  // A length of time counts from there, and a time of the day is the next one after it.
  const second = { title, prompt: `Until when? It starts ${moment(start, from)}.` };
  const end = await askMoment(context, rotation, 'handOver.until', second, { ...from, now: start });
  return end === undefined ? undefined : { start, end };
}

/** Who of these people, without the person signed in. */
export async function pickPerson(
  people: readonly Person[],
  title: string,
  placeHolder: string,
): Promise<Person | undefined> {
  const items = people.map((person) => ({ label: names([person]), person }));
  return (await pickOne(items, { title, placeHolder }))?.person;
}

/** The present minute, or a later time, to the minute: what is shown is what is sent. */
export function toMinute(at: Instant): Instant {
  return Math.floor(at / minute) * minute;
}

/** What was typed is handed over when the override is sent. */
async function askMoment(
  context: RotationQuestionParts,
  rotation: Rotation,
  step: string,
  { prompt, ...options }: Pick<TypedQuestionOptions, 'title' | 'prompt' | 'value'>,
  from: Viewpoint,
): Promise<Instant | undefined> {
  const read = (text: string): Instant | undefined =>
    text.trim().toLowerCase() === 'now' ? from.now : parseMoment(text, { ...from, hours: undefined });
  const draftKey = { kind: rotationWriteName('createOverride'), step, records: [rotation.id] };
  const text = await askTyped(context, draftKey, {
    ...options,
    prompt: `${prompt} For example 18:00, tomorrow 9:00, mon 9:00, 2026-12-24 09:00, or 3h. Time zone: ${zoneName(from.timeZone)}.`,
    check: (typed) => {
      const at = read(typed);
      if (at === undefined) return typed.trim() === '' ? undefined : 'That is not a time.';
      if (at < toMinute(from.now)) return 'That is before the start, or in the past.';
      return { note: fullMoment(at, from) };
    },
  });
  return text === undefined ? undefined : read(text);
}

/** Midnight, on the person's clock. */
function endOfDay({ now, timeZone }: Viewpoint): Instant {
  const offset = zoneOffset(timeZone);
  return instantsOf(midnight(wallClock(now, offset)) + day, offset).first;
}
