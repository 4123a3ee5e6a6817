/** The starter catalogue of handlingstyper, as far as the kit needs it: what a command shows of it, and which codes there are. */
import type { Svarform } from '../../domain/handling.ts';

/** Svarform and the first ObjektTypeKode. */
export const KATALOG: Readonly<Record<string, readonly [Svarform, string]>> = {
  AENDR_TILSTAND: ['STRAKS', 'FORDRING'],
  NEDSKRIV: ['STRAKS', 'FORDRING'],
  OPSKRIV: ['STRAKS', 'FORDRING'],
  TILBAGEKALD: ['STRAKS', 'FORDRING'],
  OMPOSTER: ['STRAKS', 'INDBETALING'],
  UDLIGN: ['STRAKS', 'INDBETALING'],
  AFSKRIV: ['SENERE', 'FORDRING'],
  HENSTAND: ['SENERE', 'FORDRING'],
  OVERFOER_INDBETALING: ['SENERE', 'INDBETALING'],
  OVERFOER_FORDRING: ['SENERE', 'FORDRING'],
  AFSLUT_KONTO: ['SENERE', 'KONTO'],
};

/** How many characters must be added, removed or replaced to make one of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (other[index - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The code of the catalogue that is most like a misspelt one. */
export function nearestKode(misspelt: string): string {
  const wanted = misspelt.toUpperCase();
  const [first = '', ...rest] = Object.keys(KATALOG);
  return rest.reduce((best, kode) => (distance(wanted, kode) < distance(wanted, best) ? kode : best), first);
}
