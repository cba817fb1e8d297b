// Sits beside Dr. DRE in the same extension host and measures how long its event loop was held up.
// Writes its address into the file that PROBE_FILE names, unless a window before it has. GET / answers the longest block since the last GET, in ms.

import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolution = 5;

export function activate(context) {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const server = createServer((_request, response) => {
    // What it measures is the time between two of its timers.
    response.end(JSON.stringify({ longestMs: Math.max(0, delay.max / 1e6 - resolution) }));
    delay.reset();
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env.PROBE_FILE;
    if (!existsSync(file)) writeFileSync(file, `http://127.0.0.1:${server.address().port}`);
  });
  context.subscriptions.push({ dispose: () => server.close() }, { dispose: () => delay.disable() });
}
