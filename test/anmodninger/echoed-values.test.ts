/** What the answer to a cash payment repeats of it, and what a svar repeats of a debitorsystem's own words. */
import { describe, expect, test } from 'vitest';
import { parseSvar } from '../../src/anmodninger/debitorkontoanmodning/svar.ts';
import { kontantIndbetaling } from '../support/meddelelser.ts';
import { readDelivery } from '../support/reading.ts';

function fejlIdentifikation(kundeType: string): string {
  const judgement = readDelivery({
    queue: 'kontantindbetaling',
    exchange: 'debitor.anmodning',
    routingKey: 'kontantindbetaling.kulturskole',
    redelivered: false,
    body: Buffer.from(kontantIndbetaling({ kundeType })),
    properties: { userId: 'kulturskole' },
  }).judge({ earlier: 'none', eksternIdUsed: false });
  if (judgement.art !== 'answer') throw new Error(judgement.art);
  return (
    /<skat:FejlIdentifikation>(.*)<\/skat:FejlIdentifikation>/.exec(
      Buffer.from(judgement.answer.body).toString(),
    )?.[1] ?? 'none'
  );
}

describe('Fejl 001 repeats the KundeType', () => {
  test.each(['Kommune', 'x'.repeat(30), '😀'.repeat(30)])('where it fits in 30 characters: %s', (kundeType) => {
    expect(fejlIdentifikation(kundeType)).toBe(`<skat:KundeType>${kundeType}</skat:KundeType>`);
  });

  test.each(['x'.repeat(31), '😀'.repeat(31)])('but not where it is longer: %s', (kundeType) => {
    expect(fejlIdentifikation(kundeType)).toBe('');
  });

  test.each(['0101701234', 'CPR 010170-1234', '010170–1234', '01-01-70-1234'])(
    'nor where it could be a CPR number: %s',
    (kundeType) => {
      expect(fejlIdentifikation(kundeType)).toBe('');
    },
  );
});

describe('what a debitorsystem writes in a svar', () => {
  const svarMed = (FejlKode: string, FejlTekst: string) =>
    parseSvar({
      HovedOplysninger: { TransaktionsId: 'T', TransaktionsTid: '2026-11-21T09:15:00Z' },
      AnmodningIdentifikator: '11111111-2222-4333-8444-555555555555',
      HandlingTypeKode: 'HENSTAND',
      SvarStatusKode: 'AFVIST',
      SvarTid: '2026-11-21T09:15:00Z',
      FejlListe: { Fejl: [{ FejlKode, FejlTekst }] },
    }).fejl?.[0];

  test('goes on without what could be a CPR number', () => {
    expect(svarMed('K-1', 'Debitor 010170 - 1234 er død')).toEqual({ kode: 'K-1', tekst: 'Debitor ********** er død' });
    expect(svarMed('0101701234', 'x')).toEqual({ kode: '**********', tekst: 'x' });
  });

  test('is cut to a thousand characters, as what it says through any other way', () => {
    const fejl = svarMed('K'.repeat(5000), `${'x'.repeat(990)}0101701234${'y'.repeat(5000)}`);
    expect(fejl?.tekst).toBe('x'.repeat(990));
    expect(fejl?.kode).toHaveLength(100);
  });
});
