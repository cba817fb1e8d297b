import { isIssueKey } from '../../domain/base/ids.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { Host } from '../kit/host.ts';

/** The page of a record of a feed; undefined for those that have none, as a ticket that was to be created and is not there. */
export async function pageOfRecord(
  { settings }: Pick<Host, 'settings'>,
  feed: string,
  record: string,
): Promise<string | undefined> {
  const site = settings.current.atlassianSite.href;
  if (feed === alertsKey.name) return (await import('../../views/alerts/row.ts')).alertUrl(site, record);
  if (feed === queueKey.name && isIssueKey(record)) {
    return (await import('../../views/queue/view.ts')).ticketUrl(site, record);
  }
  return undefined;
}
