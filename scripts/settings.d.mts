/** What keeps a fresh VS Code from talking about itself. */
export const quietSettings: Readonly<Record<string, unknown>>;
/** Writes settings where the server and the desktop read them; `machine` are those scoped to the machine. */
export function writeSettings(
  userDataDir: string,
  user: Readonly<Record<string, unknown>>,
  machine: Readonly<Record<string, unknown>>,
): void;
