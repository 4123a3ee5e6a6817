/**
 * What the kit's cases work on: debitorkonti, fordringer and customers that the debitorsystem under test must have before a
 * run. A run uses them up, so each run wants them fresh. `kitData` says in full what stands on each; it is the data file of
 * the simulator, shipped as examples/kit-data.json.
 */
import { formatBeloeb, MAX_BELOEB_OERE, type Oere } from '../../domain/beloeb.ts';
import type { Cvr, DebitorkontoId, FagsystemId, FordringId } from '../../domain/identer.ts';
import { ConfigurationError } from '../../errors.ts';
import { compileSchema } from '../../json-schema.ts';

/** A debitorkonto, open, of the world's fagsystem and myndighed, and its fordringer. */
export interface KitKonto {
  readonly debitorkonto: DebitorkontoId;
  readonly fordringer: readonly FordringId[];
}

export interface KitWorld {
  readonly fagsystem: FagsystemId;
  readonly myndighed: Cvr;
  /** Another myndighed. It has none of the debitorkonti. */
  readonly andenMyndighed: Cvr;
  /** Codes of the starter catalogue that the debitorsystem can carry out; the rest is skipped. */
  readonly handlingstyper: readonly string[];
  /** Each has one open fordring that owes {@link RESTBELOEB_OERE}, and no credit. */
  readonly aabne: readonly KitKonto[];
  /** Each has one settled fordring, on which {@link RESTBELOEB_OERE} was paid. */
  readonly betalte: readonly KitKonto[];
  /** Each has a credit of {@link RESTBELOEB_OERE} and no fordringer. */
  readonly kreditter: readonly KitKonto[];
  /** Each has neither fordringer nor credit. */
  readonly tomme: readonly KitKonto[];
  /** Has 1,000 fordringer as those of `aabne`. */
  readonly stor: KitKonto;
  /** Has one open fordring of the largest amount that a message holds, 99,999,999,999.99. */
  readonly graense: KitKonto;
  /** Known customers of cash payments. The first one's number has the form of a CPR number. */
  readonly kunder: readonly { readonly kundeType: string; readonly kundeNummer: string }[];
}

/** What each open fordring owes, what was paid on each settled one, and each credit. */
export const RESTBELOEB_OERE: Oere = 10_000n;
/** When the fordringer are due; the kit gives henstand to a later date. */
export const FORFALDSDATO = '2026-06-01';

const KONTO = {
  type: 'object',
  additionalProperties: false,
  required: ['debitorkonto', 'fordringer'],
  properties: {
    debitorkonto: { type: 'string', minLength: 1, maxLength: 50 },
    fordringer: { type: 'array', maxItems: 1000, items: { type: 'string', minLength: 1, maxLength: 50 } },
  },
};
const KONTI = { type: 'array', maxItems: 10_000, items: KONTO };

const WORLD_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    fagsystem: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    myndighed: { type: 'string', pattern: '^[0-9]{8}$' },
    andenMyndighed: { type: 'string', pattern: '^[0-9]{8}$' },
    handlingstyper: { type: 'array', maxItems: 100, items: { type: 'string', minLength: 1, maxLength: 50 } },
    aabne: KONTI,
    betalte: KONTI,
    kreditter: KONTI,
    tomme: KONTI,
    stor: KONTO,
    graense: KONTO,
    kunder: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kundeType', 'kundeNummer'],
        properties: {
          kundeType: { type: 'string', minLength: 1, maxLength: 30 },
          kundeNummer: { type: 'string', pattern: '^[0-9]{8,11}$' },
        },
      },
    },
  },
} as const;

function numbered(prefix: string, count: number, fordringer: number): KitKonto[] {
  return Array.from({ length: count }, (_, index) => kontoNamed(`${prefix}-${index + 1}`, fordringer));
}

function kontoNamed(name: string, fordringer: number): KitKonto {
  const ids = Array.from({ length: fordringer }, (_, index) => `${name}-F${index + 1}` as FordringId);
  return { debitorkonto: name as DebitorkontoId, fordringer: ids };
}

/** The world of examples/kit-data.json. */
export const DEFAULT_WORLD: KitWorld = {
  fagsystem: 'kulturskole' as FagsystemId,
  myndighed: '29189846' as Cvr,
  andenMyndighed: '55133018' as Cvr,
  handlingstyper: [
    'AENDR_TILSTAND',
    'NEDSKRIV',
    'OPSKRIV',
    'TILBAGEKALD',
    'OMPOSTER',
    'UDLIGN',
    'AFSKRIV',
    'HENSTAND',
    'OVERFOER_INDBETALING',
    'OVERFOER_FORDRING',
    'AFSLUT_KONTO',
  ],
  aabne: numbered('KIT-AABEN', 80, 1),
  betalte: numbered('KIT-BETALT', 4, 1),
  kreditter: numbered('KIT-KREDIT', 4, 0),
  tomme: numbered('KIT-TOM', 6, 0),
  stor: kontoNamed('KIT-STOR', 1000),
  graense: kontoNamed('KIT-GRAENSE', 1),
  kunder: [
    { kundeType: 'CPR-Person', kundeNummer: '0101701234' },
    { kundeType: 'CVR-Virksomhed', kundeNummer: '29189846' },
  ],
};

/**
 * Reads a world that an author wrote as JSON: what it leaves out is as in {@link DEFAULT_WORLD}.
 * @throws ConfigurationError with every problem.
 */
export function parseKitWorld(data: unknown): KitWorld {
  const problems = compileSchema(WORLD_SCHEMA)(data);
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `Kittets verden: ${problem}`));
  return { ...DEFAULT_WORLD, ...(data as Partial<KitWorld>) };
}

/** The debitorkonti and customers of a world, in full, as the simulator's data file has them. */
export function kitData(world: KitWorld): unknown {
  const { fagsystem, myndighed } = world;
  const konto = ({ debitorkonto, fordringer }: KitKonto, contents: Contents) => ({
    fagsystem,
    myndighed,
    identifikator: debitorkonto,
    ...(contents.kreditOere === undefined ? {} : { kredit: formatBeloeb(contents.kreditOere) }),
    fordringer: fordringer.map((identifikator) => ({
      identifikator,
      tilstand: contents.restbeloebOere === 0n ? 'UDLIGNET' : 'AABEN',
      beloeb: formatBeloeb(contents.beloebOere ?? RESTBELOEB_OERE),
      restbeloeb: formatBeloeb(contents.restbeloebOere ?? contents.beloebOere ?? RESTBELOEB_OERE),
      forfaldsdato: FORFALDSDATO,
    })),
  });
  return {
    debitorkonti: [
      ...world.aabne.map((one) => konto(one, {})),
      ...world.betalte.map((one) => konto(one, { restbeloebOere: 0n })),
      ...world.kreditter.map((one) => konto(one, { kreditOere: RESTBELOEB_OERE })),
      ...world.tomme.map((one) => konto(one, {})),
      konto(world.stor, {}),
      konto(world.graense, { beloebOere: MAX_BELOEB_OERE }),
    ],
    opkraevningskonti: world.kunder.map((kunde) => ({ ...kunde, saldo: '0.00' })),
  };
}

interface Contents {
  readonly beloebOere?: Oere;
  readonly restbeloebOere?: Oere;
  readonly kreditOere?: Oere;
}
