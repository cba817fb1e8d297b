import type { Disposable } from '../engine/base/clock.ts';
import { keepSignInContextKeys } from '../ui/account/contextKeys.ts';
import type { DraftsAndJournal } from '../ui/kit/host.ts';
import type { PollingPace } from '../ui/pollingPace.ts';
import type { RegisteredParts } from '../ui/kit/startParts.ts';
import { keepSelectionKey } from '../ui/kit/selectionKey.ts';
import { keepWriteContextKeys } from '../ui/writes/contextKeys.ts';
import { keepVerbContextKeys } from '../ui/writes/verbKeys.ts';
import type { EngineParts } from './engine.ts';
import { followSettings, readAnew, type FeedParts } from './feeds.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';
import type { ComposedViews } from './views.ts';

/** What a change in one part means for the others. */
export function onChanges(
  parts: HostParts & RecordParts & ComposedViews,
  services: EngineParts & FeedParts & Pick<DraftsAndJournal, 'drafts'> & { readonly pace: PollingPace },
  { documents }: RegisteredParts,
): readonly Disposable[] {
  const { settings, credentials, githubCredentials, store, views, links } = parts;
  const { windows, writes, meter, allowance, wake, feeds, gitHubLogin, drafts, pace } = services;
  const takeSettings = followSettings(services, parts, parts);
  return [
    links.onDidChange(() => {
      for (const kind of ['alert', 'ticket', 'proposal']) documents.refresh(kind);
    }),
    settings.onDidChange(() => {
      takeSettings();
      documents.refreshAll();
    }),
    credentials.onDidChange(() => readAnew(services)),
    githubCredentials.onDidChange(() => {
      feeds.resetGitHub();
      gitHubLogin.reset();
      views.repaint('drDre.ci');
    }),
    // Before the feeds begin to read: they listen later.
    windows.onDidChangeRole(() => {
      void allowance.recall();
      documents.refresh('meter');
    }),
    wake.onDidWake(() => {
      pace.update();
      feeds.wake();
    }),
    meter.onDidChange(() => documents.refresh('meter')),
    feeds.onDidAskToRenew((signIn) => {
      if (signIn === 'atlassian') readAnew(services);
      else githubCredentials.askAnew();
    }),
    store.onDidChange(({ feed }) => void documents.refreshFor(feed)),
    writes.onDidChange(() => {
      views.repaintAll('written');
      for (const kind of ['alert', 'ticket']) documents.refresh(kind);
    }),
    keepWriteContextKeys(writes),
    keepVerbContextKeys(parts),
    keepSignInContextKeys(parts),
    keepSelectionKey(views),
    writes.onDidEnd(({ kind, record, state }) => drafts.ended(kind, record, state.kind === 'applied')),
  ];
}
