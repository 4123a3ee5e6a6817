/**
 * Carries out one command against the store: at once, or later what was accepted for later. Everything here runs inside a
 * transaction that the caller holds, and the effect and what is remembered of it are in the same one.
 */
import {
  type Command,
  decodeCommand,
  encodeCommand,
  type HandlingCommand,
  type KontantIndbetalingCommand,
} from '../../../domain/command.ts';
import type { Fejl, Fejlliste } from '../../../domain/fejl.ts';
import type { IdempotencyKey, Instant } from '../../../domain/identer.ts';
import type { FordringResultat, HandlingResultat, Svar, SvarStatusKode, Udfald } from '../../../domain/udfald.ts';
import { encode, parseUdfald } from './codec.ts';
import { findRule } from './rules/catalogue.ts';
import { type Kendelse, type Linje, notSupported, refuse } from './rules/kendelse.ts';
import { findSag, type Sag } from './sag.ts';
import { only, type Steps } from './steps.ts';
import type { Store } from './store.ts';

/** A command that was accepted for later, and the number that it was recorded under. */
export interface AcceptedCommand {
  readonly kommandoNr: bigint;
  readonly command: HandlingCommand;
}

export class Execution {
  readonly #store: Store;
  readonly #senereDelayMs: number;

  constructor(store: Store, senereDelayMs: number) {
    this.#store = store;
    this.#senereDelayMs = senereDelayMs;
  }

  /** What was answered to a key before; undefined: never seen. */
  known(noegle: IdempotencyKey): Udfald | undefined {
    const stored = this.#store.kommandoer.findKommando(noegle);
    return stored && withReference(parseUdfald(stored.udfald), stored.nr);
  }

  /**
   * Carries out a command whose key is new, or accepts it for later.
   * @param queueSvar false: it is accepted for later, and then forgotten (the fault svarMangler).
   */
  carryOut(command: Command, now: Instant, queueSvar: boolean): Steps<Udfald> {
    if (command.art === 'kontantIndbetaling') return only(this.#book(command));
    if (findRule(command) === undefined) return only(this.#record(command, refusal([notSupported()])));
    return command.svarform === 'STRAKS' ? this.#carryOutNow(command) : this.#accept(command, now, queueSvar);
  }

  #book(command: KontantIndbetalingCommand): Udfald {
    const { noegle, kundeType, kundeNummer, beloebOere, indbetalingDato } = command;
    const opkraevningskontoNr = this.#store.kommandoer.bookKontant(kundeType, kundeNummer.reveal(), beloebOere);
    const udfald: Udfald = { art: 'udfoert', resultat: { fordringer: [] } };
    const kontant = { opkraevningskontoNr, beloebOere, indbetalingDato };
    return withReference(
      udfald,
      this.#store.kommandoer.addKommando({ noegle, udfald: encode(udfald), udfoert: true, kontant }),
    );
  }

  /** All or nothing, with everything that speaks against it. */
  *#carryOutNow(command: HandlingCommand): Steps<Udfald> {
    const found = yield* findSag(command, this.#store.konti);
    if (found.sag === undefined) return this.#record(command, refusal([...found.kontoFejl, ...found.fordringFejl]));
    const kendelse = yield* judge(command, found.sag);
    const refused = [...kendelse.fejl, ...kendelse.linjer.flatMap((linje) => linje.fejl ?? [])];
    if (refused.length > 0) return this.#record(command, refusal(refused));
    yield* this.#save(kendelse);
    return this.#record(command, { art: 'udfoert', resultat: { fordringer: kendelse.linjer.map(resultatOf) } });
  }

  /** What is not there or closed is said at once; the rest is judged when it is carried out. */
  *#accept(command: HandlingCommand, now: Instant, queueSvar: boolean): Steps<Udfald> {
    const { kontoFejl, fordringFejl } = yield* findSag(command, this.#store.konti);
    const refused = [...kontoFejl, ...fordringFejl];
    if (refused.length > 0) return this.#record(command, refusal(refused));
    const { noegle, handlingstype } = command;
    const udfald: Udfald = { art: 'accepteretTilSenere' };
    const nr = this.#store.kommandoer.addKommando({ noegle, handlingstype, udfald: encode(udfald), udfoert: false });
    if (queueSvar) this.#store.senere.addSenere(nr, encodeCommand(command), now + this.#senereDelayMs);
    return udfald;
  }

  /** Carries out what was accepted for later. It is judged by the state of now, fordring by fordring. */
  *carryOutAccepted({ kommandoNr, command }: AcceptedCommand, now: Instant): Steps<Svar> {
    const debitorsystemReference = referenceOf(kommandoNr);
    const found = yield* findSag(command, this.#store.konti);
    const kendelse = found.sag && (yield* judge(command, found.sag));
    const refused = kendelse === undefined ? [...found.kontoFejl, ...found.fordringFejl] : kendelse.fejl;
    const fejl = asFejlliste(refused);
    if (kendelse === undefined || fejl !== undefined) {
      const resultat = { debitorsystemReference, fordringer: [] };
      return { status: 'AFVIST', tid: now, resultat, ...(fejl === undefined ? {} : { fejl }) };
    }
    const { linjer } = kendelse;
    const done = linjer.filter((linje) => linje.fejl === undefined).length;
    const status = statusOf(done, linjer.length);
    if (status !== 'AFVIST') {
      yield* this.#save(kendelse);
      this.#store.kommandoer.countUdfoert(kommandoNr);
    }
    const resultat: HandlingResultat = { debitorsystemReference, fordringer: linjer.map(resultatOf) };
    if (status === 'GENNEMFOERT') return { status, tid: now, resultat };
    return { status, tid: now, begrundelse: `${done} af ${linjer.length} fordringer er gennemført.`, resultat };
  }

  #record(command: HandlingCommand, udfald: Udfald): Udfald {
    const { noegle, handlingstype } = command;
    const udfoert = udfald.art === 'udfoert';
    return withReference(
      udfald,
      this.#store.kommandoer.addKommando({ noegle, handlingstype, udfald: encode(udfald), udfoert }),
    );
  }

  *#save({ fordringer, flyttede, konti }: Kendelse): Steps<void> {
    yield* this.#store.konti.saveFordringer(fordringer);
    if (flyttede !== undefined) yield* this.#store.konti.moveFordringer(flyttede);
    for (const konto of konti) this.#store.konti.saveKonto(konto);
  }
}

