import * as vscode from 'vscode';
import { samePlainData } from '../../engine/base/samePlainData.ts';

/** Gives a context key its value, for the `when` clauses of menus and of the palette. */
export type SetContextKey<T> = (value: T) => void;

/** What sets a context key, and only when its value changes. `unset`: the value that it counts as until it is set. */
export function contextKey<T>(name: string, unset: T): SetContextKey<T> {
  let last = unset;
  return (value) => {
    if (samePlainData(last, value)) return;
    last = value;
    void vscode.commands.executeCommand('setContext', name, value);
  };
}
