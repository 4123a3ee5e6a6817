/**
 * The main job over a real RabbitMQ: every message goes in as a fagsystem with its least permissions, is carried out by the
 * simulator, and its kvittering, and where the handlingstype says so its svar, comes out.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Party, type Received, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import {
  anmodning,
  kontantIndbetaling,
  mellemFordringer,
  mellemKonti,
  opskriv,
  paaFordringer,
  paaKonto,
  svarFraDebitorsystem,
} from '../support/meddelelser.ts';
import { waitFor } from '../support/wait.ts';

let running: TestAdapter;
let kulturskole: Party;
let byggesag: Party;

beforeAll(async () => {
  running = await startTestAdapter();
  kulturskole = await running.fagsystem('kulturskole');
  byggesag = await running.fagsystem('byggesag');
});
afterAll(() => running?.stop());

type Tree = { readonly [name: string]: Tree | readonly Tree[] | string | undefined };

function at(received: Received, path: string): unknown {
  return path.split('/').reduce<unknown>((node, name) => (node as Tree | undefined)?.[name], received.document);
}
const kodeOf = (received: Received): unknown =>
  at(received, 'DebitorkontoAnmodningAfsend_O/Forretningskvittering/ForretningsValideringsKode');
const resultatOf = (received: Received): unknown => at(received, 'DebitorkontoAnmodningAfsend_O/HandlingResultat');

/** The FejlKoder of a kvittering, TransportKvittering or svarkvittering, in order. */
function fejlkoderOf({ xml }: Received): string[] {
  return [...xml.matchAll(/FejlKode>([^<]+)</g)].map((match) => match[1] ?? '');
}

const grund = '<AarsagKode>TEST</AarsagKode>';
const beloeb = (kroner: string): string => `<Beloeb>${kroner}</Beloeb>`;
const tilstand = (vaerdi: string): string => `<Parameter><Navn>Tilstand</Navn><Vaerdi>${vaerdi}</Vaerdi></Parameter>`;
const virkning = '<VirkningDato>2027-06-01</VirkningDato>';

describe('a handlingstype with its result at once', () => {
  const cases = [
    ['AENDR_TILSTAND', 1, paaKonto('KONTO-10'), tilstand('SAT_I_BERO')],
    ['AENDR_TILSTAND', 2, paaFordringer('KONTO-1', 'F-1', 'F-2'), tilstand('TIL_INDDRIVELSE')],
    ['NEDSKRIV', 2, paaFordringer('KONTO-1', 'F-3'), beloeb('100.00') + grund],
    ['OPSKRIV', 2, paaFordringer('KONTO-1', 'F-4'), beloeb('0.01') + grund],
    ['TILBAGEKALD', 2, paaFordringer('KONTO-1', 'F-5', 'F-6'), grund],
    ['OMPOSTER', 4, mellemFordringer(['KONTO-2', 'F-1'], ['KONTO-3', 'F-1']), beloeb('100.00')],
    ['UDLIGN', 3, mellemKonti('KONTO-2', 'KONTO-3'), ''],
  ] as const;
  test.each(cases)('%s, variant %i, is answered ACCEPTERET with its result', async (kode, _, handling, parametre) => {
    const id = randomUUID();
    const answer = await kulturskole.ask(anmodning({ kode, handling, parametre, id, transaktionsId: `T-${id}` }));
    expect(kodeOf(answer), answer.xml).toBe('ACCEPTERET');
    expect(resultatOf(answer)).toMatchObject({ FordringResultat: expect.anything() });
    expect(at(answer, 'DebitorkontoAnmodningAfsend_O/HovedOplysningerSvar/TransaktionsId')).toBe(`T-${id}`);
    expect(at(answer, 'DebitorkontoAnmodningAfsend_O/AnmodningIdentifikator')).toBe(id);
    expect(answer.routingKey).toBe('kulturskole.kvittering.debitorkonto');
    expect(answer.properties).toMatchObject({
      contentType: 'application/xml',
      contentEncoding: 'utf-8',
      deliveryMode: 2,
      appId: 'debitor-adapter',
      type: 'DebitorkontoAnmodningAfsend_O',
      headers: { 'anmodning-id': id, 'kvittering-kode': 'ACCEPTERET' },
    });
  });
});

