import type { Windows } from '../../engine/windows/windows.ts';
import type { TicketListsReader } from '../../feeds/queue/lists.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { Host } from '../kit/host.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';

export interface ListsReadingParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly ticketLists: () => Promise<TicketListsReader>;
  readonly windows: Windows;
}

/** Reads the further lists of the Queue view, in the window that reads the services, while that view of any window is visible. */
export function listsReading({ ticketLists, windows, settings, clock, log }: ListsReadingParts): RepeatedReading {
  return new RepeatedReading({
    clock,
    log,
    scope: 'queue',
    trouble: 'the further lists of tickets were not read',
    events: [windows.onDidChangeRole, windows.onDidChangeAttention, settings.onDidChange],
    read() {
      const { ticketLists: lists } = settings.current;
      const attention = windows.attention(queueKey.name);
      if (lists.length === 0 || windows.role === 'follower' || attention === 'quiet') return undefined;
      return ticketLists().then((reader) => reader.readDue(lists, attention));
    },
  });
}
