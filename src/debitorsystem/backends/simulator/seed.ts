/**
 * The file that an empty simulator is loaded from: its JSON Schema, what the schema cannot say, and the loading. Problems
 * are named by position, never by value.
 */
import { readFileSync } from 'node:fs';
import { type Oere, parseBeloeb } from '../../../domain/beloeb.ts';
import type { Dato, FordringId } from '../../../domain/identer.ts';
import { ConfigurationError } from '../../../errors.ts';
import { compileSchema } from '../../../json-schema.ts';
import { AABNE_TILSTANDE, type FordringTilstand, type FordringType } from './model.ts';
import type { Store } from './store.ts';

/** Amounts are decimals with two decimals, as text: `1234.50`. */
interface SeedFordring {
  readonly identifikator: FordringId;
  /** FORDRING where left out. */
  readonly type?: FordringType;
  /** The main fordring of a RENTE or GEBYR, under the same debitorkonto. */
  readonly hovedfordring?: FordringId;
  readonly tilstand: FordringTilstand;
  readonly beloeb: string;
  readonly restbeloeb: string;
  /** Where left out: beloeb - restbeloeb, and 0.00 for TILBAGEKALDT and AFSKREVET. */
  readonly betalt?: string;
  readonly forfaldsdato: Dato;
}

interface SeedDebitorkonto {
  readonly fagsystem: string;
  readonly myndighed: string;
  readonly identifikator: string;
  /** For people; empty where left out. */
  readonly navn?: string;
  /** AABEN where left out. */
  readonly tilstand?: string;
  /** 0.00 where left out. */
  readonly kredit?: string;
  readonly fordringer: readonly SeedFordring[];
}

interface SeedOpkraevningskonto {
  readonly kundeType: string;
  readonly kundeNummer: string;
  readonly saldo: string;
}

export interface Seed {
  readonly debitorkonti: readonly SeedDebitorkonto[];
  readonly opkraevningskonti?: readonly SeedOpkraevningskonto[];
}

const BELOEB = { type: 'string', pattern: '^[0-9]{1,11}\\.[0-9]{2}$' };
const IDENTIFIKATOR = { type: 'string', minLength: 1, maxLength: 50 };

/** JSON Schema of the file. */
export const SEED_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['debitorkonti'],
  properties: {
    $schema: { type: 'string' },
    debitorkonti: {
      type: 'array',
      maxItems: 10_000_000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['fagsystem', 'myndighed', 'identifikator', 'fordringer'],
        properties: {
          fagsystem: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
          myndighed: { type: 'string', pattern: '^[0-9]{8}$' },
          identifikator: IDENTIFIKATOR,
          navn: { type: 'string', maxLength: 200 },
          tilstand: { enum: ['AABEN', 'LUKKET'] },
          kredit: BELOEB,
          fordringer: {
            type: 'array',
            maxItems: 1_000_000,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['identifikator', 'tilstand', 'beloeb', 'restbeloeb', 'forfaldsdato'],
              properties: {
                identifikator: IDENTIFIKATOR,
                type: { enum: ['FORDRING', 'RENTE', 'GEBYR'] },
                hovedfordring: IDENTIFIKATOR,
                tilstand: { enum: [...AABNE_TILSTANDE, 'UDLIGNET', 'TILBAGEKALDT', 'AFSKREVET'] },
                beloeb: BELOEB,
                restbeloeb: BELOEB,
                betalt: BELOEB,
                forfaldsdato: { type: 'string', format: 'date' },
              },
            },
          },
        },
      },
    },
    opkraevningskonti: {
      type: 'array',
      maxItems: 10_000_000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kundeType', 'kundeNummer', 'saldo'],
        properties: {
          kundeType: { type: 'string', minLength: 1, maxLength: 30 },
          kundeNummer: { type: 'string', pattern: '^[0-9]{8,11}$' },
          saldo: { type: 'string', pattern: '^-?[0-9]{1,11}\\.[0-9]{2}$' },
        },
      },
    },
  },
} as const;

const validateSeed = compileSchema(SEED_SCHEMA);

/** More problems than this are counted, not listed. */
const MAX_PROBLEMS = 50;

/**
 * Reads and judges the file.
 * @throws ConfigurationError with every problem: not readable, no JSON, against the schema, or against itself.
 */
export function readSeed(path: string): Seed {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's own message quotes the file's content, so it is not shown.
    const reason = error instanceof SyntaxError ? 'er ikke JSON' : 'kan ikke læses';
    throw new ConfigurationError([`Simulatorens datafil ${path} ${reason}`]);
  }
  return parseSeed(data, path);
}

function parseSeed(data: unknown, path: string): Seed {
  const problems = validateSeed(data);
  if (problems.length > 0) throw seedError(path, problems);
  const seed = data as Seed;
  const contradictions = [...contradictionsOf(seed)];
  if (contradictions.length > 0) throw seedError(path, contradictions);
  return seed;
}

function seedError(path: string, problems: readonly string[]): ConfigurationError {
  const listed = problems.slice(0, MAX_PROBLEMS).map((problem) => `Simulatorens datafil ${path}: ${problem}`);
  const rest = problems.length - listed.length;
  return new ConfigurationError(rest > 0 ? [...listed, `og ${rest} problemer mere i filen`] : listed);
}

