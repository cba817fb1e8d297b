import type { CommandLine } from '../domain/operations/run.ts';

/** Words that a shell reads as its own when they stand first. */
const reserved = /^(case|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/;

/** One word as sh, bash, zsh and fish read it back, byte for byte. A word cannot hold NUL. */
export function quote(word: string): string {
  // A leading `=` stays quoted for zsh, a leading `%` for fish.
  return /^[A-Za-z0-9_+:,./@-][A-Za-z0-9_%+=:,./@-]*$/.test(word) ? word : quoted(word);
}

/** Between single quotes sh takes a backslash as it is, and fish may not: it stands outside of them. */
function quoted(word: string): string {
  return `'${word.replaceAll(/['\\]/g, (character) => `'\\${character}'`)}'`;
}

function quoteProgram(program: string): string {
  // `A=b` in the first place would be an assignment.
  return program.includes('=') || reserved.test(program) ? quoted(program) : quote(program);
}

/**
 * The exact command as one line: pasted into sh, bash, zsh or fish it does the same. For people to read and copy; we ourselves
 * never give it to a shell.
 */
export function showCommandLine({ program, args }: Pick<CommandLine, 'program' | 'args'>): string {
  return [quoteProgram(program), ...args.map(quote)].join(' ');
}
