/** What a command says, and how it exits, when something went wrong: by the kind of the error, never by its text. */

import { TopologyMismatch } from '../broker/declare.ts';
import { QueueInUse } from '../broker/party-client.ts';
import { BrokerUnreachable } from '../broker/unreachable.ts';
import { TimeLimitExceeded } from '../broker/within.ts';
import { BackendStartFailed } from '../debitorsystem/guarded.ts';
import { ConfigurationError } from '../errors.ts';
import { LedgerUnavailable } from '../ledger/ledger.ts';
import { SchemaError } from '../ledger/schema-error.ts';
import { BrokerUnavailable } from './broker-ladder/running-broker.ts';
import { type Outcome, UsageError } from './terminal.ts';

/** A command came to something that is no error of a library. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exit: Outcome['exit'];

  constructor(exit: Outcome['exit'], message: string) {
    super(message);
    this.exit = exit;
  }
}

/** AMQP's own reply codes, which amqplib puts on the errors of a connection or channel that RabbitMQ has closed. */
function isRefusal(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'number' && code >= 200 && code <= 541;
}

function exitOf(error: unknown): Outcome['exit'] {
  if (error instanceof CommandFailed) return error.exit;
  if (error instanceof UsageError) return 'usage';
  if (error instanceof ConfigurationError || error instanceof SchemaError) return 'configuration';
  if (error instanceof TopologyMismatch) return 'problems';
  const unavailable = [
    LedgerUnavailable,
    BrokerUnreachable,
    BrokerUnavailable,
    BackendStartFailed,
    QueueInUse,
    TimeLimitExceeded,
  ];
  if (unavailable.some((kind) => error instanceof kind)) return 'unavailable';
  return isRefusal(error) ? 'unavailable' : 'fault';
}

function textOf(error: unknown, exit: Outcome['exit']): string {
  if (!(error instanceof Error)) return String(error);
  if (exit === 'fault') return error.stack ?? error.message;
  if (isRefusal(error)) return `RabbitMQ afviser: ${error.message}`;
  return error.message;
}

/** The outcome of a command that threw. */
export function outcomeOfError(error: unknown): Outcome {
  const exit = exitOf(error);
  const tekst = textOf(error, exit);
  const problemer = error instanceof ConfigurationError ? error.problems : [tekst];
  return { exit, json: { fejl: problemer }, text: `${tekst}\n` };
}
