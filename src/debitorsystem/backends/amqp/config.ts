/** The configuration of the backend `amqp`: its JSON Schema, and its files read once, so that a missing one stops the start. */
import { readFileSync } from 'node:fs';
import { parseAddresses } from '../../../broker/addresses.ts';
import type { TlsOptions } from '../../../broker/link.ts';
import { ConfigurationError } from '../../../errors.ts';

/** As given in `ADAPTER_BACKEND_CONFIG`. */
export interface AmqpConfig {
  readonly url?: string;
  readonly urlFile?: string;
  readonly debitorsystem: string;
  readonly concurrency?: number;
  readonly requireUserId?: boolean;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

const FIL = { type: 'string', minLength: 1 };

export const AMQP_CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['debitorsystem'],
  oneOf: [{ required: ['url'] }, { required: ['urlFile'] }],
  dependentRequired: { certFile: ['keyFile'], keyFile: ['certFile'] },
  properties: {
    url: {
      type: 'string',
      pattern: '^amqps?://',
      description:
        'RabbitMQ: amqp(s)://bruger:kode@vært:port/vhost; til en klynge flere, adskilt af komma. Uden bruger og med certFile bruges SASL EXTERNAL.',
    },
    urlFile: { ...FIL, description: 'En fil, der holder url.' },
    debitorsystem: {
      type: 'string',
      pattern: '^[a-z0-9-]{1,40}$',
      description: 'Debitorsystemets id i registret; også dets AMQP-bruger.',
    },
    concurrency: { type: 'integer', minimum: 1, maximum: 1000, description: 'Kommandoer ad gangen. Standard 64.' },
    requireUserId: { type: 'boolean', description: 'Kræv, at udfald har debitorsystemets user_id. Standard true.' },
    caFile: { ...FIL, description: 'CA-certifikater (PEM), som RabbitMQs certifikat kontrolleres mod.' },
    certFile: { ...FIL, description: 'Adapterens klientcertifikat (PEM).' },
    keyFile: { ...FIL, description: 'Den private nøgle (PEM).' },
  },
};

export const DEFAULT_CONCURRENCY = 64;

/** The configuration in force. */
export interface AmqpSettings {
  readonly url: string;
  readonly tls?: TlsOptions;
  readonly debitorsystem: string;
  readonly requireUserId: boolean;
}

/**
 * Reads what the configuration names.
 * @throws ConfigurationError with everything that is wrong.
 */
export function readAmqpConfig(config: AmqpConfig): AmqpSettings {
  const problems: string[] = [];
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      problems.push(`filen ${path} kan ikke læses`);
      return '';
    }
  };
  const { caFile, certFile, keyFile, debitorsystem } = config;
  const tls: TlsOptions = {
    ...(caFile === undefined ? {} : { ca: read(caFile) }),
    ...(certFile === undefined || keyFile === undefined ? {} : { cert: read(certFile), key: read(keyFile) }),
  };
  const url = config.url ?? read(config.urlFile ?? '').trim();
  const addresses = url === '' ? 'mangler' : parseAddresses(url);
  if (typeof addresses === 'string' && problems.length === 0) problems.push(`url ${addresses}`);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const settings = { url, debitorsystem, requireUserId: config.requireUserId ?? true };
  return Object.keys(tls).length === 0 ? settings : { ...settings, tls };
}
