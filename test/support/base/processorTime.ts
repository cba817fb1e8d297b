import assert from 'node:assert/strict';

/** What a piece of work takes of the processor, in milliseconds, whatever else the machine does. */
export function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Asserts that a work on a text takes a time in proportion to its length: for a text four times as long, quadratic time
 * would be 16 times as long. The first time that a function runs it is compiled, so that the least of three counts.
 */
export function assertLinear(work: (text: string) => unknown, piece: string, length: number): void {
  const least = (reach: number): number => {
    const text = piece.repeat(Math.ceil(reach / piece.length));
    return Math.min(...[0, 1, 2].map(() => processorTime(() => work(text))));
  };
  const [few, many] = [least(length), least(length * 4)];
  assert.ok(many < few * 10 + 20, `${piece}: ${few} ms, then ${many} ms`);
}
