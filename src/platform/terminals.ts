import * as vscode from 'vscode';
import { harmless } from '../domain/base/harmless.ts';
import type { Disposable } from '../engine/base/clock.ts';

/** A program for a terminal of its own: no shell in between, the arguments arrive byte for byte. */
export interface TerminalProgram {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment: VS Code adds nothing to it, neither from settings nor for other extensions. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

/** How a terminal's process ended; `code` is undefined when VS Code does not know it. */
export interface TerminalEnd {
  readonly code: number | undefined;
}

/** Terminals whose process is the program itself. */
export interface Terminals extends Disposable {
  /** Opens a terminal and runs the program in it. `ended` is told once, also when a person closes the terminal. */
  run(program: TerminalProgram, ended: (end: TerminalEnd) => void): { show(): void };
}

/** The integrated terminal. */
export function vscodeTerminals(icon: string): Terminals {
  const running = new Map<vscode.Terminal, (end: TerminalEnd) => void>();
  // Subscribed before any terminal starts: a very short program could end before.
  const closing = vscode.window.onDidCloseTerminal((terminal) => {
    const ended = running.get(terminal);
    running.delete(terminal);
    ended?.({ code: terminal.exitStatus?.code });
  });
  return {
    run(program, ended) {
      const terminal = vscode.window.createTerminal({
        name: harmless(program.name),
        shellPath: program.program,
        shellArgs: [...program.args],
        env: { ...program.env },
        strictEnv: true,
        ...(program.cwd === undefined ? {} : { cwd: program.cwd }),
        iconPath: new vscode.ThemeIcon(icon),
        isTransient: true,
      });
      running.set(terminal, ended);
      terminal.show();
      return { show: () => terminal.show() };
    },
    dispose() {
      closing.dispose();
      running.clear();
    },
  };
}
