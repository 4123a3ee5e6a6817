import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsInMessage, formatBeloeb, MAX_BELOEB_OERE, parseBeloeb } from '../../src/domain/beloeb.ts';

describe('an amount', () => {
  test('is read to the øre, with signs, leading zeros and zeros behind', () => {
    const read = ['100', '+7.5', '0000000000100.00', '-0.01', '.5', '5.', '12.3400', '99999999999.99'].map(parseBeloeb);
    expect(read).toEqual([10000n, 750n, 10000n, -1n, 50n, 500n, 1234n, 9999999999999n]);
  });

  test('is refused where it is no decimal, or has more than 11 digits before the point or 2 after it', () => {
    for (const text of [
      '',
      '.',
      '+',
      '1.234,56',
      '1e3',
      '1,5',
      ' 1',
      '0x10',
      'NaN',
      '١',
      '1.001',
      '123456789012',
      '--1',
    ]) {
      expect(parseBeloeb(text), text).toBeUndefined();
    }
  });

  test('is written with two decimals and read back as the same amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MAX_BELOEB_OERE, max: MAX_BELOEB_OERE }), (oere) => {
        expect(parseBeloeb(formatBeloeb(oere))).toBe(oere);
      }),
    );
    expect(formatBeloeb(-5n)).toBe('-0.05');
  });

  test('fits in a message up to 11 + 2 digits, on both sides of zero', () => {
    expect([MAX_BELOEB_OERE, -MAX_BELOEB_OERE].every(fitsInMessage)).toBe(true);
    expect([MAX_BELOEB_OERE + 1n, -MAX_BELOEB_OERE - 1n].some(fitsInMessage)).toBe(false);
  });
});
