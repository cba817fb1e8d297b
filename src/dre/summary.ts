import { counted } from '../domain/base/counted.ts';
import { firstGroup } from '../domain/base/ids.ts';
import { isCheckedPrincipal } from '../domain/base/principal.ts';
import { plainText } from './plainText.ts';

/** What a dry run says that the real run would do, as far as its output is understood. */
export interface DryRunSummary {
  /** The titles of the proposals that it would make, in their order. Text from outside. */
  readonly titles: readonly string[];
  /** Full ids of the subnets whose nodes change. */
  readonly subnets: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Sentences of dre about decentralization and health, as they are. Text from outside. */
  readonly effects: readonly string[];
}

const subnetLine = /^Decentralization Nakamoto coefficient changes for subnet `([a-z0-9-]+)`:/;
const nodeLine = /^\s*- `([a-z0-9-]+)`/;
const effectLine =
  /^(?:\*\*Mean Nakamoto comparison:\*\*|Overall replacement impact:|Impact on business rules penalties:)/;

/** Reads the output of a dry run (dre.md 2.2, 3.3). What is not understood is left out. */
export function summarize(output: string): DryRunSummary {
  const titles: string[] = [];
  const effects: string[] = [];
  const [subnets, added, removed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  /** The list that is being read. */
  let list: Set<string> | undefined;
  for (const line of plainText(output).split(/\r?\n/)) {
    const node = nodeLine.exec(line)?.[1];
    if (node !== undefined && list !== undefined) {
      if (isCheckedPrincipal(node)) list.add(node);
      continue;
    }
    if (/^\s*Nodes removed:/.test(line)) list = removed;
    else if (/^\s*Nodes added:/.test(line)) list = added;
    else if (line.trim() !== '') list = undefined;
    const subnet = subnetLine.exec(line)?.[1];
    if (subnet !== undefined && isCheckedPrincipal(subnet)) subnets.add(subnet);
    const title = /^Title: (.+)$/.exec(line)?.[1];
    if (title !== undefined) titles.push(title);
    if (effectLine.test(line)) effects.push(line.replaceAll('**', ''));
  }
  return { titles, subnets: [...subnets], added: [...added], removed: [...removed], effects };
}

/** The summary in one line, for a message: how many proposals, nodes and subnets. */
export function summaryLine({ titles, subnets, added, removed }: DryRunSummary): string {
  const parts = [
    titles.length === 0
      ? 'It shows no proposal that it would make'
      : `Would make ${counted(titles.length, 'proposal')}`,
    ...(removed.length + added.length === 0
      ? []
      : [`${counted(removed.length, 'node')} out, ${counted(added.length, 'node')} in`]),
    ...(subnets.length === 0 ? [] : [subnets.map(firstGroup).join(', ')]),
  ];
  return `${parts.join(' · ')}.`;
}
