import * as vscode from 'vscode';
import { ok } from '../domain/result.ts';
import { proposalUrl } from '../domain/governance.ts';
import { acknowledge, alertsKey } from '../feeds/alerts.ts';
import { proposalsKey } from '../feeds/proposals.ts';
import { queueKey } from '../feeds/queue.ts';
import { alertUrl } from '../views/alertsView.ts';
import { ticketUrl } from '../views/queueView.ts';
import { onCallUrl } from '../views/weekView.ts';
import { registerAlertCommands } from './alertCommands.ts';
import type { Commands } from './commands.ts';
import type { Documents } from './documents.ts';
import { keyShapes, openPage, registerOpenCommands } from './openCommands.ts';
import { signIn, type CheckSignIn } from './signIn.ts';
import type { TimelinePanels } from './timelinePanel.ts';
import type { Views } from './views.ts';
import type { World } from './world.ts';

/** What commands need besides the world. */
export interface CommandContext extends World {
  readonly views: Views;
  readonly documents: Documents;
  readonly runOperation: () => Promise<void>;
  readonly timeline: TimelinePanels;
  readonly showLog: () => void;
}

/** Registers every command of the manifest. */
export function registerCommands(commands: Commands, context: CommandContext): void {
  registerGeneral(commands, context);
  registerAlerts(commands, context);
  registerOpening(commands, context);
}

function registerGeneral(commands: Commands, context: CommandContext): void {
  const { feeds, settings, credentials, runOperation, timeline, showLog } = context;
  commands.register('drDre.refresh', async () => {
    await vscode.window.withProgress({ location: { viewId: 'drDre.alerts' } }, () => feeds.refresh());
  });
  commands.register('drDre.retry', () => feeds.refresh());
  commands.register('drDre.showLog', showLog);
  commands.register('drDre.openSettings', async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:dfinity.dr-dre');
  });
  commands.register('drDre.signIn', () => signIn(credentials, settings.current.atlassianSite.host, checkWith(context)));
  commands.register('drDre.signOut', async () => {
    const left = await credentials.forgetAtlassian();
    void vscode.window.showInformationMessage(
      left === 'signedOut'
        ? 'Signed out. The token is no longer in the secret store.'
        : 'The token is no longer in the secret store, but the environment variables still sign in.',
    );
  });
  commands.register('drDre.rotation.open', () =>
    openPage(onCallUrl(settings.current.atlassianSite.href, settings.current.team)),
  );
  commands.register('drDre.operations.run', runOperation);
  commands.register('drDre.releases.openTimeline', ({ rows }) => {
    const record = rows[0]?.record;
    timeline.open(record?.kind === 'rollout' ? record.key : undefined);
  });
  commands.register('drDre.releases.openInAirflow', async ({ rows }) => {
    const link = rows[0]?.link;
    if (link !== undefined) await openPage(link);
  });
}

/** Tries credentials: Jira says who it is, the alert API whether the team's alerts can be seen. */
function checkWith({ clients }: CommandContext): CheckSignIn {
  return async (credentials) => {
    const connection = await clients.connectWith(credentials);
    const checked = await connection.checkSignIn();
    if (!checked.jira.ok) return checked.jira;
    return ok({ name: checked.jira.value.name, opsProblem: checked.ops.ok ? undefined : checked.ops.failure });
  };
}

function registerAlerts(commands: Commands, context: CommandContext): void {
  const { store, views, writes, clients, account, clock, feeds } = context;
  registerAlertCommands(commands, {
    alerts: () => store.state(alertsKey).records,
    selection: () => views.selection('drDre.alerts'),
    acknowledge: (alert) =>
      writes.run(
        acknowledge(
          clients.ops,
          alert,
          account.current,
          () => clock.now(),
          () => feeds.alerts.burst(),
        ),
      ),
  });
}

function registerOpening(commands: Commands, { store, settings, documents }: CommandContext): void {
  const site = (): string => settings.current.atlassianSite.href;
  registerOpenCommands(commands, documents, [
    {
      kind: 'alert',
      noun: 'alert',
      openCommand: 'drDre.alerts.open',
      pageCommand: 'drDre.alerts.openInJira',
      isKey: keyShapes.alert,
      list: () =>
        [...store.state(alertsKey).records.values()].map((alert) => ({
          key: alert.id,
          label: `${alert.priority} ${alert.message}`,
          description: alert.status,
          link: alertUrl(site(), alert.id),
        })),
    },
    {
      kind: 'ticket',
      noun: 'ticket',
      openCommand: 'drDre.queue.open',
      pageCommand: 'drDre.queue.openInJira',
      isKey: keyShapes.ticket,
      list: () =>
        [...store.state(queueKey).records.values()].map((ticket) => ({
          key: ticket.key,
          label: `${ticket.key} ${ticket.summary}`,
          description: ticket.status.name,
          link: ticketUrl(site(), ticket.key),
        })),
    },
    {
      kind: 'proposal',
      noun: 'proposal',
      openCommand: 'drDre.proposals.open',
      pageCommand: 'drDre.proposals.openInDashboard',
      isKey: keyShapes.proposal,
      list: () =>
        [...store.state(proposalsKey).records.values()].map((proposal) => ({
          key: `${proposal.id}`,
          label: `${proposal.id} ${proposal.title}`,
          description: '',
          link: proposalUrl(proposal.id),
        })),
    },
  ]);
}
