/**
 * Brings the topology to a broker, or compares the two. Nothing that stands is ever changed or deleted: where it differs,
 * people decide.
 *
 * AMQP has no question for a binding, so bindings are made again at every declaration (which changes nothing where they
 * stand) and are not part of a check; nor is a binding noticed that someone else has added.
 */
import type { Channel, ChannelModel } from 'amqplib';
import { ANSWER_LIMIT_MS } from './kept-channel.ts';
import type { Binding, Exchange, Queue, Topology } from './topology.ts';
import { TimeLimitExceeded, within } from './within.ts';

export interface TopologyProblem {
  /** What it is about, such as `køen debitor.udfald`. */
  readonly object: string;
  /** For people; of a difference the broker names the first argument. */
  readonly problem: string;
  /** It does not exist: declaring makes it. */
  readonly missing: boolean;
}

/** The broker has something that differs from the topology, or refuses it: the process must not start. Lists all of it. */
export class TopologyMismatch extends Error {
  override readonly name = 'TopologyMismatch';
  readonly problems: readonly TopologyProblem[];

  constructor(problems: readonly TopologyProblem[]) {
    const lines = problems.map(({ object, problem }) => `  - ${object}: ${problem}`);
    super(
      `Det, der står i RabbitMQ, afviger fra adapterens topologi:\n${lines.join('\n')}\n` +
        'Argumenter kan ikke ændres på noget, der findes: tøm og slet det, der afviger, eller brug en anden vhost.',
    );
    this.problems = problems;
  }
}

const NOT_FOUND = 404;
const ACCESS_REFUSED = 403;
const PRECONDITION_FAILED = 406;

interface Refusal {
  readonly code: number | undefined;
  readonly text: string;
}

/** Asks the broker on a channel, and takes a new channel after each refusal, since a refusal closes the channel. */
class Inquirer {
  readonly #model: ChannelModel;
  #channel: Channel | undefined;

  constructor(model: ChannelModel) {
    this.#model = model;
  }

  /** @returns undefined where the broker agrees. @throws where the connection is gone or doesn't answer. */
  async ask(question: (channel: Channel) => Promise<unknown>): Promise<Refusal | undefined> {
    const channel = this.#channel ?? (await this.#open());
    try {
      await within(question(channel), ANSWER_LIMIT_MS, 'RabbitMQs svar');
      return undefined;
    } catch (error) {
      this.#channel = undefined;
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      if (error instanceof TimeLimitExceeded || typeof code !== 'number') {
        throw error;
      }
      return { code, text: error instanceof Error ? error.message : String(error) };
    }
  }

  async close(): Promise<void> {
    await this.#channel?.close().catch(() => {});
  }

  async #open(): Promise<Channel> {
    const channel = await within(this.#model.createChannel(), ANSWER_LIMIT_MS, 'Åbningen af en kanal');
    channel.on('error', () => {});
    channel.on('close', () => {
      // Also between two questions: 4.x answers one about a queue that is being deleted, and closes the channel then.
      if (this.#channel === channel) {
        this.#channel = undefined;
      }
    });
    this.#channel = channel;
    return channel;
  }
}

function assertExchange(channel: Channel, exchange: Exchange): Promise<unknown> {
  return channel.assertExchange(exchange.name, exchange.type, { durable: true, arguments: exchange.arguments });
}

function assertQueue(channel: Channel, queue: Queue): Promise<unknown> {
  return channel.assertQueue(queue.name, { durable: true, arguments: queue.arguments });
}

function bind(channel: Channel, binding: Binding): Promise<unknown> {
  return channel.bindQueue(binding.queue, binding.exchange, binding.routingKey);
}

interface Subject {
  readonly object: string;
  readonly exists: (channel: Channel) => Promise<unknown>;
  readonly assert: (channel: Channel) => Promise<unknown>;
}

function subjectsOf(topology: Topology): readonly Subject[] {
  const exchanges = topology.exchanges.map((exchange) => ({
    object: `exchangen ${exchange.name}`,
    exists: (channel: Channel) => channel.checkExchange(exchange.name),
    assert: (channel: Channel) => assertExchange(channel, exchange),
  }));
  const queues = topology.queues.map((queue) => ({
    object: `køen ${queue.name}`,
    exists: (channel: Channel) => channel.checkQueue(queue.name),
    assert: (channel: Channel) => assertQueue(channel, queue),
  }));
  return [...exchanges, ...queues];
}

function problemOf(object: string, refusal: Refusal): TopologyProblem {
  switch (refusal.code) {
    case NOT_FOUND:
      return { object, problem: 'findes ikke', missing: true };
    case ACCESS_REFUSED:
      return { object, problem: `adapterens bruger mangler en rettighed (${refusal.text})`, missing: false };
    case PRECONDITION_FAILED:
      return { object, problem: `findes med andre argumenter (${refusal.text})`, missing: false };
    default:
      return { object, problem: `kan ikke bruges nu (${refusal.text})`, missing: false };
  }
}

/** What of the topology is missing, differs or is refused; empty where all is well. Creates nothing. */
export async function checkTopology(model: ChannelModel, topology: Topology): Promise<readonly TopologyProblem[]> {
  const inquirer = new Inquirer(model);
  const problems: TopologyProblem[] = [];
  for (const { object, exists, assert } of subjectsOf(topology)) {
    // Asserting compares the arguments, but would create what does not exist: so first whether it does.
    const refusal = (await inquirer.ask(exists)) ?? (await inquirer.ask(assert));
    if (refusal !== undefined) {
      problems.push(problemOf(object, refusal));
    }
  }
  await inquirer.close();
  return problems;
}

/**
 * Declares what is missing. Nothing is created where anything differs.
 * @throws TopologyMismatch with every difference.
 */
export async function declareTopology(model: ChannelModel, topology: Topology): Promise<void> {
  const differences = (await checkTopology(model, topology)).filter(({ missing }) => !missing);
  if (differences.length > 0) {
    throw new TopologyMismatch(differences);
  }
  const inquirer = new Inquirer(model);
  const problems: TopologyProblem[] = [];
  const declare = async (object: string, question: (channel: Channel) => Promise<unknown>) => {
    const refusal = await inquirer.ask(question);
    if (refusal !== undefined) {
      problems.push(problemOf(object, refusal));
    }
  };
  for (const { object, assert } of subjectsOf(topology)) {
    await declare(object, assert);
  }
  for (const binding of problems.length === 0 ? topology.bindings : []) {
    await declare(`bindingen ${binding.routingKey} fra ${binding.exchange} til ${binding.queue}`, (channel) =>
      bind(channel, binding),
    );
  }
  await inquirer.close();
  if (problems.length > 0) {
    throw new TopologyMismatch(problems);
  }
}
