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

/** The namespace of the attributes that XML Schema itself defines, such as `xsi:schemaLocation`. */
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
