/** RabbitMQ could not be reached, or refused the connection: what connecting threw, under one name. */
import { ConfigurationError } from '../errors.ts';

export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable';
}

/** What amqplib says where RabbitMQ closes the connection in answer to the opening of the vhost. */
const VHOST_REFUSED = 'Expected ConnectionOpenOk';
const ACCESS_REFUSED = /ACCESS.REFUSED/;

/** RabbitMQ was reached and said no to the user, the password or the vhost: trying again changes nothing. */
export function isRefused(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isRefused);
  return error instanceof Error && (error.message.includes(VHOST_REFUSED) || ACCESS_REFUSED.test(error.message));
}

/** A failure with several addresses has its reasons in parts. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.message.includes(VHOST_REFUSED)
    ? 'brugeren har ikke adgang til vhosten, eller den findes ikke'
    : error.message;
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
