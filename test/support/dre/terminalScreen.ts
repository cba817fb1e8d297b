/** A piece of what a program writes to a terminal: a sequence for it, a control character or a character. */
const pieces = /\u001b\]633;[^\u0007]*\u0007|\u001b\[(\d*)([A-Za-z])|[^]/gu;

/**
 * The lines that a terminal of this width shows of what a program has written, as xterm and VS Code's terminal show it: a
 * line that is full goes on in the next only with the next character. Knows what the runner and the stand-in `dre` write.
 */
export function terminalLines(written: string, columns: number): readonly string[] {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  const line = (): string[] => (lines[row] ??= []);
  for (const [piece, , act] of written.matchAll(pieces)) {
    if (piece.startsWith('\u001b]')) continue;
    if (act !== undefined) {
      if (act === 'K') line().length = piece === '\u001b[2K' ? 0 : Math.min(line().length, column);
    } else if (piece === '\r') column = 0;
    else if (piece === '\n') {
      row += 1;
      line();
    } else {
      if (column === columns) [row, column] = [row + 1, 0];
      for (let at = line().length; at < column; at++) line()[at] = ' ';
      line()[column] = piece;
      column += 1;
    }
  }
  return lines.map((characters) => characters.join('').trimEnd());
}