/** The command of a row that was accepted for later. */
export function decodeAccepted(kommandoNr: bigint, kommando: string): AcceptedCommand {
  const command = decodeCommand(kommando);
  if (command.art !== 'handling') throw new Error('kun handlinger kan være accepteret til senere');
  return { kommandoNr, command };
}

function judge(command: HandlingCommand, sag: Sag): Steps<Kendelse> {
  const rule = findRule(command);
  return rule === undefined ? only(refuse(notSupported())) : rule(sag);
}

function statusOf(done: number, all: number): SvarStatusKode {
  if (done === all) return 'GENNEMFOERT';
  return done === 0 ? 'AFVIST' : 'DELVIST_GENNEMFOERT';
}

function resultatOf({ fordring, beloebOere, fejl }: Linje): FordringResultat {
  if (fejl !== undefined) return { fordring, resultat: 'AFVIST', fejl: [fejl] };
  return beloebOere === undefined
    ? { fordring, resultat: 'GENNEMFOERT' }
    : { fordring, resultat: 'GENNEMFOERT', beloebOere };
}

function refusal(fejl: readonly Fejl[]): Udfald {
  const fejlliste = asFejlliste(fejl);
  if (fejlliste === undefined) throw new Error('en afvisning skal sige hvorfor');
  return { art: 'afvist', fejl: fejlliste };
}

function asFejlliste([first, ...rest]: readonly Fejl[]): Fejlliste | undefined {
  return first === undefined ? undefined : [first, ...rest];
}

/** The store keeps an udfald without its reference, which is the row's own number. */
function withReference(udfald: Udfald, kommandoNr: bigint): Udfald {
  if (udfald.art !== 'udfoert') return udfald;
  const fordringer = udfald.resultat?.fordringer ?? [];
  return { art: 'udfoert', resultat: { debitorsystemReference: referenceOf(kommandoNr), fordringer } };
}

function referenceOf(kommandoNr: bigint): string {
  return `SIM-${kommandoNr.toString().padStart(6, '0')}`;
}
