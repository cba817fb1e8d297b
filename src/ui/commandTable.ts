import type { AccountCommandParts } from './account/commands.ts';
import type { AlertCommandParts } from './alerts/commands.ts';
import type { CiCommandParts } from './ci/commands.ts';
import type { CommandGroup, Commands } from './kit/commands.ts';
import type { GeneralCommandParts } from './kit/generalCommands.ts';
import type { JournalCommandParts } from './journal/commands.ts';
import type { MeterCommandParts } from './meter/commands.ts';
import type { OperationCommandParts } from './operations/commands.ts';
import type { ProposalCommandParts } from './proposals/commands.ts';
import type { QueueCommandParts } from './queue/commands.ts';
import type { ReleaseCommandParts } from './releases/commands.ts';
import type { RotationCommandParts } from './rotation/commands.ts';
import type { RowOpeningParts } from './rowOpening.ts';
import type { WriteCommandParts } from './writes/commands.ts';

/** What the commands of all features need. */
export type CommandParts = GeneralCommandParts &
  RowOpeningParts &
  JournalCommandParts &
  MeterCommandParts &
  AccountCommandParts &
  AlertCommandParts &
  QueueCommandParts &
  ProposalCommandParts &
  WriteCommandParts &
  RotationCommandParts &
  ReleaseCommandParts &
  CiCommandParts &
  OperationCommandParts;

/** Adds every command of the manifest. The code of a group is loaded when a command of the group is called. */
export function addCommands(commands: Pick<Commands, 'addGroup'>, parts: CommandParts): void {
  for (const group of groups(parts)) commands.addGroup(group);
}

function groups(parts: CommandParts): readonly CommandGroup[] {
  return [
    {
      names: [
        ...['drDre.refresh', 'drDre.retry', 'drDre.showLog', 'drDre.openSettings', 'drDre.copyLink', 'drDre.copyId'],
        ...['drDre.copyName', 'drDre.showMore', 'drDre.times'],
      ],
      load: async () => (await import('./kit/generalCommands.ts')).generalCommands(parts, 'drDre.alerts'),
    },
    { names: ['drDre.openAndFocus'], load: async () => (await import('./rowOpening.ts')).rowOpeningCommands(parts) },
    { names: ['drDre.journal'], load: async () => (await import('./journal/commands.ts')).journalCommands(parts) },
    { names: ['drDre.meter'], load: async () => (await import('./meter/commands.ts')).meterCommands(parts) },
    {
      names: ['drDre.signIn', 'drDre.signOut', 'drDre.github'],
      load: async () => (await import('./account/commands.ts')).accountCommands(parts),
    },
    { names: ['drDre.alerts'], load: async () => (await import('./alerts/commands.ts')).alertCommands(parts) },
    { names: ['drDre.queue'], load: async () => (await import('./queue/commands.ts')).queueCommands(parts) },
    {
      names: ['drDre.proposals'],
      load: async () => (await import('./proposals/commands.ts')).proposalCommands(parts),
    },
    { names: ['drDre.writes'], load: async () => (await import('./writes/commands.ts')).writeCommands(parts) },
    { names: ['drDre.rotation'], load: async () => (await import('./rotation/commands.ts')).rotationCommands(parts) },
    { names: ['drDre.releases'], load: async () => (await import('./releases/commands.ts')).releaseCommands(parts) },
    { names: ['drDre.ci'], load: async () => (await import('./ci/commands.ts')).ciCommands(parts) },
    {
      names: ['drDre.operations'],
      load: async () => (await import('./operations/commands.ts')).operationCommands(parts),
    },
  ];
}
