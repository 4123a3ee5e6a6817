/** What a customer has paid, as it stands in the journal of an example: of that it makes its saldi when it starts. */
import { readFileSync } from 'node:fs';
import type { KitKunde } from '../../src/debitorsystem/contract.ts';

interface Entry {
  readonly kommando?: Readonly<Record<'kundeType' | 'kundeNummer' | 'beloeb', string | undefined>>;
}

export function paidBy({ kundeType, kundeNummer }: KitKunde, journal: string): bigint {
  // What comes after the last end of a line is still being written.
  const whole = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
  return whole
    .map((line) => (JSON.parse(line) as Entry).kommando)
    .filter((kommando) => kommando?.kundeType === kundeType && kommando.kundeNummer === kundeNummer)
    .reduce((sum, kommando) => sum + BigInt((kommando?.beloeb ?? '').replace('.', '')), 0n);
}
