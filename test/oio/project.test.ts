/** Trees as checked messages: what is normalised, what is refused, and what the sender is told. */
import { describe, expect, test } from 'vitest';
import type { MessageTypes } from '../../src/generated/messages.ts';
import { type MessageStem, matchRoot, readDocument } from '../../src/oio/document.ts';
import { DEFAULT_DKA_NAMESPACE, type DkaNamespaces, NAMESPACES } from '../../src/oio/namespaces.ts';
import { accepting, STANDARD_NAMESPACES, treeOf } from '../support/tree.ts';

const DECLARED = `xmlns="${DEFAULT_DKA_NAMESPACE}" xmlns:k="${NAMESPACES.k}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
const UUID = '11111111-2222-3333-4444-555555555555';
const RUTE = `<k:Rute>
  <k:AfsenderOrganisation>29189846</k:AfsenderOrganisation>
  <k:AfsenderItSystemInstans>${UUID}</k:AfsenderItSystemInstans>
  <k:ModtagerOrganisation>55133018</k:ModtagerOrganisation>
</k:Rute>`;

interface Parts {
  readonly attributes?: string;
  readonly hoved?: string;
  readonly id?: string;
  readonly parametre?: string;
  readonly handling?: string;
}

/** An anmodning with AnmodningIdentifikator in line 8, and what follows it in line 10 and on. */
function anmodning({ attributes = '', hoved = RUTE, id = UUID, parametre = '', handling }: Parts = {}): string {
  return `<DebitorkontoAnmodningAfsend_I ${DECLARED}${attributes}>
<k:HovedOplysninger><k:TransaktionsId>t</k:TransaktionsId><k:TransaktionsTid>2026-11-22T12:00:00</k:TransaktionsTid>
${hoved}
</k:HovedOplysninger><AnmodningIdentifikator>${id}</AnmodningIdentifikator><HandlingTypeKode>NEDSKRIV</HandlingTypeKode>
${parametre}
${handling ?? '<DebitorkontoHandling><DebitorkontoIdentifikator>K</DebitorkontoIdentifikator></DebitorkontoHandling>'}
</DebitorkontoAnmodningAfsend_I>`;
}

function parametre(inner: string): string {
  return anmodning({ parametre: `<HandlingParametre>${inner}</HandlingParametre>` });
}

function read<S extends MessageStem>(
  stem: S,
  xml: string,
  namespaces: DkaNamespaces = STANDARD_NAMESPACES,
): MessageTypes[S] | string {
  const root = treeOf(xml);
  const match = matchRoot(root, namespaces);
  if (match?.stem !== stem) return `the root is ${match?.stem}`;
  const result = readDocument(stem, root, match);
  if (result.ok) return result.document;
  expect(result.fejl.kode).toBe('DA-005');
  return result.fejl.tekst;
}

const readAnmodning = (xml: string) => read('debitorkonto-anmodning-afsend-i', xml);

function kontant(a: string, oe: string, inner = 'Kontanter', system = '  SAP38\n'): string {
  return `<s:Opkr${a}vningKontantIndbetalingOpret_I xmlns:s="${NAMESPACES.skat}" xmlns:q="${NAMESPACES.sk}" revision="1.8">
