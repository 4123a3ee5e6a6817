/** The commands that the kit gives, in a few words. Each has an id and a key of its own. */
import { randomUUID } from 'node:crypto';
import type { Oere } from '../../domain/beloeb.ts';
import { type HandlingCommand, idempotencyKey, type KontantIndbetalingCommand } from '../../domain/command.ts';
import type { Handling, HandlingParametre, KontoFordringer } from '../../domain/handling.ts';
import {
  type Dato,
  type FordringId,
  type HandlingTypeKode,
  KundeNummer,
  type TransaktionsId,
  type Uuid,
} from '../../domain/identer.ts';
import { KATALOG } from './katalog.ts';
import type { KitKonto, KitKunde, KitWorld } from './world.ts';

/** On whose behalf a command comes: the fagsystem, and the myndighed that it names. */
export type Sender = Pick<KitWorld, 'fagsystem' | 'myndighed'>;

const HENSTAND_TIL = '2031-01-31' as Dato;
const AARSAG = { aarsagKode: 'KIT', aarsagTekst: 'Kittet afprøver debitorsystemet' };

export function handlingCommand(
  { fagsystem, myndighed }: Sender,
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

export const nedskrivning = (sender: Sender, konto: KitKonto, beloebOere: Oere): HandlingCommand =>
  handlingCommand(sender, 'NEDSKRIV', named(konto), { beloebOere, ...AARSAG });

export const opskrivning = (sender: Sender, konto: KitKonto, beloebOere: Oere): HandlingCommand =>
  handlingCommand(sender, 'OPSKRIV', named(konto), { beloebOere, ...AARSAG });

export const henstandTil = (sender: Sender, handling: Handling, virkningDato = HENSTAND_TIL): HandlingCommand =>
  handlingCommand(sender, 'HENSTAND', handling, { virkningDato });

export const afskrivning = (sender: Sender, handling: Handling): HandlingCommand =>
  handlingCommand(sender, 'AFSKRIV', handling, AARSAG);

export const tilbagekaldelse = (sender: Sender, handling: Handling): HandlingCommand =>
  handlingCommand(sender, 'TILBAGEKALD', handling, AARSAG);

export const tilstandsaendring = (sender: Sender, handling: Handling): HandlingCommand =>
  handlingCommand(sender, 'AENDR_TILSTAND', handling, { parametre: [{ navn: 'Tilstand', vaerdi: 'SAT_I_BERO' }] });

export const afslutning = (sender: Sender, konto: KitKonto): HandlingCommand =>
  handlingCommand(sender, 'AFSLUT_KONTO', whole(konto));

export function indbetaling(
  { fagsystem }: Pick<Sender, 'fagsystem'>,
  { kundeType, kundeNummer }: KitKunde,
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
