import * as vscode from 'vscode';
import { samePlainData } from '../../engine/base/samePlainData.ts';

/** Gives a context key its value, for the `when` clauses of menus and of the palette. */
export type SetContextKey<T> = (value: T) => void;

/**
 * What sets a context key: the first time, and when its value changes. The window keeps the values of keys when extensions
 * are restarted in it.
 */
export function contextKey<T>(name: string): SetContextKey<T> {
  let last: { readonly value: T } | undefined;
  return (value) => {
    if (last !== undefined && samePlainData(last.value, value)) return;
    last = { value };
    void vscode.commands.executeCommand('setContext', name, value);
  };
}