<s:Kontekst><q:HovedOplysninger><q:TransaktionsID>1</q:TransaktionsID><q:TransaktionsTid>2011-08-10T12:00:00</q:TransaktionsTid></q:HovedOplysninger></s:Kontekst>
<s:KundeIdentifikation><s:KundeNummer> 0101701234 </s:KundeNummer><s:KundeType/></s:KundeIdentifikation>
<s:Opkr${a}vningIndbetalingOplysninger><s:Opkr${a}vningKontantIndbetalingType>${inner}</s:Opkr${a}vningKontantIndbetalingType>
<s:Opkr${a}vningIndbetalingBel${oe}b>1.234,56</s:Opkr${a}vningIndbetalingBel${oe}b><s:ValutaOplysningKode>EUR</s:ValutaOplysningKode>
<s:Opkr${a}vningIndbetalingDato>2011-08-10+02:00</s:Opkr${a}vningIndbetalingDato></s:Opkr${a}vningIndbetalingOplysninger>
<s:OnlineOpkr${a}vningIndbetaling><s:Opkr${a}vningKontoIndbetalingEksternID/><s:Opkr${a}vningIndbetalingSystem>${system}</s:Opkr${a}vningIndbetalingSystem></s:OnlineOpkr${a}vningIndbetaling>
</s:Opkr${a}vningKontantIndbetalingOpret_I>`;
}

describe('a root', () => {
  const root = (name: string, namespace: string) => treeOf(`<p:${name} xmlns:p="${namespace}"/>`);

  test('is known by namespace and local name, and its namespace is the one it uses', () => {
    expect(matchRoot(root('DebitorkontoAnmodningAfsend_I', 'urn:b'), accepting('urn:a', 'urn:b'))).toEqual({
      stem: 'debitorkonto-anmodning-afsend-i',
      namespace: 'urn:b',
      version: '1.0',
      spelling: 'danish',
    });
    expect(matchRoot(root('DebitorkontoAnmodningAfsend_I', 'urn:c'), accepting('urn:a', 'urn:b'))).toBeUndefined();
    expect(matchRoot(root('TransportKvittering', NAMESPACES.kv), STANDARD_NAMESPACES)?.stem).toBe(
      'transport-kvittering',
    );
    expect(matchRoot(root('TransportKvittering', DEFAULT_DKA_NAMESPACE), STANDARD_NAMESPACES)).toBeUndefined();
    expect(matchRoot(root('HovedOplysninger', NAMESPACES.k), STANDARD_NAMESPACES)).toBeUndefined();
  });

  test('with æ, ø or å is known in both spellings', () => {
    expect(matchRoot(root('OpkrævningKontantIndbetalingOpret_I', NAMESPACES.skat), STANDARD_NAMESPACES)?.spelling).toBe(
      'danish',
    );
    expect(
      matchRoot(root('OpkraevningKontantIndbetalingOpret_I', NAMESPACES.skat), STANDARD_NAMESPACES)?.spelling,
    ).toBe('ascii');
  });

  test('called as a property of every object is unknown', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(matchRoot(root(name, DEFAULT_DKA_NAMESPACE), STANDARD_NAMESPACES)).toBeUndefined();
    }
  });
});

describe('reading normalises', () => {
  test('white space is collapsed, but a no-break space is a character like others', () => {
    const document = readAnmodning(
      parametre('<AarsagKode>\n  A\t B\r\n</AarsagKode><AarsagTekst>\u00a0</AarsagTekst>'),
    );
    expect(document).toMatchObject({ HandlingParametre: { AarsagKode: 'A B', AarsagTekst: '\u00a0' } });
  });

  test('a UUID in upper case and with white space around it becomes lower case', () => {
    expect(readAnmodning(anmodning({ id: `\n ABCDEF00-2222-3333-4444-55555555ABCD ` }))).toMatchObject({
      AnmodningIdentifikator: 'abcdef00-2222-3333-4444-55555555abcd',
    });
  });

  test('each name may have either spelling; the system keeps its white space; what rules judge is taken as it is', () => {
    const mixed = kontant('æ', 'ø').replaceAll('OnlineOpkrævning', 'OnlineOpkraevning');
    for (const xml of [kontant('æ', 'ø'), kontant('ae', 'oe'), mixed]) {
      expect(read('opkraevning-kontant-indbetaling-opret-i', xml)).toEqual({
        Kontekst: { HovedOplysninger: { TransaktionsID: '1', TransaktionsTid: '2011-08-10T12:00:00' } },
        KundeIdentifikation: { KundeNummer: '0101701234', KundeType: '' },
        OpkraevningIndbetalingOplysninger: {
          OpkraevningKontantIndbetalingType: 'Kontanter',
          OpkraevningIndbetalingBeloeb: '1.234,56',
          ValutaOplysningKode: 'EUR',
          OpkraevningIndbetalingDato: '2011-08-10+02:00',
        },
        OnlineOpkraevningIndbetaling: {
          OpkraevningKontoIndbetalingEksternID: '',
          OpkraevningIndbetalingSystem: '  SAP38\n',
        },
      });
    }
  });

  test('the order of Rute is free, and Processing is read over whatever it holds', () => {
    const turned = `<k:Rute><k:ModtagerOrganisation>55133018</k:ModtagerOrganisation>
      <k:AfsenderItSystemInstans>${UUID}</k:AfsenderItSystemInstans><k:AfsenderOrganisation>29189846</k:AfsenderOrganisation></k:Rute>
      <k:Processing a="1">tekst <x xmlns="urn:x">y</x></k:Processing><k:Processing/>`;
    const document = readAnmodning(anmodning({ hoved: turned }));
    expect(document).toEqual(readAnmodning(anmodning()));
  });

  test('where schemas are to be found may be said anywhere', () => {
    expect(readAnmodning(anmodning({ attributes: ' xsi:schemaLocation="urn:x x.xsd"' }))).toEqual(
      readAnmodning(anmodning()),
    );
  });
});

describe('a document against its schema is refused, and the sender is told', () => {
  const forbidden = '<AarsagKode>A</AarsagKode>';
  test.each([
    [
      'what is missing',
      anmodning({ hoved: '' }),
      'linje 2, kolonne 1, /DebitorkontoAnmodningAfsend_I/HovedOplysninger: elementet Rute mangler',
    ],
    [
      'what is unknown',
      parametre('<Belob>1</Belob>'),
      '/DebitorkontoAnmodningAfsend_I/HandlingParametre/Belob: elementet kendes ikke her; her kan stå VirkningDato, Beloeb, ValutaOplysningKode, AarsagKode, AarsagTekst, Parameter)',
    ],
    [
      'what is repeated',
      parametre(forbidden + forbidden),
      '/HandlingParametre/AarsagKode[2]: elementet må kun forekomme én gang',
    ],
    [
      'what is in the wrong order',
      parametre(`${forbidden}<Beloeb>1</Beloeb>`),
      '/HandlingParametre/Beloeb: elementet skal stå før AarsagKode',
    ],
    [
      'what is in a wrong namespace',
      parametre('<k:Beloeb>1</k:Beloeb>'),
      `/HandlingParametre/Beloeb: elementet står i et forkert namespace; det skal være ${DEFAULT_DKA_NAMESPACE}`,
    ],
    [
      'text where elements belong',
      parametre('tekst'),
      '/HandlingParametre: må kun indeholde elementer, men indeholder tekst',
    ],
    [
      'elements where text belongs',
      parametre('<Beloeb>1<x/></Beloeb>'),
      '/HandlingParametre/Beloeb: må kun indeholde tekst, men indeholder elementer',
    ],
    [
      'an attribute',
      parametre('<Beloeb valuta="DKK">1</Beloeb>'),
      '/HandlingParametre/Beloeb: attributten valuta er ikke tilladt',
    ],
    ['an attribute of the root', anmodning({ attributes: ' revision="1"' }), 'attributten revision er ikke tilladt'],
    [
      'an amount',
      parametre('<Beloeb>1,5</Beloeb>'),
      '/HandlingParametre/Beloeb: skal være et decimaltal med punktum, ikke komma, højst 11 cifre før det og 2 efter, fx 1250.50',
    ],
    [
      'a date',
      parametre('<VirkningDato>2023-02-29</VirkningDato>'),
      '/VirkningDato: skal være en dato, der findes, på formen ÅÅÅÅ-MM-DD',
    ],
    [
      'a currency',
      parametre('<ValutaOplysningKode>kr</ValutaOplysningKode>'),
      'skal være en valutakode på 2 eller 3 store bogstaver',
    ],
    ['what is empty', parametre('<AarsagKode> </AarsagKode>'), '/AarsagKode: må ikke være tom'],
    ['what is too long', parametre(`<AarsagKode>${'x'.repeat(31)}</AarsagKode>`), '/AarsagKode: må højst have 30 tegn'],
    [
      'a UUID',
      anmodning({ id: 'x' }),
      'linje 8, kolonne 22, /DebitorkontoAnmodningAfsend_I/AnmodningIdentifikator: skal være en UUID',
    ],
    [
      'a variant that is missing',
      anmodning({ handling: '' }),
      '/DebitorkontoAnmodningAfsend_I: skal indeholde netop ét af elementerne DebitorkontoHandling, FordringHandling, DebitorkontiHandling, FordringerMellemDebitorkontiHandling',
    ],
    [
      'a variant too many',
      anmodning({
        handling:
          '<DebitorkontoHandling><DebitorkontoIdentifikator>K</DebitorkontoIdentifikator></DebitorkontoHandling><DebitorkontiHandling/>',
      }),
      'skal indeholde netop ét af elementerne DebitorkontoHandling',
    ],
    [
      'a parameter among several',
      parametre('<Parameter><Navn>a</Navn><Vaerdi/></Parameter><Parameter><Navn/><Vaerdi/></Parameter>'),
      '/HandlingParametre/Parameter[2]/Navn: må ikke være tom',
    ],
  ])('%s', (_what, xml, expected) => {
    const text = readAnmodning(xml);
    expect(text).toContain('Meddelelsen overholder ikke sit skema (linje ');
    expect(text).toContain(expected);
    expect(text).toContain('). Ret meddelelsen efter skemaet, og send den igen.');
  });

  test('which values a code may have', () => {
    const svar = `<DebitorkontoAnmodningSvarAfsend_I ${DECLARED}>
