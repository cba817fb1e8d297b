import type { CommandLine } from './commandLine.ts';

/** Words that a shell reads as its own when they stand first. */
const reserved = /^(case|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/;

/** One word as a POSIX shell reads it back, byte for byte. A word cannot hold NUL. */
export function quote(word: string): string {
  // A leading `=` stays quoted for zsh.
  return /^[A-Za-z0-9_%+:,./@-][A-Za-z0-9_%+=:,./@-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function quoteProgram(program: string): string {
  // `A=b` in the first place would be an assignment.
  return program.includes('=') || reserved.test(program) ? `'${program.replaceAll("'", `'\\''`)}'` : quote(program);
}

/**
 * The exact command as one line: pasted into a POSIX shell it does the same. For people to read and copy; we ourselves
 * never give it to a shell.
 */
export function showCommandLine({ program, args }: Pick<CommandLine, 'program' | 'args'>): string {
  return [quoteProgram(program), ...args.map(quote)].join(' ');
}
