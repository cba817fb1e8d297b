// Sits beside Dr. DRE in the same extension host and measures how long its event loop was held up.
// Writes its address into the file that PROBE_FILE names, unless a window before it has. GET / answers the longest block
// since the last GET, in ms: by the clock, and what the host itself worked in it. A machine that is shared makes the
// first one long by giving the host no turn.

import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const everyMs = 5;
const nothing = { wallMs: 0, busyMs: 0 };

export function activate(context) {
  let longest = nothing;
  let last = measure();
  let timer;
  const look = () => {
    const now = measure();
    // What is beyond the pause between two looks is a block.
    const wallMs = Math.max(0, now.wallMs - last.wallMs - everyMs);
    const busyMs = Math.min(wallMs, now.busyMs - last.busyMs);
    longest = { wallMs: Math.max(longest.wallMs, wallMs), busyMs: Math.max(longest.busyMs, busyMs) };
    last = now;
    timer = setTimeout(look, everyMs);
  };
  look();
  const server = createServer((_request, response) => {
    clearTimeout(timer);
    look();
    response.end(JSON.stringify(longest));
    longest = nothing;
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env.PROBE_FILE;
    if (!existsSync(file)) writeFileSync(file, `http://127.0.0.1:${server.address().port}`);
  });
  context.subscriptions.push({ dispose: () => server.close() }, { dispose: () => clearTimeout(timer) });
}

function measure() {
  const { user, system } = process.threadCpuUsage();
  return { wallMs: performance.now(), busyMs: (user + system) / 1000 };
}
