// dre's own rules after parsing (dre.md 1.4). They too end with exit 2.
import { existsSync, statSync } from 'node:fs';
import { UsageError } from './parser.mjs';

const isFile = (path) => existsSync(path) && statSync(path).isFile();

/** Why one rule refuses the command line, or undefined. */
function problemOf(check, parsed) {
  switch (check.kind) {
    case 'atLeastOneOf': {
      // A flag counts when it is set, a value when it is given.
      const given = check.args.some((name) => parsed.has(name));
      const excused = check.unlessWord !== undefined && parsed.words.includes(check.unlessWord);
      return given || excused ? undefined : `one of ${check.args.join(', ')} is needed`;
    }
    case 'requiredIf':
      return parsed.has(check.if) && !check.args.every((name) => parsed.has(name))
        ? `${check.args.join(', ')} is needed together with ${check.if}`
        : undefined;
    case 'requiredUnless':
      return check.unless.some((name) => parsed.has(name)) || check.args.every((name) => parsed.has(name))
        ? undefined
        : `${check.args.join(', ')} is needed`;
    case 'disjoint': {
      const [first, second] = check.args.map((name) => parsed.all(name));
      const both = first.filter((value) => second.includes(value));
      return both.length > 0 ? `${both.join(', ')} cannot be in both ${check.args.join(' and ')}` : undefined;
    }
    case 'forbiddenInPositional': {
      const found = parsed
        .all(check.arg)
        .find((word) => check.tokens.some((token) => word === token || word.startsWith(`${token}=`)));
      return found === undefined ? undefined : `${found} belongs right behind the command's name`;
    }
    case 'forbiddenValue':
      return check.values.includes(parsed.one(check.arg))
        ? `${check.arg} must not be ${check.values.join(' or ')} here`
        : undefined;
    case 'fileExists':
      return parsed.has(check.arg) && !isFile(parsed.one(check.arg))
        ? `${parsed.one(check.arg)} is not a file`
        : undefined;
    default:
      throw new Error(`grammar.json names a check that is not known here: ${check.kind}`);
  }
}

/** Throws a UsageError for the first rule that the command line breaks. */
export function check(parsed) {
  for (const rule of parsed.command.checks ?? []) {
    const problem = problemOf(rule, parsed);
    if (problem !== undefined) throw new UsageError(rule.error, problem, parsed.path);
  }
}
