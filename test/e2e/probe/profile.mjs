// Who worked in a block: the sampling profiler of the extension host's main thread.

import { Session } from 'node:inspector/promises';

/**
 * Starts the profiler. A function counts as our own when its file is below `own`, or when it loads one of those. Each
 * sample costs the thread a little time too, which counts for whom it interrupts.
 */
export async function startProfile(own, everyMicros = 250) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: everyMicros });
  await session.post('Profiler.start');
  return {
    /** Each block with what our own code worked in it, by function, most first. Starts the profile anew. */
    async explain(blocks) {
      const { profile } = await session.post('Profiler.stop');
      await session.post('Profiler.start');
      const samples = samplesOf(profile, own);
      return blocks.map(({ wallMs, busyMs, from, to }) => {
        const within = samples.filter(({ at }) => at >= from && at <= to);
        const total = sum(within);
        const share = total === 0 ? 0 : busyMs / total;
        const named = Object.entries(Object.groupBy(within, ({ name }) => name ?? ''))
          .filter(([name]) => name !== '')
          .map(([name, of]) => ({ name, ms: sum(of) * share }));
        const ownMs = named.reduce((all, { ms }) => all + ms, 0);
        return { wallMs, busyMs, ownMs, work: named.sort((a, b) => b.ms - a.ms).slice(0, 12) };
      });
    },
  };
}

/** The samples with their time and the name of our own work, if it was that. */
function samplesOf({ nodes, samples, timeDeltas, startTime }, own) {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stackOf = (id) => {
    const stack = [];
    for (let at = id; at !== undefined; at = parents.get(at)) stack.push(byId.get(at).callFrame);
    return stack;
  };
  const names = new Map(nodes.map(({ id }) => [id, ownName(stackOf(id), own)]));
  const loaders = new Set(nodes.filter(({ id }) => isLoader(stackOf(id))).map(({ id }) => id));
  let at = startTime;
  let last;
  const found = samples.map((id, index) => {
    at += timeDeltas[index];
    const { functionName } = byId.get(id).callFrame;
    // The garbage collector is counted for the function that ran before it.
    const name = functionName === '(garbage collector)' ? last : names.get(id);
    last = name;
    return { at, name, isLoader: loaders.has(id), idle: functionName === '(idle)', ms: timeDeltas[index] / 1000 };
  });
  let next;
  for (const sample of found.reverse()) {
    if (sample.isLoader && next !== undefined) sample.name = 'loading the extension';
    next = sample.name;
  }
  return found.reverse();
}

/** VS Code itself loads the first module of an extension: the samples of that come right before those of the module. */
function isLoader(stack) {
  return (
    stack.some(({ url }) => url.startsWith('node:internal/modules/cjs')) &&
    stack.every(({ url }) => url === '' || url.startsWith('node:') || url.endsWith('/extensionHostProcess.js'))
  );
}

/** What is written of a stack: our outermost and our innermost function, and what that called. */
function ownName(stack, own) {
  const ours = stack.filter(({ url }) => url.includes(own));
  if (ours.length === 0) return undefined;
  const word = ({ functionName, url, lineNumber }) =>
    `${functionName || '(anonymous)'} ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}`;
  const [leaf, inner, outer] = [stack[0], ours[0], ours.at(-1)];
  const called = leaf === inner ? '' : ` > ${leaf.functionName}`;
  return `${outer === inner ? '' : `${word(outer)} > … > `}${word(inner)}${called}`;
}

function sum(samples) {
  return samples.reduce((all, { idle, ms }) => all + (idle ? 0 : ms), 0);
}
