import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { TicketTextsReader } from '../../feeds/queue/texts.ts';
import type { Host } from '../kit/host.ts';
import { mayBeOnShift } from '../../feeds/rotation/onShift.ts';
import { afterChangeOf, RepeatedReading } from '../kit/repeatedReading.ts';

export interface TextsReadingParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  readonly windows: Windows;
}

/**
 * Reads the texts of tickets for their lints, in the window that reads the services, while a person on shift can see the
 * Queue view of any window, or wants comments in the tickets that name proposals.
 */
export function textsReading(parts: TextsReadingParts): RepeatedReading {
  const { store, ticketTexts, windows, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'texts',
    trouble: 'the texts of tickets were not read',
    events: [windows.onDidChangeRole, windows.onDidChangeAttention, afterChangeOf(store, queueKey)],
    read() {
      if (!isWanted(parts)) return undefined;
      return ticketTexts().then((reader) => reader.readNext(store.state(queueKey).records.values()));
    },
  });
}

function isWanted(parts: Pick<TextsReadingParts, 'store' | 'account' | 'windows' | 'clock' | 'settings'>): boolean {
  const { store, windows, settings } = parts;
  if (windows.role === 'follower') return false;
  if (windows.attention(queueKey.name) !== 'active' && !settings.current.outcomeComments) return false;
  // Not beside a list that is in trouble: it would be requested of a service that does not answer.
  if (store.state(queueKey).status !== 'fresh') return false;
  return mayBeOnShift(parts);
}
