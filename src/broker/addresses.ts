/**
 * The nodes of a RabbitMQ cluster as one setting names them: `amqp://bruger:kode@a/vhost,amqp://bruger:kode@b/vhost`. They
 * are tried in turn, the first one first; a connection that is lost is sought at the next.
 *
 * It opens no connection; `link.ts` does.
 */
import type { Options } from 'amqplib';
import { ConfigurationError } from '../errors.ts';

/** A comma may stand in a password: only one that an address follows is between two. */
const SEPARATOR = /\s*,\s*(?=amqps?:\/\/)/;
/** So many nodes no cluster has; every one of them is a place where a start can wait. */
const MAX_ADDRESSES = 20;

const PORT = 5672;
const TLS_PORT = 5671;

type AddressList = readonly [URL, ...URL[]];

/** Whatever tells two clusters, two users or two ways of connecting apart. */
function apartFromHost(address: URL): string {
  const { protocol, username, password, pathname, search } = address;
  return [protocol, username, password, pathname, search].join(' ');
}

/** @returns the addresses, or what is wrong with the text (Danish; never a part of it, since it holds a password). */
export function parseAddresses(text: string): AddressList | string {
  const parts = text.trim().split(SEPARATOR);
  if (!parts.every((part) => URL.canParse(part))) {
    return 'er ikke en gyldig URL (amqp://bruger:kode@vært:port/vhost), eller flere adskilt af komma';
  }
  const [first, ...others] = parts.map((part) => new URL(part));
  if (first === undefined || (first.protocol !== 'amqp:' && first.protocol !== 'amqps:')) {
    return 'skal begynde med amqp:// eller amqps://';
  }
  if (others.length >= MAX_ADDRESSES) return `må højst nævne ${MAX_ADDRESSES} adresser`;
  return others.every((other) => apartFromHost(other) === apartFromHost(first))
    ? [first, ...others]
    : 'må kun nævne adresser, der er ens bortset fra vært og port: noderne i én RabbitMQ-klynge';
}

/** @throws ConfigurationError where the text names no addresses. */
export function addressesOf(text: string): AddressList {
  const addresses = parseAddresses(text);
  if (typeof addresses === 'string') throw new ConfigurationError([`Adressen på RabbitMQ ${addresses}`]);
  return addresses;
}

/** An address with every other, of which one is the next to be tried. */
export class Addresses {
  readonly #all: AddressList;
  #at = 0;

  /** @throws ConfigurationError */
  constructor(text: string) {
    this.#all = addressesOf(text);
  }

  get first(): URL {
    return this.#all[0];
  }

  get current(): URL {
    return this.#all[this.#at] ?? this.first;
  }

  get count(): number {
    return this.#all.length;
  }

  /** The one that is tried now can't be reached, or was lost. */
  next(): void {
    this.#at = (this.#at + 1) % this.#all.length;
  }

  /** Where amqplib is to connect: it looks at every attempt, and finds the current address. */
  target(heartbeatSeconds: number): Options.Connect {
    const current = (): URL => this.current;
    const { searchParams, pathname } = this.first;
    const given = (name: string): { readonly [name: string]: number } => {
      const text = searchParams.get(name);
      return text === null ? {} : { [name]: Number.parseInt(text, 10) };
    };
    const locale = searchParams.get('locale');
    return {
      get protocol() {
        return current().protocol.slice(0, -1);
      },
      get hostname() {
        return current().hostname.replace(/^\[|\]$/g, '');
      },
      get port() {
        const { protocol, port } = current();
        return port === '' ? (protocol === 'amqps:' ? TLS_PORT : PORT) : Number(port);
      },
      vhost: pathname.slice(1),
      heartbeat: heartbeatSeconds,
      ...given('heartbeat'),
      ...given('frameMax'),
      ...given('channelMax'),
      ...(locale === null ? {} : { locale }),
    };
  }
}
