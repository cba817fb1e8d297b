export interface ServerOptions {
  readonly userDataDir: string;
  /** Belongs to the server: what is in it goes. */
  readonly extensionsDir: string;
  /** Folders of extensions to install, as links. */
  readonly extensions?: readonly string[];
  /** Any free one when absent. */
  readonly port?: number | undefined;
  /** For the extension host, besides this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** A module that Node runs first, in the server and in its extension hosts. */
  readonly preload?: string | undefined;
  /** Takes extensions under development and tests from the page's address; no notifications are shown then. */
  readonly automation?: boolean;
  /** Whether folders have to be trusted; not asked when absent. */
  readonly workspaceTrust?: boolean;
  /** Gets what the server prints. */
  readonly log?: (text: string) => void;
}

export interface RunningServer {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<number>;
  /** Ends it with everything that it started. */
  stop(): Promise<void>;
}

/** This process's environment without what an editor or npm sets for its own children, and with `more`. */
export function cleanEnvironment(more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
/** Starts the VS Code server, installing it first if need be. Resolves when it answers. */
export function startServer(options: ServerOptions): Promise<RunningServer>;
/** The address of a window; all paths are absolute. */
export function workbenchUrl(
  origin: string,
  folder: string | undefined,
  automation?: { readonly development: readonly string[]; readonly tests: string },
): string;
