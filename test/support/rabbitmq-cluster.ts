/**
 * Three RabbitMQ nodes in one cluster on this machine, whose network can be parted: throw-away nodes as the broker ladder
 * starts them, which find each other through an epmd of our own. On a minority side a node pauses, as it should in
 * operation. They end with the process that started them.
 */
import { randomBytes } from 'node:crypto';
import { findInstallation } from '../../src/ops/broker-ladder/installation.ts';
import { type ClusterPlace, nodeNameFor, startPrivateNode } from '../../src/ops/broker-ladder/private-node.ts';
import { BrokerUnavailable, type RunningBroker } from '../../src/ops/broker-ladder.ts';
import { ErlangDistribution } from './erlang-distribution.ts';

const SIZE = 3;
/** After so long without a sign a node counts as gone: a quarter more at most. Erlang's own is 60. */
const NET_TICKTIME_SECONDS = 8;

export interface ClusterNode {
  /** As in `name@host`. */
  readonly name: string;
  readonly broker: RunningBroker;
}

export interface Cluster {
  readonly nodes: readonly [ClusterNode, ClusterNode, ClusterNode];
  readonly distribution: ErlangDistribution;
  stop(): Promise<void>;
}

/** @throws BrokerUnavailable where rabbitmq-server is not installed, or a node does not come up. */
export async function startCluster(log: (line: string) => void): Promise<Cluster> {
  const installation = findInstallation();
  if (installation === undefined) {
    throw new BrokerUnavailable('En klynge kræver, at rabbitmq-server er installeret på maskinen.');
  }
  const distribution = await ErlangDistribution.open();
  const shared = { cookie: randomBytes(16).toString('hex'), password: randomBytes(12).toString('hex') };
  const nodes: ClusterNode[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(({ broker }) => broker.stop()));
    await distribution.close();
  };
  try {
    for (let number = 1; number <= SIZE; number += 1) {
      const place: ClusterPlace = {
        ...shared,
        epmdPort: distribution.epmdPort,
        settings: [
          'cluster_partition_handling = pause_minority',
          // A new node joins those that run already.
          ...nodes.map(({ name }, index) => `cluster_formation.classic_config.nodes.${index + 1} = ${name}`),
        ],
        erlangArgs: `-kernel net_ticktime ${NET_TICKTIME_SECONDS}`,
      };
      const broker = await startPrivateNode(installation, 'local', place);
      nodes.push({ name: nodeNameFor(Number(new URL(broker.url).port)), broker });
      log(`RabbitMQ ${broker.version}: node ${number} af ${SIZE} kører`);
    }
    const [one, two, three] = nodes;
    if (one === undefined || two === undefined || three === undefined) throw new Error('a cluster has three nodes');
    return { nodes: [one, two, three], distribution, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
