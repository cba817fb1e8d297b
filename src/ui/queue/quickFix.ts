import type { TicketTextsReader } from '../../feeds/queue/texts.ts';
import { ticketConditions } from '../../domain/queue/conditions.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { knownTicket } from '../../feeds/queue/known.ts';
import { ticketName, type TicketVerb } from '../../feeds/queue/verb.ts';
import { ticketVerbs } from '../../feeds/queue/verbs.ts';
import { lintWords } from '../../views/queue/lintWords.ts';
import { goneWords } from '../../views/queue/words.ts';
import { shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import { chooseAndRun } from '../kit/chain.ts';
import type { Commands } from '../kit/commands.ts';
import { inform } from '../kit/messages.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import { argumentsFor } from '../kit/rowTree.ts';
import { rowsMeant } from '../kit/rowsMeant.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Views } from '../kit/views.ts';
import type { Host } from '../kit/host.ts';
import { lintsNow, type LintParts } from './lints.ts';

export interface QuickFixParts extends Omit<LintParts, 'ticketTexts'>, Pick<Host, 'clock'> {
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly views: Pick<Views, 'selection' | 'focusedRow'>;
  readonly commands: Pick<Commands, 'run'>;
}

/** Offers what can be done about the lints of a ticket, and does what the person chooses. */
export async function quickFix(parts: QuickFixParts, rows: readonly Row[]): Promise<void> {
  const { settings, store, links, account, clock, views, commands } = parts;
  const meant = (await rowsMeant(views, 'drDre.queue', rows)).rows;
  const row = meant.find(({ record }) => record?.kind === 'ticket');
  const ticket = row?.record === undefined ? undefined : knownTicket(store, row.record.key);
  if (row === undefined || ticket === undefined) {
    inform(row === undefined ? 'Select a ticket in the Queue view first.' : goneWords);
    return;
  }
  const ticketTexts = await parts.ticketTexts();
  const lints = lintsNow({ settings, store, links, ticketTexts }, ticket, viewpoint(clock));
  const verbs: Readonly<Record<string, TicketVerb>> = ticketVerbs;
  const offered = new Set<string>();
  const fixes = lints.flatMap((lint) => {
    const { sentence, fixes: keys } = lintWords[lint];
    return keys.flatMap((key): readonly (PickEntry & { readonly command: string })[] => {
      const verb = verbs[key];
      if (verb === undefined || !ticketConditions[verb.fits](ticket, account.current?.accountId) || offered.has(key)) {
        return [];
      }
      offered.add(key);
      return [
        { label: `${verb.label} Ticket${verb.labelEnd ?? ''}`, description: sentence, command: `drDre.queue.${key}` },
      ];
    });
  });
  if (fixes.length === 0) {
    inform(`There is nothing to fix in ${ticket.key}.`);
    return;
  }
  const title = `Quick Fix “${shorten(ticketName(ticket), 60)}”`;
  await chooseAndRun(
    () => pickOne(fixes, { title, placeHolder: 'Select what to do', matchOnDescription: true }),
    ({ command }) => commands.run(command, argumentsFor([row])),
  );
}