function* contradictionsOf(seed: Seed): Generator<string> {
  const konti = new Set<string>();
  for (const [index, konto] of seed.debitorkonti.entries()) {
    const key = JSON.stringify([konto.fagsystem, konto.myndighed, konto.identifikator]);
    if (konti.has(key)) yield `debitorkonti[${index}]: debitorkontoen står der før`;
    konti.add(key);
    yield* contradictionsOfKonto(konto, `debitorkonti[${index}]`);
  }
  const kunder = new Set<string>();
  for (const [index, { kundeType, kundeNummer }] of (seed.opkraevningskonti ?? []).entries()) {
    const key = JSON.stringify([kundeType, kundeNummer]);
    if (kunder.has(key)) yield `opkraevningskonti[${index}]: kunden står der før`;
    kunder.add(key);
  }
}

function* contradictionsOfKonto(konto: SeedDebitorkonto, place: string): Generator<string> {
  const types = new Map<string, FordringType>();
  for (const { identifikator, type = 'FORDRING' } of konto.fordringer) {
    if (!types.has(identifikator)) types.set(identifikator, type);
  }
  const seen = new Set<string>();
  for (const [index, fordring] of konto.fordringer.entries()) {
    const at = `${place}.fordringer[${index}]`;
    if (seen.has(fordring.identifikator)) yield `${at}: fordringen står der før`;
    seen.add(fordring.identifikator);
    const isHoved = (fordring.type ?? 'FORDRING') === 'FORDRING';
    if (isHoved && fordring.hovedfordring !== undefined) yield `${at}: kun RENTE og GEBYR har en hovedfordring`;
    if (!isHoved && (fordring.hovedfordring === undefined || types.get(fordring.hovedfordring) !== 'FORDRING')) {
      yield `${at}: hovedfordring skal være en FORDRING under samme debitorkonto`;
    }
    yield* contradictionsOfBeloeb(fordring, at);
  }
}

function* contradictionsOfBeloeb(fordring: SeedFordring, at: string): Generator<string> {
  const { beloebOere, restbeloebOere, betaltOere } = amountsOf(fordring);
  if (isOpenTilstand(fordring.tilstand) !== restbeloebOere > 0n) {
    yield `${at}: restbeloeb skal være over 0.00, når fordringen er åben, og ellers 0.00`;
  }
  const isSettled = fordring.tilstand === 'TILBAGEKALDT' || fordring.tilstand === 'AFSKREVET';
  const sumOere = restbeloebOere + betaltOere;
  if (betaltOere < 0n || (isSettled ? sumOere > beloebOere : sumOere !== beloebOere)) {
    yield `${at}: beloeb skal være restbeloeb + betalt${isSettled ? ' eller mere' : ''}`;
  }
}

function isOpenTilstand(tilstand: FordringTilstand): boolean {
  return AABNE_TILSTANDE.some((open) => open === tilstand);
}

function amountsOf(fordring: SeedFordring): { beloebOere: Oere; restbeloebOere: Oere; betaltOere: Oere } {
  const beloebOere = oereOf(fordring.beloeb);
  const restbeloebOere = oereOf(fordring.restbeloeb);
  const isSettled = fordring.tilstand === 'TILBAGEKALDT' || fordring.tilstand === 'AFSKREVET';
  const impliedOere = isSettled ? 0n : beloebOere - restbeloebOere;
  return {
    beloebOere,
    restbeloebOere,
    betaltOere: fordring.betalt === undefined ? impliedOere : oereOf(fordring.betalt),
  };
}

function oereOf(text: string): Oere {
  const oere = parseBeloeb(text);
  if (oere === undefined) throw new ConfigurationError(['Simulatorens datafil har et beløb, der ikke kan læses']);
  return oere;
}

/** Puts the file's content into an empty store, inside the caller's transaction. */
export function loadSeed(store: Store, seed: Seed): void {
  for (const konto of seed.debitorkonti) loadKonto(store, konto);
  for (const { kundeType, kundeNummer, saldo } of seed.opkraevningskonti ?? []) {
    store.kommandoer.bookKontant(kundeType, kundeNummer, oereOf(saldo));
  }
}

function loadKonto(store: Store, konto: SeedDebitorkonto): void {
  const { fagsystem, myndighed, identifikator, navn = '', tilstand = 'AABEN', kredit = '0.00' } = konto;
  const kontoNr = store.konti.addKonto({
    fagsystem,
    myndighed,
    identifikator,
    navn,
    tilstand,
    kreditOere: oereOf(kredit),
  });
  const numbers = new Map<string, bigint>();
  // Main fordringer first: renter and gebyrer refer to their numbers.
  const mainFirst = [
    ...konto.fordringer.filter((fordring) => fordring.hovedfordring === undefined),
    ...konto.fordringer.filter((fordring) => fordring.hovedfordring !== undefined),
  ];
  for (const fordring of mainFirst) {
    const { identifikator: id, type = 'FORDRING', hovedfordring, tilstand: fordringTilstand, forfaldsdato } = fordring;
    const hovedNr = hovedfordring === undefined ? null : (numbers.get(hovedfordring) ?? null);
    const amounts = amountsOf(fordring);
    const row = { kontoNr, identifikator: id, type, hovedNr, tilstand: fordringTilstand, forfaldsdato, ...amounts };
    numbers.set(id, store.konti.addFordring(row));
  }
}
