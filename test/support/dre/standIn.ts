import { fileURLToPath } from 'node:url';
import { type Io, run } from '../../simulator/dre/main.mjs';

/** The stand-in as a program. */
export const standInPath = fileURLToPath(new URL('../../simulator/dre/dre.mjs', import.meta.url));

export interface StandInRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the stand-in in this process. With `typed`, there is a terminal and a person who answers with these texts. */
export async function runStandIn(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  typed?: readonly string[],
): Promise<StandInRun> {
  const answers = [...(typed ?? [])];
  const answer = async (): Promise<string> => {
    const next = answers.shift();
    if (next === undefined) throw new Error('The stand-in asks for more than was typed');
    return next;
  };
  let stdout = '';
  let stderr = '';
  let interrupt = (): void => undefined;
  const io: Io = {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    isTerminal: typed !== undefined,
    colours: false,
    key: answer,
    line: answer,
    onInterrupt: (act) => void (interrupt = act),
    // The first pause is where the person presses Ctrl-C.
    sleep: async (_seconds, interrupted) => {
      interrupt();
      return !interrupted.aborted;
    },
  };
  const code = await run(words, { DRE_SIM_NOW: '1787752211000', ...env }, io);
  return { code, stdout, stderr };
}
