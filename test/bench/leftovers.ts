/** What a run leaves on the broker, which must not meet the next one. */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'amqplib';
import { queueName, svarQueueName } from '../../src/broker/topology.ts';
import { WrongAnswers } from './answer-check.ts';
import { PREFETCH } from './echo-arguments.ts';
import type { Site } from './site.ts';
import { FAGSYSTEM, FAGSYSTEM_BESIDE } from './workload.ts';

const LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 10;

async function until(reached: () => Promise<boolean>, trouble: string): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await reached())) {
    if (performance.now() > deadline) throw new WrongAnswers(trouble);
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * Waits for what a stopped subject leaves. RabbitMQ may lose the latest acks of a connection that is closed under load, so
 * that answered messages stand in the queue again: at most those that may be unacked.
 */
export async function takeBack(site: Site, who: string): Promise<void> {
  const connection = await connect(site.broker.url, { noDelay: true });
  try {
    const channel = await connection.createChannel();
    const queue = queueName('debitorkonto');
    const isLeft = async (): Promise<boolean> => (await channel.checkQueue(queue)).consumerCount === 0;
    await until(isLeft, `${who} er stoppet, men læser stadig fra ${queue}`);
    const { messageCount } = await channel.purgeQueue(queue);
    if (messageCount > PREFETCH) throw new WrongAnswers(`${who} efterlod ${messageCount} beskeder i køen ${queue}`);
    // What is published and not yet checked reaches the checker.
    const answers = svarQueueName(FAGSYSTEM);
    const isRead = async (): Promise<boolean> => (await channel.checkQueue(answers)).messageCount === 0;
    await until(isRead, `svarene i køen ${answers} bliver ikke læst`);
  } finally {
    await connection.close();
  }
}

/** After a run that failed. */
export async function emptyQueues(site: Site): Promise<void> {
  const connection = await connect(site.broker.url, { noDelay: true });
  try {
    const channel = await connection.createChannel();
    const svar = [FAGSYSTEM, FAGSYSTEM_BESIDE].map(svarQueueName);
    for (const queue of [queueName('debitorkonto'), queueName('kontantindbetaling'), ...svar]) {
      await channel.purgeQueue(queue);
    }
  } finally {
    await connection.close();
  }
}
