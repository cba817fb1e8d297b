import {
  Actor,
  AgentError,
  HttpAgent,
  IngressExpiryInvalidErrorCode,
  type HttpAgentOptions,
} from '@icp-sdk/core/agent';
import {
  ExcessiveSignaturesErrorCode,
  MalformedPublicKeyErrorCode,
  MalformedSignatureErrorCode,
  RejectError,
  TrustError,
  UncertifiedRejectErrorCode,
} from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { fail, ok } from '../../domain/base/result.ts';
import type { RawBody, RawProposal } from './mapping.ts';
import { decodePayload } from './payloads.ts';
import type { Canister, CanisterReader, Connection, Memory, Query, Refusal } from './reader.ts';

// The agent and the canister's interface. This file is large once bundled (cryptography): import it dynamically only.

/**
 * The part of the canister's Candid interface that we use. By Candid's rules a client may declare less than the service sends:
 * fields that are not named here are skipped, and an action that a later version adds is read as none. The SDK's own
 * `NnsGovernanceCanister` would refuse a whole page for one record that it cannot convert.
 */
function governanceInterface(): IDL.ServiceClass {
  // dre.md 3.2: the actions by name. Of what they hold only some is read.
  const otherActions = [
    'AddOrRemoveNodeProvider',
    'ApproveGenesisKyc',
    'BlessAlternativeGuestOsVersion',
    'CreateCanisterAndInstallCode',
    'CreateServiceNervousSystem',
    'DeregisterKnownNeuron',
    'FulfillSubnetRentalRequest',
    'InstallCode',
    'LoadCanisterSnapshot',
    'ManageNetworkEconomics',
    'ManageNeuron',
    'Motion',
    'OpenSnsTokenSwap',
    'RegisterKnownNeuron',
    'RewardNodeProvider',
    'RewardNodeProviders',
    'SetDefaultFollowees',
    'SetSnsTokenSwapOpenTimeWindow',
    'StopOrStartCanister',
    'TakeCanisterSnapshot',
    'UpdateCanisterSettings',
  ];
  const named = Object.fromEntries(otherActions.map((name) => [name, IDL.Reserved]));
  const listed = IDL.Variant({ ...named, ExecuteNnsFunction: IDL.Record({ nns_function: IDL.Int32 }) });
  const whole = IDL.Variant({
    ...named,
    ExecuteNnsFunction: IDL.Record({ nns_function: IDL.Int32, payload: IDL.Vec(IDL.Nat8) }),
    Motion: IDL.Record({ motion_text: IDL.Text }),
  });
  return IDL.Service({
    list_proposals: IDL.Func(
      [listRequest()],
      [IDL.Record({ proposal_info: IDL.Vec(proposalInfo(listed)) })],
      ['query'],
    ),
    get_proposal_info: IDL.Func([IDL.Nat64], [IDL.Opt(proposalInfo(whole))], ['query']),
  });
}

const proposalId = IDL.Record({ id: IDL.Nat64 });

function proposalInfo(action: IDL.Type): IDL.Type {
  return IDL.Record({
    id: IDL.Opt(proposalId),
    status: IDL.Int32,
    topic: IDL.Int32,
    proposer: IDL.Opt(IDL.Record({ id: IDL.Nat64 })),
    proposal_timestamp_seconds: IDL.Nat64,
    deadline_timestamp_seconds: IDL.Opt(IDL.Nat64),
    decided_timestamp_seconds: IDL.Nat64,
    executed_timestamp_seconds: IDL.Nat64,
    failed_timestamp_seconds: IDL.Nat64,
    failure_reason: IDL.Opt(IDL.Record({ error_message: IDL.Text, error_type: IDL.Int32 })),
    latest_tally: IDL.Opt(
      IDL.Record({ yes: IDL.Nat64, no: IDL.Nat64, total: IDL.Nat64, timestamp_seconds: IDL.Nat64 }),
    ),
    proposal: IDL.Opt(
      IDL.Record({ title: IDL.Opt(IDL.Text), summary: IDL.Text, url: IDL.Text, action: IDL.Opt(action) }),
    ),
  });
}

function listRequest(): IDL.Type {
  return IDL.Record({
    include_reward_status: IDL.Vec(IDL.Int32),
    exclude_topic: IDL.Vec(IDL.Int32),
    include_status: IDL.Vec(IDL.Int32),
    before_proposal: IDL.Opt(proposalId),
    limit: IDL.Nat32,
    omit_large_fields: IDL.Opt(IDL.Bool),
  });
}

interface ListProposalsRequest {
  readonly include_reward_status: readonly number[];
  readonly exclude_topic: readonly number[];
  readonly include_status: readonly number[];
  readonly before_proposal: [] | [{ readonly id: bigint }];
  readonly limit: number;
  readonly omit_large_fields: [] | [boolean];
}

interface Methods {
  list_proposals(request: ListProposalsRequest): Promise<{ readonly proposal_info: readonly RawProposal[] }>;
  get_proposal_info(id: bigint): Promise<[] | [WholeProposal]>;
}

/** A proposal with what it passes to its NNS function, as bytes. */
interface WholeProposal extends Omit<RawProposal, 'proposal'> {
  readonly proposal: [] | [Omit<RawBody, 'action'> & { readonly action: [] | [WholeAction] }];
}

interface WholeAction {
  readonly ExecuteNnsFunction?: { readonly nns_function: number; readonly payload: Uint8Array };
  readonly Motion?: { readonly motion_text: string };
  readonly [kind: string]: unknown;
}

