/** The client's two connections to RabbitMQ, which come back by themselves, and its publisher. */
import { setTimeout as pause } from 'node:timers/promises';
import { Link, type LinkEvent, type LinkRole, type TlsOptions } from '../broker/link.ts';
import { userOf } from '../broker/party-client.ts';
import { ConfirmingPublisher } from '../broker/publisher.ts';
import { isRefused, reached } from '../broker/unreachable.ts';
import { ConfigurationError } from '../errors.ts';
import type { Problem } from './problem.ts';

/** What is open while the client is. */
export interface Lines {
  readonly fagsystem: string;
  readonly consumeLink: Link;
  readonly publishLink: Link;
  readonly publisher: ConfirmingPublisher;
}

interface LinesOptions {
  readonly url: string;
  readonly tls?: TlsOptions;
  readonly fagsystem?: string;
  readonly sendLimitMs: number;
  readonly onProblem?: (problem: Problem) => void;
}

const MAX_UNCONFIRMED = 1_000;
/** Past it the publication is sent again. */
const CONFIRM_LIMIT_MS = 10_000;
/** After the first attempt to connect, where RabbitMQ can't be reached; one that says no is not asked again. */
const CONNECT_RETRIES = 5;
const RETRY_FIRST_MS = 100;

/** What the broker module tells of a connection that is sound, or that we close ourselves. */
const NO_PROBLEM: ReadonlySet<string> = new Set(['broker.connected', 'broker.unblocked', 'broker.channel-closed']);

function openLinkOnce(
  role: LinkRole,
  fagsystem: string,
  options: LinesOptions,
  onEvent: (event: LinkEvent) => void,
): Promise<Link> {
  const { url, tls, onProblem } = options;
  return Link.open(role, {
    url,
    ...(tls === undefined ? {} : { tls }),
    connectionName: `debitor-adapter/client ${fagsystem}`,
    connectRetries: 0,
    now: () => Date.now(),
    log: (event, { aarsag }) => {
      if (NO_PROBLEM.has(event)) return;
      onProblem?.({ art: 'forbindelse', event, aarsag: aarsag === undefined ? undefined : String(aarsag) });
    },
    onEvent,
  });
}

async function openLink(...parts: Parameters<typeof openLinkOnce>): Promise<Link> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await openLinkOnce(...parts);
    } catch (error) {
      if (retry === CONNECT_RETRIES || error instanceof ConfigurationError || isRefused(error)) throw error;
    }
    await pause(RETRY_FIRST_MS * 2 ** retry);
  }
}

/**
 * Two connections, since an alarm in the broker blocks a publishing connection whole, acknowledgements included.
 * @throws BrokerUnreachable
 */
export async function openLines(options: LinesOptions): Promise<Lines> {
  const fagsystem = options.fagsystem ?? userOf(options.url);
  const consumeLink = await reached(openLink('consume', fagsystem, options, () => undefined));
  try {
    let publisher: ConfirmingPublisher | undefined;
    const opening = openLink('publish', fagsystem, options, (event) => {
      if (event.art === 'unblocked') publisher?.unblocked();
    });
    const publishLink = await reached(opening);
    publisher = new ConfirmingPublisher(publishLink, {
      maxUnconfirmed: MAX_UNCONFIRMED,
      confirmTimeoutMs: Math.min(CONFIRM_LIMIT_MS, options.sendLimitMs),
      userId: fagsystem,
      appId: 'debitor-adapter/client',
    });
    return { fagsystem, consumeLink, publishLink, publisher };
  } catch (error) {
    await consumeLink.close();
    throw error;
  }
}
