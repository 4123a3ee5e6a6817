import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Command, decodeCommand, encodeCommand } from '../../src/domain/command.ts';
import { scrub } from '../../src/domain/cpr.ts';
import { KundeNummer } from '../../src/domain/identer.ts';
import { linesOf } from '../../src/domain/line.ts';
import { createLog } from '../../src/log.ts';

const CPR = '0101701234';

const kontantIndbetaling = {
  art: 'kontantIndbetaling',
  noegle: 'kontantIndbetaling:kasse:abc',
  fagsystem: 'kasse',
  transaktionsId: 'T-1',
  modtaget: 1,
  kundeNummer: new KundeNummer(CPR),
  kundeType: 'CPR-Person',
  indbetalingType: 'Kontanter',
  beloebOere: 12345678901234n,
  indbetalingDato: '2026-11-22',
} as Command;

describe('a KundeNummer', () => {
  const nummer = new KundeNummer(CPR);

  test('is masked wherever it is printed', () => {
    const printed = [
      `${nummer}`,
      String(nummer),
      JSON.stringify({ nummer }),
      inspect(nummer),
      inspect({ a: [nummer] }),
    ];
    for (const text of printed) expect(text).not.toContain(CPR);
    expect(Object.keys(nummer)).toEqual([]);
  });

  test('is had by revealing it, with its leading zero', () => {
    expect(nummer.reveal()).toBe(CPR);
  });

  test('survives the way through the ledger together with the øre of its payment', () => {
    const back = decodeCommand(encodeCommand(kontantIndbetaling));
    expect(back).toEqual(kontantIndbetaling);
    expect(back.art === 'kontantIndbetaling' && back.kundeNummer.reveal()).toBe(CPR);
    expect(linesOf(back)).toEqual([['kontant', 'CPR-Person', CPR]]);
  });
});

describe('the second net of the log', () => {
  test('masks what is shaped like a CPR number in any text, also with a hyphen and for replacement numbers', () => {
    expect(scrub(`for ${CPR}, 010170-1234 og 6101701234.`)).toBe('for **********, ********** og **********.');
  });

  test('masks it behind a letter and with a space between, where people write it so', () => {
    expect(scrub('CPR0101701234, kode0101701234, 010170 1234')).toBe('CPR**********, kode**********, **********');
  });

  test('leaves times, UUIDs, digests and trace ids alone', () => {
    const text = '2026-11-22T01:02:03.000Z 01017012-3401-4170-8123-010170123456 sha a0101701234bcdef00 1234567890123';
    expect(scrub(text)).toBe(text);
  });

  test('holds for every line that is written, whatever field the number hides in', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'trace', write: (line) => lines.push(line) });
    log.info('event', { text: `konto ${CPR}` });
    log.error(`event ${CPR}`);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).not.toContain(CPR);
    expect(lines[0]).toContain('"event":"event"');
  });
});
