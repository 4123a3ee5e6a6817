/** Rules about whole debitorkonti: OVERFOER_FORDRING, AFSLUT_KONTO. */
import { fejl } from '../../../../errors.ts';
import type { Fordring } from '../model.ts';
import { type Linje, notSupported, type Rule, refuse } from './kendelse.ts';

/**
 * All open fordringer of Fra move, renter and gebyrer among them. A rente whose main fordring stays behind keeps its
 * reference to it, but is no longer found under it.
 */
export const overfoerFordring: Rule = ({ omfang, reader }) => {
  if (omfang.variant !== 3) return refuse(notSupported());
  const { fra, til } = omfang;
  const open = reader.openFordringer(fra.nr);
  if (open.length === 0) return refuse(fejl('DA-203', 'Fra har ingen åbne fordringer'));
  const linjer: Linje[] = [];
  const moved: Fordring[] = [];
  for (const [index, fordring] of open.entries()) {
    const { identifikator, restbeloebOere } = fordring;
    if (reader.findFordring(til.nr, identifikator) !== undefined) {
      const sted = `Fra, kontoens fordring nr. ${index + 1}: Til har en fordring med samme FordringIdentifikator`;
      linjer.push({ fordring: identifikator, fejl: fejl('DA-203', sted) });
      continue;
    }
    fordring.kontoNr = til.nr;
    moved.push(fordring);
    linjer.push({ fordring: identifikator, beloebOere: restbeloebOere });
  }
  return { fejl: [], linjer, fordringer: moved, konti: [] };
};

export const afslutKonto: Rule = ({ omfang, reader }) => {
  if (omfang.variant !== 1) return refuse(notSupported());
  const { konto } = omfang;
  if (reader.openFordringer(konto.nr).length > 0) return refuse(fejl('DA-203', 'debitorkontoen har en åben fordring'));
  return { fejl: [], linjer: [], fordringer: [], konti: [{ ...konto, tilstand: 'LUKKET' }] };
};
