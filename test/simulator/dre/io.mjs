// The terminal side of the stand-in: log lines and prompts on standard error, results on standard output (dre.md 2.4).

const levels = ['off', 'error', 'warn', 'info', 'debug', 'trace'];

/** The streams of a process as the stand-in uses them. Tests bring their own. */
export function processIo(process) {
  const { stdin, stdout, stderr } = process;
  let typed = '';
  /** Waits until `enough` finds something in what was typed; the rest stays for the next question. */
  const read = async (raw, enough) => {
    for (;;) {
      const length = enough(typed);
      if (length > 0) {
        const taken = typed.slice(0, length);
        typed = typed.slice(length);
        return taken;
      }
      typed += await new Promise((resolve, reject) => {
        const settle = (act, value) => {
          stdin.off('data', data).off('end', end);
          stdin.setRawMode?.(false);
          stdin.pause();
          act(value);
        };
        const data = (chunk) => settle(resolve, chunk.toString());
        const end = () => settle(reject, new RunError('IO error: end of input'));
        stdin.setRawMode?.(raw);
        stdin.on('data', data).on('end', end);
        stdin.resume();
      });
    }
  };
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    isTerminal: stdin.isTTY === true && stderr.isTTY === true,
    colours: stderr.isTTY === true && process.env.NO_COLOR === undefined,
    line: () => read(false, (text) => text.search(/[\r\n]/) + 1),
    async key() {
      const key = await read(true, (text) => Math.min(1, text.length));
      // Raw mode takes the terminal's own handling of Ctrl-C away.
      if (key === '\u0003') process.kill(process.pid, 'SIGINT');
      return key;
    },
    onInterrupt: (act) => process.once('SIGINT', act),
    /** Waits; ends early with false when interrupted. */
    sleep: (seconds, interrupted) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(true), seconds * 1000);
        interrupted.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve(false);
        });
      }),
  };
}

/** A logger that writes lines like ` 2024-12-27T17:33:31.470Z INFO  dre > text`. */
export function logger(io, env, now) {
  const wanted = (env.RUST_LOG ?? env.LOG_LEVEL ?? 'info').split(',')[0].toLowerCase();
  const most = levels.includes(wanted) ? levels.indexOf(wanted) : levels.indexOf('info');
  const colours = { error: 31, warn: 33, info: 32, debug: 34, trace: 35 };
  return (level, text, module = 'dre') => {
    if (levels.indexOf(level) > most) return;
    const padded = level.toUpperCase().padEnd(5);
    const shown = io.colours
      ? `\u001b[${colours[level]}m${padded}\u001b[0m \u001b[1m${module}\u001b[0m`
      : `${padded} ${module}`;
    io.err(` ${new Date(now()).toISOString()} ${shown} > ${text}\n`);
  };
}

/** A run-time error: exit 1, with the causes listed. */
export class RunError extends Error {
  constructor(message, causes = []) {
    super(message);
    this.causes = causes;
  }
}

function needTerminal(io) {
  // The exact words of the real prompt library are not known (dre.md 9).
  if (!io.isTerminal) throw new RunError('IO error: not a terminal');
}

/** Asks yes or no; no is the default. */
export async function confirm(io, question) {
  needTerminal(io);
  io.err(`${question} [y/N] `);
  for (;;) {
    const key = (await io.key()).toLowerCase();
    const answer = key === 'y' ? true : ['n', '\r', '\n', '\u001b'].includes(key) ? false : undefined;
    if (answer === undefined) continue;
    io.err(`\r\u001b[2K${question} ${answer ? 'yes' : 'no'}\n`);
    return answer;
  }
}

/** Asks for a link until it gets one. */
export async function askLink(io, question) {
  needTerminal(io);
  for (;;) {
    io.err(`${question}: `);
    const text = (await io.line()).trim();
    if (URL.canParse(text)) return text;
    io.err('error: relative URL without a base\n');
  }
}
