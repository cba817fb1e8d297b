import type { Failure } from '../../domain/base/failure.ts';
import type { Finding, Severity, WayForward } from '../../domain/rotation/notPaged.ts';
import { blocks, link, oneLine } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
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

const headings: Record<Severity, string> = {
  blocks: 'What keeps pages away',
  limits: 'What makes them fewer',
  unknown: 'What cannot be checked from here',
  fine: 'What is fine',
};

// The service's own help: the address of a person's set-up page within a site is not written down anywhere.
const help = 'https://support.atlassian.com/jira-service-management-cloud/docs';

/** "I am not getting paged" as a document: the reasons that were found, most telling first, each with a way forward. */
export function notPagedDocument(report: NotPagedReport, pages: NotPagedPages, from: Viewpoint): string {
  const { findings, unread, schedulesAsOf } = report;
  const asOf = schedulesAsOf === undefined ? '' : ` The schedules are known as of ${fullMoment(schedulesAsOf, from)}.`;
  return blocks(
    '# I am not getting paged',
    oneLine(`Checked ${fullMoment(from.now, from)}.${asOf}`),
    summary(findings),
    unread.length === 0 ? '' : ['> **Not everything could be read.**', ...unread.map(unreadLine)].join('\n>\n'),
    ...(['blocks', 'limits', 'unknown', 'fine'] as const).map((severity) =>
      section(
        severity,
        findings.filter((finding) => finding.severity === severity),
        pages,
        from,
      ),
    ),
  );
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
  if (count('blocks') > 0) return '**There is a reason why you are not paged.**';
  if (count('limits') > 0) return '**Nothing was found that keeps all pages away, but something makes them fewer.**';
  if (count('unknown') > 0) return '**No reason was found, but not everything can be checked from here.**';
  return '**No reason was found.** Send yourself a test alert from Jira to be sure.';
}

function unreadLine([what, failure]: NotPagedReport['unread'][number]): string {
  const { title, wayForward } = explain(failure);
  return `> ${oneLine(`${what}: ${title}. ${wayForward}`)}`;
}

function section(severity: Severity, findings: readonly Finding[], pages: NotPagedPages, from: Viewpoint): string {
  if (findings.length === 0) return '';
  const lines = findings.map((finding) => {
    const way = finding.wayForward === undefined ? '' : ` — ${wayWords(finding.wayForward, pages)}`;
    return `- ${oneLine(findingWords(finding, from).title)}${way}`;
  });
  return `## ${headings[severity]}\n\n${lines.join('\n')}`;
}

/** Documents run no commands: what is to be done in VS Code is named. */
function wayWords(way: WayForward, pages: NotPagedPages): string {
  switch (way) {
    case 'signIn':
      return 'run “Dr. DRE: Sign In…”';
    case 'onCallPage':
      return link('on-call page', pages.onCall);
    case 'alertsPage':
      return link('alerts in Jira', pages.alerts);
    case 'setUpPage':
      return `${link('contact methods', `${help}/add-contact-methods/`)}, ${link('notification rules', `${help}/add-notification-rules/`)}: in Jira, under your picture, personal settings, notifications`;
    case 'settings':
      return 'see the settings of Dr. DRE';
    case 'log':
      return 'run “Dr. DRE: Show Log”';
    case 'doNotDisturb':
      return 'look at the bell at the right end of the status bar';
  }
}
