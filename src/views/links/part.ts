import type { Link, LinkEnd } from '../../domain/links/join.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { recordAddress } from '../../domain/links/recordAddress.ts';
import { rolloutKey } from '../../domain/releases/rollout.ts';
import { shortKindWords } from '../../domain/releases/words.ts';
import { link, oneLine } from '../kit/documentParts.ts';
import { shorten, type Viewpoint } from '../kit/format.ts';
import { reasonText, sentence, subjectText } from './words.ts';

/** More than this is no longer read; the views have all. */
const most = 20;

/** The section of a document that says what its record hangs together with; empty when that is nothing. */
export function linksPart(links: readonly Link[], from: Viewpoint): string {
  if (links.length === 0) return '';
  const lines = links.slice(0, most).map(({ to, reason }) => {
    const title = titleOf(to);
    return `- ${headOf(to)}${title === '' ? '' : ` ${oneLine(shorten(title, 120))}`}: ${oneLine(reasonText(reason, from))}`;
  });
  const rest = links.length > most ? `\n\n_And ${links.length - most} more._` : '';
  return `## Hangs together with\n\n${lines.join('\n')}${rest}`;
}

/** The link of an end: to our own document or timeline, or to a public page. */
function headOf(end: LinkEnd): string {
  switch (end.kind) {
    case 'rollout': {
      const { rollout } = end;
      const text = `${shortKindWords[rollout.kind]} ${rollout.name}`;
      return link(text, recordAddress({ kind: 'rollout', key: rolloutKey(rollout) }));
    }
    case 'subject': {
      const text = sentence(subjectText(end.subject));
      const page = subjectPage(end.subject);
      return page === undefined ? oneLine(text) : link(text, page);
    }
    case 'alert':
      return link(
        end.alert === undefined ? 'Alert' : `${end.alert.priority} alert`,
        recordAddress({ kind: 'alert', key: end.id }),
      );
    case 'ticket':
      return link(end.id, recordAddress({ kind: 'ticket', key: end.id }));
    case 'proposal':
      return link(`Proposal ${end.id}`, recordAddress({ kind: 'proposal', key: end.id }));
    case 'pullRequest':
      return link(`Pull request ${end.id}`, subjectPage(end) ?? '');
  }
}

function titleOf(end: LinkEnd): string {
  switch (end.kind) {
    case 'alert':
      return end.alert?.message ?? '';
    case 'ticket':
      return end.ticket?.summary ?? '';
    case 'proposal':
      return end.proposal?.title ?? '';
    case 'pullRequest':
      return end.pullRequest?.title ?? '';
    case 'rollout':
    case 'subject':
      return '';
  }
}
