/**
 * Every setting: its meaning, unit and default, in one place. Read once from the environment, validated together, and
 * handed on as one frozen value; nothing else in the project reads the environment.
 *
 * A setting NAME may be given as NAME_FILE instead, which names a file that holds its value (for secrets).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAddresses } from './broker/addresses.ts';
import { ConfigurationError } from './errors.ts';
import { DEFAULT_DKA_NAMESPACE, DKA_VERSIONS, parseDkaNamespaces } from './oio/namespaces.ts';

/** Files that are shipped with the package: examples/ stands beside src/ (or dist/). */
const EXAMPLES = join(import.meta.dirname, '..', 'examples');

const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Parsed<T> = { readonly value: T } | { readonly problem: string };

interface Setting<T> {
  readonly meaning: string;
  /** The unit of a number, else what kind of text it is. */
  readonly unit: string;
  /** As it would be written in the environment; undefined: it must be given. */
  readonly standard: string | undefined;
  /** How it is shown: `masked` hides all of it, `url` hides the password. */
  readonly secret?: 'masked' | 'url';
  readonly parse: (text: string) => Parsed<T>;
}

function text(meaning: string, unit: string, standard: string | undefined, secret?: 'masked' | 'url'): Setting<string> {
  const parse = (value: string): Parsed<string> => ({ value });
  return secret === undefined ? { meaning, unit, standard, parse } : { meaning, unit, standard, secret, parse };
}

