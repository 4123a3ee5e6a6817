/** The JSON that leaves for a debitorsystem, and what is taken of the JSON that comes back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { myndighedOf, parseAnmodning } from '../../src/anmodninger/debitorkontoanmodning/parse.ts';
import { readSvar, readUdfald, WireProblem, writeCommand, writeSvarkvittering } from '../../src/debitorsystem/wire.ts';
import type { Command, HandlingCommand } from '../../src/domain/command.ts';
import type { FagsystemId, FordringId, IdempotencyKey, Uuid } from '../../src/domain/identer.ts';
import type { Svar, Udfald } from '../../src/domain/udfald.ts';
import { DKA_VERSIONS } from '../../src/oio/namespaces.ts';
import { documentsOf } from '../support/arbitrary-documents.ts';
import { commandFromJson, svarAsJson, udfaldAsJson } from '../support/wire-json.ts';
import { cash, command, named } from './simulator-scene.ts';

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function problemOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof WireProblem) return error.message;
    throw error;
  }
  return '';
}

describe('a command', () => {
  const documents = fc.oneof(...DKA_VERSIONS.map((version) => documentsOf('debitorkonto-anmodning-afsend-i', version)));
  const anmodninger = documents.map((document): HandlingCommand => {
    const anmodning = parseAnmodning(document);
    const { anmodningIdentifikator, transaktionsId, handling, parametre, handlingTypeKode, objektTypeKode } = anmodning;
    return {
      art: 'handling',
      noegle: `handling:kulturskole:${anmodningIdentifikator}` as IdempotencyKey,
      fagsystem: 'kulturskole' as FagsystemId,
      transaktionsId,
      modtaget: 1_795_363_200_123,
      anmodningIdentifikator,
      myndighed: myndighedOf(anmodning),
      handlingstype: handlingTypeKode,
      svarform: 'STRAKS',
      handling,
      objektType: objektTypeKode ?? 'FORDRING',
      parametre,
    };
  });

  test('that any valid anmodning becomes can be written, and says the same on the other side', () => {
    fc.assert(
      fc.property(anmodninger, (one) => {
        expect(commandFromJson(writeCommand(one))).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  test('holds money as a decimal with two decimals, never as a JSON number', () => {
    const oere = fc.bigInt({ min: -9_999_999_999_999n, max: 9_999_999_999_999n });
    fc.assert(
      fc.property(oere, (beloebOere) => {
        const text = writeCommand(cash(beloebOere));
        expect(JSON.parse(text).beloeb).toMatch(/^-?[0-9]+\.[0-9]{2}$/);
        const back = commandFromJson(text);
        expect(back.art === 'kontantIndbetaling' ? back.beloebOere : undefined).toBe(beloebOere);
      }),
    );
  });

  test('reveals the KundeNummer to the debitorsystem, leading zeros and all', () => {
    expect(JSON.parse(writeCommand(cash(100n, { kundeNummer: '0101701234' }))).kundeNummer).toBe('0101701234');
  });

  test('that the schema does not admit is a fault of ours, named without any value of it', () => {
    const long = 'x'.repeat(51);
    const broken: Command = command('NEDSKRIV', named(long, 'F'));
    expect(problemOf(() => writeCommand(broken))).toContain('handling.debitorkonto');
    expect(problemOf(() => writeCommand(broken))).not.toContain(long);
  });
});

describe('a udfald', () => {
  const fordring = 'F-1' as FordringId;
  test.each<Udfald>([
    { art: 'udfoert' },
    { art: 'udfoert', resultat: { fordringer: [] } },
    {
      art: 'udfoert',
      resultat: {
        debitorsystemReference: 'D-1',
        fordringer: [
          { fordring, resultat: 'GENNEMFOERT', beloebOere: -1050n },
          { fordring, resultat: 'AFVIST', fejl: [{ kode: 'X', tekst: 'æøå' }] },
        ],
      },
    },
    { art: 'accepteretTilSenere' },
    { art: 'afvist', fejl: [{ kode: 'DA-202', tekst: 'findes ikke' }] },
  ])('is read as it was meant (%#)', (udfald) => {
    expect(readUdfald(bytes(udfaldAsJson(udfald)))).toEqual(udfald);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{"art":', 'linje 1, kolonne 8: det er ikke JSON'],
    ['nothing', '', 'linje 1, kolonne 1: det er ikke JSON'],
    ['an HTML page', ' \n <html>0101701234</html>', 'linje 2, kolonne 2: det er ikke JSON'],
    ['not an object', [], 'skal være et objekt'],
    ['no art', {}, 'art mangler'],
    ['an unknown art', { art: 'ok' }, 'art er ikke en af de kendte'],
    ['money as a number', resultat({ beloeb: 12.5 }), 'resultat.fordringer[0].beloeb: skal være en tekst'],
    ['money with a comma', resultat({ beloeb: '12,50' }), 'resultat.fordringer[0].beloeb: skal passe med mønstret'],
    ['a misspelt field', resultat({ belob: '12.50' }), 'resultat.fordringer[0]: belob kendes ikke'],
    ['a refusal without a reason', { art: 'afvist', fejl: [] }, 'fejl: skal have mindst 1 element(er)'],
    ['an empty text', { art: 'afvist', fejl: [{ kode: ' ', tekst: 'x' }] }, 'fejl[0].kode: skal passe med mønstret'],
  ])('is refused where it is %s', (_what, given, problem) => {
    const found = problemOf(() => readUdfald(bytes(given)));
    expect(found).toContain(problem);
    expect(found).not.toContain('0101701234');
  });

  test('that is not UTF-8 is refused, not repaired', () => {
    expect(problemOf(() => readUdfald(Buffer.from('{"art":"udfoert\xe6"}', 'latin1')))).toContain('UTF-8');
  });

  function resultat(more: object): object {
    return { art: 'udfoert', resultat: { fordringer: [{ fordring: 'F', resultat: 'GENNEMFOERT', ...more }] } };
  }
});

describe('a svar', () => {
  const reference = {
    noegle: 'handling:kulturskole:00000000-0000-4000-8000-000000000001' as IdempotencyKey,
    anmodningIdentifikator: '00000000-0000-4000-8000-000000000001' as Uuid,
  };

  test('is read as it was meant, with its reference', () => {
    const svar: Svar = {
      status: 'DELVIST_GENNEMFOERT',
      tid: 1_795_363_200_123,
      begrundelse: 'to af tre',
      resultat: { fordringer: [{ fordring: 'F' as FordringId, resultat: 'GENNEMFOERT', beloebOere: 1n }] },
      fejl: [{ kode: 'X', tekst: 'y' }],
    };
    expect(readSvar(bytes(svarAsJson(reference, svar)))).toEqual({ reference, svar });
  });

  test.each([
    ['a day that does not exist', { tid: '2026-02-30T10:00:00Z' }, 'tid er ikke et tidspunkt, der findes'],
    ['an hour that does not exist', { tid: '2026-02-28T25:00:00Z' }, 'tid er ikke et tidspunkt, der findes'],
    ['a time without a zone', { tid: '2026-02-28T10:00:00' }, 'tid: skal passe med mønstret'],
    ['a time as a number', { tid: 1_795_363_200 }, 'tid: skal være en tekst'],
    ['an unknown status', { status: 'OK' }, 'status: skal være en af'],
    ['no key', { noegle: undefined }, 'noegle mangler'],
    ['a UUID in capitals', { anmodningIdentifikator: 'A'.repeat(36) }, 'anmodningIdentifikator: skal passe'],
  ])('is refused with %s', (_what, given, problem) => {
    const svar = { ...reference, status: 'GENNEMFOERT', tid: '2026-11-22T12:00:00Z', ...given };
    expect(problemOf(() => readSvar(bytes(svar)))).toContain(problem);
  });

  test('is answered with what its schema says', () => {
    expect(JSON.parse(writeSvarkvittering({ art: 'modtaget' }))).toEqual({ art: 'modtaget' });
    expect(problemOf(() => writeSvarkvittering({ art: 'modtaget', noegle: 'nøgle' }))).toContain('noegle');
  });
});
