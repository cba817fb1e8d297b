import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';

// The simulator as a program: `node --import tsx test/simulator/main.ts [--seed N] [--size N] [--speed N] [--start-at ISO]`.
// Prints one line of JSON when everything listens; ends on SIGINT, SIGTERM, or when its standard input ends.

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    size: { type: 'string' },
    speed: { type: 'string' },
    'start-at': { type: 'string' },
  },
});

function number(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`--${name} is not a number: ${text}`);
  return value;
}

const startAt = values['start-at'] === undefined ? undefined : Date.parse(values['start-at']);
if (Number.isNaN(startAt)) throw new Error(`--start-at is not a date: ${values['start-at']}`);
const simulator = await startSimulator({
  seed: values.seed === undefined ? undefined : number('seed', values.seed),
  size: values.size === undefined ? undefined : number('size', values.size),
  speed: values.speed === undefined ? undefined : number('speed', values.speed),
  startAt,
});

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  void simulator.stop().finally(() => process.exit());
}
process.once('SIGINT', end);
process.once('SIGTERM', end);
process.stdin.once('end', end).once('close', end).resume();

console.log(
  JSON.stringify({
    ready: true,
    control: simulator.control,
    addresses: simulator.addresses,
    dre: fileURLToPath(new URL('dre/dre.mjs', import.meta.url)),
    env: simulator.env,
    aheadMs: Math.round(simulator.world().now() - Date.now()),
  }),
);
