import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Command, decodeCommand, encodeCommand } from '../../src/domain/command.ts';
import { scrub, scrubAndCut } from '../../src/domain/cpr.ts';
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

  test('masks it whatever sign people put between its parts', () => {
    for (const written of [
      '010170\u20131234',
      '010170\u00a01234',
      '010170\u20111234',
      '010170\u202f1234',
      '010170.1234',
      '010170/1234',
      '010170 - 1234',
      '01-01-70-1234',
      '01.01.70-1234',
      '01 01 70 1234',
      '01/01/70 1234',
    ]) {
      expect([written, scrub(`CPR ${written}.`)]).toEqual([written, 'CPR **********.']);
    }
  });

  test('cuts a text without leaving half a number or half a character, and looks at no more than it keeps', () => {
    expect(scrubAndCut(`for ${CPR}`, 8)).toBe('for ');
    expect(scrubAndCut('for 010170-1234', 13)).toBe('for ');
    expect(scrubAndCut(`for ${CPR} og mere`, 18)).toBe('for ********** og ');
    expect(scrubAndCut('for 😀', 5)).toBe('for ');
    expect(scrubAndCut('a'.repeat(10), 10)).toBe('a'.repeat(10));
    expect(scrubAndCut(`${CPR} `.repeat(1_000_000), 1000).length).toBeLessThanOrEqual(1000);
  });

  test('costs no more in one long word than in many', () => {
    const words = [`${CPR} `, `${CPR}a`, 'a0101701234-'].map((word) => word.repeat(100_000));
    const ms = words.map((text) => {
      const before = process.threadCpuUsage();
      expect(scrub(text)).not.toContain(CPR);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    });
    // Measured: 10 to 30 ms each; 10 s where each number is looked for from its own place to both ends of its word.
    expect(Math.max(...ms)).toBeLessThan(1000);
  });

  test('leaves times, UUIDs, digests and trace ids alone', () => {
    const text =
      '2026-11-22T01:02:03.000Z 01017012-3401-4170-8123-010170123456 sha a0101701234bcdef00 1234567890123 1.01.12.2026 22.11.2026 kl. 0815 10.12.10.12:5672 20261122-0815';
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
