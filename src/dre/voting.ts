import { acceptedProposers, topicName } from '../domain/proposals/governance.ts';
import type { CommandLine } from '../domain/operations/run.ts';

/** IC OS Version Deployment: what `dre vote` votes on when no topic is named (dre.md 3.1). */
const defaultTopics = ['12'];

/** What a vote will accept, spelled out: proposals of which neurons about which topics, and how often; undefined for other commands. */
export function voteSentence({ args, effect }: Pick<CommandLine, 'args' | 'effect'>): string | undefined {
  if (effect !== 'votes') return undefined;
  const neurons = valuesOf(args, '--accepted-neurons');
  const topics = valuesOf(args, '--accepted-topics');
  const [pause = '60s'] = valuesOf(args, '--sleep-time');
  const about = (topics.length === 0 ? defaultTopics : topics).map((topic) => topicName(Number(topic)));
  const by = neurons.length === 0 ? acceptedProposers.map(String) : neurons;
  const often = pause === '0s' ? 'once' : `every ${pause} until Ctrl+C`;
  return `It accepts proposals about ${about.join(', ')} by the neurons ${by.join(', ')}, and looks for them ${often}.`;
}

/** The values of an option that takes a list with commas, and can be repeated. */
function valuesOf(args: readonly string[], flag: string): readonly string[] {
  const given = args.flatMap((word, index) => {
    if (word === flag) return args[index + 1] ?? [];
    return word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [];
  });
  return given.flatMap((list) => list.split(',')).filter((value) => value !== '');
}
