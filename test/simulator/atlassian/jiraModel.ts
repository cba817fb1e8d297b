import type { AdfNode } from './adf.ts';

// The state behind the issues, and the configuration of the project. Instants are epoch milliseconds of world time.

export interface SimStatus {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

export const categories = {
  undefined: { id: 1, key: 'undefined', colorName: 'medium-gray', name: 'No Category' },
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;

export const toDo: SimStatus = { id: '10001', name: 'To Do', category: 'new' };
export const inProgress: SimStatus = { id: '10002', name: 'In Progress', category: 'indeterminate' };
export const waiting: SimStatus = { id: '10004', name: 'Waiting', category: 'indeterminate' };
export const doneStatus: SimStatus = { id: '10003', name: 'Done', category: 'done' };
export const statuses: readonly SimStatus[] = [toDo, inProgress, waiting, doneStatus];

export interface SimTransition {
  readonly id: string;
  readonly name: string;
  readonly to: SimStatus;
  /** The statuses it leads from; all others when absent. */
  readonly from?: readonly SimStatus[];
  /** Fields that must be filled in. */
  readonly requires: readonly ('resolution' | 'comment')[];
}

export const transitions: readonly SimTransition[] = [
  { id: '11', name: 'Back to queue', to: toDo, requires: [] },
  { id: '21', name: 'Start progress', to: inProgress, requires: [] },
  { id: '41', name: 'Wait', to: waiting, from: [inProgress], requires: ['comment'] },
  { id: '31', name: 'Done', to: doneStatus, requires: ['resolution'] },
];

export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly subtask: boolean;
  readonly hierarchyLevel: number;
}

export const epicType: IssueType = { id: '10000', name: 'Epic', subtask: false, hierarchyLevel: 1 };
export const taskType: IssueType = { id: '10001', name: 'Task', subtask: false, hierarchyLevel: 0 };
export const bugType: IssueType = { id: '10005', name: 'Bug', subtask: false, hierarchyLevel: 0 };
export const issueTypes: readonly IssueType[] = [epicType, taskType, bugType];

export const issuePriorities = ['Highest', 'High', 'Medium', 'Low', 'Lowest'].map((name, index) => ({
  id: `${index + 1}`,
  name,
}));
export const resolutions = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
  { id: '10002', name: 'Duplicate' },
];
export const linkTypes = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
];
export const project = { id: '10010', key: 'DRE', name: 'Decentralized Reliability Engineering' };
export const flagField = 'customfield_10021';
export const rankField = 'customfield_10019';
/** Holds the epic in company-managed projects of before `parent`. */
export const epicLinkField = 'customfield_10014';
/** A field of the site that a project may want of each new issue. */
export const teamField = 'customfield_10050';
export const teams = [
  { id: '10101', value: 'Platform' },
  { id: '10102', value: 'Networking' },
];

export interface SimComment {
  readonly id: string;
  readonly author: string;
  updateAuthor: string;
  body: AdfNode;
  readonly created: number;
  updated: number;
}

export interface SimAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

export interface SimChange {
  readonly id: string;
  readonly author: string;
  readonly created: number;
  readonly items: readonly {
    readonly field: string;
    readonly fieldId: string;
    readonly from: string | null;
    readonly fromString: string | null;
    readonly to: string | null;
    readonly toString: string | null;
  }[];
}

export interface SimIssue {
  readonly id: string;
  readonly key: string;
  summary: string;
  description: AdfNode | null;
  readonly type: IssueType;
  status: SimStatus;
  /** Account id. */
  assignee: string | undefined;
  readonly reporter: string;
  /** Id. */
  priority: string;
  labels: string[];
  /** Key. */
  parent: string | undefined;
  readonly created: number;
  updated: number;
  statusChanged: number;
  /** Id. */
  resolution: string | undefined;
  resolved: number | undefined;
  /** Day, as Jira writes it. */
  due: string | undefined;
  flagged: boolean;
  /** Id of an option. */
  team?: string;
  /** Values of the site's own fields, by their ids. */
  site?: Readonly<Record<string, unknown>>;
  comments: SimComment[];
  readonly attachments?: readonly SimAttachment[];
  changes: SimChange[];
  properties: Record<string, unknown>;
  readonly rank: string;
}

/** The issue `source` points at `target` with the outward words of the type: source blocks target. */
export interface SimLink {
  readonly id: string;
  readonly typeId: string;
  readonly source: string;
  readonly target: string;
}
