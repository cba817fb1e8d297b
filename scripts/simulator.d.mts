/** The settings that point the extension at a simulator. */
export function simulatorSettings(simulator: {
  readonly addresses: Readonly<Record<string, string>>;
  readonly dre: string;
}): Record<string, string | undefined>;
