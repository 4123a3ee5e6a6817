/**
 * The namespaces of the messages. Elements are matched on namespace URI and local name, never on a prefix; the prefixes
 * here are only what our own documents are written with.
 */

/** Short names of the five namespaces; also the prefixes that are written. */
export type NamespaceKey = 'dka' | 'k' | 'kv' | 'skat' | 'sk';

/** The URI of every namespace in one document. */
export type NamespaceUris = Readonly<Record<NamespaceKey, string>>;

/** The namespaces that are fixed by published schemas (spec 1-wire). `dka` is missing: its URI is a setting. */
export const NAMESPACES: Readonly<Record<Exclude<NamespaceKey, 'dka'>, string>> = {
  k: 'http://kombit.dk/xml/schemas/kontekst/2017/01/01/',
  kv: 'http://serviceplatformen.dk/xml/schemas/kvittering/1/',
  skat: 'http://skat.dk/begrebsmodel/2009/01/15/',
  sk: 'http://skat.dk/begrebsmodel/xml/schemas/kontekst/2007/05/31/',
};

/** Our own URI for the SF1590_B_04 messages, whose official one is not public (spec 1-wire; `ADAPTER_DKA_NAMESPACES`). */
export const DEFAULT_DKA_NAMESPACE = 'urn:oio:debitor:debitorkontoanmodning:1.0';

/**
 * The versions of the SF1590_B_04 messages, oldest first. Each has everything that the one before it has, and optional
 * elements more (`x-since` in the JSON schemas).
 */
export const DKA_VERSIONS = ['1.0', '1.1'] as const;
export type DkaVersion = (typeof DKA_VERSIONS)[number];

/** Our own URI of each version. A document says by its namespace which version it is. */
export const OWN_DKA_NAMESPACES: Readonly<Record<DkaVersion, string>> = {
  '1.0': DEFAULT_DKA_NAMESPACE,
  '1.1': 'urn:oio:debitor:debitorkontoanmodning:1.1',
};

/** The accepted URIs of the namespace `dka`, each with the version of the messages in it. */
export type DkaNamespaces = ReadonlyMap<string, DkaVersion>;

const WITH_VERSION = /^(.+)=([0-9]+\.[0-9]+)$/;

function dkaNamespaceOf(entry: string): readonly [uri: string, version: DkaVersion] | undefined {
  const [, uri = entry, stated] = WITH_VERSION.exec(entry) ?? [];
  if (stated === undefined) return [uri, DKA_VERSIONS.find((own) => OWN_DKA_NAMESPACES[own] === uri) ?? '1.0'];
  const version = DKA_VERSIONS.find((known) => known === stated);
  return version === undefined ? undefined : [uri, version];
}

/**
 * Reads the entries of `ADAPTER_DKA_NAMESPACES`: a URI, or `URI=1.1` where the URI is not our own and the messages in it are
 * of another version than 1.0.
 * @returns undefined where a version is not known, or a URI stands twice.
 */
export function parseDkaNamespaces(entries: readonly string[]): DkaNamespaces | undefined {
  const pairs = entries.map(dkaNamespaceOf).filter((pair) => pair !== undefined);
  const namespaces = new Map(pairs);
  return namespaces.size === entries.length ? namespaces : undefined;
}

/** The namespace of the attributes that XML Schema itself defines, such as `xsi:schemaLocation`. */
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