describe('a handlingstype with a later svar', () => {
  const cases = [
    ['AFSKRIV', 1, paaKonto('KONTO-11'), grund],
    ['AFSKRIV', 2, paaFordringer('KONTO-1', 'F-7'), grund],
    ['HENSTAND', 1, paaKonto('KONTO-12'), virkning],
    ['HENSTAND', 2, paaFordringer('KONTO-1', 'F-8'), virkning],
    ['OVERFOER_INDBETALING', 4, mellemFordringer(['KONTO-2', 'F-1'], ['KONTO-3', 'F-2']), ''],
    ['OVERFOER_FORDRING', 3, mellemKonti('KONTO-13', 'KONTO-4'), ''],
  ] as const;
  test.each(cases)(
    '%s, variant %i, is answered MODTAGET and then by one svar',
    async (kode, _, handling, parametre) => {
      const id = randomUUID();
      const requestId = randomUUID();
      const correlationId = await kulturskole.send(
        anmodning({ kode, handling, parametre, id, requestId, transaktionsId: `T-${id}` }),
      );
      const kvittering = await kulturskole.answer(correlationId, 1);
      expect(kodeOf(kvittering), kvittering.xml).toBe('MODTAGET');
      expect(at(kvittering, 'DebitorkontoAnmodningAfsend_O/ForventetSvarDato')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(resultatOf(kvittering)).toBeUndefined();
      const svar = await kulturskole.answer(correlationId, 2);
      const root = 'DebitorkontoAnmodningSvarAfsend_I';
      expect(svar.routingKey).toBe('kulturskole.svar.debitorkonto');
      expect(at(svar, `${root}/SvarStatusKode`), svar.xml).toBe('GENNEMFOERT');
      expect(at(svar, `${root}/AnmodningIdentifikator`)).toBe(id);
      expect(at(svar, `${root}/HandlingTypeKode`)).toBe(kode);
      expect(at(svar, `${root}/HovedOplysninger/TransaktionsId`)).toBe(`T-${id}`);
      expect(at(svar, `${root}/HovedOplysninger/RequestId`)).not.toBe(requestId);
      expect(at(svar, `${root}/HovedOplysninger/Rute`)).toMatchObject({
        ModtagerItSystemInstans: '5b0d6c2e-3f7a-4b1c-9d2e-8a7f6c5b4a31',
        ModtagerOrganisation: '29189846',
      });
      expect(svar.properties.headers).toMatchObject({ 'anmodning-id': id, 'kvittering-kode': 'GENNEMFOERT' });
    },
  );

  test('AFSLUT_KONTO with an open fordring is answered MODTAGET and its svar says AFVIST', async () => {
    const correlationId = await kulturskole.send(anmodning({ kode: 'AFSLUT_KONTO', handling: paaKonto('KONTO-14') }));
    expect(kodeOf(await kulturskole.answer(correlationId, 1))).toBe('MODTAGET');
    const svar = await kulturskole.answer(correlationId, 2);
    expect(at(svar, 'DebitorkontoAnmodningSvarAfsend_I/SvarStatusKode')).toBe('AFVIST');
    expect(fejlkoderOf(svar)).toEqual(['DA-203']);
  });
});

describe('a refusal', () => {
  test('of the rules holds every error, and the debitorsystem is not asked', async () => {
    const handling = paaFordringer('KONTO-UKENDT', 'F-1', 'F-1');
    const answer = await kulturskole.ask(anmodning({ kode: 'NEDSKRIV', handling, cvr: '99999999' }));
    expect(kodeOf(answer)).toBe('AFVIST');
    expect(fejlkoderOf(answer).sort()).toEqual(['DA-103', 'DA-103', 'DA-106', 'DA-108']);
  });

  test('of the debitorsystem holds every error, and nothing was carried out', async () => {
    const handling = paaFordringer('KONTO-1', 'F-99', 'F-98');
    const answer = await kulturskole.ask(anmodning({ kode: 'TILBAGEKALD', handling, parametre: grund }));
    expect(kodeOf(answer)).toBe('AFVIST');
    expect(fejlkoderOf(answer)).toEqual(['DA-202', 'DA-202']);
  });

  test("does not tell one fagsystem of another's debitorkonti", async () => {
    const handling = paaFordringer('KONTO-1', 'F-1');
    const answer = await byggesag.ask(
      anmodning({ kode: 'TILBAGEKALD', handling, parametre: grund, fagsystem: 'byggesag', cvr: '55133018' }),
    );
    expect(fejlkoderOf(answer)).toEqual(['DA-201']);
    expect(answer.routingKey).toBe('byggesag.kvittering.debitorkonto');
  });
});

describe('a cash payment', () => {
  test('is booked and answered without a Fejl', async () => {
    const transaktionsId = `K-${randomUUID()}`;
    const answer = await kulturskole.ask(kontantIndbetaling({ transaktionsId }), { queue: 'kontantindbetaling' });
    const root = 'OpkrævningKontantIndbetalingOpret_O/Kontekst/HovedOplysningerSvar';
    expect(at(answer, `${root}/TransaktionsID`)).toBe(transaktionsId);
    expect(at(answer, `${root}/ServiceID`)).toBe('OpkrævningKontantIndbetalingOpret');
    expect(at(answer, `${root}/SvarReaktion`)).toBeUndefined();
    expect(answer.routingKey).toBe('kulturskole.kvittering.kontantindbetaling');
    expect(answer.properties.headers).toMatchObject({
      'anmodning-id': transaktionsId,
      'kvittering-kode': 'ACCEPTERET',
    });
  });

  test('with three errors gets all three in one answer', async () => {
    const wrong = kontantIndbetaling({ kundeType: 'Privat', beloeb: '1.234,56', valuta: 'EUR' });
    const answer = await kulturskole.ask(wrong, { queue: 'kontantindbetaling' });
    expect([...answer.xml.matchAll(/FejlNummer>([^<]+)</g)].map((match) => match[1])).toEqual(['001', '009', '029']);
  });

  test('is not booked again under a new TransaktionsID with the same EksternID', async () => {
    const eksternId = randomUUID().slice(0, 18);
    const first = await kulturskole.ask(kontantIndbetaling({ eksternId }), { queue: 'kontantindbetaling' });
    expect(first.properties.headers).toMatchObject({ 'kvittering-kode': 'ACCEPTERET' });
    const second = await kulturskole.ask(kontantIndbetaling({ eksternId }), { queue: 'kontantindbetaling' });
    expect(second.xml).toContain('FejlNummer>DA-110<');
    const elsewhere = await byggesag.ask(kontantIndbetaling({ eksternId }), { queue: 'kontantindbetaling' });
    expect(elsewhere.properties.headers).toMatchObject({ 'kvittering-kode': 'ACCEPTERET' });
  });

  test('that was refused can be sent again under a new TransaktionsID with its EksternID', async () => {
    const eksternId = randomUUID().slice(0, 18);
    const queue = 'kontantindbetaling';
    const refused = await kulturskole.ask(kontantIndbetaling({ eksternId, valuta: 'EUR' }), { queue });
    expect(refused.xml).toContain('FejlNummer>029<');
    const again = await kulturskole.ask(kontantIndbetaling({ eksternId }), { queue });
    expect(again.properties.headers).toMatchObject({ 'kvittering-kode': 'ACCEPTERET' });
  });
});

describe('the same message again', () => {
  test('gets the stored kvittering: the same bytes and message id, the correlation id of the repeat; nothing is done twice', async () => {
    const id = randomUUID();
    const first = await kulturskole.ask(opskriv('F-10', '5.00', { id, transaktionsId: 'T-gentaget' }));
    const repeat = await kulturskole.ask(opskriv('F-10', '5', { id, transaktionsId: 'T-gentaget' }));
    expect(repeat.xml).toBe(first.xml);
    expect(repeat.properties.messageId).toBe(first.properties.messageId);
    expect(repeat.properties.correlationId).not.toBe(first.properties.correlationId);
    // Were F-10 written up twice, there would be more than 1,005.00 to write down.
    const parametre = beloeb('1005.01') + grund;
    const more = await kulturskole.ask(
      anmodning({ kode: 'NEDSKRIV', handling: paaFordringer('KONTO-1', 'F-10'), parametre }),
    );
    expect(fejlkoderOf(more)).toEqual(['DA-204']);
  });

  test('with other content is DA-104, and that answer too is the same each time', async () => {
    const id = randomUUID();
    const first = await kulturskole.ask(opskriv('F-11', '1.00', { id }));
    const other = opskriv('F-11', '2.00', { id });
    const [conflict, again] = [await kulturskole.ask(other), await kulturskole.ask(other)];
    expect(fejlkoderOf(conflict)).toEqual(['DA-104']);
    expect(again.xml).toBe(conflict.xml);
    const repeat = await kulturskole.ask(opskriv('F-11', '1.00', { id }));
    expect(repeat.properties.messageId).toBe(first.properties.messageId);
  });

  test('of a MODTAGET is MODTAGET again; the svar is not repeated', async () => {
    const id = randomUUID();
    const document = anmodning({ kode: 'HENSTAND', handling: paaKonto('KONTO-15'), parametre: virkning, id });
    const correlationId = await kulturskole.send(document);
    await kulturskole.answer(correlationId, 2);
    const repeat = await kulturskole.ask(document);
    expect(kodeOf(repeat)).toBe('MODTAGET');
    // The next answer to come is the one to a later message: nothing else was on its way.
    await kulturskole.ask(opskriv('F-12', '1.00'));
    const svar = kulturskole.received.filter(({ xml }) => xml.includes(id) && xml.includes('SvarAfsend_I'));
    expect(svar).toHaveLength(1);
  });
});

describe('what can not be read', () => {
  const ok = opskriv('F-13', '1.00');
  const cases = [
    ['DA-001', ok.replace('</DebitorkontoAnmodningAfsend_I>', '')],
    ['DA-002', Buffer.concat([Buffer.from(ok), Buffer.from([0xff])])],
    ['DA-003', `<!DOCTYPE x [<!ENTITY e "e">]>${ok}`],
    ['DA-004', '<Ukendt xmlns="urn:x"/>'],
    ['DA-004', kontantIndbetaling()],
    ['DA-005', ok.replace('<HandlingTypeKode>OPSKRIV</HandlingTypeKode>', '')],
    ['DA-006', ok.replace('<AarsagKode>', `<AarsagTekst>${'x'.repeat(70_000)}</AarsagTekst><AarsagKode>`)],
  ] as const;
  let small: TestAdapter;
  let sender: Party;
  beforeAll(async () => {
    small = await startTestAdapter({ env: { ADAPTER_MAX_MESSAGE_BYTES: '65536' } });
    sender = await small.fagsystem('kulturskole');
  });
  afterAll(() => small?.stop());

  test.each(cases)(
    'is answered by a TransportKvittering with %s, and the next message is carried out',
    async (kode, body) => {
      const answer = await sender.ask(body);
      expect(answer.properties.type).toBe('TransportKvittering');
      expect(at(answer, 'TransportKvittering/TransportValideringsKode')).toBe('FEJL');
      expect(fejlkoderOf(answer), answer.xml).toEqual([kode]);
      expect(answer.routingKey).toBe('kulturskole.kvittering.debitorkonto');
      expect(kodeOf(await sender.ask(opskriv('F-14', '1.00')))).toBe('ACCEPTERET');
    },
  );
});

describe('a sender whose user, routing key and Rute disagree', () => {
  test('gets no answer, stands in the fejlkø, and harms nobody', async () => {
    const id = randomUUID();
    const foreign = opskriv('F-15', '1.00', { id, fagsystem: 'byggesag' });
    const without = await kulturskole.send(opskriv('F-15', '1.00'), { userId: null });
    const contradicting = await kulturskole.send(foreign);
    expect(kodeOf(await kulturskole.ask(opskriv('F-15', '1.00')))).toBe('ACCEPTERET');
    const answered = kulturskole.received.map(({ properties }) => properties.correlationId);
    expect(answered).not.toContain(without);
    expect(answered).not.toContain(contradicting);
    const events = running.logLines.filter((line) => line.includes('"sender.mismatch"'));
    expect(events).toHaveLength(2);
  });
});

describe('a svar from a debitorsystem outside the process', () => {
  let slow: TestAdapter;
  let sender: Party;
  let debitorsystem: Party;
  beforeAll(async () => {
    slow = await startTestAdapter({ senereDelayMs: 3_600_000 });
    sender = await slow.fagsystem('kulturskole');
    debitorsystem = await slow.debitorsystem('kommunedebitor');
  });
  afterAll(() => slow?.stop());
  const routingKey = 'kommunedebitor.svar';

  async function acceptedForLater(id: string): Promise<string> {
    const document = anmodning({
      kode: 'HENSTAND',
      handling: paaKonto('KONTO-16'),
      parametre: virkning,
      id,
      transaktionsId: `T-${id}`,
    });
    const correlationId = await sender.send(document);
    expect(kodeOf(await sender.answer(correlationId))).toBe('MODTAGET');
    return correlationId;
  }

  test('reaches the fagsystem, and is answered ACCEPTERET; the same again gets the same; another is DA-303', async () => {
    const id = randomUUID();
    const correlationId = await acceptedForLater(id);
    const document = svarFraDebitorsystem({ id, transaktionsId: `T-${id}` });
    const receipt = await debitorsystem.ask(document, { routingKey });
    expect(receipt.properties.type).toBe('DebitorkontoAnmodningSvarAfsend_O');
    expect(receipt.xml).toContain('ForretningsValideringsKode>ACCEPTERET<');
    const svar = await sender.answer(correlationId, 2);
    expect(at(svar, 'DebitorkontoAnmodningSvarAfsend_I/SvarTid')).toBe('2026-11-21T08:14:00.000Z');
    const again = await debitorsystem.ask(document, { routingKey });
    expect(again.xml).toBe(receipt.xml);
    const other = svarFraDebitorsystem({ id, transaktionsId: `T-${id}`, status: 'AFVIST' });
    expect(fejlkoderOf(await debitorsystem.ask(other, { routingKey }))).toEqual(['DA-303']);
    await sender.ask(opskriv('F-16', '1.00'));
    expect(sender.received.filter(({ properties }) => properties.correlationId === correlationId)).toHaveLength(2);
  });

  test('to an unknown anmodning is DA-301, to one that was answered at once DA-302', async () => {
    const unknown = svarFraDebitorsystem({ id: randomUUID(), transaktionsId: 'T-ukendt' });
    expect(fejlkoderOf(await debitorsystem.ask(unknown, { routingKey }))).toEqual(['DA-301']);
    const id = randomUUID();
    await sender.ask(opskriv('F-17', '1.00', { id, transaktionsId: `T-${id}` }));
    const atOnce = svarFraDebitorsystem({ id, transaktionsId: `T-${id}`, kode: 'OPSKRIV' });
    expect(fejlkoderOf(await debitorsystem.ask(atOnce, { routingKey }))).toEqual(['DA-302']);
  });
});

describe('order and waiting', () => {
  test('200 anmodninger on one debitorkonto are carried out in the order they were sent, beside others', async () => {
    const sent: string[] = [];
    for (let i = 0; i < 200; i += 1) {
      // A NEDSKRIV of what the OPSKRIV before it added: out of order, one of them would be more than there is.
      const up = i % 2 === 0;
      const handling = paaFordringer('KONTO-17', 'F-1');
      const kroner = up ? '5000.00' : '5000.00';
      const kode = up ? 'OPSKRIV' : 'NEDSKRIV';
      sent.push(await kulturskole.send(anmodning({ kode, handling, parametre: beloeb(kroner) + grund })));
      await kulturskole.send(opskriv(`F-${18 + (i % 10)}`, '0.01'));
    }
    const koder = await Promise.all(sent.map(async (correlationId) => kodeOf(await kulturskole.answer(correlationId))));
    expect(new Set(koder)).toEqual(new Set(['ACCEPTERET']));
  });

  test('a fagsystem that does not listen finds its answers later', async () => {
    const quiet = await running.fagsystem('byggesag', { consume: false });
    await byggesag.close();
    const correlationId = await quiet.send(
      anmodning({
        kode: 'HENSTAND',
        handling: paaKonto('BYG-1'),
        parametre: virkning,
        fagsystem: 'byggesag',
        cvr: '55133018',
      }),
    );
    const listening = await running.fagsystem('byggesag');
    expect(kodeOf(await listening.answer(correlationId, 1))).toBe('MODTAGET');
    await listening.answer(correlationId, 2);
  });

  test('an answer without a queue is uleveret, and is delivered once the queue is there', async () => {
    const name = 'debitor.svar.kulturskole';
    await running.vhost.ctl('delete_queue', '--vhost', running.vhost.name, name);
    const sender = await running.fagsystem('kulturskole', { consume: false });
    const correlationId = await sender.send(opskriv('F-30', '1.00'));
    await waitFor('the answer to be returned', () => running.logLines.some((line) => line.includes('answer.returned')));
    await running.restart();
    const again = await running.fagsystem('kulturskole');
    expect(kodeOf(await again.answer(correlationId))).toBe('ACCEPTERET');
  });
});
