/** What the simulator says when it is up. */
export interface SimulatorReady {
  /** The control address, for tests. */
  readonly control: string;
  /** The services' addresses by name. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Path of the stand-in `dre`. */
  readonly dre: string;
  /** Credentials for the extension host. */
  readonly env: Readonly<Record<string, string>>;
  /** How far the world's clock is ahead of this machine's, milliseconds. */
  readonly aheadMs: number;
}
/** The settings that point the extension at a simulator. */
export function simulatorSettings(
  simulator: Pick<SimulatorReady, 'addresses' | 'dre'>,
): Record<string, string | undefined>;
/** Starts the simulator as a process of its own. Resolves when it is ready. */
export function startSimulator(args?: readonly string[]): Promise<
  SimulatorReady & {
    readonly pid: number;
    readonly exited: Promise<number>;
    readonly stop: () => Promise<void>;
  }
>;
