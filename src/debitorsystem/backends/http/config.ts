/**
 * The configuration of the backend `http`: its JSON Schema, and what the schema cannot say. Secrets and certificates are read
 * here, once, so that a missing file stops the start.
 */
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../../../errors.ts';
import type { HmacKey } from './signature.ts';

interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** As given in `ADAPTER_BACKEND_CONFIG`. */
export interface HttpConfig {
  readonly url: string;
  readonly timeoutMs?: number;
  readonly concurrency?: number;
  readonly breakMs?: number;
  readonly sundhedssti?: string;
  readonly capabilities?: { readonly idempotent?: boolean; readonly opslag?: boolean };
  readonly auth?: {
    readonly hmac?: { readonly keyId: string; readonly secret?: string; readonly secretFile?: string };
    readonly mtls?: CertificateFiles;
  };
  readonly caFile?: string;
  readonly svar?: {
    readonly host?: string;
    readonly port: number;
    readonly tls?: CertificateFiles;
    readonly klienter?: readonly string[];
  };
  readonly tilladUsikker?: boolean;
}

const FIL = { type: 'string', minLength: 1 };
const CERTIFICATE = {
  type: 'object',
  additionalProperties: false,
  required: ['certFile', 'keyFile'],
  properties: {
    certFile: { ...FIL, description: 'Certifikatet med dets kæde (PEM).' },
    keyFile: { ...FIL, description: 'Den private nøgle (PEM).' },
  },
};

export const HTTP_CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: { type: 'string', format: 'uri', description: 'Debitorsystemets adresse; /commands føjes til.' },
    timeoutMs: {
      type: 'integer',
      minimum: 10,
      maximum: 3_600_000,
      description: 'Så længe ventes på ét svar; derefter er udfaldet ukendt. Standard 20000 ms.',
    },
    concurrency: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      description: 'Kommandoer ad gangen. Standard 16.',
    },
    breakMs: {
      type: 'integer',
      minimum: 10,
      maximum: 600_000,
      description: 'Efter fem kommandoer i træk uden svar sendes ingen, før så længe er gået. Standard 5000 ms.',
    },
    sundhedssti: {
      type: 'string',
      pattern: '^/[A-Za-z0-9._~/-]{0,200}$',
      description:
        'Svarer 2xx på GET, når debitorsystemet har det godt: føjes til url. Uden den spørges /commands om en nøgle, der aldrig er sendt.',
    },
    capabilities: {
      type: 'object',
      additionalProperties: false,
      description: 'Det, som debitorsystemet kan. Standard: begge dele.',
      properties: {
        idempotent: { type: 'boolean', description: 'Den samme Idempotency-Key to gange har én virkning.' },
        opslag: { type: 'boolean', description: 'GET /commands/{noegle} kan besvares.' },
      },
    },
    auth: {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
      description: 'Hvordan adapteren og debitorsystemet kender hinanden: hmac eller mtls.',
      properties: {
        hmac: {
          type: 'object',
          required: ['keyId'],
          minProperties: 2,
          additionalProperties: false,
          description: 'Signerede anmodninger begge veje, med secret eller secretFile.',
          properties: {
            keyId: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,60}$', description: 'Hemmelighedens navn: keyid.' },
            secret: { type: 'string', minLength: 32, description: 'Fælles hemmelighed, mindst 32 tegn.' },
            secretFile: { ...FIL, description: 'En fil, der holder hemmeligheden.' },
          },
        },
        mtls: { ...CERTIFICATE, description: 'Adapterens klientcertifikat.' },
      },
    },
    caFile: { ...FIL, description: 'CA-certifikater (PEM), som den andens certifikat kontrolleres mod.' },
    svar: {
      type: 'object',
      additionalProperties: false,
      required: ['port'],
      description: 'Hvor debitorsystemet melder svar: POST /svar. Uden det kan intet accepteres til senere.',
      properties: {
        host: { type: 'string', minLength: 1, description: 'Adressen, der lyttes på. Standard 127.0.0.1.' },
        port: { type: 'integer', minimum: 0, maximum: 65_535, description: 'Porten, der lyttes på.' },
        tls: { ...CERTIFICATE, description: 'Det certifikat, som adapteren viser.' },
        klienter: {
          type: 'array',
          minItems: 1,
          maxItems: 20,
          items: { type: 'string', minLength: 1 },
          description: 'Kun med mtls: de CN, som et klientcertifikat må have.',
        },
      },
    },
    tilladUsikker: {
      type: 'boolean',
      description: 'Tillad ukrypteret eller uautentificeret trafik uden for maskinen selv, hvor andet beskytter den.',
    },
  },
};

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** The configuration in force, its files read. */
export interface HttpSettings {
  /** Without a final slash. */
  readonly url: URL;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly breakMs: number;
  /** Where it says that it is well; a look-up tells where there is none. */
  readonly healthPath?: string;
  readonly idempotent: boolean;
  readonly opslag: boolean;
  readonly hmac?: HmacKey;
  readonly clientCertificate?: Certificate;
  readonly ca?: string;
  readonly svar?: SvarSettings;
}

