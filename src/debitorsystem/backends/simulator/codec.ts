/** Udfald and svar as JSON text in the simulator's store: øre as a decimal integer string, since JSON has no bigint. */
import type { Svar, Udfald } from '../../../domain/udfald.ts';

export function encode(value: Udfald | Svar): string {
  return JSON.stringify(value, (_key, held: unknown) => (typeof held === 'bigint' ? held.toString() : held));
}

/** The inverse of {@link encode}; only for text that it wrote. */
export function parseUdfald(text: string): Udfald {
  return JSON.parse(text, reviveOere) as Udfald;
}

/** The inverse of {@link encode}; only for text that it wrote. */
export function parseSvar(text: string): Svar {
  return JSON.parse(text, reviveOere) as Svar;
}

function reviveOere(key: string, value: unknown): unknown {
  return key === 'beloebOere' && typeof value === 'string' ? BigInt(value) : value;
}
