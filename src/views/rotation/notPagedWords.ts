import { lateAfterMs, type PagingLimit } from '../../domain/rotation/notificationSetup.ts';
import type { Finding, PagingEffect } from '../../domain/rotation/notPaged.ts';
import { duration, fullMoment, type Viewpoint } from '../kit/format.ts';
import { names } from './statusBar.ts';

/** A finding as a person reads it. */
export interface FindingWords {
  /** Codicon. */
  readonly icon: string;
  /** One sentence without a full stop. */
  readonly title: string;
  readonly effect: PagingEffect;
}

const icons: Record<PagingEffect, string> = { blocks: 'error', limits: 'warning', unknown: 'question', fine: 'pass' };

/** What was found for one question, worded for how it stands. */
export function findingWords(finding: Finding, from: Viewpoint): FindingWords {
  return { icon: icons[finding.effect], title: titleOf(finding, from), effect: finding.effect };
}

function titleOf(finding: Finding, from: Viewpoint): string {
  const { effect } = finding;
  const fine = effect === 'fine';
  switch (finding.check) {
    case 'signedIn':
      return fine ? 'You are signed in' : 'You are not signed in';
    case 'alertsFeed':
      return fine ? 'Alerts are being read' : "Can't read alerts now: new ones are not seen here";
    case 'scheduleFeed':
      return fine ? 'The schedules are being read' : "Can't read the schedules now: what follows may be old";
    case 'scheduleKnown':
      return "Can't tell who is on call for alerts";
    case 'scheduleOn':
      return 'The schedule is switched off: it pages nobody';
    case 'onCall':
      return onCallTitle(finding, from);
    case 'hours':
      return hoursTitle(finding, from);
    case 'override':
      return overrideTitle(finding, from);
    case 'contactMethods':
      if (effect === 'unknown') return "Can't check whether you have a phone or e-mail address to be reached at";
      return fine ? 'You have a way to be reached' : 'You have no phone or e-mail address to be reached at';
    case 'notificationRules':
      if (effect === 'unknown') return "Can't check whether your notification rules say to reach you";
      if (finding.limits.length > 0) return limitsTitle(finding.limits);
      return fine ? 'You have notification rules' : 'You have no notification rules: nothing reaches you';
    case 'routing':
      if (effect === 'unknown') return "Can't check whether alerts go to this schedule";
      return fine ? 'Alerts go to this schedule' : 'Alerts do not go to this schedule';
    case 'enabled':
      return fine ? 'Notifications of Dr. DRE are on' : 'Notifications of Dr. DRE are off';
    case 'doNotDisturb':
      if (effect === 'unknown') return "Can't check whether Do Not Disturb is on in VS Code";
      return fine ? 'Do Not Disturb is off in VS Code' : 'Do Not Disturb is on in VS Code: no notifications here';
    case 'minimum':
      return fine
        ? 'Notifications are for all priorities'
        : `Alerts below ${finding.minimum} make no notification here`;
  }
}

function onCallTitle(finding: Finding & { check: 'onCall' }, from: Viewpoint): string {
  const next =
    finding.myNextShift === undefined ? '' : `; your next shift starts ${fullMoment(finding.myNextShift, from)}`;
  switch (finding.effect) {
    case 'fine':
      return 'You are on call for alerts now';
    case 'unknown':
      return "Can't tell who is on call for alerts now";
    case 'blocks':
    case 'limits':
      return `You are not on call for alerts now: ${names(finding.onCall)} is${next}`;
  }
}

function hoursTitle({ effect, from: begins, until }: Finding & { check: 'hours' }, from: Viewpoint): string {
  if (effect === 'unknown') return "Can't tell at which hours the schedule pages";
  if (begins !== undefined) return `The schedule does not page now: its hours begin ${fullMoment(begins, from)}`;
  return until === undefined
    ? 'The schedule pages around the clock'
    : `The schedule pages until ${fullMoment(until, from)}`;
}

const limitWords: Record<PagingLimit, string> = {
  hours: 'at certain hours',
  someAlerts: 'for some alerts',
  emailOnly: 'by e-mail',
  late: `more than ${duration(lateAfterMs)} after an alert`,
};

/** Said of the best rule: several with limits may fill each other's gaps. */
function limitsTitle(limits: readonly PagingLimit[]): string {
  const only = limits.map((limit) => `only ${limitWords[limit]}`);
  return `The best of your notification rules reaches you ${new Intl.ListFormat('en').format(only)}`;
}

function overrideTitle({ effect, override, besides }: Finding & { check: 'override' }, from: Viewpoint): string {
  if (override === undefined) {
    return effect === 'unknown'
      ? "Can't read overrides: somebody may have taken over"
      : 'Nobody has taken over from you';
  }
  const who = override.person === undefined ? 'Nobody is to be paged' : `${names([override.person])} has taken over`;
  return `${who} until ${fullMoment(override.end, from)}${besides === undefined ? '' : besidesWords[besides]}`;
}

const besidesWords = {
  mine: '; there is an override for you as well',
  part: ', in a part of the schedule; you are on call all the same',
} as const;
