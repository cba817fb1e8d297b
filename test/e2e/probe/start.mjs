// Node runs this in the extension host before everything else (`--import`): it profiles the start.
// Writes its address into the file that PROBE_FILE names, and answers
//   GET /  what the code in the folder PROBE_OWN worked up to the first rows, in ms of the processor, with its functions.
//          Once.

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { measure } from './measure.mjs';
import { startProfile } from './profile.mjs';

const everyMs = 5;
/** A start is short, and the median of several is taken: fewer samples disturb it less. */
const sampleMicros = 1_000;

if (process.argv.includes('--type=extensionHost')) await profileStart(process.env.PROBE_OWN, process.env.PROBE_FILE);

async function profileStart(own, file) {
  const profile = await startProfile(own, sampleMicros);
  // What the host worked between two turns of the timer: the profiler alone counts by the clock.
  const turns = [];
  let last = measure();
  const timer = setInterval(() => {
    const now = measure();
    turns.push({ last, now });
    last = now;
  }, everyMs);
  const server = createServer((request, response) => {
    clearInterval(timer);
    const [firstRows] = performance.getEntriesByName('drDre/firstRows');
    const until = firstRows?.startTime ?? Infinity;
    const blocks = turns.filter(({ last }) => last.wallMs < until).map((turn) => blockOf(turn, until));
    void profile
      .explain(blocks.filter(({ busyMs }) => busyMs > 0))
      .then((explained) => response.end(JSON.stringify(together(explained))));
  });
  server.listen(0, '127.0.0.1', () => writeFileSync(file, `http://127.0.0.1:${server.address().port}`));
}

/** The part of a turn that was before `until`. */
function blockOf({ last, now }, until) {
  const wallMs = now.wallMs - last.wallMs;
  const part = Math.min(1, (until - last.wallMs) / wallMs);
  return {
    wallMs: wallMs * part,
    busyMs: (now.busyMs - last.busyMs) * part,
    from: last.micros,
    to: last.micros + (now.micros - last.micros) * part,
  };
}

function together(explained) {
  const byName = new Map();
  for (const { name, ms } of explained.flatMap(({ work }) => work)) byName.set(name, (byName.get(name) ?? 0) + ms);
  const work = [...byName].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
  return { ownMs: explained.reduce((all, { ownMs }) => all + ownMs, 0), work: work.slice(0, 25) };
}
