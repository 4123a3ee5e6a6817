/** `topology check | apply | definitions`: what stands in RabbitMQ, beside what should. */
import { readFileSync } from 'node:fs';
import { addressesOf } from '../../broker/addresses.ts';
import { type Broker, openBroker } from '../../broker/connection.ts';
import type { TopologyProblem } from '../../broker/declare.ts';
import { definitionsFor, missingUsers } from '../../broker/definitions.ts';
import { userOf } from '../../broker/party-client.ts';
import { reached } from '../../broker/unreachable.ts';
import { type Config, loadConfig } from '../../config.ts';
import { ConfigurationError } from '../../errors.ts';
import { SYSTEM_WORLD, tlsOf } from '../../main.ts';
import { loadRulebook } from '../../rulebook.ts';
import { textTable } from '../table.ts';
import type { Outcome } from '../terminal.ts';

async function withBroker<Result>(config: Config, work: (broker: Broker) => Promise<Result>): Promise<Result> {
  const opening = openBroker({
    url: config.ADAPTER_AMQP_URL,
    ...tlsOf(config),
    registry: loadRulebook(config).registry,
    connectRetries: 0,
    log: () => undefined,
    now: SYSTEM_WORLD.now,
  });
  const broker = await reached(opening);
  try {
    return await work(broker);
  } finally {
    await broker.close();
  }
}

/** What of the topology is missing or differs. @throws where RabbitMQ can't be reached. */
export function topologyProblems(config: Config): Promise<readonly TopologyProblem[]> {
  return withBroker(config, (broker) => broker.topology.check());
}

export async function topologyCheck(): Promise<Outcome> {
  const problems = await topologyProblems(loadConfig());
  const cells = problems.map(({ object, problem, missing }) => [
    object,
    problem,
    missing ? 'oprettes af topology apply' : '',
  ]);
  const columns = [{ title: 'objekt' }, { title: 'problem' }, { title: 'bemærk' }] as const;
  return {
    exit: problems.length === 0 ? 'ok' : 'problems',
    json: problems,
    text: textTable(columns, cells, 'Topologien i RabbitMQ er, som den skal være.'),
  };
}

export async function topologyApply(): Promise<Outcome> {
  await withBroker(loadConfig(), (broker) => broker.topology.declare());
  return { exit: 'ok', json: { oprettet: true }, text: 'Alt, der manglede, er oprettet; intet er ændret.\n' };
}

export interface DefinitionsChoice {
  /** A JSON file: passwords by user name. */
  readonly passwords?: string;
  /** User names, separated by commas. */
  readonly certificates?: string;
  /** The vhost of ADAPTER_AMQP_URL where left out. */
  readonly vhost?: string;
}

function readPasswords(path: string | undefined): Readonly<Record<string, string>> {
  if (path === undefined) return {};
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new ConfigurationError([`--passwords: ${path} kan ikke læses eller er ikke JSON`]);
  }
  const entries = typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : undefined;
  if (entries === undefined || !entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw new ConfigurationError([`--passwords: ${path} skal være et JSON-objekt: {"brugernavn": "adgangskode"}`]);
  }
  return Object.fromEntries(entries);
}

function vhostOf(url: string): string {
  const [{ pathname }] = addressesOf(url);
  const path = decodeURIComponent(pathname.slice(1));
  return path === '' ? '/' : path;
}

function warningOf(missing: readonly string[]): { readonly warning?: string } {
  if (missing.length === 0) return {};
  return {
    warning: [
      `Disse brugere er ikke med i filen, og en import rører ikke deres koder: ${missing.join(', ')}.`,
      'De skal findes i RabbitMQ, før filen importeres; ellers standser importen midtvejs.',
      'Giv dem en kode med --passwords, eller nævn dem i --certificates, så opretter importen dem.',
      '',
    ].join('\n'),
  };
}

/** A definitions.json for the broker's administrator; the same text with and without `--json`. */
export async function topologyDefinitions(choice: DefinitionsChoice): Promise<Outcome> {
  const config = loadConfig();
  const certificates = (choice.certificates ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const definitions = definitionsFor(loadRulebook(config).registry, {
    vhost: choice.vhost ?? vhostOf(config.ADAPTER_AMQP_URL),
    adapterUser: userOf(config.ADAPTER_AMQP_URL),
    passwords: readPasswords(choice.passwords),
    certificateUsers: certificates,
  });
  const text = `${JSON.stringify(definitions, null, 2)}\n`;
  return { exit: 'ok', json: definitions, text, ...warningOf(missingUsers(definitions)) };
}
