/**
 * A broker that someone else runs, named by its URL. Where its management API lets us, we work in a vhost of our own and
 * delete it afterwards; what stands there already is never touched, and the node is never stopped or hurt.
 */
import { randomBytes } from 'node:crypto';
import { addressesOf } from '../../broker/addresses.ts';
import { probeAmqp } from './amqp-probe.ts';
import { administrationOf, canAdminister, type ManagementAccess } from './management.ts';
import { type BrokerAdministration, BrokerUnavailable, type RunningBroker } from './running-broker.ts';

const PROBE_LIMIT_MS = 10_000;
const MANAGEMENT_PORT = 15672;
const MANAGEMENT_TLS_PORT = 15671;

/** Where a broker's management API is, as long as nobody moved it. */
function managementOf(amqpUrl: string): ManagementAccess {
  const url = new URL(amqpUrl);
  const baseUrl =
    url.protocol === 'amqps:'
      ? `https://${url.hostname}:${MANAGEMENT_TLS_PORT}`
      : `http://${url.hostname}:${MANAGEMENT_PORT}`;
  return { baseUrl, amqpUrl };
}

async function refuse(what: string): Promise<never> {
  throw new BrokerUnavailable(`${what} er ikke muligt på en RabbitMQ, som andre driver (ADAPTER_AMQP_URL).`);
}

function withoutAdministration(): BrokerAdministration {
  const missing = async (): Promise<never> => {
    throw new BrokerUnavailable(
      'RabbitMQ på ADAPTER_AMQP_URL kan ikke administreres: dens management-API svarer ikke på standardporten, ' +
        'eller brugeren er ikke administrator. Lad variablen være tom, så startes en RabbitMQ til lejligheden.',
    );
  };
  return {
    createVhost: missing,
    deleteVhost: missing,
    addUser: missing,
    deleteUser: missing,
    importDefinitions: missing,
  };
}

/**
 * Connects to the broker at `url`; of several addresses, to the first.
 * @throws BrokerUnavailable when no AMQP connection can be opened there.
 */
export async function useExisting(urls: string): Promise<RunningBroker> {
  const [{ href: url }] = addressesOf(urls);
  const { version } = await probeAmqp(url, PROBE_LIMIT_MS).catch((error: unknown) => {
    // The URL holds a password, so only its host is named.
    throw new BrokerUnavailable(
      `Der kan ikke åbnes en AMQP-forbindelse til ${new URL(url).host} (ADAPTER_AMQP_URL): ` +
        `${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  });
  const access = managementOf(url);
  const administrable = await canAdminister(access);
  const administration = administrable ? administrationOf(access) : withoutAdministration();
  const vhost = `debitor-adapter-${randomBytes(6).toString('hex')}`;
  return {
    ...administration,
    url: administrable ? await administration.createVhost(vhost) : url,
    version,
    rung: 'url',
    vhostIsOurs: administrable,
    managementUrl: administrable ? access.baseUrl : undefined,
    ctl: () => refuse('rabbitmqctl'),
    pid: () => undefined,
    kill: () => refuse('At dræbe noden'),
    restart: () => refuse('At genstarte noden'),
    freeze: () => refuse('At fryse noden'),
    thaw: () => refuse('At fryse noden'),
    async stop() {
      if (administrable) await administration.deleteVhost(vhost);
    },
  };
}
