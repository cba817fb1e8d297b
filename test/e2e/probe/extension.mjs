// Sits beside Dr. DRE in the same extension host and measures how long its event loop was held up.
// Writes its address into the file that PROBE_FILE names, unless a window before it has.
//   GET /        the longest block since the last GET /, in ms: by the clock, and what the host itself worked in it.
//                On a shared machine the first one is longer, as the host may not get the processor.
//   GET /blocks  the blocks since the last GET /blocks, with who worked in them. Only while PROBE_OWN names the folder
//                whose code counts as our own: a profiler costs a little.
//   GET /heap    what the host holds, in bytes, after the collector ran.

import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { measure } from './measure.mjs';
import { startProfile } from './profile.mjs';

const everyMs = 5;
/** Blocks from here on are kept for GET /blocks. */
const keptMs = 10;
const nothing = { wallMs: 0, busyMs: 0 };

export async function activate(context) {
  const own = process.env.PROBE_OWN;
  const profile = own === undefined ? undefined : await startProfile(own);
  let longest = nothing;
  let kept = [];
  let last = measure();
  let timer;
  const look = () => {
    clearTimeout(timer);
    const now = measure();
    // What is beyond the pause between two looks is a block.
    const wallMs = Math.max(0, now.wallMs - last.wallMs - everyMs);
    const busyMs = Math.min(wallMs, now.busyMs - last.busyMs);
    longest = { wallMs: Math.max(longest.wallMs, wallMs), busyMs: Math.max(longest.busyMs, busyMs) };
    if (profile !== undefined && busyMs >= keptMs) kept.push({ wallMs, busyMs, from: last.micros, to: now.micros });
    last = now;
    timer = setTimeout(look, everyMs);
  };
  look();
  const server = createServer((request, response) => {
    look();
    if (request.url === '/heap') {
      response.end(JSON.stringify(heldBytes()));
      last = measure();
      return;
    }
    if (request.url !== '/blocks') {
      response.end(JSON.stringify(longest));
      longest = nothing;
      return;
    }
    const blocks = kept;
    kept = [];
    void (profile?.explain(blocks) ?? Promise.resolve([])).then((explained) => {
      response.end(JSON.stringify(explained));
      // The work of the probe itself does not count.
      last = measure();
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env.PROBE_FILE;
    if (!existsSync(file)) writeFileSync(file, `http://127.0.0.1:${server.address().port}`);
  });
  context.subscriptions.push({ dispose: () => server.close() }, { dispose: () => clearTimeout(timer) });
}

function heldBytes() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  // What the first run frees may hold more, which the second run frees.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
