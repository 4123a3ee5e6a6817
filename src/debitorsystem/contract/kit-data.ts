/**
 * What stands on each debitorkonto of a world, in full, as the data file of the simulator: shipped as examples/kit-data.json
 * for the world that the kit has by itself.
 */
import { formatBeloeb, MAX_BELOEB_OERE, type Oere } from '../../domain/beloeb.ts';
import type { Sender } from './commands.ts';
import { type KitKonto, type KitWorld, NAVNE_FORFALD, RESTBELOEB_OERE } from './world.ts';

/** When the fordringer are due, but for those of `navne`; the kit gives henstand to a later date. */
const FORFALDSDATO = '2026-06-01';

interface Contents {
  readonly beloebOere?: Oere;
  readonly restbeloebOere?: Oere;
  readonly kreditOere?: Oere;
  readonly forfaldsdato?: string;
}

/** A debitorkonto as the simulator's data file has it, each of its fordringer with the same contents. */
function kontoData({ fagsystem, myndighed }: Sender, { debitorkonto, fordringer }: KitKonto, contents: Contents) {
  return {
    fagsystem,
    myndighed,
    identifikator: debitorkonto,
    ...(contents.kreditOere === undefined ? {} : { kredit: formatBeloeb(contents.kreditOere) }),
    fordringer: fordringer.map((identifikator) => ({
      identifikator,
      tilstand: contents.restbeloebOere === 0n ? 'UDLIGNET' : 'AABEN',
      beloeb: formatBeloeb(contents.beloebOere ?? RESTBELOEB_OERE),
      restbeloeb: formatBeloeb(contents.restbeloebOere ?? contents.beloebOere ?? RESTBELOEB_OERE),
      forfaldsdato: contents.forfaldsdato ?? FORFALDSDATO,
    })),
  };
}

/** The two fordringer of `maerke` owe different amounts. */
function maerkeData(world: KitWorld) {
  const konto = kontoData(world, world.maerke, {});
  const largest = formatBeloeb(MAX_BELOEB_OERE);
  const fordringer = konto.fordringer.map((one, at) =>
    at === 0 ? one : { ...one, beloeb: largest, restbeloeb: largest },
  );
  return { ...konto, fordringer };
}

/** The debitorkonti and customers of a world, in full, as the simulator's data file has them. */
export function kitData(world: KitWorld): unknown {
  const own = (konti: readonly KitKonto[], contents: Contents) => konti.map((one) => kontoData(world, one, contents));
  const half = { beloebOere: 2n * RESTBELOEB_OERE, restbeloebOere: RESTBELOEB_OERE, kreditOere: RESTBELOEB_OERE };
  const others = (owner: Sender, konti: readonly KitKonto[]) => konti.map((one) => kontoData(owner, one, half));
  return {
    debitorkonti: [
      maerkeData(world),
      ...own(world.aabne, {}),
      ...own(world.flere, {}),
      ...own(world.betalte, { restbeloebOere: 0n }),
      ...own(world.kreditter, { kreditOere: RESTBELOEB_OERE }),
      ...own(world.tomme, {}),
      ...others({ ...world, myndighed: world.andenMyndighed }, world.andenMyndighedsKonti),
      ...others({ ...world, fagsystem: world.andetFagsystem }, world.andetFagsystemsKonti),
      ...own(world.navne, { forfaldsdato: NAVNE_FORFALD }),
      ...own([world.stor], {}),
      ...own([world.graense], { beloebOere: MAX_BELOEB_OERE }),
    ],
    opkraevningskonti: world.kunder.map((kunde) => ({ ...kunde, saldo: '0.00' })),
  };
}
