/**
 * Commands, udfald and svar as JSON, for debitorsystemer outside the process (`http`, `amqp`): the one place where the
 * adapter writes and reads them, judged by the schemas in `schemas/debitorsystem/` on the way out as well as on the way in.
 *
 * Money is a decimal string, a date YYYY-MM-DD, an instant an xs:dateTime in UTC. A KundeNummer is revealed here, and only in
 * the text of the command that leaves. Problems name places, never values.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatBeloeb, parseBeloeb } from '../domain/beloeb.ts';
import type { Command } from '../domain/command.ts';
import { formatInstant } from '../domain/dato.ts';
import type { Fejlliste } from '../domain/fejl.ts';
import type { HandlingParametre } from '../domain/handling.ts';
import type { FordringId, IdempotencyKey, Instant, Uuid } from '../domain/identer.ts';
import type { FordringResultat, HandlingResultat, Svar, SvarStatusKode, Udfald } from '../domain/udfald.ts';
import { compileSchema } from '../json-schema.ts';
import type { SvarReference } from './debitorsystem.ts';
import { readJsonText } from './json-text.ts';

/** What a debitorsystem outside the process may say of a command; the last only when it is asked about a key. */
export type UdfaldBesked =
  | Udfald
  | { readonly art: 'ikkeUdfoert'; readonly forbigaaende: boolean; readonly aarsag?: string }
  | { readonly art: 'aldrigSet' };

/** A svar, and which command it belongs to. */
export interface SvarBesked {
  readonly reference: SvarReference & { readonly noegle: IdempotencyKey };
  readonly svar: Svar;
}

/** What a debitorsystem is told about a svar that it reported. */
export type Svarkvittering =
  | { readonly art: 'modtaget'; readonly noegle?: string }
  | { readonly art: 'afvist'; readonly noegle?: string; readonly kode: string; readonly tekst: string }
  | { readonly art: 'ulaeselig'; readonly kode: string; readonly tekst: string }
  | { readonly art: 'proevIgen' };

/** It is not what the schema says: places and reasons, in Danish, never a value. */
export class WireProblem extends Error {
  override readonly name = 'WireProblem';
  /** Of the catalogue: no JSON, no UTF-8, or against the schema. */
  readonly kode: 'DA-001' | 'DA-002' | 'DA-005';

  constructor(message: string, kode: WireProblem['kode'] = 'DA-005') {
    super(message);
    this.kode = kode;
  }
}

/** schemas/ stands beside src/ (or dist/). */
const SCHEMAS = join(import.meta.dirname, '..', '..', 'schemas', 'debitorsystem');

type Validate = (data: unknown) => string[];

function readSchema(stem: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(SCHEMAS, `${stem}.schema.json`), 'utf8'));
}

function compileAll(): Readonly<Record<'command' | 'udfald' | 'svar' | 'svarkvittering', Validate>> {
  const command = readSchema('command');
  const udfald = readSchema('udfald');
  return {
    command: compileSchema(command),
    udfald: compileSchema(udfald, [command]),
    svar: compileSchema(readSchema('svar'), [command, udfald]),
    svarkvittering: compileSchema(readSchema('svarkvittering'), [command]),
  };
}

const VALIDATE = compileAll();

/** Problems named in a message are for people: the first few tell the rest. */
const SHOWN_PROBLEMS = 5;

function check(kind: keyof typeof VALIDATE, value: unknown): void {
  const problems = VALIDATE[kind](value);
  if (problems.length > 0) throw new WireProblem(problems.slice(0, SHOWN_PROBLEMS).join('; '));
}

/** @throws WireProblem where the bytes are not JSON in UTF-8. */
function parseJson(bytes: Uint8Array): unknown {
  const read = readJsonText(bytes);
  if (!read.ok) throw new WireProblem(read.problem, read.kode);
  return read.value;
}

function write(kind: keyof typeof VALIDATE, value: object): string {
  check(kind, value);
  return JSON.stringify(value);
}

// ---- commands --------------------------------------------------------------------------------------------------------

function writeParametre({ beloebOere, ...rest }: HandlingParametre): object {
  return beloebOere === undefined ? rest : { ...rest, beloeb: formatBeloeb(beloebOere) };
}

/**
 * A command as JSON text, with the KundeNummer revealed.
 * @throws WireProblem where the schema does not admit it: a fault of ours.
 */
export function writeCommand(command: Command): string {
  const modtaget = formatInstant(command.modtaget);
  if (command.art === 'handling') {
    return write('command', { ...command, modtaget, parametre: writeParametre(command.parametre) });
  }
  const { beloebOere, kundeNummer, ...rest } = command;
  return write('command', {
    ...rest,
    modtaget,
    kundeNummer: kundeNummer.reveal(),
    beloeb: formatBeloeb(beloebOere),
  });
}

// ---- udfald and svar -------------------------------------------------------------------------------------------------

/** As the schemas have let it through. */
interface ResultatJson {
  readonly debitorsystemReference?: string;
  readonly fordringer: readonly {
    readonly fordring: FordringId;
    readonly resultat: FordringResultat['resultat'];
    readonly beloeb?: string;
    readonly fejl?: Fejlliste;
  }[];
}

type UdfaldJson =
  | { readonly art: 'udfoert'; readonly resultat?: ResultatJson }
  | Exclude<UdfaldBesked, { readonly art: 'udfoert' }>;

interface SvarJson {
  readonly noegle: IdempotencyKey;
  readonly anmodningIdentifikator: Uuid;
  readonly status: SvarStatusKode;
  readonly tid: string;
  readonly begrundelse?: string;
  readonly resultat?: ResultatJson;
  readonly fejl?: Fejlliste;
}

function readResultat({ fordringer, ...rest }: ResultatJson): HandlingResultat {
  return {
    ...rest,
    fordringer: fordringer.map(({ beloeb, ...one }): FordringResultat => {
      const beloebOere = beloeb === undefined ? undefined : parseBeloeb(beloeb);
      return beloebOere === undefined ? one : { ...one, beloebOere };
    }),
  };
}

/**
 * What a debitorsystem says of a command.
 * @throws WireProblem where it is not what `udfald.schema.json` says.
 */
export function readUdfald(bytes: Uint8Array): UdfaldBesked {
  const value = parseJson(bytes);
  check('udfald', value);
  const udfald = value as UdfaldJson;
  if (udfald.art !== 'udfoert') return udfald;
  return udfald.resultat === undefined
    ? { art: 'udfoert' }
    : { art: 'udfoert', resultat: readResultat(udfald.resultat) };
}

/** The pattern admits a 31st of February, which Date would take for a day in March. */
function readInstant(text: string): Instant {
  const instant = Date.parse(text);
  const seconds = text.slice(0, 19);
  if (Number.isNaN(instant) || !formatInstant(instant).startsWith(seconds)) {
    throw new WireProblem('tid er ikke et tidspunkt, der findes');
  }
  return instant;
}

/**
 * A svar that a debitorsystem reports.
 * @throws WireProblem where it is not what `svar.schema.json` says.
 */
export function readSvar(bytes: Uint8Array): SvarBesked {
  const value = parseJson(bytes);
  check('svar', value);
  const { noegle, anmodningIdentifikator, tid, resultat, ...rest } = value as SvarJson;
  return {
    reference: { noegle, anmodningIdentifikator },
    svar: { ...rest, tid: readInstant(tid), ...(resultat === undefined ? {} : { resultat: readResultat(resultat) }) },
  };
}

export function writeSvarkvittering(svarkvittering: Svarkvittering): string {
  return write('svarkvittering', svarkvittering);
}
