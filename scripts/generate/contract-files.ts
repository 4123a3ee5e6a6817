/**
 * The files that say what goes over the wire: an example of every answer, the AsyncAPI document, its page. They are made by
 * the adapter's own code, src/generated/ included, so that this module is to be loaded when that is fresh.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchRoot, readDocument } from '../../src/oio/document.ts';
import { OWN_DKA_NAMESPACES, parseDkaNamespaces } from '../../src/oio/namespaces.ts';
import { readXml } from '../../src/oio/xml-reader.ts';
import { answerExamples } from './answers.ts';
import { asyncapiDocument, asyncapiYaml } from './asyncapi.ts';
import { asyncapiPage } from './asyncapi-page.ts';
import type { SchemaFile } from './schemas.ts';
import { wireContract } from './wire-contract.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Folders of examples/: messages of version 1.0, and of the later ones. */
const SENT = ['meddelelser', 'meddelelser-1.1'];

/** The messages of {@link SENT} that follow their schema, by root element. */
function sentExamples(): ReadonlyMap<string, readonly string[]> {
  const namespaces = parseDkaNamespaces(Object.values(OWN_DKA_NAMESPACES)) ?? new Map();
  const found = new Map<string, string[]>();
  const paths = SENT.flatMap((folder) =>
    readdirSync(join(ROOT, 'examples', folder))
      .toSorted()
      .map((file) => `examples/${folder}/${file}`),
  );
  for (const path of paths) {
    const read = readXml(readFileSync(join(ROOT, path)));
    const match = read.ok ? matchRoot(read.root, namespaces) : undefined;
    if (!read.ok || match === undefined || !readDocument(match.stem, read.root, match).ok) continue;
    found.set(read.root.name, [...(found.get(read.root.name) ?? []), path]);
  }
  return found;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

/** The text of each file, by its path from the package's root. */
export function contractFiles(schemas: readonly SchemaFile[]): Readonly<Record<string, string>> {
  const contract = wireContract(schemas, sentExamples());
  const version = packageVersion();
  return {
    ...Object.fromEntries(answerExamples().map(({ path, text }) => [path, text])),
    'schemas/asyncapi.yaml': asyncapiYaml(asyncapiDocument(contract, version)),
    'docs/asyncapi.html': asyncapiPage(contract, version),
  };
}
