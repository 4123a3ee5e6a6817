/** The schema files themselves, what is generated from them, and the formats that they name. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messagesOf, readSchemas } from '../../scripts/generate/schemas.ts';
import { type SchemaValidator, validateHandlingstyper, validateRegistry } from '../../src/generated/validators.ts';
import { isBeloeb, isBeloeb15, isDato, isDatoTid } from '../../src/oio/formats.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import { readXml } from '../../src/oio/xml-reader.ts';
import { elementsOf } from '../support/tree.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SCHEMAS = readSchemas(join(ROOT, 'schemas'));

function problemsOf(validate: SchemaValidator, data: unknown): readonly string[] {
  if (validate(data)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

function example(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, 'examples', name), 'utf8'));
}

describe('the generated code', () => {
  test('is what the schemas say', () => {
    expect(() =>
      execFileSync(process.execPath, ['scripts/generate.ts', '--check'], { cwd: ROOT, stdio: 'pipe' }),
    ).not.toThrow();
  });

  test('compiles nothing at run time, and needs of ajv only its runtime', () => {
    const text = readFileSync(join(ROOT, 'src', 'generated', 'validators.ts'), 'utf8');
    expect(text).not.toMatch(/new Function|eval\(|\brequire\(/);
    const imported = [...text.matchAll(/^import .* from '(.*)';$/gm)].map(([, path]) => path);
    expect(imported).toContain('../oio/formats.ts');
    expect(imported.filter((path) => path !== '../oio/formats.ts' && !path?.startsWith('ajv/dist/runtime/'))).toEqual(
      [],
    );
  });
});

describe('a schema', () => {
  test.each(SCHEMAS)('says that it is draft-07 and refuses what it does not know: $stem', ({ stem, schema }) => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', $id: `${stem}.schema.json` });
    const open: string[] = [];
    JSON.stringify(schema, (key, value: unknown) => {
      const isObject = typeof value === 'object' && value !== null;
      if (
        isObject &&
        'properties' in value &&
        !('additionalProperties' in value) &&
        !['if', 'then', 'else'].includes(key)
      )
        open.push(key);
      return value;
    });
    expect(open).toEqual([]);
  });

  test('says in Danish what a value must be wherever a message has a pattern or a format', () => {
    const silent: string[] = [];
    const files = SCHEMAS.filter(({ stem }) => stem !== 'registry' && stem !== 'handlingstyper');
    for (const { stem, schema } of files) {
      JSON.stringify(schema, (key, value: unknown) => {
        const isObject = typeof value === 'object' && value !== null;
        if (isObject && ('pattern' in value || 'format' in value) && !('x-krav' in value))
          silent.push(`${stem} ${key}`);
        return value;
      });
    }
    expect(silent).toEqual([]);
  });

  test('stands for each of the seven messages', () => {
    expect(messagesOf(SCHEMAS).map(({ schema }) => schema['x-root'])).toEqual([
      'DebitorkontoAnmodningAfsend_I',
      'DebitorkontoAnmodningAfsend_O',
      'DebitorkontoAnmodningSvarAfsend_I',
      'DebitorkontoAnmodningSvarAfsend_O',
      'OpkrævningKontantIndbetalingOpret_I',
      'OpkrævningKontantIndbetalingOpret_O',
      'TransportKvittering',
    ]);
  });
});

describe('an XSD', () => {
  const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';
  const NAMED: ReadonlySet<string> = new Set(['element', 'attribute', 'simpleType', 'complexType', 'group']);

  function documentationOf(one: XmlElement): string {
    const annotation = one.children.find(({ name }) => name === 'annotation');
    const documentation = annotation?.children.find(({ name }) => name === 'documentation');
    const isDanish = documentation?.attributes.some(({ name, value }) => name === 'lang' && value === 'da');
    return isDanish === true ? (documentation?.text ?? '') : '';
  }

  test.each(readdirSync(join(ROOT, 'schemas')).filter((name) => name.endsWith('.xsd')))(
    'says in a Danish sentence what everything is that it gives a name: %s',
    (file) => {
      const read = readXml(readFileSync(join(ROOT, 'schemas', file)));
      if (!read.ok) throw new Error(read.fejl.tekst);
      const named = elementsOf(read.root).filter(
        ({ namespace, name, attributes }) =>
          namespace === XSD_NAMESPACE && NAMED.has(name) && attributes.some((one) => one.name === 'name'),
      );
      expect(named.length).toBeGreaterThan(5);
      const silent = named.filter((one) => !/^[\p{Lu}\d].{5,}\.$/su.test(documentationOf(one)));
      expect(
        silent.map(({ line, attributes }) => `line ${line}: ${attributes.find((one) => one.name === 'name')?.value}`),
      ).toEqual([]);
    },
  );
});

describe('version 1.1 of the SF1590_B_04 messages', () => {
  test('is 1.0 and what the JSON schemas say that it adds: the XSDs differ in that and the namespace alone', () => {
    const linesOf = (name: string): readonly string[] => readFileSync(join(ROOT, 'schemas', name), 'utf8').split('\n');
    const asOf11 = linesOf('debitorkonto-anmodning.xsd').map((line) =>
      line
        .replace('debitorkontoanmodning:1.0', 'debitorkontoanmodning:1.1')
        .replace('" version="1.0">', '" version="1.1">'),
    );
    const added = linesOf('debitorkonto-anmodning-1.1.xsd').filter((line) => !asOf11.includes(line));
    expect(added.map((line) => line.trim())).toEqual([
      '<xs:element name="SagIdentifikator" type="dka:Tekst50Type" minOccurs="0">',
      expect.stringContaining('Fra version 1.1.'),
    ]);
    expect(linesOf('debitorkonto-anmodning-1.1.xsd').length).toBe(asOf11.length + 5);
    const later = SCHEMAS.flatMap(
      ({ schema }) => JSON.stringify(schema).match(/"\w+":\{[^{}]*"x-since":"[^"]*"/g) ?? [],
    );
    expect(later.map((text) => text.split('"')[1])).toEqual(['SagIdentifikator']);
  });
});

describe('the formats', () => {
  test('a date exists, has a year of four digits, and may have a zone', () => {
    for (const text of ['2024-02-29', '2000-02-29', '2011-08-10+02:00', '2011-08-10Z', '0001-01-01-14:00']) {
      expect([text, isDato(text)]).toEqual([text, true]);
    }
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '0000-01-01',
      '2024-01-01+14:01',
      '24-01-01',
      ' 2024-01-01',
      '',
    ]) {
      expect([text, isDato(text)]).toEqual([text, false]);
    }
  });

  test('a time has seconds, 1 to 9 decimals where it has any, and a zone or none', () => {
    for (const text of [
      '2024-01-01T12:00:00',
      '2024-01-01T23:59:59.123456789+01:00',
      '2024-01-01T24:00:00.0',
      '2024-02-29T00:00:00Z',
    ]) {
      expect([text, isDatoTid(text)]).toEqual([text, true]);
    }
    for (const text of [
      '2024-01-01T12:00',
      '2024-01-01T23:59:60',
      '2024-01-01T24:00:01',
      '2024-01-01T12:00:00.1234567890',
      '2023-02-29T00:00:00',
    ]) {
      expect([text, isDatoTid(text)]).toEqual([text, false]);
    }
  });

  test('an amount has at most 11 digits before the point and 2 after it, and zeros without a meaning do not count', () => {
    for (const text of ['100', '+7.5', '-0.05', '0000000000100.00', '99999999999.990'])
      expect([text, isBeloeb(text)]).toEqual([text, true]);
    for (const text of ['1.234,56', '1e3', '', '.', '100000000000', '0.001'])
      expect([text, isBeloeb(text)]).toEqual([text, false]);
  });

  test('an amount in an error may have 15 digits before the point', () => {
    for (const text of ['999999999999999', '-999999999999998.99', '0.5'])
      expect([text, isBeloeb15(text)]).toEqual([text, true]);
    for (const text of ['999999999999999.01', '1000000000000000', '0.001', '', '-'])
      expect([text, isBeloeb15(text)]).toEqual([text, false]);
  });
});

const STRAKS = {
  kode: 'NEDSKRIV',
  navn: 'Nedskriv',
  varianter: [2],
  svarform: 'STRAKS',
  paakraevede: [
    { felt: 'Beloeb', positiv: true },
    { felt: 'AarsagKode' },
    { felt: 'Parameter', navn: 'Tilstand', vaerdier: ['AABEN'] },
  ],
  objektTyper: ['FORDRING'],
  adskilteSider: false,
};
const SENERE = { ...STRAKS, kode: 'ÆNDRING_1', svarform: 'SENERE', fristDage: 14 };

describe('the catalogue of handlingstyper', () => {
  const judge = (handlingstype: object): readonly string[] =>
    problemsOf(validateHandlingstyper, { handlingstyper: [handlingstype] });

  test('of the examples is valid', () => {
    expect(problemsOf(validateHandlingstyper, example('handlingstyper.json'))).toEqual([]);
  });

  test('takes a handlingstype of either svarform, and the name of a schema for the sake of editors', () => {
    expect([...judge(STRAKS), ...judge(SENERE)]).toEqual([]);
    expect(
      problemsOf(validateHandlingstyper, { $schema: 'handlingstyper.schema.json', handlingstyper: [STRAKS] }),
    ).toEqual([]);
  });

  test('demands a frist with SENERE and refuses one with STRAKS', () => {
    expect(judge({ ...SENERE, fristDage: undefined })).toContain('/handlingstyper/0 required');
    expect(judge({ ...STRAKS, fristDage: 14 })).toContain('/handlingstyper/0 not');
  });

  test.each([
    [{ ...STRAKS, kode: 'nedskriv' }, '/handlingstyper/0/kode pattern'],
    [{ ...STRAKS, kode: 'X'.repeat(51) }, '/handlingstyper/0/kode pattern'],
    [{ ...STRAKS, varianter: [5] }, '/handlingstyper/0/varianter/0 enum'],
    [{ ...STRAKS, varianter: [1, 1] }, '/handlingstyper/0/varianter uniqueItems'],
    [{ ...STRAKS, varianter: [] }, '/handlingstyper/0/varianter minItems'],
    [{ ...STRAKS, objektTyper: [] }, '/handlingstyper/0/objektTyper minItems'],
    [{ ...STRAKS, frist: 5 }, '/handlingstyper/0 additionalProperties'],
    [{ ...STRAKS, paakraevede: [{ felt: 'Renter' }] }, '/handlingstyper/0/paakraevede/0 discriminator'],
    [{ ...STRAKS, paakraevede: [{ felt: 'Beloeb' }] }, '/handlingstyper/0/paakraevede/0 required'],
    [
      { ...STRAKS, paakraevede: [{ felt: 'AarsagKode', positiv: true }] },
      '/handlingstyper/0/paakraevede/0 additionalProperties',
    ],
  ])('says where a handlingstype is wrong: %#', (handlingstype, problem) => {
    expect(judge(handlingstype)).toContain(problem);
  });
});

describe('the registry', () => {
  const fagsystem = {
    id: 'kulturskole',
    navn: 'Kulturskolen',
    itSystemInstanser: ['aaaaaaaa-0000-4000-8000-000000000001'],
    myndigheder: ['29189846'],
  };
  const judge = (changed: object): readonly string[] =>
    problemsOf(validateRegistry, {
      fagsystemer: [{ ...fagsystem, ...changed }],
      debitorsystemer: [{ id: 'simulator', navn: 'Simulator' }],
    });

  test('of the examples is valid', () => {
    expect(problemsOf(validateRegistry, example('registry.json'))).toEqual([]);
  });

  test.each([
    [{}, undefined],
    [{ id: 'Kulturskole' }, '/fagsystemer/0/id pattern'],
    [{ id: 'x'.repeat(41) }, '/fagsystemer/0/id pattern'],
    [{ itSystemInstanser: ['AAAAAAAA-0000-4000-8000-000000000001'] }, '/fagsystemer/0/itSystemInstanser/0 pattern'],
    [{ myndigheder: ['2918984'] }, '/fagsystemer/0/myndigheder/0 pattern'],
    [{ myndigheder: ['29189846', '29189846'] }, '/fagsystemer/0/myndigheder uniqueItems'],
    [{ kode: 'x' }, '/fagsystemer/0 additionalProperties'],
  ])('says where it is wrong: %#', (changed, problem) => {
    expect(judge(changed)).toEqual(problem === undefined ? [] : [problem]);
  });
});
