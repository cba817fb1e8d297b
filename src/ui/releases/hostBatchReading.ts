import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import { batchKeyOf } from '../../domain/releases/batchKey.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { HostBatchReader } from '../../feeds/releases/hostBatches.ts';
import { fullReadKey, rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Host } from '../kit/host.ts';
import { afterChangeOf, RepeatedReading } from '../kit/repeatedReading.ts';
import type { Views } from '../kit/views.ts';

export interface HostBatchReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly hostBatches: () => Promise<HostBatchReader>;
  readonly views: Pick<Views, 'onDidFold' | 'onDidChangeVisibility' | 'shows'>;
}

const view = 'drDre.releases';

/** Follows the detail of the batches of HostOS that a person has unfolded, while the Releases view of this window is seen. */
export function hostBatchReading(parts: HostBatchReadingParts): Pick<RepeatedReading, 'read' | 'dispose'> {
  const { store, hostBatches, views, clock, log } = parts;
  const lifetime = new Lifetime();
  let isAnyOpen = false;
  const afterFold = (run: () => void): Disposable =>
    views.onDidFold(view, ({ record, batch }, isUnfolded) => {
      if (record?.kind !== 'rollout' || batch === undefined) return;
      isAnyOpen ||= isUnfolded;
      hostBatches()
        .then((reader) => {
          reader[isUnfolded ? 'open' : 'close'](batchKeyOf(record.key, batch));
          run();
        })
        .catch((cause: unknown) => log.error('rollouts', 'the batches of HostOS cannot be read', cause));
    });
  /** A stream goes on while the window has no focus; a read is made only where it is shown. */
  const readShown = async (reader: HostBatchReader): Promise<number | undefined> => {
    const isShown = views.shows(rolloutsKey.name);
    reader.show(isShown);
    return isShown && vscode.window.state.focused ? reader.readNext() : undefined;
  };
  const reading = lifetime.own(
    new RepeatedReading({
      clock,
      log,
      scope: 'rollouts',
      trouble: 'a batch of HostOS was not read',
      events: [
        vscode.window.onDidChangeWindowState,
        (run) => views.onDidChangeVisibility(run),
        afterFold,
        afterChangeOf(store, fullReadKey),
        (run) =>
          store.onDidChange(({ feed, status, added, changed }) => {
            if (feed === rolloutsKey.name && (status || added.length + changed.length > 0)) run();
          }),
      ],
      read: () => (isAnyOpen ? hostBatches().then(readShown) : undefined),
    }),
  );
  const stop = (): void => {
    if (!isAnyOpen) return;
    hostBatches()
      .then((reader) => reader.show(false))
      .catch((cause: unknown) => log.error('rollouts', 'the batches of HostOS are still read', cause));
  };
  lifetime.own({ dispose: stop });
  return { read: () => reading.read(), dispose: () => lifetime.dispose() };
}