/** The same with the payload decoded: where the agent is, there is Candid. */
function decoded(whole: WholeProposal): RawProposal {
  const [body] = whole.proposal;
  if (body === undefined) return { ...whole, proposal: [] };
  const [action] = body.action;
  if (action === undefined) return { ...whole, proposal: [{ ...body, action: [] }] };
  const { ExecuteNnsFunction: call, ...others } = action;
  if (call === undefined) return { ...whole, proposal: [{ ...body, action: [others] }] };
  const payload = decodePayload(call.nns_function, call.payload);
  const plain = { ExecuteNnsFunction: { nns_function: call.nns_function, payload } };
  return { ...whole, proposal: [{ ...body, action: [plain] }] };
}

type NodeKeys = NonNullable<HttpAgentOptions['subnetNodeKeyExpirableStore']>;

/**
 * Node keys are proved anew after an hour. The agent's own default of five minutes would double the requests; when the
 * nodes change in between, the agent reads again by itself.
 */
const nodeKeysTimeMs = 60 * 60_000;
/**
 * The agent sets its clock by the network's certificates and then takes them however old they are. No certificate is of the
 * future, so a network that is ahead is accepted; one that is further behind than this may show keys that are its nodes'
 * no more.
 */
const oldestProofMs = 5 * 60_000;
const oldProof = 'it was proved more than 5 minutes ago, or the clock of this machine is ahead';

/** The statuses of each list (dre.md 8.2): open; rejected, adopted, executed and failed. */
const statuses = { open: [1], decided: [2, 3, 4, 5] } as const;

/** The canister that a connection leads to, read on this thread. The signatures of answers are always verified. */
export function openCanister(connection: Connection): Canister {
  const { memory } = connection;
  const options: HttpAgentOptions = {
    host: connection.host,
    fetch: connection.fetch,
    verifyQuerySignatures: true,
    // Once, at once: without it the agent does not set its clock by the network's. The carrier lets no failure be retried.
    retryTimes: 1,
    backoffStrategy: () => ({ next: () => 0 }),
    subnetNodeKeyExpirableStore: nodeKeyStore(memory, connection.now),
    shouldFetchRootKey: connection.ownRootKey,
  };
  if (connection.ownRootKey && memory.rootKey !== undefined) options.rootKey = memory.rootKey;
  const agent = HttpAgent.createSync(options);
  const methods = Actor.createActor<Methods>(governanceInterface, { agent, canisterId: connection.canister });

  async function read(query: Query): Promise<readonly RawProposal[]> {
    if (query.kind === 'one') return (await methods.get_proposal_info(query.id)).map(decoded);
    const request: ListProposalsRequest = {
      include_reward_status: [],
      exclude_topic: [],
      include_status: statuses[query.of],
      before_proposal: query.before === undefined ? [] : [{ id: query.before }],
      limit: query.limit,
      omit_large_fields: [true],
    };
    return (await methods.list_proposals(request)).proposal_info;
  }

  return {
    async query(query) {
      try {
        const records = await read(query);
        if (agent.getTimeDiffMsecs() < -oldestProofMs) {
          memory.nodeKeys = new Map();
          return fail({ kind: 'rejected', detail: oldProof, cause: `${agent.getTimeDiffMsecs()} ms` });
        }
        if (connection.ownRootKey) memory.rootKey = agent.rootKey ?? undefined;
        return ok(records);
      } catch (cause) {
        return fail({ ...explain(cause), cause: String(cause) });
      }
    },
    close: () => undefined,
  };
}

/** Reads on this thread. */
export const readerHere: CanisterReader = { open: openCanister };

/** What an error of the agent means, for those that did not happen on the way (the carrier has seen the others). */
function explain(error: unknown): Pick<Refusal, 'kind' | 'detail'> {
  if (error instanceof AgentError && error.hasCode(IngressExpiryInvalidErrorCode)) {
    return { kind: 'rejected', detail: 'the clock of this machine does not agree with the network' };
  }
  if (error instanceof RejectError) {
    const code = error.code;
    const said =
      code instanceof UncertifiedRejectErrorCode ? code.rejectMessage.replace(/\s+/g, ' ').slice(0, 300) : '';
    return { kind: 'rejected', detail: said === '' ? 'the canister rejected the query' : said };
  }
  if (isSignatureError(error)) return { kind: 'malformed', detail: 'the answer has no valid signature' };
  return { kind: 'malformed', detail: 'not an answer of the governance canister' };
}

function isSignatureError(error: unknown): boolean {
  if (error instanceof TrustError) return true;
  const codes = [MalformedSignatureErrorCode, MalformedPublicKeyErrorCode, ExcessiveSignaturesErrorCode];
  return error instanceof AgentError && codes.some((code) => error.code instanceof code);
}

/** The agent's store of node keys, kept in our memory. */
function nodeKeyStore(memory: Memory, now: () => number): NodeKeys {
  type Keys = Parameters<NodeKeys['set']>[1];
  const others = (key: string) => [...memory.nodeKeys].filter(([other]) => other !== key);
  return {
    expirationTime: nodeKeysTimeMs,
    get: (key) => {
      const entry = memory.nodeKeys.get(key);
      // What is in the memory is what an agent has put there.
      return Promise.resolve(entry !== undefined && entry.until > now() ? (entry.keys as Keys) : undefined);
    },
    set: (key, keys) => {
      memory.nodeKeys = new Map([...others(key), [key, { keys, until: now() + nodeKeysTimeMs }]]);
      return Promise.resolve();
    },
    delete: (key) => {
      memory.nodeKeys = new Map(others(key));
      return Promise.resolve();
    },
  };
}
