/**
 * Signs and verifies HTTP requests: HTTP Message Signatures (RFC 9421) with hmac-sha256, and Content-Digest (RFC 9530) with
 * sha-256. Of the standard it speaks what the backend `http` needs: one signature, `@method`, `@path`, `@authority` and header fields,
 * and the parameters created, keyid and alg.
 *
 * A signature covers the body through its digest, so it is verified before a body is read.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface HmacKey {
  readonly keyId: string;
  readonly secret: Buffer;
}

export interface SignableRequest {
  readonly method: string;
  /** The path on the wire, without a query. */
  readonly path: string;
  /** A header field's value by its name in lower case; undefined where there is none, or more than one. */
  readonly field: (name: string) => string | undefined;
}

/** So far the sender's clock may be from ours; a request that is older is not taken again. */
export const MAX_CLOCK_DIFFERENCE_SECONDS = 300;

const MAX_INPUT_LENGTH = 1000;

/** Content-Digest of a body. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function componentValue(component: string, request: SignableRequest): string | undefined {
  switch (component) {
    case '@method':
      return request.method;
    case '@path':
      return request.path;
    case '@authority':
      return request.field('host')?.toLowerCase();
    default:
      return component.startsWith('@') ? undefined : request.field(component)?.trim();
  }
}

/** The text that is signed (RFC 9421, 2.5); undefined where a covered component is missing from the request. */
function signatureBase(request: SignableRequest, components: readonly string[], params: string): string | undefined {
  const lines: string[] = [];
  for (const component of components) {
    const value = componentValue(component, request);
    if (value === undefined) return undefined;
    lines.push(`"${component}": ${value}`);
  }
  return [...lines, `"@signature-params": ${params}`].join('\n');
}

function mac(base: string, key: HmacKey): Buffer {
  return createHmac('sha256', key.secret).update(base, 'utf8').digest();
}

/**
 * The two header fields of a signed request.
 * @param components what the signature covers; each must be part of the request.
 */
export function sign(
  request: SignableRequest,
  components: readonly string[],
  key: HmacKey,
  now: number,
): Readonly<Record<'signature-input' | 'signature', string>> {
  const covered = components.map((component) => `"${component}"`).join(' ');
  const params = `(${covered});created=${Math.floor(now / 1000)};keyid="${key.keyId}";alg="hmac-sha256"`;
  const base = signatureBase(request, components, params);
  if (base === undefined) throw new TypeError('a component that is to be signed is missing from the request');
  return { 'signature-input': `sig1=${params}`, signature: `sig1=:${mac(base, key).toString('base64')}:` };
}

const INPUT =
  /^([a-z*][a-z0-9_.*-]{0,40})=(\(((?:"[@a-z0-9-]{1,60}"(?: (?="))?){0,20})\)((?:;[a-z]+=(?:[0-9]{1,15}|"[^"\\]{0,100}"))*))$/;

interface SignatureInput {
  readonly label: string;
  readonly params: string;
  readonly components: readonly string[];
  readonly created: number;
  readonly keyId: string | undefined;
  readonly alg: string | undefined;
}

function parseInput(text: string | undefined): SignatureInput | undefined {
  const match = text === undefined || text.length > MAX_INPUT_LENGTH ? null : INPUT.exec(text.trim());
  if (match === null) return undefined;
  const [, label = '', params = '', list = '', parameters = ''] = match;
  const named = new Map(
    [...parameters.matchAll(/;([a-z]+)=(?:([0-9]+)|"([^"]*)")/g)].map(([, name = '', number, quoted]) => [
      name,
      number ?? quoted ?? '',
    ]),
  );
  return {
    label,
    params,
    components: [...list.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
    created: Number(named.get('created') ?? Number.NaN),
    keyId: named.get('keyid'),
    alg: named.get('alg'),
  };
}

function parseSignature(text: string | undefined, label: string): Buffer | undefined {
  const match = /^([a-z0-9_.*-]+)=:([A-Za-z0-9+/]{43}=):$/.exec(text?.trim() ?? '');
  return match?.[1] === label && match[2] !== undefined ? Buffer.from(match[2], 'base64') : undefined;
}

/**
 * Judges a request's signature; of the body it only knows the digest that the sender states.
 * @param required components that the signature must cover.
 * @returns what is wrong, in Danish and without any value of the request; undefined: it is the key's owner who sent it.
 */
export function signatureProblem(
  request: SignableRequest,
  required: readonly string[],
  key: HmacKey,
  now: number,
): string | undefined {
  const input = parseInput(request.field('signature-input'));
  if (input === undefined) return 'Signature-Input mangler eller kan ikke læses';
  if (input.keyId !== key.keyId) return 'keyid kendes ikke';
  if (input.alg !== undefined && input.alg !== 'hmac-sha256') return 'alg skal være hmac-sha256';
  const missing = required.filter((component) => !input.components.includes(component));
  if (missing.length > 0) return `signaturen skal dække ${missing.join(', ')}`;
  const given = parseSignature(request.field('signature'), input.label);
  if (given === undefined) return 'Signature mangler eller kan ikke læses';
  const base = signatureBase(request, input.components, input.params);
  const expected = base === undefined ? undefined : mac(base, key);
  if (expected === undefined || !timingSafeEqual(given, expected)) return 'signaturen passer ikke';
  const differenceSeconds = Math.abs(now / 1000 - input.created);
  // Also where there is no number: a signature without a time would be good for ever.
  if (!(differenceSeconds <= MAX_CLOCK_DIFFERENCE_SECONDS)) {
    return `created mangler eller er mere end ${MAX_CLOCK_DIFFERENCE_SECONDS} sekunder fra adapterens ur`;
  }
  return undefined;
}
