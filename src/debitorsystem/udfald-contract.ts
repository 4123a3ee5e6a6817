/**
 * The border that a backend's answers cross: what is no udfald is named, and texts that a backend wrote are cut to their
 * bounds and freed of what is shaped like a CPR number before they can reach a kvittering or a log.
 */

import { fitsInMessage } from '../domain/beloeb.ts';
import type { Command } from '../domain/command.ts';
import { scrubAndCut } from '../domain/cpr.ts';
import type { Fejl, Fejlliste } from '../domain/fejl.ts';
import type { IdempotencyKey, Uuid } from '../domain/identer.ts';
import type { FordringResultat, HandlingResultat, Svar, Udfald } from '../domain/udfald.ts';
import { isSvarStatusKode } from '../domain/udfald.ts';
import type { IkkeUdfoert, SvarReference } from './debitorsystem.ts';

const MAX_KODE = 30;
/** sk:FejlNummer of a cash payment's answer. */
const MAX_FEJLNUMMER = 20;
const MAX_TEKST = 1000;
const MAX_AARSAG = 500;
/** One for each fordring that a command can name: 10,000 on each of two sides. */
const MAX_FEJL = 20_000;
const MAX_FORDRING_ID = 50;
/** The years 1900 to 9999: what can stand in a svar as an xs:dateTime. */
const MIN_TID = Date.UTC(1900, 0, 1);
const MAX_TID = Date.UTC(9999, 11, 31);
const MAX_REFERENCE = 100;
const MAX_FORDRINGER = 20_000;

