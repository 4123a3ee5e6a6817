/** What is an udfald and what is none, at the bounds that a message sets: 10,000 fordringer on each of two sides. */
import { describe, expect, test } from 'vitest';
import { nedskrivning } from '../../src/debitorsystem/contract/commands.ts';
import { DEFAULT_WORLD } from '../../src/debitorsystem/contract/world.ts';
import { udfaldProblem } from '../../src/debitorsystem/udfald-contract.ts';
import { readUdfald, WireProblem } from '../../src/debitorsystem/wire.ts';
import type { Command } from '../../src/domain/command.ts';

const COMMAND: Command = nedskrivning(DEFAULT_WORLD, DEFAULT_WORLD.stor, 1n);
const fejl = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ kode: 'DA-202', tekst: `Fordring nr. ${at + 1} findes ikke` }));
const resultat = (fordring: string) => ({
  art: 'udfoert',
  resultat: { fordringer: [{ fordring, resultat: 'GENNEMFOERT' }] },
});

describe('every fordring of the largest anmodning may be refused', () => {
  test('20,000 Fejl are an udfald, in the process and over the wire, and one more is none', () => {
    const afvist = { art: 'afvist', fejl: fejl(20_000) };
    expect(udfaldProblem(afvist, COMMAND)).toEqual(afvist);
    expect(readUdfald(Buffer.from(JSON.stringify(afvist)))).toEqual(afvist);
    const more = { art: 'afvist', fejl: fejl(20_001) };
    expect(udfaldProblem(more, COMMAND)).toContain('mere end 20000 fejl');
    expect(() => readUdfald(Buffer.from(JSON.stringify(more)))).toThrow(WireProblem);
  });
});

describe('an identifier comes back as it went out', () => {
  test.each([
    ['50 characters that take two units each', '😀'.repeat(50)],
    ['no-break spaces at its ends', '\u00a0F-1\u00a0'],
    ['nothing but a no-break space', '\u00a0'],
  ])('%s', (_, fordring) => {
    expect(udfaldProblem(resultat(fordring), COMMAND)).toEqual(resultat(fordring));
  });

  test('white space of XML around it is not part of it', () => {
    expect(udfaldProblem(resultat(' \t\r\nF-1 \n'), COMMAND)).toEqual(resultat('F-1'));
  });

  test.each([
    ['51 characters', '😀'.repeat(51), 'er længere end 50 tegn'],
    ['a million characters', 'x'.repeat(1_000_000), 'er længere end 50 tegn'],
    ['white space alone', ' \n ', 'er ikke en tekst'],
    ['what XML can not hold', 'F\u0000', 'XML'],
  ])('%s is none', (_, fordring, problem) => {
    expect(udfaldProblem(resultat(fordring), COMMAND)).toContain(problem);
  });
});
