/**
 * What the kit's cases work on: debitorkonti, fordringer and customers that the debitorsystem under test must have before a
 * run. A run uses them up, so each run wants them fresh. `kit-data.ts` says in full what stands on each.
 */
import type { Oere } from '../../domain/beloeb.ts';
import type { Cvr, Dato, DebitorkontoId, FagsystemId, FordringId } from '../../domain/identer.ts';
import { ConfigurationError } from '../../errors.ts';
import { compileSchema } from '../../json-schema.ts';
import { KATALOG, nearestKode } from './katalog.ts';

/** A debitorkonto, open, of the world's fagsystem and myndighed, and its fordringer. */
export interface KitKonto {
  readonly debitorkonto: DebitorkontoId;
  readonly fordringer: readonly FordringId[];
}

/** A customer of cash payments. */
export interface KitKunde {
  readonly kundeType: string;
  readonly kundeNummer: string;
}

export interface KitWorld {
  readonly fagsystem: FagsystemId;
  readonly myndighed: Cvr;
  /** Another fagsystem. It has none of the debitorkonti but `andetFagsystemsKonti`. */
  readonly andetFagsystem: FagsystemId;
  /** Another myndighed. It has none of the debitorkonti but `andenMyndighedsKonti`. */
  readonly andenMyndighed: Cvr;
  /** Codes of the starter catalogue that the debitorsystem can carry out; the rest is skipped. */
  readonly handlingstyper: readonly string[];
  /**
   * Says at the start of a run whether the world is fresh. Two open fordringer: the first owes {@link RESTBELOEB_OERE} and is
   * used up at once, the second owes 99,999,999,999.99.
   */
  readonly maerke: KitKonto;
  /** Each has one open fordring that owes {@link RESTBELOEB_OERE}, and no credit. */
  readonly aabne: readonly KitKonto[];
  /** Each has three open fordringer as those of `aabne`, and no credit. */
  readonly flere: readonly KitKonto[];
  /** Each has one settled fordring, on which {@link RESTBELOEB_OERE} was paid. */
  readonly betalte: readonly KitKonto[];
  /** Each has a credit of {@link RESTBELOEB_OERE} and no fordringer. */
  readonly kreditter: readonly KitKonto[];
  /** Each has neither fordringer nor credit. */
  readonly tomme: readonly KitKonto[];
  /**
   * Debitorkonti of `fagsystem` and `andenMyndighed`. Each has a credit of {@link RESTBELOEB_OERE} and one open fordring, of
   * which as much is paid and as much is owed. Where there are none, the cases about them are skipped.
   */
  readonly andenMyndighedsKonti: readonly KitKonto[];
  /** The same, of `andetFagsystem` and `myndighed`. */
  readonly andetFagsystemsKonti: readonly KitKonto[];
  /**
   * Have names that are nearly each other's, with letters beyond ASCII and up to 50 characters. Each has four open fordringer
   * as those of `aabne`, but due on {@link NAVNE_FORFALD}. Where there are none, the cases about them are skipped.
   */
  readonly navne: readonly KitKonto[];
  /** Has 1,000 fordringer as those of `aabne`. */
  readonly stor: KitKonto;
  /** Has one open fordring of the largest amount that a message holds, 99,999,999,999.99. */
  readonly graense: KitKonto;
  /** Known customers of cash payments. The first one's number has the form of a CPR number. */
  readonly kunder: readonly KitKunde[];
}

/** The lists of debitorkonti of which each case takes its own. */
export type Pool =
  | 'aabne'
  | 'flere'
  | 'betalte'
  | 'kreditter'
  | 'tomme'
  | 'andenMyndighedsKonti'
  | 'andetFagsystemsKonti'
  | 'navne';

/** How many fordringer each of a list has. */
const FORDRINGER: Readonly<Record<Pool, number>> = {
  aabne: 1,
  flere: 3,
  betalte: 1,
  kreditter: 0,
  tomme: 0,
  andenMyndighedsKonti: 1,
  andetFagsystemsKonti: 1,
  navne: 4,
};

/** What each open fordring owes, what was paid on each settled one, and each credit. */
export const RESTBELOEB_OERE: Oere = 10_000n;

