import type { ServerResponse } from 'node:http';
import { Cbor, requestIdOf } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import type { World } from './world.ts';
import type { SimRequest, SimService } from './service.ts';
import { governanceMethods, laterAction } from './governance/interface.ts';
import { infoAt, makeProposals, type ProposalInfo } from './governance/proposals.ts';
import { createReplica, type Labels, type QueryReject, type QueryReply } from './governance/replica.ts';

// The NNS governance canister behind the HTTPS interface of the Internet Computer (interface specification: status,
// query, read_state; CBOR and Candid by the SDK's encoders). The protocol's own times (expiry, certificates,
// signatures) are real time, as the unmodified agent compares them with the clock of its machine; the proposals are in
// the world's time.

/** dre.md 8. */
const governanceCanister = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
/** A page holds at most this many proposals, whatever the limit asks for. */
const pageLimit = 100;
/** How far a request's expiry may lie in the future. */
const maxExpiryMs = 5.5 * 60_000;

interface Switches {
  /** Proposals without `latest_tally`. */
  emptyTally: boolean;
  /** Proposals without `deadline_timestamp_seconds`. */
  missingDeadline: boolean;
  /**
   * Adds two records to each list that are sound on the wire and of no use: one without an id, one without a proposal.
   */
  badRecord: boolean;
  /** The newest open proposal of an answer has an action that today's interface does not know. */
  unknownAction: boolean;
  /** Query answers without signatures. */
  unsignedAnswers: boolean;
  /** Query answers that a key signed which is no node's. */
  forgedAnswers: boolean;
  /**
   * What proves the keys of the nodes: a certificate as the protocol says, one whose signature is wrong, one that is of
   * another network, or one that is ten minutes old.
   */
  certificates: 'valid' | 'forged' | 'ofAnotherNetwork' | 'old';
  /** The network was started anew and has other keys. */
  otherKeys: boolean;
  /** The canister is stopped: every query is rejected. */
  stopped: boolean;
  /** All ids are larger than a double holds exactly. */
  largeIds: boolean;
  /**
   * A proposal that the stand-in for dre has submitted: its id and the number of its status (dre.md 8.2), which it has had
   * since the switch was set. An id of 0: none.
   */
  submitted: { readonly id: number; readonly status: number };
  /** `before_proposal` is ignored. */
  repeatingPages: boolean;
  /**
   * Requests of anonymous senders are refused too when their expiry does not fit the network's clock (older replicas).
   */
  expiryChecked: boolean;
  /** How far the network's clock is ahead of this machine's, in milliseconds. */
  clockAheadMs: number;
}

const standard: Switches = {
  emptyTally: false,
  missingDeadline: false,
  badRecord: false,
  unknownAction: false,
  unsignedAnswers: false,
  forgedAnswers: false,
  certificates: 'valid',
  otherKeys: false,
  stopped: false,
  largeIds: false,
  submitted: { id: 0, status: 1 },
  repeatingPages: false,
  expiryChecked: false,
  clockAheadMs: 0,
};

