/** What the adapter's requests to a debitorsystem look like, and what of them is signed (schemas/debitorsystem/openapi.yaml). */
import type { IdempotencyKey, Instant } from '../../../domain/identer.ts';
import type { HttpSettings } from './config.ts';
import type { HttpRequest } from './exchange.ts';
import { contentDigest, type HmacKey, sign } from './signature.ts';

/** What /commands is added to. */
export function basePathOf({ url }: Pick<HttpSettings, 'url'>): string {
  return url.pathname === '/' ? '' : url.pathname;
}

/** Of a command in this body, before it is signed. */
export function commandHeaders(noegle: IdempotencyKey, body: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'content-digest': contentDigest(Buffer.from(body)),
    'idempotency-key': noegle,
  };
}

/** The header fields that sign a request: all of it but the trace, which anybody on the way may add to. */
export function signatureOf(
  { method, path, headers }: Pick<HttpRequest, 'method' | 'path' | 'headers'>,
  key: HmacKey,
  now: Instant,
): Readonly<Record<string, string>> {
  const covered = ['@method', '@path', ...Object.keys(headers).filter((name) => name !== 'traceparent')];
  return sign({ method, path, field: (name) => headers[name] }, covered, key, now);
}