<k:HovedOplysninger><k:TransaktionsId>t</k:TransaktionsId><k:TransaktionsTid>2026-11-22T12:00:00</k:TransaktionsTid></k:HovedOplysninger>
<AnmodningIdentifikator>${UUID}</AnmodningIdentifikator><HandlingTypeKode>AFSKRIV</HandlingTypeKode>
<SvarStatusKode>OK</SvarStatusKode><SvarTid>2026-11-22T12:00:00</SvarTid></DebitorkontoAnmodningSvarAfsend_I>`;
    expect(read('debitorkonto-anmodning-svar-afsend-i', svar)).toContain(
      '/SvarStatusKode: skal være en af værdierne GENNEMFOERT, DELVIST_GENNEMFOERT, AFVIST, FEJLET',
    );
    expect(read('debitorkonto-anmodning-svar-afsend-i', svar.replace('>OK<', '>AFVIST<'))).toMatchObject({
      SvarStatusKode: 'AFVIST',
    });
  });

  test('all that is wrong at once, in the order of the document', () => {
    const text = readAnmodning(
      anmodning({ hoved: '', id: 'x', parametre: '<HandlingParametre><Beloeb/><Ukendt/></HandlingParametre>' }),
    );
    expect(String(text).match(/linje \d+/g)).toEqual(['linje 2', 'linje 4', 'linje 5', 'linje 5']);
  });

  test('the first 20 problems, and that there are more', () => {
    const text = String(readAnmodning(parametre('<Parameter><Navn/><Vaerdi/></Parameter>'.repeat(21))));
    expect(text.match(/må ikke være tom/g)).toHaveLength(20);
    expect(text).toContain('der er flere fejl, som ikke er vist');
    expect(String(readAnmodning(parametre('<Parameter><Navn/><Vaerdi/></Parameter>'.repeat(20))))).not.toContain(
      'flere fejl',
    );
    expect(String(readAnmodning(parametre('<Ukendt/>'.repeat(5000)))).match(/kendes ikke/g)).toHaveLength(20);
  });

  test('where the first fordring of too many stands', () => {
    const fordringer = (antal: number): string =>
      anmodning({
        handling: `<FordringHandling><DebitorkontoIdentifikator>K</DebitorkontoIdentifikator><FordringListe>${Array.from({ length: antal }, (_, index) => `<FordringIdentifikator>F${index}</FordringIdentifikator>`).join('\n')}</FordringListe></FordringHandling>`,
      });
    expect(readAnmodning(fordringer(10_000))).toMatchObject({ AnmodningIdentifikator: UUID });
    expect(readAnmodning(fordringer(10_001))).toContain(
      '/FordringHandling/FordringListe/FordringIdentifikator[10001]: må højst forekomme 10000 gange',
    );
  });

  test('two versions of the same namespace are not mixed in one document', () => {
    const mixed = anmodning().replace('<HandlingTypeKode>', '<HandlingTypeKode xmlns="urn:other">');
    expect(read('debitorkonto-anmodning-afsend-i', mixed, accepting(DEFAULT_DKA_NAMESPACE, 'urn:other'))).toContain(
      'forkert namespace',
    );
  });

  test('but never a value of the document, nor a name that could be one', () => {
    const cpr = '0101701234';
    const texts = [
      anmodning({ id: cpr }),
      anmodning({ attributes: ` x${cpr}="${cpr}"` }),
      parametre(`<Beloeb>${cpr},5</Beloeb>`),
      parametre(`<VirkningDato>${cpr}</VirkningDato><Cpr-${cpr}>${cpr}</Cpr-${cpr}>${cpr}`),
      parametre(`<AarsagKode>${cpr.repeat(4)}</AarsagKode>`),
      parametre(`<Beloeb>1<x>${cpr}</x></Beloeb>`),
      parametre(`<${'x'.repeat(500)}/>`),
    ].map((xml) => String(readAnmodning(xml)));
    expect(texts.filter((text) => !text.includes('overholder ikke sit skema') || text.includes('010170'))).toEqual([]);
    expect(texts[3]).toContain('/HandlingParametre/Cpr-…: elementet kendes ikke her');
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(1000);
  });

  test('an unknown element is told what may stand in its place: what comes after the one before it', () => {
    const unknown = (xml: string): string => /kendes ikke her[^)]*/.exec(String(readAnmodning(xml)))?.[0] ?? '';
    expect(unknown(parametre('<AarsagKode>A</AarsagKode><X/>'))).toBe(
      'kendes ikke her; her kan stå AarsagTekst, Parameter',
    );
    const inParameter = (inner: string): string => parametre(`<Parameter><Navn>a</Navn>${inner}</Parameter>`);
    expect(unknown(inParameter('<X/><Vaerdi>a</Vaerdi>'))).toBe('kendes ikke her; her kan stå Vaerdi');
    expect(unknown(inParameter('<Vaerdi>a</Vaerdi><X/>'))).toBe('kendes ikke her; efter Vaerdi kan intet element stå');
    // Again and again the one that may be repeated, and of a choice not a second one.
    expect(unknown(parametre('<Parameter><Navn>a</Navn><Vaerdi>b</Vaerdi></Parameter><X/>'))).toBe(
      'kendes ikke her; her kan stå Parameter',
    );
    expect(
      unknown(anmodning().replace('</DebitorkontoAnmodningAfsend_I>', '<X/></DebitorkontoAnmodningAfsend_I>')),
    ).toBe('kendes ikke her; efter DebitorkontoHandling kan intet element stå');
  });

  test('what would change the meaning of an element is refused on every one, also where the content is free', () => {
    for (const attribute of ['xsi:nil="true"', 'xsi:type="k:FritIndholdType"']) {
      const [name] = attribute.split('=');
      const said = readAnmodning(anmodning({ hoved: `${RUTE}<k:Processing ${attribute}/>` }));
      expect(said).toContain(`/HovedOplysninger/Processing: attributten ${name?.slice(4)} er ikke tilladt`);
    }
  });

  test('a name is shown without its digits where it has as many as a CPR number, however they are spread', () => {
    for (const name of ['a01.01.70.12.34', 'a01017-01234', 'a0b1c0d1e7f0', 'a010170', 'x_01_01_70_1234']) {
      const said = String(readAnmodning(parametre(`<${name}/>`)));
      expect([name, /HandlingParametre\/([^:]*):/.exec(said)?.[1]?.match(/[0-9]/g) ?? null]).toEqual([name, null]);
      expect(said).toContain('…');
    }
    expect(readAnmodning(parametre('<Linje-12.345/>'))).toContain('/HandlingParametre/Linje-12.345: ');
  });

  test('names of properties of every object are unknown elements', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(readAnmodning(parametre(`<${name}>1</${name}>`))).toContain(
        `/HandlingParametre/${name}: elementet kendes ikke her`,
      );
    }
  });

  test('in time that grows with the document, whatever it holds', () => {
    const size = 1_000_000;
    const hostile = [
      `<Beloeb>0.${'0'.repeat(size)}1</Beloeb>`,
      `<Beloeb>${'0'.repeat(size)}x</Beloeb>`,
      `<VirkningDato>${'1'.repeat(size)}</VirkningDato>`,
      `<AarsagTekst>${' '.repeat(size)}x${' '.repeat(size)}x</AarsagTekst><Beloeb/>`,
      `<AarsagTekst>${'x\t'.repeat(size)}</AarsagTekst>`,
      '<Parameter><Navn/><Vaerdi/></Parameter>'.repeat(size / 100),
    ];
    for (const inner of hostile) {
      const root = treeOf(parametre(inner));
      const match = { namespace: DEFAULT_DKA_NAMESPACE, version: '1.0' } as const;
      const start = performance.now();
      expect(readDocument('debitorkonto-anmodning-afsend-i', root, match).ok).toBe(false);
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
