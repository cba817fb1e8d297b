import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import { isAlertId } from '../../domain/base/ids.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { alertUrl } from '../../views/alerts/row.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { teamPage } from '../../views/kit/teamPage.ts';
import { openDocument, openLinks, type OpenableKind, type OpenableParts } from '../kit/openable.ts';
import { openPage } from '../kit/openPage.ts';

export type AlertOpenParts = OpenableParts & Pick<Host, 'settings'>;

/** Opens alerts as documents and in Jira. */
export function alertOpenCommands({ store, settings, documents, views }: AlertOpenParts): Handlers {
  const alerts: OpenableKind = {
    kind: 'alert',
    view: 'drDre.alerts',
    noun: 'alert',
    isKey: isAlertId,
    list: () =>
      [...store.state(alertsKey).records.values()].map((alert) => ({
        key: alert.id,
        label: `${priorityWord(alert)} ${alertText(alert)}`,
        description: alert.status,
        link: alertUrl(settings.current.atlassianSite.href, alert.id),
      })),
  };
  return {
    'drDre.alerts.open': (invocation) => openDocument(invocation, alerts, documents),
    'drDre.alerts.openInJira': ({ rows }) => openLinks(rows, alerts, views),
    'drDre.alerts.openTeam': () => openPage(teamPage(settings.current.atlassianSite.href, settings.current.team)),
  };
}
