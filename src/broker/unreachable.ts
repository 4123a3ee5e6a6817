/** RabbitMQ could not be reached, or refused the connection: what connecting threw, under one name. */
import { ConfigurationError } from '../errors.ts';

export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable';
}

/** A failure with several addresses has its reasons in parts. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** @throws BrokerUnreachable with the cause, where connecting fails; ConfigurationError as it is. */
export async function reached<Connection>(connecting: Promise<Connection>): Promise<Connection> {
  try {
    return await connecting;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new BrokerUnreachable(`RabbitMQ kan ikke nås eller afviser forbindelsen: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
