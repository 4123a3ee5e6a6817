/** The other side of `src/debitorsystem/wire.ts`: what a debitorsystem outside the process does with the JSON. */

import type { SvarReference } from '../../src/debitorsystem/debitorsystem.ts';
import { formatBeloeb, parseBeloeb } from '../../src/domain/beloeb.ts';
import type { Command } from '../../src/domain/command.ts';
import { KundeNummer } from '../../src/domain/identer.ts';
import type { Svar, Udfald } from '../../src/domain/udfald.ts';

type Json = Record<string, unknown>;

/** Amounts under `beloeb` become øre, in whatever depth. */
function readAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readAmounts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      name === 'beloeb' ? ['beloebOere', parseBeloeb(String(one))] : [name, readAmounts(one)],
    ),
  );
}

function writeAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeAmounts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) =>
        name === 'beloebOere' && typeof one === 'bigint' ? ['beloeb', formatBeloeb(one)] : [name, writeAmounts(one)],
      ),
  );
}

export function commandFromJson(text: string): Command {
  const command = readAmounts(JSON.parse(text)) as Json;
  const kunde = command['kundeNummer'];
  return {
    ...command,
    modtaget: Date.parse(String(command['modtaget'])),
    ...(typeof kunde === 'string' ? { kundeNummer: new KundeNummer(kunde) } : {}),
  } as unknown as Command;
}

export function udfaldAsJson(udfald: Udfald): string {
  return JSON.stringify(writeAmounts(udfald));
}

export function svarAsJson(reference: SvarReference, svar: Svar): string {
  return JSON.stringify({ ...reference, ...(writeAmounts(svar) as Json), tid: new Date(svar.tid).toISOString() });
}
