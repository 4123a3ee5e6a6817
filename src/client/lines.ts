/** The client's two connections to RabbitMQ, which come back by themselves, and its publisher. */
import { Link, type LinkEvent, type LinkRole, type TlsOptions } from '../broker/link.ts';
import { userOf } from '../broker/party-client.ts';
import { ConfirmingPublisher } from '../broker/publisher.ts';
import { reached } from '../broker/unreachable.ts';
import type { Problem } from './inbox.ts';

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
const CONNECT_RETRIES = 5;

function openLink(
  role: LinkRole,
  fagsystem: string,
  options: LinesOptions,
  onEvent: (event: LinkEvent) => void,
): Promise<Link> {
  const { url, tls, onProblem } = options;
  return reached(
    Link.open(role, {
      url,
      ...(tls === undefined ? {} : { tls }),
      connectionName: `debitor-adapter/client ${fagsystem}`,
      connectRetries: CONNECT_RETRIES,
      now: () => Date.now(),
      log: (event, { aarsag }) => {
        onProblem?.({ art: 'forbindelse', event, aarsag: aarsag === undefined ? undefined : String(aarsag) });
      },
      onEvent,
    }),
  );
}

/**
 * Two connections, since an alarm in the broker blocks a publishing connection whole, acknowledgements included.
 * @throws BrokerUnreachable
 */
export async function openLines(options: LinesOptions): Promise<Lines> {
  const fagsystem = options.fagsystem ?? userOf(options.url);
  const consumeLink = await openLink('consume', fagsystem, options, () => undefined);
  try {
    let publisher: ConfirmingPublisher | undefined;
    const publishLink = await openLink('publish', fagsystem, options, (event) => {
      if (event.art === 'unblocked') publisher?.unblocked();
    });
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
