/** The address that opens the form of a dre operation: `vscode://dfinity.dr-dre/operation/<id>`. Nothing runs by it. */
export function operationAddress(id: string): string {
  return `vscode://dfinity.dr-dre/operation/${encodeURIComponent(id)}`;
}

/**
 * Reads the path of such an address, percent-decoded as VS Code passes it; undefined when it is none. Whether there is
 * such an operation is not known.
 */
export function parseOperationAddress(path: string): string | undefined {
  return /^\/operation\/([A-Za-z][A-Za-z0-9 .-]{0,79})$/.exec(path)?.[1];
}
