/**
 * Personal data: CPR numbers are planted wherever a message can hold them, and searched for in everything that comes out of
 * the adapter beside the answer to its sender.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maskCpr, textOfMessage } from '../../src/ops/masking.ts';
import { type Party, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { anmodning, kontantIndbetaling, opskriv, paaFordringer, paaKonto } from '../support/meddelelser.ts';
import { runCli } from '../support/terminal.ts';
import { waitFor } from '../support/wait.ts';

/** Each in a place of its own, so that a leak names its source. Dates that exist; no person has these numbers. */
const CPR = {
  kundeNummer: '0102703331',
  konto: '0203703332',
  fordring: '0304703333',
  aarsagTekst: '0405703334',
  parameter: '050670-3335',
  transaktionsId: '0607703336',
  brokenText: '0708703337',
  againstSchema: '0809703338',
  doctype: '0910703339',
  accounting: '101170-3340',
  correlation: '1112703341',
  messageId: '1201703342',
  eksternId: '1302703343',
  otherSender: '1403703344',
  unroutable: '1504703345',
  kundeType: '1605703346',
  elementName: '1706703347',
} as const;

const PLANTED = Object.entries(CPR).flatMap(([place, cpr]) => {
  const digits = cpr.replace('-', '');
  return [
    { place, form: digits },
    { place, form: `${digits.slice(0, 6)}-${digits.slice(6)}` },
  ];
});

function leaksIn(text: string): readonly string[] {
  return PLANTED.filter(({ form }) => text.includes(form)).map(({ place }) => place);
}

let scene: TestAdapter;
let kulturskole: Party;
/** Correlation ids of what was sent, in order. */
const sent: string[] = [];

async function tell(body: string, sending: Parameters<Party['ask']>[1] = {}): Promise<void> {
  const correlationId = sending.correlationId ?? randomUUID();
  sent.push(correlationId);
  await kulturskole.ask(body, { ...sending, correlationId });
}

async function sendEverything(): Promise<void> {
  const parametre = `<Beloeb>1.00</Beloeb><AarsagKode>TEST</AarsagKode><AarsagTekst>Vedr. ${CPR.aarsagTekst}</AarsagTekst>
    <Parameter><Navn>Note</Navn><Vaerdi>${CPR.parameter}</Vaerdi></Parameter>`;
  await tell(anmodning({ kode: 'OPSKRIV', handling: paaFordringer('KONTO-1', 'F-1'), parametre }));
  await tell(
    anmodning({ kode: 'OPSKRIV', handling: paaFordringer(`KONTO-${CPR.konto}`, `F-${CPR.fordring}`), parametre }),
  );
  await tell(anmodning({ kode: 'AFSLUT_KONTO', handling: paaKonto(CPR.konto) }));
  await tell(opskriv('F-2', '1.00', { transaktionsId: CPR.transaktionsId }));
  await tell(kontantIndbetaling({ kundeNummer: CPR.kundeNummer, eksternId: CPR.eksternId }), {
    queue: 'kontantindbetaling',
  });
  await tell(kontantIndbetaling({ kundeNummer: CPR.kundeNummer, transaktionsId: CPR.transaktionsId }), {
    queue: 'kontantindbetaling',
  });
  await tell(kontantIndbetaling({ kundeType: CPR.kundeType, valuta: 'EUR' }), { queue: 'kontantindbetaling' });
  await tell(opskriv('F-1', '1.00').replace('</HandlingTypeKode>', CPR.brokenText));
  await tell(opskriv('F-1', `kr. ${CPR.againstSchema}`));
  await tell(`<!DOCTYPE x [<!ENTITY cpr "${CPR.doctype}">]>${opskriv('F-1', '1.00')}`);
  await tell(opskriv('F-1', '1.00').replaceAll('Beloeb>', `Beloeb-${CPR.elementName}>`));
  const withAccounting = `</k:RequestId><k:AccountingInfo>${CPR.accounting}</k:AccountingInfo>`;
  await tell(opskriv('F-1', '1.00').replace('</k:RequestId>', withAccounting));
  await tell(opskriv('F-1', '1.00'), { correlationId: CPR.correlation, messageId: CPR.messageId });
  // Nobody answers these: the fejlkø shows that they came.
  const other = opskriv('F-1', CPR.otherSender, { fagsystem: 'byggesag', cvr: '55133018' });
  await kulturskole.send(other, { messageId: CPR.otherSender });
  await kulturskole.send(opskriv(CPR.unroutable, '1.00'), { queue: 'debitorkonto', userId: null });
}

beforeAll(async () => {
  scene = await startTestAdapter({ env: { ADAPTER_LOG_LEVEL: 'trace' } });
  kulturskole = await scene.fagsystem('kulturskole');
  await sendEverything();
  await waitFor(
    'the fejlkø',
    async () => JSON.parse((await runCli('fejlkoe', 'list', ...ledger(), '--json')).out).length >= 6,
  );
});
afterAll(() => scene?.stop());

