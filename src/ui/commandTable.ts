import type * as vscode from 'vscode';
import type { Terminals } from '../platform/terminals.ts';
import type { CommandGroup, Commands } from './kit/commands.ts';
import type { Documents } from './kit/documents.ts';
import type { Timeline } from './releases/timeline.ts';
import type { Views } from './kit/views.ts';
import type { World } from './kit/world.ts';

/** What commands need besides the world. */
export interface CommandContext extends World {
  readonly commands: Commands;
  readonly views: Views;
  readonly documents: Documents;
  readonly timeline: Timeline;
  readonly terminals: Terminals;
  readonly extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'subscriptions'>;
  readonly showLog: () => void;
}

/** Adds every command of the manifest. What a command does is loaded when a command of its group is called. */
export function addCommands(context: CommandContext): void {
  for (const group of groups(context)) context.commands.addGroup(group);
}

function groups(context: CommandContext): readonly CommandGroup[] {
  return [
    {
      ids: [
        'drDre.refresh',
        'drDre.retry',
        'drDre.showLog',
        'drDre.journal.show',
        'drDre.openSettings',
        'drDre.copyLink',
      ],
      load: async () => (await import('./kit/generalCommands.ts')).generalCommands(context),
    },
    {
      ids: ['drDre.signIn', 'drDre.signOut'],
      load: async () => (await import('./kit/signIn.ts')).signInCommands(context),
    },
    {
      ids: [
        'drDre.alerts.open',
        'drDre.alerts.openInJira',
        'drDre.queue.open',
        'drDre.queue.openInJira',
        'drDre.proposals.open',
        'drDre.proposals.openInDashboard',
      ],
      load: async () => (await import('./kit/openCommands.ts')).openCommands(context),
    },
    {
      ids: [
        'drDre.alerts.acknowledge',
        'drDre.alerts.acknowledgeWithNote',
        'drDre.alerts.unacknowledge',
        'drDre.alerts.close',
        'drDre.alerts.snooze',
        'drDre.alerts.assign',
        'drDre.alerts.escalate',
        'drDre.alerts.addNote',
        'drDre.alerts.addTags',
        'drDre.alerts.removeTags',
        'drDre.alerts.setPriority',
      ],
      load: async () => (await import('./alerts/commands.ts')).alertCommands(context),
    },
    {
      ids: [
        'drDre.alerts.group',
        'drDre.alerts.filter',
        'drDre.alerts.clearFilter',
        'drDre.alerts.showClosed',
        'drDre.alerts.hideClosed',
        'drDre.showMore',
      ],
      load: async () => (await import('./alerts/lookCommands.ts')).alertLookCommands(context),
    },
    {
      ids: ['drDre.writes.retry', 'drDre.writes.takeBack', 'drDre.writes.undo'],
      load: async () => (await import('./writes/commands.ts')).writeCommands(context),
    },
    {
      ids: [
        'drDre.rotation.open',
        'drDre.rotation.showActions',
        'drDre.rotation.takePager',
        'drDre.rotation.handOver',
        'drDre.rotation.showOverrides',
        'drDre.rotation.cancelOverride',
        'drDre.rotation.notPaged',
      ],
      load: async () => (await import('./rotation/commands.ts')).rotationCommands(context),
    },
    {
      ids: ['drDre.releases.openTimeline', 'drDre.releases.openInAirflow'],
      load: async () => (await import('./releases/commands.ts')).releaseCommands(context),
    },
    {
      ids: ['drDre.ci.open', 'drDre.github.signIn', 'drDre.github.signOut', 'drDre.meter.show'],
      load: async () => (await import('./ci/commands.ts')).ciCommands(context),
    },
    {
      ids: ['drDre.operations.run'],
      load: async () => (await import('./operations/operations.ts')).operationCommands(context),
    },
  ];
}
