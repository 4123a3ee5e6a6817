/** The description that a debitorsystem's team builds from. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { expect, test } from 'vitest';
import { sign, signatureProblem } from '../../src/debitorsystem/backends/http/signature.ts';
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

test('the signature that it shows is right, by an implementation of another house and by ours', async () => {
  const { info } = await SwaggerParser.parse(join(SCHEMAS, 'openapi.yaml'));
  const [, base = '', , fields = ''] = (info.description ?? '').split('```').map((part) => part.trim());
  const secret = /hemmeligheden `([^`]+)`/.exec(info.description ?? '')?.[1] ?? '';
  const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'im').exec(fields)?.[1];
  const mac = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], { input: base });
  expect(field('signature')).toBe(`sig1=:${mac.toString('base64')}:`);
  const sha256 = execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: '{}' });
  expect(field('content-digest')).toBe(`sha-256=:${sha256.toString('base64')}:`);

  const request = { method: 'POST', path: '/svar', field };
  const at = Number(/;created=([0-9]+)/.exec(base)?.[1]) * 1000;
  const key = { keyId: 'adapter', secret: Buffer.from(secret) };
  const covered = ['@method', '@path', 'content-digest'];
  expect(signatureProblem(request, covered, key, at)).toBeUndefined();
  expect(sign(request, covered, key, at)).toEqual({
    'signature-input': field('signature-input'),
    signature: field('signature'),
  });
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