/** What a request is refused with before it gets to the canister. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

export function createGovernanceService(world: World): SimService {
  const proposals = makeProposals(world);
  let replica = createReplica('first');
  const methods = { today: governanceMethods(false), later: governanceMethods(true) };
  const switches: Switches = { ...standard };
  let submittedAt = world.now();
  const networkTime = (): number => Date.now() + switches.clockAheadMs;

  async function handle(request: SimRequest, response: ServerResponse): Promise<void> {
    try {
      send(response, 200, 'application/cbor', await answer(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status, 'text/plain; charset=utf-8', error.message);
    }
  }

  async function answer(request: SimRequest): Promise<Uint8Array> {
    const path = request.url.pathname;
    if (path === '/api/v2/status' && request.method === 'GET') return status(replica.rootKey);
    const [, kind, id, what] = /^\/api\/v[23]\/(canister|subnet)\/([^/]+)\/(query|read_state)$/.exec(path) ?? [];
    if (request.method !== 'POST' || kind === undefined || (kind === 'subnet' && what === 'query')) {
      throw new Refusal(404, 'not found');
    }
    if (kind === 'canister' && id !== governanceCanister) {
      throw new Refusal(400, `error: canister_not_found\ndetails: The specified canister does not exist: ${id ?? ''}`);
    }
    const content = contentOf(request.body);
    if (switches.expiryChecked) checkExpiry(content['ingress_expiry'], networkTime());
    if (what === 'read_state') {
      return Cbor.encode({ certificate: await certificateFor(content['paths'] as readonly Labels[]) });
    }
    const signing = switches.unsignedAnswers ? 'none' : switches.forgedAnswers ? 'wrongKey' : 'valid';
    return Cbor.encode(replica.signed(query(content, request.isEmptied), requestIdOf(content), networkTime(), signing));
  }

  async function certificateFor(paths: readonly Labels[]): Promise<Uint8Array> {
    switch (switches.certificates) {
      case 'valid':
        return replica.certificate(paths, networkTime());
      case 'old':
        return replica.certificate(paths, networkTime() - 10 * 60_000);
      case 'ofAnotherNetwork':
        return createReplica('another').certificate(paths, networkTime());
      case 'forged': {
        const { tree, signature } = Cbor.decode<{ tree: unknown; signature: Uint8Array }>(
          await replica.certificate(paths, networkTime()),
        );
        // A sound signature, over another state: of the same network, a moment ago.
        const other = Cbor.decode<{ signature: Uint8Array }>(await replica.certificate(paths, networkTime() - 60_000));
        return Cbor.encode({
          tree,
          signature: other.signature.length === signature.length ? other.signature : signature,
        });
      }
    }
  }

  function query(content: Content, isEmptied: boolean): QueryReply | QueryReject {
    const name = String(content['method_name']);
    const canister = Principal.fromUint8Array(content['canister_id'] as Uint8Array).toText();
    if (switches.stopped) return reject(5, 'IC0508', `Canister ${canister} is stopped`);
    const method = (switches.unknownAction ? methods.later : methods.today).get(name);
    const run = implementations[name];
    if (method === undefined || run === undefined) {
      return reject(5, 'IC0536', `Error from Canister ${canister}: Canister has no query method '${name}'.`);
    }
    let values: unknown[];
    try {
      values = IDL.decode(method.argTypes, content['arg'] as Uint8Array);
    } catch (error) {
      return reject(5, 'IC0503', `Error from Canister ${canister}: failed to decode call arguments: ${String(error)}`);
    }
    const reply = isEmptied ? emptied(run(values[0])) : run(values[0]);
    return { status: 'replied', reply: { arg: IDL.encode(method.retTypes, [reply]) } };
  }

  const implementations: Readonly<Record<string, (argument: unknown) => unknown>> = {
    list_proposals: (argument) => ({ proposal_info: listed(argument as NnsGovernanceDid.ListProposalInfoRequest) }),
    get_pending_proposals: () => switched(known().filter((info) => info.status === 1)),
    get_proposal_info: (argument) => switched(known().filter((info) => info.id[0]?.id === argument)),
  };

  /** All proposals that exist by now, newest first. */
  function known(): ProposalInfo[] {
    const now = world.now();
    const written = proposals.flatMap((proposal) => infoAt(proposal, now) ?? []).reverse();
    const infos = [...submittedLike(written.findLast((info) => info.status === 1)), ...written];
    if (!switches.largeIds) return infos;
    return infos.map((info) => ({ ...info, id: [{ id: (info.id[0]?.id ?? 0n) + 2n ** 60n }] }));
  }

  /** What was submitted by the stand-in for dre, of the same kind as another one. */
  function submittedLike(other: ProposalInfo | undefined): readonly ProposalInfo[] {
    const { id, status } = switches.submitted;
    if (id === 0 || other === undefined) return [];
    const executed = status === 4 ? BigInt(Math.floor(submittedAt / 1_000)) : 0n;
    const proposer: ProposalInfo['proposer'] = [{ id: 40n }];
    return [{ ...other, id: [{ id: BigInt(id) }], status, proposer, executed_timestamp_seconds: executed }];
  }

  function listed(request: NnsGovernanceDid.ListProposalInfoRequest): unknown[] {
    const before = switches.repeatingPages ? undefined : request.before_proposal[0]?.id;
    const limit = request.limit === 0 ? pageLimit : Math.min(request.limit, pageLimit);
    const page = known()
      .filter((info) => before === undefined || (info.id[0]?.id ?? 0n) < before)
      .filter((info) => request.include_status.length === 0 || request.include_status.includes(info.status))
      .filter(
        (info) =>
          request.include_reward_status.length === 0 || request.include_reward_status.includes(info.reward_status),
      )
      .filter((info) => !request.exclude_topic.includes(info.topic))
      .slice(0, limit);
    const [first] = page;
    const odd =
      !switches.badRecord || first === undefined
        ? []
        : [
            { ...first, id: [] },
            { ...first, proposal: [] },
          ];
    return [...odd, ...switched(page)].slice(0, limit);
  }

  /** The records as the switches want them. */
  function switched(infos: readonly ProposalInfo[]): unknown[] {
    const newest = infos.find((info) => info.status === 1);
    return infos.map((info) => ({
      ...info,
      latest_tally: switches.emptyTally ? [] : info.latest_tally,
      deadline_timestamp_seconds: switches.missingDeadline ? [] : info.deadline_timestamp_seconds,
      proposal: switches.unknownAction && info === newest ? withLaterAction(info) : info.proposal,
    }));
  }

  return {
    name: 'governance',
    signs: true,
    handle,
    configure(name, value) {
      if (!(name in standard)) throw new Error(`governance has no switch ${name}`);
      const key = name as keyof Switches;
      if (typeof value !== typeof standard[key]) throw new Error(`${name} is a ${typeof standard[key]}`);
      Object.assign(switches, { [key]: value });
      if (key === 'submitted') submittedAt = world.now();
      if (key === 'otherKeys') replica = createReplica(switches.otherKeys ? 'second' : 'first');
    },
    advanced: () => undefined,
    dispose: () => undefined,
  };
}

