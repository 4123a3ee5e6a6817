/** The description that a debitorsystem's team builds from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { readSvar, readUdfald } from '../../src/debitorsystem/wire.ts';
import { compileSchema } from '../../src/json-schema.ts';

const SCHEMAS = join(import.meta.dirname, '..', '..', 'schemas', 'debitorsystem');

interface Examples {
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: object }>> };
}

test('openapi.yaml is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  const api = await SwaggerParser.validate(join(SCHEMAS, 'openapi.yaml'));
  expect(Object.keys(api.paths ?? {})).toEqual(['/commands', '/commands/{noegle}']);
});

test('the examples in it are what the schemas say', async () => {
  const { components } = (await SwaggerParser.parse(join(SCHEMAS, 'openapi.yaml'))) as unknown as Examples;
  const bytes = (name: string): Buffer => Buffer.from(JSON.stringify(components.examples[name]?.value));
  for (const name of ['Udfoert', 'Afvist']) expect(readUdfald(bytes(name))).toHaveProperty('art');
  expect(readSvar(bytes('Svar')).svar.status).toBe('DELVIST_GENNEMFOERT');
  const problemsOf = compileSchema(JSON.parse(readFileSync(join(SCHEMAS, 'command.schema.json'), 'utf8')));
  for (const name of ['Nedskriv', 'KontantIndbetaling'])
    expect(problemsOf(components.examples[name]?.value)).toEqual([]);
});
