import { createPrivateKey, createPublicKey, createHash, sign, type KeyObject } from 'node:crypto';
import { bls12_381 } from '@noble/curves/bls12-381';
import {
  BLS12_381_G2_OID,
  Cbor,
  hashOfMap,
  IC_RESPONSE_DOMAIN_SEPARATOR,
  IC_STATE_ROOT_DOMAIN_SEPARATOR,
  NodeType,
  reconstruct,
  wrapDER,
  type HashTree,
} from '@icp-sdk/core/agent';
import { lebEncode } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';

// The keys and certificates of one subnet, by the public interface specification of the Internet Computer: the root key
// is this subnet's own (so certificates need no delegation), its nodes sign query answers, and `read_state` proves the
// nodes' keys with a certificate that the root key signs. Keys are the same in every run.

export type Labels = readonly Uint8Array[];

export interface QueryReply {
  readonly status: 'replied';
  readonly reply: { readonly arg: Uint8Array };
}

export interface QueryReject {
  readonly status: 'rejected';
  readonly reject_code: number;
  readonly reject_message: string;
  readonly error_code: string;
}

/** How query answers are signed: as the protocol says, not at all, or by a key that is not the node's. */
export type Signing = 'valid' | 'none' | 'wrongKey';

export interface Replica {
  /** DER, as `/api/v2/status` sends it. */
  readonly rootKey: Uint8Array;
  /** A certificate for these paths of the state (prefixes) and the time. */
  certificate(paths: readonly Labels[], now: number): Promise<Uint8Array>;
  /** The answer with the signature of a node over it. */
  signed(answer: QueryReply | QueryReject, requestId: Uint8Array, now: number, signing: Signing): object;
}

interface Node {
  readonly id: Principal;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

/** A certificate is signed anew when it is older than this; the agent refuses those older than five minutes. */
const certificateAgeMs = 30_000;
/** The canister ids of the NNS subnet. */
const firstCanister = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
const lastCanister = Uint8Array.of(0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 1, 1);

/** A subnet of its own for each name. */
export function createReplica(name: string): Replica {
  const secret = secretOf(`${name} root`);
  // Below the order of the group, which begins with 0x73.
  secret[0] = (secret[0] ?? 0) & 0x3f;
  const bls = bls12_381.shortSignatures;
  const rootKey = wrapDER(bls.getPublicKey(secret).toBytes(), BLS12_381_G2_OID);
  const nodes = ['a', 'b', 'c', 'd'].map((node) => makeNode(`${name} node ${node}`));
  const stranger = makeNode(`${name} stranger`);
  let latest: { time: number; tree: HashTree; signature: Promise<Uint8Array> } | undefined;

  async function signRoot(tree: HashTree): Promise<Uint8Array> {
    const message = concat(IC_STATE_ROOT_DOMAIN_SEPARATOR, await reconstruct(tree));
    return bls.sign(bls.hash(message), secret).toBytes();
  }

  return {
    rootKey,
    async certificate(paths, now) {
      if (latest === undefined || Math.abs(now - latest.time) > certificateAgeMs) {
        const tree = stateTree(rootKey, nodes, now);
        latest = { time: now, tree, signature: signRoot(tree) };
      }
      const { tree, signature } = latest;
      const shown = await witness(tree, [...paths, [utf8('time')]]);
      return Cbor.encode({ tree: shown, signature: await signature });
    },
    signed(answer, requestId, now, signing) {
      if (signing === 'none') return answer;
      const node = nodes[now % nodes.length] ?? stranger;
      const timestamp = nanoseconds(now);
      const hash = hashOfMap({ ...answer, timestamp, request_id: requestId });
      const key = signing === 'valid' ? node.privateKey : stranger.privateKey;
      const signature = new Uint8Array(sign(null, concat(IC_RESPONSE_DOMAIN_SEPARATOR, hash), key));
      return { ...answer, signatures: [{ timestamp, signature, identity: node.id.toUint8Array() }] };
    },
  };
}

function makeNode(name: string): Node {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secretOf(name)]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  return { id: Principal.selfAuthenticating(publicKey), publicKey, privateKey };
}

function secretOf(name: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`simulated key of ${name}`).digest());
}

function stateTree(rootKey: Uint8Array, nodes: readonly Node[], now: number): HashTree {
  const subnet = Principal.selfAuthenticating(rootKey).toUint8Array();
  const ranges = leaf(Cbor.encode([[firstCanister, lastCanister]]));
  const nodeTrees = nodes.map((node): Entry => [
    node.id.toUint8Array(),
    branch([[utf8('public_key'), leaf(node.publicKey)]]),
  ]);
  return branch([
    [utf8('canister_ranges'), branch([[subnet, branch([[firstCanister, ranges]])]])],
    [
      utf8('subnet'),
      branch([
        [
          subnet,
          branch([
            [utf8('canister_ranges'), ranges],
            [utf8('node'), branch(nodeTrees)],
            [utf8('public_key'), leaf(rootKey)],
          ]),
        ],
      ]),
    ],
    [utf8('time'), leaf(lebEncode(nanoseconds(now)))],
  ]);
}

type Entry = readonly [label: Uint8Array, tree: HashTree];

function leaf(value: Uint8Array): HashTree {
  return [NodeType.Leaf, value] as unknown as HashTree;
}

/** A subtree with these labels, in the order that the protocol asks for. */
function branch(entries: readonly Entry[]): HashTree {
  return forks([...entries].sort(([a], [b]) => Buffer.compare(a, b)));
}

function forks(entries: readonly Entry[]): HashTree {
  const [only] = entries;
  if (only === undefined) return [NodeType.Empty] as unknown as HashTree;
  if (entries.length === 1) return [NodeType.Labeled, only[0], only[1]] as unknown as HashTree;
  const middle = Math.ceil(entries.length / 2);
  return [NodeType.Fork, forks(entries.slice(0, middle)), forks(entries.slice(middle))] as unknown as HashTree;
}

/** The tree with everything pruned that is not on or below one of the paths. */
async function witness(tree: HashTree, paths: readonly Labels[]): Promise<HashTree> {
  if (paths.some((path) => path.length === 0)) return tree;
  if (paths.length === 0) return await pruned(tree);
  switch (tree[0]) {
    case NodeType.Fork: {
      const left = await witness(tree[1], paths);
      const right = await witness(tree[2], paths);
      if (left[0] === NodeType.Pruned && right[0] === NodeType.Pruned) return await pruned(tree);
      return [NodeType.Fork, left, right];
    }
    case NodeType.Labeled: {
      const below = paths.filter(([first]) => first !== undefined && Buffer.compare(first, tree[1]) === 0);
      if (below.length === 0) return await pruned(tree);
      return [
        NodeType.Labeled,
        tree[1],
        await witness(
          tree[2],
          below.map((path) => path.slice(1)),
        ),
      ];
    }
    case NodeType.Empty:
    case NodeType.Leaf:
    case NodeType.Pruned:
      return await pruned(tree);
  }
}

async function pruned(tree: HashTree): Promise<HashTree> {
  return [NodeType.Pruned, await reconstruct(tree)] as unknown as HashTree;
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * 1_000_000n;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
