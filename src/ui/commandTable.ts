import type * as vscode from 'vscode';
import type { Terminals } from '../platform/terminals.ts';
import type { CommandGroup, Commands } from './commands.ts';
import type { Documents } from './documents.ts';
import type { Timeline } from './timeline.ts';
import type { Views } from './views.ts';
import type { World } from './world.ts';

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
      load: async () => (await import('./generalCommands.ts')).generalCommands(context),
    },
    {
      ids: ['drDre.signIn', 'drDre.signOut'],
      load: async () => (await import('./signIn.ts')).signInCommands(context),
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
      load: async () => (await import('./openCommands.ts')).openCommands(context),
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
      load: async () => (await import('./alertCommands.ts')).alertCommands(context),
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
      load: async () => (await import('./alertLookCommands.ts')).alertLookCommands(context),
    },
    {
      ids: ['drDre.writes.retry', 'drDre.writes.takeBack', 'drDre.writes.undo'],
      load: async () => (await import('./writeCommands.ts')).writeCommands(context),
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
      load: async () => (await import('./rotationCommands.ts')).rotationCommands(context),
    },
    {
      ids: ['drDre.releases.openTimeline', 'drDre.releases.openInAirflow'],
      load: async () => (await import('./releaseCommands.ts')).releaseCommands(context),
    },
    {
      ids: ['drDre.ci.open', 'drDre.github.signIn', 'drDre.github.signOut', 'drDre.meter.show'],
      load: async () => (await import('./ciCommands.ts')).ciCommands(context),
    },
    {
      ids: ['drDre.operations.run'],
      load: async () => (await import('./operations.ts')).operationCommands(context),
    },
  ];
}
