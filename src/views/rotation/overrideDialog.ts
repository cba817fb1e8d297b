import type { OverridePlan } from '../../domain/rotation/override.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Override, Person, Rotation } from '../../domain/rotation/rotation.ts';
import type { Span } from '../../domain/base/time.ts';
import { isZone, zoneOffset } from '../../domain/base/zone.ts';
import { duration, fullMoment, type Viewpoint } from '../kit/format.ts';
import { overrideWords } from './overrideWords.ts';
import { names } from './statusBar.ts';

/** What a person reads before something about an override is sent. Plain text, also what comes from outside. */
export interface OverrideDialog {
  readonly message: string;
  readonly detail: string;
  /** Why it cannot be sent. Empty: it can. */
  readonly errors: readonly string[];
  /** Something needs attention. */
  readonly doubtful: boolean;
}

/** More lines than this would push the buttons off the screen. */
const mostLines = 6;

/**
 * All that an override would do: schedule, who, from and to on the person's clock and, where it shows another time, on the
 * schedule's; whom it relieves; what it meets. `doubts`: what is not sure about what is known, as sentences.
 */
export function createDialog(
  plan: OverridePlan,
  rotation: Rotation,
  account: Account | undefined,
  from: Viewpoint,
  doubts: readonly string[] = [],
): OverrideDialog {
  const words = overrideWords(plan, oneLine(rotation.name), account, from);
  if (plan.errors.includes('notATime')) {
    return { message: oneLine(rotation.name), detail: '', errors: words.errors, doubtful: false };
  }
  const warnings = [...words.warnings, ...doubts];
  const changes = words.changes.length === 0 ? ['Replaces nobody, as far as is known.'] : words.changes;
  return {
    message: oneLine(words.title),
    detail: paragraphs(
      facts(rotation, plan.who, { start: plan.from, end: plan.to }, account, from),
      capped(changes),
      warnings.length === 0 ? [] : ['Check first:', ...capped(warnings)],
    ),
    errors: words.errors,
    doubtful: warnings.length > 0,
  };
}

/** Which override goes, and what holds then. */
export function cancelDialog(
  override: Override,
  rotation: Rotation,
  account: Account | undefined,
  from: Viewpoint,
): OverrideDialog {
  const runs = override.start <= from.now;
  return {
    message: `Cancel this override of ${oneLine(rotation.name)}?`,
    detail: paragraphs(
      facts(rotation, override.person, override, account, from),
      override.rotationIds.length === 0 ? [] : ['For some rotations of the schedule only.'],
      [runs ? 'Active now. The scheduled person takes over immediately.' : 'The scheduled person is on call then.'],
    ),
    errors: [],
    doubtful: runs,
  };
}

/** An override as an entry of a list: who, and from when to when. */
export function overrideItem(
  override: Override,
  rotation: Rotation,
  account: Account | undefined,
  from: Viewpoint,
): { readonly label: string; readonly description: string; readonly detail: string } {
  const { start, end, person } = override;
  return {
    label: `${oneLine(rotation.name)}: ${personWords(person, account)}`,
    description: start <= from.now ? 'active now' : `in ${duration(start - from.now)}`,
    detail: `${fullMoment(start, from)} – ${fullMoment(end, from)}`,
  };
}

function facts(
  rotation: Rotation,
  who: Person | undefined,
  { start, end }: Span,
  account: Account | undefined,
  from: Viewpoint,
): readonly string[] {
  return [
    `Schedule: ${oneLine(rotation.name)}`,
    `On call: ${personWords(who, account)}`,
    `From: ${fullMoment(start, from)}`,
    `To: ${fullMoment(end, from)} (${duration(end - start)})`,
    ...scheduleClock(rotation, { start, end }, from),
  ];
}

/** The same times on the schedule's clock, where that shows others. */
function scheduleClock({ timeZone }: Rotation, { start, end }: Span, from: Viewpoint): readonly string[] {
  if (!isZone(timeZone)) return [`The schedule’s time zone, ${oneLine(timeZone)}, is not known here.`];
  const [mine, its] = [zoneOffset(from.timeZone), zoneOffset(timeZone)];
  if (mine(start) === its(start) && mine(end) === its(end)) return [];
  const there = { ...from, timeZone };
  return [`In ${oneLine(timeZone)}: ${fullMoment(start, there)} – ${fullMoment(end, there)}`];
}

/** The whole name, also of the person signed in: this is what is sent. */
function personWords(person: Person | undefined, account: Account | undefined): string {
  if (person === undefined) return 'nobody';
  const name = oneLine(names([person]));
  return person.accountId === account?.accountId ? `${name} (you)` : name;
}

function capped(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, mostLines).map((line) => `• ${oneLine(line)}`);
  return lines.length <= mostLines ? shown : [...shown, `• and ${lines.length - mostLines} more`];
}

function paragraphs(...parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A name from outside must not be shown like another line of the question. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