function integer(meaning: string, unit: string, standard: number, min: number, max: number): Setting<number> {
  return {
    meaning,
    unit,
    standard: String(standard),
    parse: (value) =>
      /^[0-9]{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max
        ? { value: Number(value) }
        : { problem: `skal være et helt tal fra ${min} til ${max}` },
  };
}

function url(meaning: string, standard: string | undefined, schemes: readonly string[]): Setting<string> {
  const problem = `skal begynde med ${schemes.join(' eller ')}`;
  return {
    meaning,
    unit: 'URL',
    standard,
    secret: 'url',
    parse: (value) => (schemes.some((scheme) => value.startsWith(scheme)) ? { value } : { problem }),
  };
}

const flag = (meaning: string, standard: boolean): Setting<boolean> => ({
  meaning,
  unit: 'true eller false',
  standard: String(standard),
  parse: (value) =>
    value === 'true' || value === 'false' ? { value: value === 'true' } : { problem: 'skal være true eller false' },
});

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export const SETTINGS = {
  ADAPTER_AMQP_URL: {
    meaning:
      'RabbitMQ: amqp(s)://bruger:kode@vært:port/vhost. Til en klynge flere, adskilt af komma, ens bortset fra vært og port; de prøves efter tur, den første først. Uden bruger og med klientcertifikat bruges SASL EXTERNAL.',
    unit: 'URL, eller flere adskilt af komma',
    standard: undefined,
    secret: 'url',
    parse: (value) => {
      const addresses = parseAddresses(value);
      return typeof addresses === 'string' ? { problem: addresses } : { value };
    },
  } satisfies Setting<string>,
  ADAPTER_AMQP_CA: text('CA-certifikater (PEM), som RabbitMQs certifikat kontrolleres mod.', 'PEM', ''),
  ADAPTER_AMQP_CERT: text('Adapterens klientcertifikat (PEM).', 'PEM', ''),
  ADAPTER_AMQP_KEY: text('Den private nøgle (PEM) til klientcertifikatet.', 'PEM', '', 'masked'),
  ADAPTER_LEDGER_URL: url(
    'Ledgeren, hvor alt modtaget og besvaret bogføres: sqlite:<sti>, eller postgres://bruger:kode@vært:port/database, som flere adaptere kan dele.',
    'sqlite:./data/ledger.db',
    ['sqlite:', 'postgres://', 'postgresql://'],
  ),
  ADAPTER_LEDGER_LEASE_MS: integer(
    'Med en delt ledger (postgres://): så længe uden livstegn fra en adapter, før de andre overtager dens arbejde.',
    'ms',
    15_000,
    1000,
    HOUR_MS,
  ),
  ADAPTER_BACKEND: text(
    'Debitorsystemet: simulator, http, amqp, en sti til et modul (./mit-backend.js) eller en pakke (@firma/backend).',
    'navn eller sti',
    'simulator',
  ),
  ADAPTER_BACKEND_CONFIG: text(
    'Debitorsystemets egen konfiguration: JSON, eller stien til en JSON-fil. Tom: simulatorens eksempel.',
    'JSON eller sti',
    '',
    'masked',
  ),
  ADAPTER_REGISTRY: text('Registret over fagsystemer og debitorsystemer.', 'sti', join(EXAMPLES, 'registry.json')),
  ADAPTER_HANDLINGSTYPER: text('Kataloget over handlingstyper.', 'sti', join(EXAMPLES, 'handlingstyper.json')),
  ADAPTER_DKA_NAMESPACES: {
    meaning:
      'Namespaces, adskilt af mellemrum eller komma, som SF1590-meddelelserne accepteres i; hver besvares i sit eget. urn:oio:debitor:debitorkontoanmodning:1.1 er version 1.1; for et andet namespace end adapterens egne skrives versionen efter det, URI=1.1, og ellers er det version 1.0.',
    unit: 'liste af URI',
    standard: DEFAULT_DKA_NAMESPACE,
    parse: (value) => {
      const uris = value.split(/[\s,]+/).filter((uri) => uri !== '');
      if (uris.length === 0) return { problem: 'skal nævne mindst ét namespace' };
      return parseDkaNamespaces(uris) === undefined
        ? { problem: `skal nævne hvert namespace én gang, og kun versionerne ${DKA_VERSIONS.join(' og ')}` }
        : { value: uris };
    },
  } satisfies Setting<readonly string[]>,
  ADAPTER_MAX_MESSAGE_BYTES: integer(
    'Største meddelelse, der læses.',
    'byte',
    16 * 1024 * 1024,
    1024,
    128 * 1024 * 1024,
  ),
  ADAPTER_REQUIRE_USER_ID: flag('Kræv, at afsenderen sætter user_id, som RabbitMQ kontrollerer.', true),
  ADAPTER_PREFETCH: integer(
    'Uafsluttede leverancer ad gangen fra køen med debitorkontoanmodninger.',
    'leverancer',
    256,
    1,
    10_000,
  ),
  ADAPTER_KONTANT_PREFETCH: integer('Det samme for køen med kontante indbetalinger.', 'leverancer', 64, 1, 10_000),
  ADAPTER_MAX_UNFINISHED: integer(
    'Så mange anmodninger af hver slags må være modtaget uden at have fået et udfald; derefter holder modtagelsen pause.',
    'anmodninger',
    10_000,
    1,
    10_000_000,
  ),
  ADAPTER_DISPATCH_TIMEOUT_MS: integer(
    'Så længe ventes på debitorsystemets udfald; derefter er det ukendt.',
    'ms',
    30_000,
    10,
    HOUR_MS,
  ),
  ADAPTER_MAX_ATTEMPTS: integer(
    'Forsøg i alt ved forbigående fejl, før anmodningen besvares FEJLET; med de normale pauser omtrent et døgn.',
    'forsøg',
    300,
    1,
    10_000,
  ),
  ADAPTER_RETRY_INITIAL_MS: integer('Ventetid før andet forsøg; fordobles for hvert forsøg.', 'ms', 1000, 1, HOUR_MS),
  ADAPTER_RETRY_MAX_MS: integer('Længste ventetid mellem to forsøg.', 'ms', 5 * MINUTE_MS, 1, 24 * HOUR_MS),
  ADAPTER_CONFIRM_TIMEOUT_MS: integer(
    'Så længe ventes på RabbitMQs bekræftelse af et svar.',
    'ms',
    30_000,
    100,
    HOUR_MS,
  ),
  ADAPTER_SHUTDOWN_TIMEOUT_MS: integer('Så længe må nedlukningen vare.', 'ms', 20_000, 100, HOUR_MS),
  ADAPTER_IT_SYSTEM_INSTANS: {
    meaning:
      'Debitorsystemets it-systeminstans: AfsenderItSystemInstans i et svar, når anmodningens Rute ingen ModtagerItSystemInstans havde.',
    unit: 'UUID',
    standard: NIL_UUID,
    parse: (value) => (UUID.test(value) ? { value } : { problem: 'skal være en UUID med små bogstaver' }),
  } satisfies Setting<string>,
  ADAPTER_HTTP_HOST: text('Adressen, som driftssiden, /livez, /readyz og /metrics lytter på.', 'adresse', '127.0.0.1'),
  ADAPTER_HTTP_PORT: integer('Porten til det samme; 0: en ledig port.', 'port', 8080, 0, 65_535),
  ADAPTER_LOG_LEVEL: {
    meaning: 'Mindste alvor, der logges.',
    unit: LOG_LEVELS.join(', '),
    standard: 'info',
    parse: (value) => {
      const level = LOG_LEVELS.find((known) => known === value);
      return level === undefined ? { problem: `skal være en af ${LOG_LEVELS.join(', ')}` } : { value: level };
    },
  } satisfies Setting<LogLevel>,
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends { readonly parse: (text: string) => Parsed<infer T> } ? T : never;

/** The settings in force. */
export type Config = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

const NAMES = Object.keys(SETTINGS) as SettingName[];

type Environment = Readonly<Record<string, string | undefined>>;

function givenText(name: SettingName, env: Environment, problems: string[]): string | undefined {
  const direct = env[name];
  const file = env[`${name}_FILE`];
  if (direct !== undefined && file !== undefined) {
    problems.push(`${name} og ${name}_FILE er begge sat; sæt kun den ene`);
    return undefined;
  }
  if (file === undefined) return direct;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: filen ${file} kan ikke læses`);
    return undefined;
  }
}

function unknownNames(env: Environment): string[] {
  const known = new Set<string>(NAMES.flatMap((name) => [name, `${name}_FILE`]));
  return Object.keys(env)
    .filter((name) => name.startsWith('ADAPTER_') && !known.has(name))
    .map((name) => `${name} kendes ikke; de kendte vises af debitor-adapter config`);
}

/** What was given, as far as it is legal, and every problem with the rest. */
export interface ReadSettings {
  readonly values: Partial<Config>;
  readonly problems: readonly string[];
}

/**
 * Reads and checks all settings.
 * @param overrides settings given in another way, such as on a command line; they win over the environment.
 * @throws ConfigurationError with every problem that was found.
 */
export function loadConfig(env: Environment = process.env, overrides: Environment = {}): Config {
  const { values, problems } = readSettings(env, overrides);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(values) as Config;
}

/** As `loadConfig`, for whoever shows settings also where some are wrong or missing. */
export function readSettings(env: Environment = process.env, overrides: Environment = {}): ReadSettings {
  const merged = { ...env, ...overrides };
  const problems = unknownNames(merged);
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of NAMES) {
    const setting: Setting<unknown> = SETTINGS[name];
    const given = givenText(name, merged, problems) ?? setting.standard;
    if (given === undefined) {
      problems.push(`${name} mangler: ${setting.meaning}`);
      continue;
    }
    const parsed = setting.parse(given);
    if ('problem' in parsed) problems.push(`${name} ${parsed.problem}`);
    else values[name] = parsed.value;
  }
  if ((values.ADAPTER_AMQP_CERT === '') !== (values.ADAPTER_AMQP_KEY === '')) {
    problems.push('ADAPTER_AMQP_CERT og ADAPTER_AMQP_KEY skal sættes sammen');
  }
  // Each value was parsed by the setting of its own name.
  return { values: values as Partial<Config>, problems };
}

/**
 * One setting alone, for a command that needs no other.
 * @param override given in another way, such as on a command line; it wins over the environment.
 * @returns undefined where it is not given and has no default.
 * @throws ConfigurationError where its value is not legal.
 */
export function readSetting<Name extends SettingName>(
  name: Name,
  override?: string,
  env: Environment = process.env,
): Config[Name] | undefined {
  const problems: string[] = [];
  const setting: Setting<unknown> = SETTINGS[name];
  const given = override ?? givenText(name, env, problems) ?? setting.standard;
  const parsed = given === undefined ? { value: undefined } : setting.parse(given);
  if ('problem' in parsed) problems.push(`${name} ${parsed.problem}`);
  if (problems.length > 0 || 'problem' in parsed) throw new ConfigurationError(problems);
  return parsed.value as Config[Name] | undefined;
}

export interface ShownSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly standard: string;
  readonly unit: string;
  readonly meaning: string;
}

/** Up to the last `@` of the authority: a password may hold one. */
const PASSWORD = /^([a-z]+:\/\/[^:@/]*):[^/]*@/;

/** Hides the password of a URL, or of several: `amqp://bruger:***@vært/`. */
export function maskUrl(value: string): string {
  return value
    .split(/,(?=\s*[a-z]+:\/\/)/)
    .map((one) => one.trim().replace(PASSWORD, '$1:***@'))
    .join(',');
}

/** The settings in force as `debitor-adapter config` shows them: secrets masked. */
export function showConfig(config: Partial<Config>): readonly ShownSetting[] {
  return NAMES.map((name) => {
    const setting: Setting<unknown> = SETTINGS[name];
    const raw = String(config[name] ?? '');
    const value = setting.secret === 'url' ? maskUrl(raw) : setting.secret === 'masked' && raw !== '' ? '***' : raw;
    return { name, value, standard: setting.standard ?? '', unit: setting.unit, meaning: setting.meaning };
  });
}
