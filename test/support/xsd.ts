/** Judges a document by the XSDs of schemas/, with libxml2. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';

const FOLDER = join(import.meta.dirname, '..', '..', 'schemas');

/** One schema that imports all the others, so that one validator judges every message. */
const ALL = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="urn:oio:debitor:debitorkontoanmodning:1.0" schemaLocation="debitorkonto-anmodning.xsd"/>
  <xs:import namespace="urn:oio:debitor:debitorkontoanmodning:1.1" schemaLocation="debitorkonto-anmodning-1.1.xsd"/>
  <xs:import namespace="http://skat.dk/begrebsmodel/2009/01/15/" schemaLocation="opkraevning-kontant-indbetaling-opret.xsd"/>
  <xs:import namespace="http://serviceplatformen.dk/xml/schemas/kvittering/1/" schemaLocation="kvittering.xsd"/>
</xs:schema>`;

function loadValidator(): XsdValidator {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.xsd'));
  const buffers = Object.fromEntries(files.map((name) => [`mem:///${name}`, readFileSync(join(FOLDER, name))]));
  xmlRegisterInputProvider(new XmlBufferInputProvider(buffers));
  const document = XmlDocument.fromString(ALL, { url: 'mem:///all.xsd' });
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}

let validator: XsdValidator | undefined;

/** What the XSDs have against a document; empty where it is valid. */
export function xsdProblems(xml: string | Uint8Array): readonly string[] {
  validator ??= loadValidator();
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message }) => message.trim());
  } finally {
    document.dispose();
  }
}
