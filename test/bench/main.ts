import { cpus, loadavg } from 'node:os';
import { printFigures, type BenchOptions, type Figure } from './figures.ts';
import { blocks } from './blocks.ts';
import { host } from './host.ts';
import { requests } from './requests.ts';
import { scale } from './scale.ts';
import { sizes } from './sizes.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { timeline } from './timeline.ts';

// `npm run bench [-- part...]`: prints figures, each next to its limit if it has one. Times depend on the machine: compare within a run.
// `--trial`: with so little that its numbers mean nothing, where a part can be run so: a test runs `scale` in this way.

const parts: Readonly<
  Record<string, { title: string; measure: (options: BenchOptions) => Promise<readonly Figure[]> | readonly Figure[] }>
> = {
  sizes: { title: 'Sizes', measure: sizes },
  scale: { title: 'Many records, in Node', measure: scale },
  requests: { title: 'Requests', measure: requests },
  timeline: { title: 'The release timeline, in a headless browser', measure: timeline },
  start: { title: 'A start in a real VS Code', measure: start },
  blocks: { title: 'What holds up the extension host, step by step', measure: blocks },
  host: { title: 'Many records in a real VS Code', measure: host },
  storm: { title: 'A storm of alerts in a real VS Code', measure: storm },
};

const words = process.argv.slice(2);
const options = { isTrial: words.includes('--trial') };
const asked = words.filter((word) => word !== '--trial');
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
const [load = 0] = loadavg();
if (load > cpus().length / 2) {
  console.log(`The machine is busy (load ${load.toFixed(1)} on ${cpus().length} processors): times are too long.`);
}
let kept = true;
for (const [name, { title, measure }] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  kept = printFigures(title, await measure(options)) && kept;
}
process.exitCode = kept ? 0 : 1;
console.log(kept ? '\nAll limits are kept.' : '\nNot all limits are kept.');
