/** The command line of raw echo and the peers, and how they end. */

export interface EchoArguments {
  readonly url: string;
  /** Consumed with this many deliveries at a time unacked. */
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
}

/** Deliveries that may be unacked: the adapter's default, and as many for everyone. */
export const PREFETCH = 256;

export function echoArguments(): EchoArguments {
  const [url = '', queue = '', exchange = '', routingKey = ''] = process.argv.slice(2);
  return { url, queue, exchange, routingKey };
}

/** The properties of an answer to a message, the same from everyone. */
export function answerProperties(messageId: unknown) {
  const id = String(messageId);
  return {
    persistent: true,
    mandatory: true,
    correlationId: id,
    messageId: id,
    type: 'DebitorkontoAnmodningAfsend_O',
    contentType: 'application/xml',
  } as const;
}

/** A message that came back or was not confirmed ends the process, and so its run. */
export function fail(reason: unknown): never {
  process.stderr.write(`${reason instanceof Error ? reason.stack : String(reason)}\n`);
  process.exit(1);
}

/** Ends the process in good order when it is told to. */
export function onStop(stop: () => Promise<unknown>): void {
  process.once('SIGTERM', () => void stop().then(() => process.exit(0), fail));
}
