import { setTimeout } from 'node:timers/promises';
import type { JiraFixture } from '../sources/atlassianFixture.ts';
import { TicketDesk } from './ticketDesk.ts';
import type { VerbDesk } from './verbDesk.ts';
import { beAgreeable, beGone } from './verbMatrix.ts';

/**
 * Calls a command whose requests go to the simulator, and lets the time of the desk pass until it has ended. No time passes
 * while a request has no answer yet: the machine may be slow.
 */
export async function performOverWire(
  desk: Pick<VerbDesk<{ readonly id: string }>, 'begin' | 'clock'>,
  fixture: Pick<JiraFixture, 'answered'>,
  ...[id, at]: Parameters<VerbDesk<{ readonly id: string }>['begin']>
): Promise<void> {
  const running = desk.begin(id, at).then(() => 'over');
  const turn = (): Promise<string> => setTimeout(2, 'runs');
  while ((await Promise.race([running, turn()])) === 'runs') {
    await fixture.answered();
    await desk.clock.advance(100);
  }
}

/** For the tests of a `describe`: opens a desk whose requests go to the simulator, and a person who agrees to all. */
export function useWireDesk(
  fixture: Pick<JiraFixture, 'simulator'>,
): (...parts: ConstructorParameters<typeof TicketDesk>) => TicketDesk {
  let desk: TicketDesk | undefined;
  beforeEach(() => {
    fixture.simulator.switch('atlassian', 'searchLagMs', 0);
    beAgreeable();
  });
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });
  return (...parts) => (desk = new TicketDesk(...parts));
}
