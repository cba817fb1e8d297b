import type { Failure } from '../../domain/base/failure.ts';
import {
  documentOf,
  heading,
  link,
  list,
  paragraph,
  quote,
  strong,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import type { Finding, PagingEffect, Remedy } from '../../domain/rotation/notPaged.ts';
import { settingAddress } from '../../domain/links/settingAddress.ts';
import { counted, fullMoment, type Viewpoint } from '../kit/format.ts';
import { findingWords } from './notPagedWords.ts';
import { explain } from '../kit/sentences.ts';

/** What was checked, and what could not be read for it. */
export interface NotPagedReport {
  readonly findings: readonly Finding[];
  /** What could not be read, in a few words, and why. */
  readonly unread: readonly (readonly [what: string, failure: Failure])[];
  /** As of when the schedules are known; undefined when they are not. */
  readonly schedulesAsOf: number | undefined;
}

/** Pages that a finding may lead to. */
export interface NotPagedPages {
  readonly onCall: string;
  readonly alerts: string;
}

const headings: Record<PagingEffect, string> = {
  blocks: 'Blocking',
  limits: 'Limiting',
  unknown: "Can't be checked here",
  fine: 'OK',
};

// The service's own help: the address of a person's set-up page within a site is not written down anywhere.
const help = 'https://support.atlassian.com/jira-service-management-cloud/docs';

/** "Troubleshoot paging" as a document: the reasons that were found, most certain first, each with a way forward. */
export function notPagedDocument(report: NotPagedReport, pages: NotPagedPages, from: Viewpoint): Document {
  const { findings, unread, schedulesAsOf } = report;
  const asOf = schedulesAsOf === undefined ? '' : ` The schedules are known as of ${fullMoment(schedulesAsOf, from)}.`;
  return documentOf(
    heading(1, 'Troubleshoot Paging'),
    paragraph(...summary(findings, from)),
    paragraph(`Checked ${fullMoment(from.now, from)}.${asOf}`),
    unread.length === 0
      ? undefined
      : quote(paragraph(strong('Not everything could be read.')), ...unread.map((each) => paragraph(unreadText(each)))),
    ...(['blocks', 'limits', 'unknown', 'fine'] as const).map((effect) =>
      section(
        effect,
        findings.filter((finding) => finding.effect === effect),
        pages,
        from,
      ),
    ),
  );
}

/** The most certain reason by its name, and what it does. */
function summary(findings: readonly Finding[], from: Viewpoint): readonly Inline[] {
  const [first, ...others] = findings.filter(({ effect }) => effect === 'blocks');
  if (first !== undefined) return verdict(first, 'This blocks your pages.', others.length, from);
  const [limit, ...limits] = findings.filter(({ effect }) => effect === 'limits');
  if (limit !== undefined) return verdict(limit, 'This limits your pages.', limits.length, from);
  if (findings.some(({ effect }) => effect === 'unknown')) {
    return [strong('Nothing blocks your pages, as far as can be checked here.')];
  }
  return [strong('Nothing blocks your pages.'), ' Send a test alert from Jira to be sure.'];
}

function verdict(finding: Finding, consequence: string, others: number, from: Viewpoint): readonly Inline[] {
  const more = others === 0 ? '' : ` ${counted(others, 'more reason')} below.`;
  return [strong(`${findingWords(finding, from).title}.`), ` ${consequence}${more}`];
}

function unreadText([what, failure]: NotPagedReport['unread'][number]): string {
  const { title, wayForward } = explain(failure);
  return `${what}: ${title}. ${wayForward}`;
}

function section(
  effect: PagingEffect,
  findings: readonly Finding[],
  pages: NotPagedPages,
  from: Viewpoint,
): readonly Block[] {
  if (findings.length === 0) return [];
  const items = findings.map((finding) => {
    const way = finding.remedy === undefined ? [] : [' — ', ...wayWords(finding.remedy, finding.check, pages)];
    return [paragraph(findingWords(finding, from).title, ...way)];
  });
  return [heading(2, headings[effect]), list(items)];
}

/** Documents run no commands: what is to be done in VS Code is named. */
function wayWords(way: Remedy, check: Finding['check'], pages: NotPagedPages): readonly Inline[] {
  switch (way) {
    case 'signIn':
      return ['run “Dr. DRE: Sign In…”'];
    case 'onCallPage':
      return [link(pages.onCall, 'on-call page')];
    case 'alertsPage':
      return ['see whom an alert pages: ', link(pages.alerts, 'alerts in Jira')];
    case 'setUpPage':
      return [
        link(`${help}/add-contact-methods/`, 'contact methods'),
        ', ',
        link(`${help}/add-notification-rules/`, 'notification rules'),
        ': in Jira, under your picture, personal settings, notifications',
      ];
    case 'settings': {
      const setting = `drDre.notifications.${check === 'minimum' ? 'minimumPriority' : 'enabled'}`;
      return ['see the setting ', link(settingAddress(setting), setting)];
    }
    case 'log':
      return ['run “Dr. DRE: Show Log”'];
    case 'doNotDisturb':
      return ['look at the bell at the right end of the status bar'];
  }
}
