/**
 * Somebody who is not the adapter: gives a debitorsystem behind the backend `http` commands that are not signed, signed
 * wrongly, or sent without a certificate, as anybody on its network can. And an adapter of a later version.
 */
import type { Command } from '../../domain/command.ts';
import type { IdempotencyKey } from '../../domain/identer.ts';
import { type HttpConfig, type HttpSettings, readHttpConfig } from '../backends/http/config.ts';
import { ExchangeFailed, type HttpRequest, openExchange } from '../backends/http/exchange.ts';
import { basePathOf, commandHeaders, signatureOf } from '../backends/http/requests.ts';
import httpBackend from '../backends/http.ts';
import type { LoadedDebitorsystem } from '../load.ts';
import { writeCommand } from '../wire.ts';

/** What gives the sender away. All but the first are signatures that are not the adapter's for this command. */
export type Forfalskning =
  | 'uden'
  | 'anden hemmelighed'
  | 'anden krop'
  | 'uden krop'
  | 'uden nøgle'
  | 'for gammel'
  | 'for ny';

/** An HTTP status, or that there was no answer: a server that wants a certificate ends the connection. */
export type Modtagelse = { readonly status: number } | { readonly afbrudt: string };

export interface Fremmed {
  /** How the adapter and the debitorsystem know each other; undefined: not at all, so everybody is let in. */
  readonly auth: 'hmac' | 'mtls' | undefined;
  /** Gives the command as somebody else would. */
  send(command: Command, forfalskning: Forfalskning): Promise<Modtagelse>;
  /** Looks a key up without a signature or a certificate. */
  lookup(noegle: IdempotencyKey): Promise<Modtagelse>;
  /** Gives the command as the adapter would, with fields that this version of the contract does not have. */
  sendWithMore(command: Command): Promise<Modtagelse>;
}

const ANSWER_LIMIT_MS = 10_000;
/** More than a clock may differ (300 s). */
const TOO_FAR_MS = 600_000;
const CREATED_MS: Readonly<Partial<Record<Forfalskning, number>>> = { 'for gammel': -TOO_FAR_MS, 'for ny': TOO_FAR_MS };
/** What the signature leaves open, so that it would be good for another command too. */
const NOT_COVERED: Readonly<Partial<Record<Forfalskning, string>>> = {
  'uden krop': 'content-digest',
  'uden nøgle': 'idempotency-key',
};

/** The command with fields that a later version may add. */
function withMore(body: string): string {
  const command: { parametre?: object } = JSON.parse(body);
  const { parametre } = command;
  const more = { kitNytFelt: 'et felt, der er kommet til' };
  return JSON.stringify({
    ...command,
    ...(parametre === undefined ? {} : { parametre: { ...parametre, ...more } }),
    ...more,
  });
}

/** The stranger to a backend, where it is one that is reached over HTTP. */
export function fremmedFor({ definition, config }: LoadedDebitorsystem): { readonly fremmed?: Fremmed } {
  return definition.name === httpBackend.name ? { fremmed: httpFremmed(config as HttpConfig) } : {};
}

function httpFremmed(config: HttpConfig): Fremmed {
  const { clientCertificate, hmac, ...settings } = readHttpConfig(config);
  const path = `${basePathOf(settings)}/commands`;

  async function exchange(
    request: Pick<HttpRequest, 'method' | 'path' | 'headers' | 'body'>,
    certificate: Pick<HttpSettings, 'clientCertificate'> = {},
  ): Promise<Modtagelse> {
    const connection = openExchange({ ...settings, ...certificate, concurrency: 1, idempotent: false });
    try {
      const signal = new AbortController().signal;
      const { status } = await connection.send({ ...request, signal, timeoutMs: ANSWER_LIMIT_MS });
      return { status };
    } catch (error) {
      if (error instanceof ExchangeFailed) return { afbrudt: error.message };
      throw error;
    } finally {
      connection.close();
    }
  }

  function signatureFor(headers: HttpRequest['headers'], forfalskning: Forfalskning): HttpRequest['headers'] {
    if (hmac === undefined || forfalskning === 'uden') return {};
    const { keyId, secret } = hmac;
    const key =
      forfalskning === 'anden hemmelighed' ? { keyId, secret: Buffer.concat([secret, Buffer.from('x')]) } : hmac;
    const covered = Object.entries(headers).filter(([name]) => name !== NOT_COVERED[forfalskning]);
    const now = Date.now() + (CREATED_MS[forfalskning] ?? 0);
    return signatureOf({ method: 'POST', path, headers: Object.fromEntries(covered) }, key, now);
  }

  return {
    auth: hmac !== undefined ? 'hmac' : config.auth?.mtls !== undefined ? 'mtls' : undefined,
    send(command, forfalskning) {
      const body = writeCommand(command);
      // Signed for a body that differs from the one that is sent: the digest in it is no longer the body's.
      const signedBody = forfalskning === 'anden krop' ? `${body} ` : body;
      const headers = commandHeaders(command.noegle, signedBody);
      return exchange({ method: 'POST', path, headers: { ...headers, ...signatureFor(headers, forfalskning) }, body });
    },
    sendWithMore(command) {
      const body = withMore(writeCommand(command));
      const headers = commandHeaders(command.noegle, body);
      const signature = hmac === undefined ? {} : signatureOf({ method: 'POST', path, headers }, hmac, Date.now());
      const request = { method: 'POST', path, headers: { ...headers, ...signature }, body } as const;
      return exchange(request, clientCertificate === undefined ? {} : { clientCertificate });
    },
    lookup: (noegle) => exchange({ method: 'GET', path: `${path}/${noegle}`, headers: {} }),
  };
}
