/** Rules about whole debitorkonti: OVERFOER_FORDRING, AFSLUT_KONTO. */
import { fejl } from '../../../../errors.ts';
import type { Fordring } from '../model.ts';
import { mapInSteps } from '../steps.ts';
import { type Linje, notSupported, type Rule, refuse } from './kendelse.ts';

/**
 * All open fordringer of Fra move, renter and gebyrer among them. A rente whose main fordring stays behind keeps its
 * reference to it, but is no longer found under it.
 */
export const overfoerFordring: Rule = function* ({ omfang, reader }) {
  if (omfang.variant !== 3) return refuse(notSupported());
  const { fra, til } = omfang;
  const open = yield* reader.openFordringer(fra.nr);
  if (open.length === 0) return refuse(fejl('DA-203', 'Fra har ingen åbne fordringer'));
  const linjer: Linje[] = [];
  const moved: Fordring[] = [];
  const isTaken = yield* mapInSteps(
    open,
    ({ identifikator }) => reader.findFordring(til.nr, identifikator) !== undefined,
  );
  for (const [index, fordring] of open.entries()) {
    const { identifikator, restbeloebOere } = fordring;
    if (isTaken[index]) {
      const sted = `Fra, kontoens fordring nr. ${index + 1}: Til har en fordring med samme FordringIdentifikator`;
      linjer.push({ fordring: identifikator, fejl: fejl('DA-203', sted) });
      continue;
    }
    fordring.kontoNr = til.nr;
    moved.push(fordring);
    linjer.push({ fordring: identifikator, beloebOere: restbeloebOere });
  }
  return { fejl: [], linjer, fordringer: [], flyttede: moved, konti: [] };
};

export const afslutKonto: Rule = function* ({ omfang, reader }) {
  if (omfang.variant !== 1) return refuse(notSupported());
  const { konto } = omfang;
  const open = yield* reader.openFordringer(konto.nr);
  if (open.length > 0) return refuse(fejl('DA-203', 'debitorkontoen har en åben fordring'));
  return { fejl: [], linjer: [], fordringer: [], konti: [{ ...konto, tilstand: 'LUKKET' }] };
};
