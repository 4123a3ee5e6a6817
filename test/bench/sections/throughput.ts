/** Goal 1: the adapter's throughput against raw echo, and against peers that make nothing durable. */
import { type Round, ratesOf, ratiosOf, runRounds } from '../rounds.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { adapter, PEERS, peer, rawEcho } from '../subject.ts';

export interface ThroughputResult {
  /** Messages per second of each subject. */
  readonly rates: Readonly<Record<string, Spread>>;
  /** Adapter to raw echo, pair by pair; undefined where raw echo was not measured. */
  readonly toRawEcho: Spread | undefined;
  readonly fastestPeer: string | undefined;
  readonly toFastestPeer: Spread | undefined;
  readonly rounds: readonly Round[];
}

export async function measureThroughput(
  site: Site,
  sizes: Sizes,
  which: { readonly raw: boolean; readonly peers: boolean },
): Promise<ThroughputResult> {
  const { pairs, roundsWithPeers, amount } = sizes.throughput;
  const [raw, ours] = [rawEcho(site), adapter(site)];
  const peers = which.peers ? PEERS.map((library) => peer(site, library)) : [];
  const subjects = [...(which.raw ? [raw] : []), ours, ...peers];
  const rounds = await runRounds(site, 'gennemløb', subjects, {
    rounds: which.peers ? roundsWithPeers : pairs,
    amount,
    alike: new Set([raw.name, ours.name]),
  });
  const rates = Object.fromEntries(subjects.map(({ name }) => [name, spreadOf(ratesOf(rounds, name))]));
  const fastest = peers
    .map(({ name }) => name)
    .sort((one, other) => (rates[other]?.median ?? 0) - (rates[one]?.median ?? 0))[0];
  return {
    rates,
    toRawEcho: which.raw ? spreadOf(ratiosOf(rounds, ours.name, raw.name)) : undefined,
    fastestPeer: fastest,
    toFastestPeer: fastest === undefined ? undefined : spreadOf(ratiosOf(rounds, ours.name, fastest)),
    rounds,
  };
}
