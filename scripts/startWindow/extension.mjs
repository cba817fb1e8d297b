// An extension that `npm start` loads beside Dr. DRE. It is activated before all others, lets the clock of the extension
// host go with that of the simulated world, and shows Dr. DRE's views.

import { commands } from 'vscode';

/** How far the world is ahead of this machine, milliseconds; negative when it is behind. */
const aheadMs = Number(process.env['DR_DRE_WORLD_AHEAD_MS'] ?? 0);
if (Number.isFinite(aheadMs)) setClockAhead(aheadMs);

/** @param {import('vscode').ExtensionContext} context */
export async function activate({ globalState }) {
  // Once: after a reload the window shows what it showed before.
  if (globalState.get('shown') === true) return;
  await commands.executeCommand('workbench.view.extension.drDre');
  await globalState.update('shown', true);
}

/** Replaces `Date`, so that what asks for the present time gets the world's. @param {number} ms */
function setClockAhead(ms) {
  const RealDate = Date;
  const now = () => RealDate.now() + ms;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