/** An answer without its records, whatever the method gives. */
function emptied(reply: unknown): unknown {
  return Array.isArray(reply) ? [] : { proposal_info: [] };
}

type Content = Readonly<Record<string, unknown>>;

function status(rootKey: Uint8Array): Uint8Array {
  return Cbor.encode({ root_key: rootKey, impl_version: '0.9.0', replica_health_status: 'healthy' });
}

function contentOf(body: Uint8Array): Content {
  try {
    return Cbor.decode<{ content: Content }>(new Uint8Array(body)).content;
  } catch (error) {
    throw new Refusal(400, `Could not parse body as CBOR message: ${String(error)}`);
  }
}

function checkExpiry(expiry: unknown, now: number): void {
  const ms = typeof expiry === 'bigint' || typeof expiry === 'number' ? Number(BigInt(expiry) / 1_000_000n) : 0;
  if (ms > now && ms <= now + maxExpiryMs) return;
  throw new Refusal(
    400,
    `Invalid request expiry: Specified ingress_expiry not within expected range: ${ms}, now ${now}`,
  );
}

function reject(code: number, error: string, message: string): QueryReject {
  return { status: 'rejected', reject_code: code, reject_message: message, error_code: error };
}

function withLaterAction(info: ProposalInfo): unknown {
  return info.proposal.map((each) => ({ ...each, action: [{ [laterAction]: { note: 'from a later version' } }] }));
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array | string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  response.end(bytes);
}
