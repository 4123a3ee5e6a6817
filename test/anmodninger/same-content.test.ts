/** What makes two messages equal (decision 0009), and that a command comes back from its text as it was. */
import { expect, test } from 'vitest';
import { contentHash } from '../../src/anmodninger/definition.ts';
import { type Command, decodeCommand, encodeCommand } from '../../src/domain/command.ts';
import { opskriv } from '../support/meddelelser.ts';
import { readDelivery } from '../support/reading.ts';

const ID = '0a6f3d52-9b41-4c7e-8d10-000000000030';

function arrivalOf(parametre: string, transaktionsId?: string) {
  const parts = { id: ID, parametre, ...(transaktionsId === undefined ? {} : { transaktionsId }) };
  return readDelivery({
    queue: 'debitorkonto',
    exchange: 'debitor.anmodning',
    routingKey: 'debitorkonto.kulturskole',
    redelivered: false,
    body: Buffer.from(opskriv('F-1', '1', parts)),
    properties: { userId: 'kulturskole' },
  });
}

function hashOf(parametre: string, transaktionsId?: string): string | undefined {
  return arrivalOf(parametre, transaktionsId).identity?.contentHash;
}

const beloeb = (text: string): string => `<Beloeb>${text}</Beloeb>`;
const dato = (text: string): string => `<VirkningDato>${text}</VirkningDato>`;
const parameter = (vaerdi: string): string =>
  `<Parameter><Navn>BeloebDato</Navn><Vaerdi>${vaerdi}</Vaerdi></Parameter>`;

test('amounts and dates count by value, and the header does not count', () => {
  const same = hashOf(dato('2027-02-02') + beloeb('100'), 'T-1');
  expect(same).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(dato('2027-02-02+01:00') + beloeb('0100.00'), 'T-2')).toBe(same);
});

test('every other difference is another content, also one deep in a list', () => {
  const contents = [
    '',
    beloeb('100'),
    beloeb('-100'),
    beloeb('100.01'),
    dato('2027-02-02'),
    dato('2027-02-03'),
    parameter('100'),
    parameter('100.00'),
    parameter('1') + parameter('2'),
    parameter('2') + parameter('1'),
  ];
  expect(new Set(contents.map((one) => hashOf(one))).size).toBe(contents.length);
});

test('values in lists of objects count by value too, and lists of texts as they stand', () => {
  const body = (beloebText: string, dag: string) => ({
    Resultat: [{ Beloeb: beloebText }, { ForfaldDato: dag }],
    Dato: ['1Z'],
  });
  expect(contentHash(body('1', '2027-01-01Z'))).toBe(contentHash(body('1.00', '2027-01-01')));
  expect(contentHash(body('1', '2027-01-01'))).not.toBe(contentHash(body('2', '2027-01-01')));
  expect(contentHash({ Dato: ['2027-01-01Z'] })).not.toBe(contentHash({ Dato: ['2027-01-01'] }));
});

test('a command comes back from its text as it was, with and without an amount', () => {
  const commandOf = (parametre: string): Command | undefined => {
    const judgement = arrivalOf(parametre).judge({ earlier: 'none', eksternIdUsed: false });
    return judgement.art === 'dispatch' ? judgement.command : undefined;
  };
  const command = commandOf(`${beloeb('12.05')}<AarsagKode>TEST</AarsagKode>${parameter('1')}`);
  if (command?.art !== 'handling') throw new Error('it is dispatched');
  expect(command.parametre.beloebOere).toBe(1205n);
  expect(decodeCommand(encodeCommand(command))).toStrictEqual(command);
  const { beloebOere: _, ...parametre } = command.parametre;
  expect(decodeCommand(encodeCommand({ ...command, parametre }))).toStrictEqual({ ...command, parametre });
});