/** When the fordringer of `navne` are due: the last day of a year, so that the day after it is in the next. */
export const NAVNE_FORFALD = '2030-12-31' as Dato;

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
    andetFagsystem: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    andenMyndighed: { type: 'string', pattern: '^[0-9]{8}$' },
    handlingstyper: { type: 'array', maxItems: 100, items: { type: 'string', minLength: 1, maxLength: 50 } },
    maerke: KONTO,
    aabne: KONTI,
    flere: KONTI,
    betalte: KONTI,
    kreditter: KONTI,
    tomme: KONTI,
    andenMyndighedsKonti: KONTI,
    andetFagsystemsKonti: KONTI,
    navne: KONTI,
    stor: KONTO,
    graense: KONTO,
    kunder: {
      type: 'array',
      // One customer's payments must move no other's saldo.
      minItems: 2,
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

/** Of 50 characters, and alike until the last of them. */
const LANGT_NAVN = `KIT-NAVN-${'X'.repeat(40)}`;
const NAVNE = ['KIT-NAVN-ÆØÅ', 'KIT-NAVN-æøå', 'KIT-NAVN-ÆØA', `${LANGT_NAVN}A`, `${LANGT_NAVN}B`, '0017', '17'];

/** The fordringer of a konto are alike until the last of at most 50 characters, too, and no two konti have the same. */
function kontoAlike(name: string, index: number): KitKonto {
  const fordringer = [1, 2, 3, 4].map((at) => `${name.slice(0, 46)}-${index}F${at}` as FordringId);
  return { debitorkonto: name as DebitorkontoId, fordringer };
}

/** The world of examples/kit-data.json. */
export const DEFAULT_WORLD: KitWorld = {
  fagsystem: 'kulturskole' as FagsystemId,
  myndighed: '29189846' as Cvr,
  andetFagsystem: 'daginstitution' as FagsystemId,
  andenMyndighed: '55133018' as Cvr,
  handlingstyper: Object.keys(KATALOG),
  maerke: kontoNamed('KIT-MAERKE', 2),
  aabne: numbered('KIT-AABEN', 120, FORDRINGER.aabne),
  flere: numbered('KIT-FLERE', 24, FORDRINGER.flere),
  betalte: numbered('KIT-BETALT', 10, FORDRINGER.betalte),
  kreditter: numbered('KIT-KREDIT', 10, FORDRINGER.kreditter),
  tomme: numbered('KIT-TOM', 12, FORDRINGER.tomme),
  andenMyndighedsKonti: numbered('KIT-ANDEN-MYNDIGHED', 4, FORDRINGER.andenMyndighedsKonti),
  andetFagsystemsKonti: numbered('KIT-ANDET-FAGSYSTEM', 4, FORDRINGER.andetFagsystemsKonti),
  navne: NAVNE.map(kontoAlike),
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
  if (problems.length > 0) throw worldError(problems);
  const world = { ...DEFAULT_WORLD, ...(data as Partial<KitWorld>) };
  const contradictions = [...contradictionsOf(world)];
  if (contradictions.length > 0) throw worldError(contradictions);
  return world;
}

function worldError(problems: readonly string[]): ConfigurationError {
  return new ConfigurationError(problems.map((problem) => `Kittets verden: ${problem}`));
}

function* contradictionsOf(world: KitWorld): Generator<string> {
  if (world.andetFagsystem === world.fagsystem) yield 'andetFagsystem skal være et andet end fagsystem';
  if (world.andenMyndighed === world.myndighed) yield 'andenMyndighed skal være en anden end myndighed';
  for (const [index, kode] of world.handlingstyper.entries()) {
    if (Object.hasOwn(KATALOG, kode)) continue;
    yield `handlingstyper[${index}]: ${kode} er ikke i startkataloget; mente du ${nearestKode(kode)}?`;
  }
  if (world.maerke.fordringer.length !== 2) yield 'maerke skal have 2 fordringer';
  for (const pool of Object.keys(FORDRINGER) as Pool[]) {
    const wrong = world[pool].findIndex(({ fordringer }) => fordringer.length !== FORDRINGER[pool]);
    if (wrong !== -1) yield `${pool}[${wrong}] skal have ${FORDRINGER[pool]} fordringer`;
  }
  const own = [world.maerke, world.stor, world.graense].concat(...OWN_POOLS.map((pool) => world[pool]));
  const names = own.map(({ debitorkonto }) => debitorkonto);
  if (new Set(names).size < names.length) yield 'den samme debitorkonto står to steder; hver sag bruger sin egen';
}

const OWN_POOLS = ['aabne', 'flere', 'betalte', 'kreditter', 'tomme', 'navne'] as const;
