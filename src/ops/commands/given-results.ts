/** Results of a debitorsystem as a person gives them on the command line. */
import { parseBeloeb } from '../../domain/beloeb.ts';
import type { Fejl } from '../../domain/fejl.ts';
import type { FordringId } from '../../domain/identer.ts';
import type { FordringResultat } from '../../domain/udfald.ts';
import { FEJLKODER, type Fejlkoder, fejl } from '../../errors.ts';
import { UsageError } from '../terminal.ts';

/** The part before the first `=`, and the part after it, where there is one. */
function split(text: string): readonly [before: string, after?: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** `ID` or `ID=BELØB`: a fordring that was carried out. @throws UsageError */
export function fordringOf(text: string): FordringResultat {
  const [id, beloeb] = split(text);
  const base = { fordring: id as FordringId, resultat: 'GENNEMFOERT' } as const;
  if (beloeb === undefined) return base;
  const beloebOere = parseBeloeb(beloeb);
  if (beloebOere === undefined) throw new UsageError('--fordring ID=BELØB: beløbet skal være som 1234.50');
  return { ...base, beloebOere };
}

/** Codes that a debitorsystem refuses with. */
function isDebitorsystemKode(kode: string): kode is Fejlkoder {
  return kode.startsWith('DA-2') && Object.hasOwn(FEJLKODER, kode);
}

/** `KODE` of the catalogue, or `KODE=TEKST`. @throws UsageError */
export function fejlOf(text: string): Fejl {
  const [kode, tekst] = split(text);
  if (tekst !== undefined && tekst !== '') return { kode, tekst };
  if (isDebitorsystemKode(kode)) return fejl(kode);
  const known = Object.keys(FEJLKODER).filter(isDebitorsystemKode).join(', ');
  throw new UsageError(`--fejl skal være en af ${known}, eller debitorsystemets egen som KODE=TEKST`);
}

/** `ID=KODE` or `ID=KODE=TEKST`: a fordring that was refused, and why. @throws UsageError */
export function afvistFordringOf(text: string): FordringResultat {
  const [id, reason] = split(text);
  if (reason === undefined) throw new UsageError('--afvist-fordring skal være ID=KODE eller ID=KODE=TEKST');
  return { fordring: id as FordringId, resultat: 'AFVIST', fejl: [fejlOf(reason)] };
}
