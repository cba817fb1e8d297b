import * as vscode from 'vscode';
import { harmless } from '../domain/base/harmless.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { Lifetime } from '../engine/base/lifetime.ts';

/** A program for a terminal of its own: no shell in between, the arguments arrive byte for byte. */
export interface TerminalProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment: VS Code adds nothing to it, neither from settings nor for other extensions. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

/** The events of a terminal's program. */
export interface TerminalEvents {
  /**
   * What the terminal shows between the marks of a command (shell integration), in pieces and with escape sequences. The
   * first piece may be empty: it shows that reading has begun.
   */
  output(text: string): void;
  /** `output` was called for all that it shows between the marks. */
  outputEnded(): void;
  /** The terminal is gone: its program ended and a person pressed a key, or a person closed it. Fires once. */
  closed(): void;
}

/** A terminal that is open. */
export interface OpenTerminal {
  show(): void;
  /** Gives it another name as soon as it is the active one: VS Code renames no other. */
  rename(name: string): void;
}

/** Terminals whose process is the program itself. They stay over a reload of the window. */
export interface Terminals extends Disposable {
  /** Opens a terminal and runs the program in it. */
  run(program: TerminalProgram, events: TerminalEvents): OpenTerminal;
  /** The terminal of this window whose process has this id, if there is one; `closed` is called when it is gone. */
  find(processId: number, closed: () => void): Promise<OpenTerminal | undefined>;
}

/** The integrated terminal. */
export function vscodeTerminals(icon: string): Terminals {
  const events = new Map<vscode.Terminal, Partial<TerminalEvents>>();
  const names = new Map<vscode.Terminal, string>();
  const renameActive = (): void => {
    const active = vscode.window.activeTerminal;
    const name = active === undefined ? undefined : names.get(active);
    if (active === undefined || name === undefined) return;
    names.delete(active);
    void vscode.commands.executeCommand('workbench.action.terminal.renameWithArg', { name });
  };
  const open = (terminal: vscode.Terminal): OpenTerminal => ({
    show: () => terminal.show(),
    rename(name) {
      names.set(terminal, harmless(name));
      renameActive();
    },
  });
  const lifetime = new Lifetime();
  // Subscribed before any terminal starts: a very short program could end before.
  lifetime.own(
    vscode.window.onDidCloseTerminal((terminal) => {
      const found = events.get(terminal);
      events.delete(terminal);
      names.delete(terminal);
      found?.closed?.();
    }),
  );
  lifetime.own(
    vscode.window.onDidStartTerminalShellExecution(async ({ terminal, execution }) => {
      const found = events.get(terminal);
      if (found?.output === undefined) return;
      found.output('');
      for await (const text of execution.read()) found.output(text);
      found.outputEnded?.();
    }),
  );
  lifetime.own(vscode.window.onDidChangeActiveTerminal(renameActive));
  return {
    run(program, own) {
      const options: vscode.TerminalOptions = {
        name: harmless(program.name),
        shellPath: program.program,
        shellArgs: [...program.args],
        env: { ...program.env },
        strictEnv: true,
        iconPath: new vscode.ThemeIcon(icon),
      };
      if (program.cwd !== undefined) options.cwd = program.cwd;
      const terminal = vscode.window.createTerminal(options);
      events.set(terminal, own);
      terminal.show();
      return open(terminal);
    },
    async find(processId, closed) {
      for (const terminal of vscode.window.terminals) {
        if ((await terminal.processId) !== processId) continue;
        if (!events.has(terminal)) events.set(terminal, { closed });
        return open(terminal);
      }
      return undefined;
    },
    dispose() {
      lifetime.dispose();
      events.clear();
      names.clear();
    },
  };
}
