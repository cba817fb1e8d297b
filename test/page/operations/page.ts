import type { Browser, Page } from 'playwright-core';
import type { HostMessage, OperationForm, PageMessage } from '../../../src/domain/operations/pageMessages.ts';
import { checkedForm, listedOperations, operationForm, pageOperations } from '../../../src/views/operations/page.ts';
import { wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { dreRun, runEnd } from '../../support/operations/runBuilder.ts';
import { newPage } from '../newPage.ts';
import { servePage, type PageServer } from '../pageServer.ts';
import type { Theme } from '../themes.ts';

// The real Operations page, as it ships, with a host that knows a few records.

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const node = 'rrkah-fqaaa-aaaaa-aaaaq-cai';

const from = { now: wednesday, timeZone: 'UTC' } as const;

/** A dry run of Heal the network that ended well. */
const healed = dreRun('run-1', wednesday - 3_600_000, {
  program: '/usr/bin/dre',
  args: ['network', '--heal', '--omit-subnets', 'tdb26', '--dry-run'],
  end: runEnd(wednesday - 3_500_000),
});

/** Serves the Operations page. */
export const serveOperations = (): Promise<PageServer> => servePage('operations', 'Operations');

/** The page with a stub of the editor around it, whose host answers as the real one does. */
export interface OpenOperations {
  readonly page: Page;
  readonly posted: readonly PageMessage[];
  /** What the page asked the editor to keep. */
  readonly saved: () => Promise<unknown>;
  /** What the policy refused, and what went wrong in the page. */
  readonly faults: readonly string[];
}

interface Options {
  readonly theme: Theme;
  readonly state?: unknown;
  readonly width?: number;
  readonly height?: number;
}

export async function openOperations(
  browser: Browser,
  server: PageServer,
  { theme, state, width = 1200, height = 900 }: Options,
): Promise<OpenOperations> {
  const { page, faults } = await newPage(browser, { viewport: { width, height } }, theme);
  page.setDefaultTimeout(15_000);
  const posted: PageMessage[] = [];
  const host = hostDouble();
  await page.exposeFunction('postToHost', (message: PageMessage) => {
    posted.push(message);
    return host(message);
  });
  await page.addInitScript(
    ({ saved }) => {
      let kept: unknown = saved;
      const send = (window as unknown as { postToHost: (message: unknown) => Promise<unknown[]> }).postToHost;
      Object.assign(window, {
        kept: () => kept,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => {
            void send(JSON.parse(JSON.stringify(message))).then((answers) => {
              for (const answer of answers) window.postMessage(answer, '*');
            });
          },
          getState: () => kept,
          setState: (next: unknown) => void (kept = JSON.parse(JSON.stringify(next))),
        }),
      });
    },
    { saved: state },
  );
  await page.goto(server.url);
  await page.locator('.entry').first().waitFor({ state: 'attached' });
  return {
    page,
    posted,
    faults,
    saved: () => page.evaluate(() => (window as unknown as { kept: () => unknown }).kept()),
  };
}

/** Answers as the extension host does, by the same view. */
function hostDouble(): (message: PageMessage) => readonly HostMessage[] {
  const favorites = new Set<string>();
  let open: OperationForm | undefined;
  const show = (id: string | undefined): void => {
    const operation = pageOperations.find((each) => each.id === id);
    const valuesOfKind = (kind: string) =>
      kind === 'subnet'
        ? [{ value: subnet, label: 'tdb26, 2 alerts' }]
        : kind === 'node'
          ? [
              { value: node, label: 'rrkah' },
              { value: 'aaaaa-aa', label: 'aaaaa' },
            ]
          : [];
    const registryReadAt = from.now - 7_200_000;
    open =
      operation === undefined ? undefined : operationForm(operation, [healed], { valuesOfKind, registryReadAt }, from);
  };
  const view = (values?: Readonly<Record<string, string>>): HostMessage => ({
    type: 'view',
    operations: listedOperations([healed], favorites, from),
    form: open,
    isOpened: values !== undefined,
    values,
  });
  return (message) => {
    switch (message.type) {
      case 'ready':
        show(message.open);
        return [view()];
      case 'open':
        show(message.id);
        return [view(message.from)];
      case 'edit': {
        const operation = pageOperations.find((each) => each.id === message.id);
        if (operation === undefined) return [];
        return [
          { type: 'checked', request: message.request, ...checkedForm(operation, message.values, [healed], from) },
        ];
      }
      case 'favorite':
        if (message.isOn) favorites.add(message.id);
        else favorites.delete(message.id);
        return [view()];
      case 'copy':
      case 'run':
      case 'openRun':
        return [];
    }
  };
}
