/** Now, by the clock and by the processor time of this thread (milliseconds), and by the clock of the profiler. */
export function measure() {
  const { user, system } = process.threadCpuUsage();
  const micros = Number(process.hrtime.bigint() / 1000n);
  return { wallMs: performance.now(), busyMs: (user + system) / 1000, micros };
}
