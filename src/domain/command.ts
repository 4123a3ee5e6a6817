/**
 * Commands: what a debitorsystem is asked to do, free of XML and of RabbitMQ. One anmodning becomes one command with one
 * idempotency key, however often it is delivered.
 */
import type { Oere } from './beloeb.ts';
import type { Handling, HandlingParametre, Svarform } from './handling.ts';
import {
  type Cvr,
  type Dato,
  type FagsystemId,
  type HandlingTypeKode,
  type IdempotencyKey,
  type Instant,
  KundeNummer,
  type TransaktionsId,
  type Uuid,
} from './identer.ts';

interface CommandBase {
  readonly noegle: IdempotencyKey;
  readonly fagsystem: FagsystemId;
  readonly transaktionsId: TransaktionsId;
  /** When the adapter received the anmodning. */
  readonly modtaget: Instant;
}

/** Carry out a handling on debitorkonti or fordringer (seed SF1590_B_04). */
export interface HandlingCommand extends CommandBase {
  readonly art: 'handling';
  readonly anmodningIdentifikator: Uuid;
  /** The authority whose debitorkonti are meant. Debitorkonti of different myndigheder are never mixed. */
  readonly myndighed: Cvr;
  readonly handlingstype: HandlingTypeKode;
  readonly svarform: Svarform;
  readonly handling: Handling;
  /** Which objects are meant: FORDRING, RENTE, GEBYR, INDBETALING, KONTO or what the catalogue allows. */
  readonly objektType: string;
  readonly parametre: HandlingParametre;
}

/** Book one cash payment on the customer's opkrævningskonto (seed OpkrævningKontantIndbetalingOpret). Answered at once. */
export interface KontantIndbetalingCommand extends CommandBase {
  readonly art: 'kontantIndbetaling';
  readonly kundeNummer: KundeNummer;
  /** One of the ten known KundeTyper. */
  readonly kundeType: string;
  readonly indbetalingType: string;
  readonly beloebOere: Oere;
  /** Also the BogføringDato (seed). */
  readonly indbetalingDato: Dato;
  readonly online?: { readonly eksternId: string; readonly system: string };
}

export type Command = HandlingCommand | KontantIndbetalingCommand;

/**
 * The idempotency key of an anmodning: its identity, so that it is the same after every restart.
 * @param id the AnmodningIdentifikator; for cash a digest of the TransaktionsID, which may hold any character.
 */
export function idempotencyKey(art: Command['art'], fagsystem: FagsystemId, id: string): IdempotencyKey {
  return `${art}:${fagsystem}:${id}` as IdempotencyKey;
}

/** A command as JSON text for the ledger: øre as a decimal integer string, KundeNummer revealed. */
export function encodeCommand(command: Command): string {
  // Amounts and numbers are replaced by name: a replacer that JSON calls for each value costs five times the writing.
  if (command.art === 'kontantIndbetaling') {
    const { kundeNummer, beloebOere } = command;
    return JSON.stringify({ ...command, kundeNummer: kundeNummer.reveal(), beloebOere: beloebOere.toString() });
  }
  const { parametre } = command;
  const { beloebOere } = parametre;
  if (beloebOere === undefined) return JSON.stringify(command);
  return JSON.stringify({ ...command, parametre: { ...parametre, beloebOere: beloebOere.toString() } });
}

/** A command as {@link encodeCommand} writes it. */
type WrittenCommand =
  | (Omit<KontantIndbetalingCommand, 'kundeNummer' | 'beloebOere'> & Record<'kundeNummer' | 'beloebOere', string>)
  | (Omit<HandlingCommand, 'parametre'> & {
      readonly parametre: Omit<HandlingParametre, 'beloebOere'> & { readonly beloebOere?: string };
    });

/** The inverse of {@link encodeCommand}; only for text that it wrote. */
export function decodeCommand(text: string): Command {
  const written = JSON.parse(text) as WrittenCommand;
  if (written.art === 'kontantIndbetaling') {
    const { kundeNummer, beloebOere } = written;
    return { ...written, kundeNummer: new KundeNummer(kundeNummer), beloebOere: BigInt(beloebOere) };
  }
  const { beloebOere, ...parametre } = written.parametre;
  return {
    ...written,
    parametre: beloebOere === undefined ? parametre : { ...parametre, beloebOere: BigInt(beloebOere) },
  };
}