export interface SvarSettings {
  readonly host: string;
  readonly port: number;
  readonly hmac?: HmacKey;
  readonly certificate?: Certificate;
  /** With mTLS: who may come, and what their certificates are checked against. */
  readonly clients?: { readonly names: readonly string[]; readonly ca: string };
}

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_CONCURRENCY = 16;
const DEFAULT_BREAK_MS = 5_000;
const MIN_SECRET_BYTES = 32;

/** What the capabilities are with this configuration. */
export function httpCapabilities({ capabilities, concurrency, svar }: HttpConfig) {
  return {
    idempotent: capabilities?.idempotent ?? true,
    opslag: capabilities?.opslag ?? true,
    concurrency: concurrency ?? DEFAULT_CONCURRENCY,
    ...(svar === undefined ? { svarformer: ['STRAKS'] as const } : {}),
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host);
}

function readText(path: string, problems: string[]): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    problems.push(`filen ${path} kan ikke læses`);
    return '';
  }
}

function readCertificate(files: CertificateFiles, problems: string[]): Certificate {
  return { cert: readText(files.certFile, problems), key: readText(files.keyFile, problems) };
}

function readKey({ auth }: HttpConfig, problems: string[]): { readonly hmac?: HmacKey } {
  const given = auth?.hmac;
  if (given === undefined) return {};
  if (given.secret !== undefined && given.secretFile !== undefined) {
    problems.push('auth.hmac: angiv secret eller secretFile, ikke begge');
  }
  const secret = given.secret ?? readText(given.secretFile ?? '', problems).trim();
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
    problems.push(`auth.hmac: hemmeligheden skal have mindst ${MIN_SECRET_BYTES} tegn`);
  }
  return { hmac: { keyId: given.keyId, secret: Buffer.from(secret) } };
}

function urlProblems(url: URL, config: HttpConfig): string[] {
  const problems: string[] = [];
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    problems.push('url skal begynde med http:// eller https://');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problems.push('url må hverken have bruger, kode, forespørgsel (?) eller fragment (#)');
  }
  if (config.auth?.mtls !== undefined && url.protocol !== 'https:')
    problems.push('auth.mtls kræver en url med https://');
  if (config.tilladUsikker === true || isLoopback(url.hostname)) return problems;
  if (url.protocol === 'http:') problems.push('url skal begynde med https://: kommandoer kan holde CPR-numre');
  if (config.auth === undefined) problems.push('auth mangler: uden den kan enhver give sig ud for adapteren');
  return problems;
}

function svarProblems(config: HttpConfig): string[] {
  const { svar, auth, caFile } = config;
  if (svar === undefined) return [];
  const problems: string[] = [];
  if (auth?.mtls !== undefined) {
    if (svar.tls === undefined) problems.push('svar.tls mangler: auth.mtls kræver, at adapteren viser et certifikat');
    if (svar.klienter === undefined) problems.push('svar.klienter mangler: nævn de CN, der må melde svar');
    if (caFile === undefined) problems.push('caFile mangler: klientcertifikater skal kontrolleres mod noget');
  } else if (svar.klienter !== undefined) {
    problems.push('svar.klienter bruges kun med auth.mtls');
  }
  if (config.tilladUsikker === true || isLoopback(svar.host ?? '127.0.0.1')) return problems;
  if (svar.tls === undefined) problems.push('svar.tls mangler: svar uden for maskinen selv skal krypteres');
  if (auth === undefined) problems.push('auth mangler: uden den kan enhver melde svar');
  return problems;
}

function svarSettings(config: HttpConfig, key: HmacKey | undefined, ca: string | undefined, problems: string[]) {
  const { svar } = config;
  if (svar === undefined) return {};
  const { klienter, tls } = svar;
  const settings: SvarSettings = {
    host: svar.host ?? '127.0.0.1',
    port: svar.port,
    ...(key === undefined ? {} : { hmac: key }),
    ...(tls === undefined ? {} : { certificate: readCertificate(tls, problems) }),
    ...(klienter === undefined || ca === undefined ? {} : { clients: { names: klienter, ca } }),
  };
  return { svar: settings };
}

/**
 * Reads what the configuration names.
 * @throws ConfigurationError with everything that is wrong.
 */
export function readHttpConfig(config: HttpConfig): HttpSettings {
  const url = new URL(config.url.replace(/\/+$/, ''));
  const problems = [...urlProblems(url, config), ...svarProblems(config)];
  const { hmac } = readKey(config, problems);
  const ca = config.caFile === undefined ? undefined : readText(config.caFile, problems);
  const mtls = config.auth?.mtls;
  const { idempotent, opslag, concurrency } = httpCapabilities(config);
  const settings: HttpSettings = {
    url,
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    concurrency,
    breakMs: config.breakMs ?? DEFAULT_BREAK_MS,
    idempotent,
    opslag,
    ...(config.sundhedssti === undefined ? {} : { healthPath: config.sundhedssti }),
    ...(hmac === undefined ? {} : { hmac }),
    ...(mtls === undefined ? {} : { clientCertificate: readCertificate(mtls, problems) }),
    ...(ca === undefined ? {} : { ca }),
    ...svarSettings(config, hmac, ca, problems),
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return settings;
}