/** By its form, not its class: a backend may carry another copy of this package. */
export function isIkkeUdfoert(error: unknown): error is IkkeUdfoert {
  return (
    error instanceof Error &&
    error.name === 'IkkeUdfoert' &&
    'forbigaaende' in error &&
    typeof error.forbigaaende === 'boolean'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A parse that failed; its message names the place, never a value. */
class Broken extends Error {}

function parseText(value: unknown, place: string, max: number): string {
  if (typeof value !== 'string' || value.trim() === '') throw new Broken(`${place} er ikke en tekst`);
  return scrubAndCut(value.trim(), max);
}

const XML_WHITE_SPACE = ' \t\r\n';

/** Without white space at its ends as XML means it: a no-break space is part of an identifier. */
function trimAsXml(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && XML_WHITE_SPACE.includes(text.charAt(start))) start += 1;
  while (end > start && XML_WHITE_SPACE.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Counts characters as XML Schema and JSON Schema do; a text that is far longer is not taken apart to be counted. */
function isLonger(text: string, max: number): boolean {
  return text.length > max && (text.length > 2 * max || [...text].length > max);
}

/** Codes and identifiers go out as they are, so what XML can't hold is refused, not replaced. */
const NOT_IN_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function parseCode(value: unknown, place: string, max: number): string {
  const code = typeof value === 'string' ? trimAsXml(value) : '';
  if (code === '') throw new Broken(`${place} er ikke en tekst`);
  if (isLonger(code, max)) throw new Broken(`${place} er længere end ${max} tegn`);
  if (NOT_IN_XML.test(code)) throw new Broken(`${place} indeholder tegn, som XML ikke kan rumme`);
  return code;
}

/** Why a backend could not: for the log, the ledger and operations. Whatever it was given, a bounded text without CPR numbers. */
export function reasonOf(value: unknown): string {
  return typeof value === 'string' ? scrubAndCut(value, MAX_AARSAG) : 'ingen årsag angivet';
}

function parseFejl(value: unknown, place: string, maxKode: number): Fejl {
  if (!isRecord(value)) throw new Broken(`${place} er ikke en fejl`);
  return {
    kode: parseCode(value['kode'], `${place}.kode`, maxKode),
    tekst: parseText(value['tekst'], `${place}.tekst`, MAX_TEKST),
  };
}

function parseFejlliste(value: unknown, place: string, maxKode: number = MAX_KODE): Fejlliste {
  if (!Array.isArray(value) || value.length === 0) throw new Broken(`${place} er tom`);
  if (value.length > MAX_FEJL) throw new Broken(`${place} har mere end ${MAX_FEJL} fejl`);
  const [first, ...rest] = value.map((one, index) => parseFejl(one, `${place}[${index}]`, maxKode));
  if (first === undefined) throw new Broken(`${place} er tom`);
  return [first, ...rest];
}

function parseFordringResultat(value: unknown, place: string): FordringResultat {
  if (!isRecord(value)) throw new Broken(`${place} er ikke et resultat`);
  const { fordring, resultat, beloebOere, fejl } = value;
  if (resultat !== 'GENNEMFOERT' && resultat !== 'AFVIST') throw new Broken(`${place}.resultat er ukendt`);
  if (beloebOere !== undefined && (typeof beloebOere !== 'bigint' || !fitsInMessage(beloebOere))) {
    throw new Broken(`${place}.beloebOere er ikke et beløb i øre`);
  }
  if (fejl !== undefined && resultat !== 'AFVIST') throw new Broken(`${place}.fejl hører til resultat AFVIST`);
  return {
    fordring: parseCode(fordring, `${place}.fordring`, MAX_FORDRING_ID) as FordringResultat['fordring'],
    resultat,
    ...(beloebOere === undefined ? {} : { beloebOere }),
    ...(fejl === undefined ? {} : { fejl: parseFejlliste(fejl, `${place}.fejl`) }),
  };
}

function parseResultat(value: unknown): HandlingResultat {
  if (!isRecord(value)) throw new Broken('resultat er ikke et resultat');
  const { debitorsystemReference: reference, fordringer } = value;
  if (!Array.isArray(fordringer) || fordringer.length > MAX_FORDRINGER)
    throw new Broken('resultat.fordringer er ikke en liste');
  return {
    ...(reference === undefined
      ? {}
      : { debitorsystemReference: parseCode(reference, 'resultat.debitorsystemReference', MAX_REFERENCE) }),
    fordringer: fordringer.map((one, index) => parseFordringResultat(one, `resultat.fordringer[${index}]`)),
  };
}

function parseUdfald(value: unknown, command: Command): Udfald {
  if (!isRecord(value)) throw new Broken('intet udfald');
  switch (value['art']) {
    case 'udfoert':
      if (value['resultat'] === undefined) return { art: 'udfoert' };
      return { art: 'udfoert', resultat: parseResultat(value['resultat']) };
    case 'accepteretTilSenere':
      if (command.art === 'kontantIndbetaling') throw new Broken('en kontant indbetaling besvares med det samme');
      return { art: 'accepteretTilSenere' };
    case 'afvist':
      return {
        art: 'afvist',
        fejl: parseFejlliste(value['fejl'], 'fejl', command.art === 'kontantIndbetaling' ? MAX_FEJLNUMMER : MAX_KODE),
      };
    default:
      throw new Broken('art er ukendt');
  }
}

/** The udfald, or what is wrong with it: a place and a reason, never a value. */
export function udfaldProblem(value: unknown, command: Command): Udfald | string {
  try {
    return parseUdfald(value, command);
  } catch (error) {
    if (error instanceof Broken) return error.message;
    return 'udfaldet kan ikke læses';
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_NOEGLE = 200;

/**
 * Which command a backend says that its svar belongs to.
 * @throws TypeError naming what is wrong with it.
 */
export function parseSvarReference(value: unknown): SvarReference {
  if (!isRecord(value)) throw new TypeError('svarets reference mangler');
  const { noegle, anmodningIdentifikator } = value;
  if (typeof anmodningIdentifikator !== 'string' || !UUID.test(anmodningIdentifikator)) {
    throw new TypeError('svarets anmodningIdentifikator er ikke et UUID');
  }
  if (noegle !== undefined && (typeof noegle !== 'string' || noegle.length > MAX_NOEGLE)) {
    throw new TypeError('svarets noegle er ikke en nøgle');
  }
  return {
    anmodningIdentifikator: anmodningIdentifikator.toLowerCase() as Uuid,
    ...(noegle === undefined ? {} : { noegle: noegle as IdempotencyKey }),
  };
}

/**
 * A svar that a backend reports.
 * @throws TypeError naming what is wrong with it: the backend's author sees it where it reported.
 */
export function parseReportedSvar(value: unknown): Svar {
  if (!isRecord(value)) throw new TypeError('svaret er ikke et svar');
  const { status, tid, begrundelse, resultat, fejl } = value;
  if (typeof status !== 'string' || !isSvarStatusKode(status)) throw new TypeError('svarets status er ukendt');
  if (typeof tid !== 'number' || !(tid >= MIN_TID && tid <= MAX_TID)) {
    throw new TypeError('svarets tid er ikke et tidspunkt mellem år 1900 og 9999');
  }
  try {
    return {
      status,
      tid,
      ...(begrundelse === undefined ? {} : { begrundelse: parseText(begrundelse, 'begrundelse', MAX_TEKST) }),
      ...(resultat === undefined ? {} : { resultat: parseResultat(resultat) }),
      ...(fejl === undefined ? {} : { fejl: parseFejlliste(fejl, 'fejl') }),
    };
  } catch (error) {
    throw new TypeError(error instanceof Broken ? error.message : 'svaret kan ikke læses');
  }
}
