/** The parts of the backend `http` that stand alone: signatures, and the breaker. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Breaker } from '../../src/debitorsystem/backends/http/breaker.ts';
import { contentDigest, sign, signatureProblem } from '../../src/debitorsystem/backends/http/signature.ts';

const RFC_KEY = {
  keyId: 'test-shared-secret',
  secret: Buffer.from(
    'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
    'base64',
  ),
};
const RFC_FIELDS: Readonly<Record<string, string>> = {
  host: 'example.com',
  date: 'Tue, 20 Apr 2021 02:07:55 GMT',
  'content-type': 'application/json',
  'signature-input': 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  signature: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
};
const RFC_CREATED = 1_618_884_473_000;

test('a signature of RFC 9421 itself (B.2.5, hmac-sha256) is right, and with any other date it is not', () => {
  const request = (fields: Readonly<Record<string, string>>) => ({
    method: 'POST',
    path: '/foo',
    field: (name: string) => fields[name],
  });
  expect(signatureProblem(request(RFC_FIELDS), ['date'], RFC_KEY, RFC_CREATED)).toBeUndefined();
  const altered = { ...RFC_FIELDS, date: 'Tue, 20 Apr 2021 02:07:56 GMT' };
  expect(signatureProblem(request(altered), ['date'], RFC_KEY, RFC_CREATED)).toBe('signaturen passer ikke');
});

test('a Content-Digest of RFC 9530 itself is right', () => {
  expect(contentDigest(Buffer.from('{"hello": "world"}\n'))).toBe(
    'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
  );
});

test.each([
  ['', 'kan ikke læses'],
  ['sig1=("@method" "@path"', 'kan ikke læses'],
  ['sig1=("@method" "@path");keyid="test-shared-secret"', 'created mangler'],
  ['sig1=("@method" "@path");created=1618884473;keyid="test-shared-secret";alg="rsa-pss-sha512"', 'alg skal være'],
  ['sig1=("@method" "@query");created=1618884473;keyid="test-shared-secret"', 'skal dække @path'],
  ['sig1=("@method";req "@path");created=1618884473;keyid="test-shared-secret"', 'kan ikke læses'],
  [`sig1=(${'"@method" '.repeat(200)}"@path");created=1;keyid="x"`, 'kan ikke læses'],
])('Signature-Input %s is refused, although the key’s owner has signed it', (input, problem) => {
  const base = `"@method": POST\n"@path": /svar\n"@signature-params": ${input.replace('sig1=', '')}`;
  const mac = createHmac('sha256', RFC_KEY.secret).update(base).digest('base64');
  const fields: Readonly<Record<string, string>> = { 'signature-input': input, signature: `sig1=:${mac}:` };
  const request = { method: 'POST', path: '/svar', field: (name: string) => fields[name] };
  expect(signatureProblem(request, ['@method', '@path'], RFC_KEY, RFC_CREATED)).toContain(problem);
});

test('what is signed here is taken here, until its time is over', () => {
  const parts = { method: 'POST', path: '/svar' };
  const fields: Record<string, string> = { 'content-digest': contentDigest(Buffer.from('x')) };
  const field = (name: string): string | undefined => fields[name];
  Object.assign(fields, sign({ ...parts, field }, ['@method', '@path', 'content-digest'], RFC_KEY, RFC_CREATED));
  const problemAt = (now: number) => signatureProblem({ ...parts, field }, ['content-digest'], RFC_KEY, now);
  expect([problemAt(RFC_CREATED + 299_000), problemAt(RFC_CREATED - 299_000)]).toEqual([undefined, undefined]);
  expect(problemAt(RFC_CREATED + 301_000)).toContain('fra adapterens ur');
});

test('the breaker opens after so many failures in a row, lets one through after its break, and closes when that succeeds', () => {
  let now = 0;
  const told: string[] = [];
  const breaker = new Breaker({
    breakAfter: 3,
    breakMs: 100,
    now: () => now,
    onOpened: () => told.push('åben'),
    onClosed: () => told.push('lukket'),
  });
  const fail = (): void => {
    expect(breaker.admits()).toBe(true);
    breaker.failed();
  };
  fail();
  fail();
  breaker.succeeded();
  fail();
  fail();
  expect(breaker.isResting).toBe(false);
  fail();
  expect([breaker.isResting, breaker.admits()]).toEqual([true, false]);
  now = 99;
  expect(breaker.admits()).toBe(false);
  now = 100;
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  breaker.failed();
  now = 199;
  expect(breaker.admits()).toBe(false);
  now = 200;
  expect(breaker.admits()).toBe(true);
  breaker.succeeded();
  expect([breaker.isResting, breaker.admits(), breaker.admits()]).toEqual([false, true, true]);
  expect(told).toEqual(['åben', 'lukket']);
});
