/** What a new ticket begins with. */
export interface TicketTemplate {
  /** Letters and digits. */
  readonly id: string;
  readonly name: string;
  /** The text in which a person writes: its first line is the summary. */
  readonly text: string;
  readonly labels: readonly string[];
}

/** A template as a setting has it. */
export interface OwnTemplate {
  readonly name: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly labels: readonly string[];
}

const sections = '## Requirements\n\n\n\n## Expected outcome\n\n';

function request(id: string, name: string, summary: string): TicketTemplate {
  return { id, name, text: `# Proposal: ${summary}\n\n${sections}`, labels: ['proposal'] };
}

function weekly(id: string, name: string, summary: string): TicketTemplate {
  return { id, name, text: `# Weekly: ${summary}\n\n${sections}`, labels: ['weekly'] };
}

/** The kinds of tickets that the queue's guidelines have: requested proposals and the weekly ones. */
const builtIn: readonly TicketTemplate[] = [
  request('onboardDataCenter', 'Onboard Data Center', 'onboard data center '),
  request('offboardDataCenter', 'Offboard Data Center', 'offboard data center '),
  request('onboardNodeProvider', 'Onboard Node Provider', 'onboard node provider '),
  request('offboardNodeProvider', 'Offboard Node Provider', 'offboard node provider '),
  request('firewallRules', 'Firewall Rules', 'change firewall rules for '),
  request('nodeRewards', 'Node Rewards Adjustment', 'adjust node rewards of '),
  request('otherProposal', 'Another Proposal', ''),
  weekly('deadNodes', 'Weekly: Dead Nodes', 'replace dead nodes'),
  weekly('topology', 'Weekly: Topology', 'improve the topology'),
  weekly('rewards', 'Weekly: Rewards', 'adjust node rewards'),
  { id: 'empty', name: 'Another Ticket', text: '# \n\n', labels: [] },
];

/** All templates: those of the setting come first. */
export function ticketTemplates(own: readonly OwnTemplate[]): readonly TicketTemplate[] {
  const added = own.map(({ name, summary, description, labels }, index): TicketTemplate => ({
    id: `own${index + 1}${name.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 40)}`,
    name,
    text: `# ${summary}\n\n${description}\n`,
    labels,
  }));
  return [...added, ...builtIn];
}
