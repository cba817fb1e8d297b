/** Cursor and colour sequences (`dre vote` writes them to standard output as well, dre.md 2.4), and marks of terminals. */
const escapeSequence = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** A text without them. */
export const plainText = (text: string): string => text.replaceAll(escapeSequence, '');
