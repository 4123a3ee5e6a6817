/**
 * The work that every peer does for a message, with the adapter's own reader, schema check and template writer, so that the
 * libraries are compared and not the parsers. None of them records anything.
 */

import { matchRoot, readDocument, writeDocument } from '../../../src/oio/document.ts';
import { DEFAULT_DKA_NAMESPACE, parseDkaNamespaces } from '../../../src/oio/namespaces.ts';
import { readXml } from '../../../src/oio/xml-reader.ts';

const DKA = parseDkaNamespaces([DEFAULT_DKA_NAMESPACE]);
if (DKA === undefined) throw new Error('the default namespace is not known');
const namespaces = DKA;

/** Bytes of an anmodning → bytes of its kvittering, ACCEPTERET. */
export function kvitteringFor(body: Uint8Array): Buffer {
  const xml = readXml(body);
  if (!xml.ok) throw new Error(xml.fejl.tekst);
  const match = matchRoot(xml.root, namespaces);
  if (match?.stem !== 'debitorkonto-anmodning-afsend-i') throw new Error('not an anmodning');
  const read = readDocument(match.stem, xml.root, match);
  if (!read.ok) throw new Error(read.fejl.tekst);
  const { HovedOplysninger, AnmodningIdentifikator } = read.document as {
    readonly HovedOplysninger: { readonly TransaktionsId: string; readonly RequestId?: string };
    readonly AnmodningIdentifikator: string;
  };
  const { TransaktionsId, RequestId } = HovedOplysninger;
  const kvittering = {
    HovedOplysningerSvar: {
      TransaktionsId,
      TransaktionsTid: new Date().toISOString(),
      ...(RequestId === undefined ? {} : { RequestId }),
    },
    AnmodningIdentifikator,
    Forretningskvittering: { ForretningsValideringsKode: 'ACCEPTERET' as const },
  };
  const options = { namespace: match.namespace, spelling: 'danish' as const };
  return Buffer.from(writeDocument('debitorkonto-anmodning-afsend-o', kvittering, options));
}