const ledger = (): readonly string[] => ['--ledger', scene.ledgerUrl];

async function fetchText(path: string): Promise<string> {
  const response = await fetch(`${scene.adapter.httpUrl}${path}`);
  expect(response.ok, path).toBe(true);
  return response.text();
}

describe('no CPR number of a message', () => {
  test('stands in a log line, at the level trace', () => {
    expect(scene.logLines.length).toBeGreaterThan(30);
    expect(scene.logLines.join('')).toContain('"event":"delivery.received"');
    expect(leaksIn(scene.logLines.join(''))).toEqual([]);
  });

  test('stands in a metric', async () => {
    expect(leaksIn(await fetchText('/metrics'))).toEqual([]);
  });

  test('stands in the health or on the operations page', async () => {
    expect(leaksIn(await fetchText('/readyz?verbose'))).toEqual([]);
    const page = await fetchText('/');
    expect(page).toContain('DA-005');
    expect(leaksIn(page)).toEqual([]);
  });

  test('stands in a header of an answer that its sender did not put there itself', () => {
    expect(kulturskole.received.length).toBeGreaterThanOrEqual(sent.length);
    for (const { properties, routingKey } of kulturskole.received) {
      const { correlationId: _echoed, headers, ...own } = properties;
      const { 'anmodning-id': id, ...others } = headers ?? {};
      // A cash payment's id is its TransaktionsID, which the sender chose.
      const chosen = id === CPR.transaktionsId ? '' : String(id);
      expect(leaksIn(`${routingKey} ${chosen} ${JSON.stringify(own)} ${JSON.stringify(others)}`)).toEqual([]);
    }
  });

  test('stands in the text of an error in an answer', () => {
    const texts = kulturskole.received.flatMap(({ xml }) =>
      [...xml.matchAll(/<[a-z]+:(?:FejlTekst|Begrundelse|AdvisTekst)>([^<]*)</g)].map((match) => match[1] ?? ''),
    );
    expect(texts.length).toBeGreaterThan(5);
    expect(leaksIn(texts.join('\n'))).toEqual([]);
  });

  test('stands in what the command line lists, as text and as JSON', async () => {
    const commands = [
      ['status'],
      ['venter'],
      ['i-tvivl', 'list'],
      ['uleveret', 'list'],
      ['fejlkoe', 'list'],
      ['fejlkoe', 'list', '--group'],
      ['anmodning', CPR.transaktionsId],
    ];
    for (const command of commands) {
      for (const json of [[], ['--json']]) {
        const { code, out, err } = await runCli(...command, ...ledger(), ...json);
        expect(code, command.join(' ')).toBe(0);
        expect(leaksIn(out + err), command.join(' ')).toEqual([]);
      }
    }
  });

  test('stands in fejlkoe show, until --raw asks for it, with a warning', async () => {
    const { out: listed } = await runCli('fejlkoe', 'list', ...ledger(), '--json');
    const ids: number[] = JSON.parse(listed).map(({ id }: { id: number }) => id);
    let raw = '';
    for (const id of ids) {
      for (const json of [[], ['--json']]) {
        const shown = await runCli('fejlkoe', 'show', String(id), ...ledger(), ...json);
        expect(shown.code).toBe(0);
        expect(leaksIn(shown.out + shown.err), `nr. ${id}`).toEqual([]);
      }
      const asked = await runCli('fejlkoe', 'show', String(id), '--raw', ...ledger());
      expect(asked.err).toContain('personoplysninger');
      raw += asked.out;
    }
    expect(leaksIn(raw)).toEqual(expect.arrayContaining(['brokenText', 'againstSchema', 'doctype']));
  });
});

describe('the mask', () => {
  test.each([
    ['0101701234', '**********'],
    ['010170-1234', '******-****'],
    ['010170 1234', '****** ****'],
    ['KONTO0101701234X', 'KONTO**********X'],
    ['&#48;10170123&#x34;', '**********'],
    ['9999999999', '**********'],
  ])('hides ten digits however they are written: %s', (text, masked) => {
    expect(maskCpr(text)).toBe(masked);
  });

  test.each([['12345678'], ['01017012345'], ['2026-11-22T09:15:00'], ['FORDRING-1001-1'], ['1234567.50']])(
    'leaves what is no CPR number: %s',
    (text) => {
      expect(maskCpr(text)).toBe(text);
    },
  );

  test('sees through the encodings that a message may have', () => {
    const text = '<K>Øre 0101701234</K>';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1'), utf16, Buffer.from(utf16).swap16()]) {
      expect(maskCpr(textOfMessage(bytes)).replace('\uFEFF', '')).toBe('<K>Øre **********</K>');
    }
  });
});
