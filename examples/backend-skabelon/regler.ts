/**
 * The rules of this debitorsystem, as an example: three handlingstyper and cash payments. All of them run inside a transaction
 * of the store.
 */
import {
  decodeCommand,
  type Fejl,
  type FordringId,
  type FordringResultat,
  type HandlingCommand,
  type IdempotencyKey,
  type KontantIndbetalingCommand,
  type Svar,
  type Udfald,
  type Uuid,
} from 'debitor-adapter/debitorsystem';
import type { Fordring, Lager } from './lager.ts';

/** 99.999.999.999,99 kr.: more can't stand in a message. */
const MAX_OERE = 9_999_999_999_999n;

/** Codes are your own; what the adapter's catalogue has already (DA-201 to DA-204) is best said with its codes. */
const KONTO_FINDES_IKKE: Fejl = { kode: 'DA-201', tekst: 'Debitorkontoen findes ikke.' };
const KAN_IKKE: Fejl = { kode: 'MIT-001', tekst: 'Debitorsystemet kan ikke udføre denne handlingstype.' };

interface Dom {
  readonly fejl: readonly Fejl[];
  readonly fordringer: readonly Fordring[];
}

/** The fordringer that are meant, and everything that speaks against it: a sender wants to hear all of it at once. */
function find(lager: Lager, { fagsystem, myndighed, handling }: HandlingCommand): Dom {
  if (handling.variant === 3 || handling.variant === 4) return { fejl: [KAN_IKKE], fordringer: [] };
  const konto = lager.findKonto(fagsystem, myndighed, handling.debitorkonto);
  if (konto === undefined) return { fejl: [KONTO_FINDES_IKKE], fordringer: [] };
  if (handling.variant === 1) return { fejl: [], fordringer: lager.aabneFordringer(konto) };
  const fejl: Fejl[] = [];
  const fordringer: Fordring[] = [];
  for (const [index, id] of handling.fordringer.entries()) {
    const fordring = lager.findFordring(konto, id);
    // Named by its place: a value of the message could be a CPR number.
    if (fordring === undefined) fejl.push({ kode: 'DA-202', tekst: `Fordring nr. ${index + 1} findes ikke.` });
    else fordringer.push(fordring);
  }
  return { fejl, fordringer };
}

function afvis([foerste, ...resten]: readonly Fejl[]): Udfald {
  if (foerste === undefined) throw new TypeError('en afvisning skal sige hvorfor');
  return { art: 'afvist', fejl: [foerste, ...resten] };
}

function resultatAf(fordring: FordringId, beloebOere?: bigint): FordringResultat {
  return { fordring, resultat: 'GENNEMFOERT', ...(beloebOere === undefined ? {} : { beloebOere }) };
}

/** STRAKS: all or nothing. */
export function udfoer(lager: Lager, command: HandlingCommand): Udfald {
  const { handlingstype, parametre } = command;
  if (handlingstype !== 'NEDSKRIV' && handlingstype !== 'OPSKRIV') return afvis([KAN_IKKE]);
  const { fejl, fordringer } = find(lager, command);
  if (fejl.length > 0) return afvis(fejl);
  const { beloebOere = 0n } = parametre;
  const aendringOere = handlingstype === 'NEDSKRIV' ? -beloebOere : beloebOere;
  const passerIkke = fordringer.flatMap(({ restOere }, index) => {
    const nyOere = restOere + aendringOere;
    const passer = restOere > 0n && nyOere >= 0n && nyOere <= MAX_OERE;
    return passer ? [] : [{ kode: 'DA-204', tekst: `Beløbet passer ikke til fordring nr. ${index + 1}.` }];
  });
  if (passerIkke.length > 0) return afvis(passerIkke);
  for (const fordring of fordringer) lager.gemFordring({ ...fordring, restOere: fordring.restOere + aendringOere });
  return { art: 'udfoert', resultat: { fordringer: fordringer.map(({ id }) => resultatAf(id, beloebOere)) } };
}

/** SENERE: what can be seen now is refused now, the rest is judged when it is carried out. */
export function kanSenere(lager: Lager, command: HandlingCommand): Udfald {
  if (command.handlingstype !== 'HENSTAND') return afvis([KAN_IKKE]);
  const { fejl } = find(lager, command);
  return fejl.length > 0 ? afvis(fejl) : { art: 'accepteretTilSenere' };
}

/** Carries out what was accepted for later, unless that is done: the effect and the svar in one transaction. */
export function udfoerSenere(
  lager: Lager,
  noegle: IdempotencyKey,
  tid: number,
): { readonly anmodningIdentifikator: Uuid; readonly svar: Svar } {
  return lager.iTransaktion(() => {
    const { kommando, svar: gemt } = lager.findSenere(noegle);
    const command = decodeCommand(kommando);
    if (command.art !== 'handling') throw new TypeError('kun handlinger accepteres til senere');
    const { anmodningIdentifikator } = command;
    if (gemt !== undefined) return { anmodningIdentifikator, svar: gemt };
    const { fordringer } = find(lager, command);
    const { virkningDato = '' } = command.parametre;
    const mulige = fordringer.filter(({ forfaldsdato }) => virkningDato > forfaldsdato);
    for (const fordring of mulige) lager.gemFordring({ ...fordring, forfaldsdato: virkningDato });
    const svar: Svar = {
      status:
        mulige.length === 0 ? 'AFVIST' : mulige.length < fordringer.length ? 'DELVIST_GENNEMFOERT' : 'GENNEMFOERT',
      tid,
      resultat: { fordringer: mulige.map(({ id }) => resultatAf(id)) },
    };
    lager.gemSvar(noegle, svar);
    return { anmodningIdentifikator, svar };
  });
}

/** `reveal()` gives the digits: only here, where they are booked, and never for a text or the log. */
export function book(lager: Lager, command: KontantIndbetalingCommand): Udfald {
  const { noegle, kundeType, kundeNummer, beloebOere, indbetalingDato } = command;
  lager.gemIndbetaling(noegle, `${kundeType}:${kundeNummer.reveal()}`, beloebOere, indbetalingDato);
  return { art: 'udfoert' };
}
