/** Udfald and svar as JSON text in the simulator's store: øre as a decimal integer string, since JSON has no bigint. */
import type { Svar, Udfald } from '../../../domain/udfald.ts';

export function encode(value: Udfald | Svar): string {
  // Amounts are replaced by name: a replacer that JSON calls for each value costs several times the writing.
  if (!('resultat' in value) || value.resultat === undefined) return JSON.stringify(value);
  const fordringer = value.resultat.fordringer.map((one) =>
    one.beloebOere === undefined ? one : { ...one, beloebOere: one.beloebOere.toString() },
  );
  return JSON.stringify({ ...value, resultat: { ...value.resultat, fordringer } });
}

/** The inverse of {@link encode}; only for text that it wrote. */
export function parseUdfald(text: string): Udfald {
  return withAmounts(JSON.parse(text) as Udfald);
}

/** The inverse of {@link encode}; only for text that it wrote. */
export function parseSvar(text: string): Svar {
  return withAmounts(JSON.parse(text) as Svar);
}

function withAmounts<T extends Udfald | Svar>(value: T): T {
  if (!('resultat' in value) || value.resultat === undefined) return value;
  const fordringer = value.resultat.fordringer.map((one) =>
    one.beloebOere === undefined ? one : { ...one, beloebOere: BigInt(one.beloebOere) },
  );
  return { ...value, resultat: { ...value.resultat, fordringer } };
}
