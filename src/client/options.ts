/** What a client is opened with, and whether it can be: what is wrong is said before anything is connected. */
import type { TlsOptions } from '../broker/link.ts';
import { ConfigurationError } from '../errors.ts';
import {
  DEFAULT_DKA_NAMESPACE,
  DKA_VERSIONS,
  type DkaNamespaces,
  OWN_DKA_NAMESPACES,
  parseDkaNamespaces,
} from '../oio/namespaces.ts';
import type { Rute } from './message.ts';
import type { Problem } from './problem.ts';

export interface FagsystemClientOptions extends Rute {
  /** `amqps://fagsystem:password@host:port/vhost`. Its user is the fagsystem's id in the adapter's registry. */
  readonly url: string;
  /** For an `amqps://` URL; with `cert` and `key`, and no user in the URL, it logs in with the certificate. */
  readonly tls?: TlsOptions;
  /** The fagsystem's id; the URL's user where left out. To be given where a certificate logs in. */
  readonly fagsystem?: string;
  /**
   * The namespaces of SF1590_B_04 that are read, in the form of the adapter's own setting ADAPTER_DKA_NAMESPACES; the first is
   * written. The adapter's default, version 1.0, where left out.
   */
  readonly dkaNamespaces?: readonly string[];
  /** Until a message is given up as not confirmed, also while there is no connection; 60,000 where left out. */
  readonly sendLimitMs?: number;
  /** Messages that may wait for their kvittering at a time, and anmodninger whose svar is waited for; 10,000 where left out. */
  readonly maxUnderWay?: number;
  /** Answers that are taken at a time and not yet acknowledged; 1,000 where left out, 65,535 at most. */
  readonly prefetch?: number;
  /** What goes wrong without ending anything, for the fagsystem's own log. Must not throw. */
  readonly onProblem?: (problem: Problem) => void;
}

/** As in package.json's `engines`. */
const OLDEST_NODE = [22, 18] as const;
const CVR = /^[0-9]{8}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ABSOLUTE_URI = /^[a-z][a-z0-9+.-]*:\S+$/i;
const MAX_PREFETCH = 65_535;

/** @param version such as `process.versions.node`. @returns what is wrong, or nothing. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `Klienten kræver Node ${OLDEST_NODE.join('.')} eller nyere; dette er Node ${version}`;
}

function isWhole(value: number | undefined, max: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1 && value <= max);
}

/**
 * The values are looked at one by one, since a program without types may have left any of them out.
 * @returns the namespaces that are read; the first is written.
 * @throws ConfigurationError with every problem.
 */
export function checkOptions(options: Partial<FagsystemClientOptions>): DkaNamespaces {
  const { url, afsender, modtager, sendLimitMs, maxUnderWay, prefetch } = options;
  const entries = options.dkaNamespaces ?? [DEFAULT_DKA_NAMESPACE];
  const namespaces = entries.every((entry) => ABSOLUTE_URI.test(entry)) ? parseDkaNamespaces(entries) : undefined;
  const requirements: readonly (readonly [isMet: boolean, problem: string])[] = [
    [typeof url === 'string', 'url mangler: amqps://fagsystem:kode@vært:port/vhost'],
    [CVR.test(afsender?.organisation ?? ''), 'afsender.organisation skal være et CVR-nummer med 8 cifre'],
    [UUID.test(afsender?.itSystemInstans ?? ''), 'afsender.itSystemInstans skal være en UUID'],
    [CVR.test(modtager?.organisation ?? ''), 'modtager.organisation skal være et CVR-nummer med 8 cifre'],
    [
      modtager?.itSystemInstans === undefined || UUID.test(modtager.itSystemInstans),
      'modtager.itSystemInstans skal være en UUID',
    ],
    [
      namespaces !== undefined && namespaces.size > 0,
      'dkaNamespaces er tom eller nævner noget, der ikke er en URI, en URI to gange eller en version, der ikke kendes',
    ],
    [isWhole(sendLimitMs, Number.MAX_SAFE_INTEGER), 'sendLimitMs skal være et helt antal millisekunder fra 1'],
    [isWhole(maxUnderWay, Number.MAX_SAFE_INTEGER), 'maxUnderWay skal være et helt tal fra 1'],
    [isWhole(prefetch, MAX_PREFETCH), `prefetch skal være et helt tal fra 1 til ${MAX_PREFETCH}`],
  ];
  const tooOld = nodeProblem(process.versions.node);
  const problems = [
    ...(tooOld === undefined ? [] : [tooOld]),
    ...requirements.filter(([isMet]) => !isMet).map(([, problem]) => problem),
  ];
  if (problems.length > 0 || namespaces === undefined) throw new ConfigurationError(problems);
  return namespaces;
}

/**
 * The namespaces that answers are read in: every version that this client knows, and what was asked for. A fagsystem whose
 * processes are upgraded one by one shares one queue: the older ones must read the answers to what the newer ones sent.
 */
export function readableNamespaces(asked: DkaNamespaces): DkaNamespaces {
  return new Map([...DKA_VERSIONS.map((version) => [OWN_DKA_NAMESPACES[version], version] as const), ...asked]);
}
