/** The commands that the kit gives, in a few words. Each has an id and a key of its own. */
import { randomUUID } from 'node:crypto';
import type { Oere } from '../../domain/beloeb.ts';
import { type HandlingCommand, idempotencyKey, type KontantIndbetalingCommand } from '../../domain/command.ts';
import type { Handling, HandlingParametre, KontoFordringer, Svarform } from '../../domain/handling.ts';
import {
  type Dato,
  type FordringId,
  type HandlingTypeKode,
  KundeNummer,
  type TransaktionsId,
  type Uuid,
} from '../../domain/identer.ts';
import type { KitKonto, KitWorld } from './world.ts';

/** The starter catalogue, as far as a command shows it: svarform and the first ObjektTypeKode. */
const KATALOG: Readonly<Record<string, readonly [Svarform, string]>> = {
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

const HENSTAND_TIL = '2031-01-31' as Dato;
const AARSAG = { aarsagKode: 'KIT', aarsagTekst: 'Kittet afprøver debitorsystemet' };

export function handlingCommand(
  { fagsystem, myndighed }: Pick<KitWorld, 'fagsystem' | 'myndighed'>,
  kode: string,
  handling: Handling,
  parametre: Partial<HandlingParametre> = {},
): HandlingCommand {
  const id = randomUUID() as Uuid;
  const [svarform, objektType] = KATALOG[kode] ?? ['STRAKS', 'FORDRING'];
  return {
    art: 'handling',
    noegle: idempotencyKey('handling', fagsystem, id),
    fagsystem,
    transaktionsId: `kit-${id}` as TransaktionsId,
    modtaget: Date.now(),
    anmodningIdentifikator: id,
    myndighed,
    handlingstype: kode as HandlingTypeKode,
    svarform,
    handling,
    objektType,
    parametre: { parametre: [], ...parametre },
  };
}

/** Variant 1. */
export function whole({ debitorkonto }: KitKonto): Handling {
  return { variant: 1, debitorkonto };
}

/** Variant 2, its own fordringer where none are named. */
export function named({ debitorkonto, fordringer }: KitKonto, ids: readonly FordringId[] = fordringer): Handling {
  return { variant: 2, debitorkonto, fordringer: ids };
}

/** Variant 3. */
export function between(fra: KitKonto, til: KitKonto): Handling {
  return { variant: 3, fra: fra.debitorkonto, til: til.debitorkonto };
}

/** Variant 4. */
export function moving(fra: KontoFordringer, til: KontoFordringer): Handling {
  return { variant: 4, fra, til };
}

export const nedskrivning = (world: KitWorld, konto: KitKonto, beloebOere: Oere): HandlingCommand =>
  handlingCommand(world, 'NEDSKRIV', named(konto), { beloebOere, ...AARSAG });

export const opskrivning = (world: KitWorld, konto: KitKonto, beloebOere: Oere): HandlingCommand =>
  handlingCommand(world, 'OPSKRIV', named(konto), { beloebOere, ...AARSAG });

export const henstandTil = (world: KitWorld, handling: Handling): HandlingCommand =>
  handlingCommand(world, 'HENSTAND', handling, { virkningDato: HENSTAND_TIL });

export const afskrivning = (world: KitWorld, handling: Handling): HandlingCommand =>
  handlingCommand(world, 'AFSKRIV', handling, AARSAG);

export const tilbagekaldelse = (world: KitWorld, handling: Handling): HandlingCommand =>
  handlingCommand(world, 'TILBAGEKALD', handling, AARSAG);

export const tilstandsaendring = (world: KitWorld, handling: Handling): HandlingCommand =>
  handlingCommand(world, 'AENDR_TILSTAND', handling, { parametre: [{ navn: 'Tilstand', vaerdi: 'SAT_I_BERO' }] });

export function indbetaling(
  { fagsystem }: KitWorld,
  { kundeType, kundeNummer }: KitWorld['kunder'][number],
  beloebOere: Oere,
): KontantIndbetalingCommand {
  const id = randomUUID();
  return {
    art: 'kontantIndbetaling',
    noegle: idempotencyKey('kontantIndbetaling', fagsystem, id),
    fagsystem,
    transaktionsId: `kit-${id}` as TransaktionsId,
    modtaget: Date.now(),
    kundeNummer: new KundeNummer(kundeNummer),
    kundeType,
    indbetalingType: 'Kontanter',
    beloebOere,
    indbetalingDato: '2026-06-01' as Dato,
  };
}
