/**
 * Seeded traffic: what a few fagsystemer would send, message by message, with everything that goes wrong on the way from
 * them: repeats, reused ids, broken rules, documents that nobody can read. Knows nothing of RabbitMQ.
 *
 * A lane is one clerk's desk: it sends one message at a time, on a few debitorkonti and customers of its own, so what it
 * sends on one line is in order whatever happens on the way.
 */
import {
  anmodning,
  kontantIndbetaling,
  mellemFordringer,
  mellemKonti,
  paaFordringer,
  paaKonto,
} from '../support/meddelelser.ts';
import type { Identity, Role, Sent } from './evidence.ts';
import { SCRIPT_PREFIX, type Script } from './recording/backend.ts';
import { handlingContent, kontantContent } from './recording/store.ts';
import { type Seeded, seeded } from './seeded.ts';

export type Queue = 'debitorkonto' | 'kontantindbetaling';

/** A message, before it is published. */
export interface Message extends Omit<Sent, 'n' | 'confirmed' | 'afterAnswer'> {
  readonly queue: Queue;
  readonly body: string;
  /** The correlation id of the message that it repeats or contradicts. */
  readonly about?: string;
}

export interface Fagsystem {
  readonly id: string;
  readonly cvr: string;
}

/** Those of the tests' registry. */
export const FAGSYSTEMER: readonly [Fagsystem, Fagsystem] = [
  { id: 'kulturskole', cvr: '29189846' },
  { id: 'byggesag', cvr: '55133018' },
];

/** What a message is to be, where it is not left to chance. */
export interface Wish {
  readonly kode?: Handlingskode;
  readonly variant?: 1 | 2 | 3 | 4;
  readonly script?: Script;
}

export interface Lane {
  readonly fagsystem: string;
  /** The next message, of whatever kind. */
  next(): Message;
  handling(wish?: Wish): Message;
  indbetaling(): Message;
  /** The same message again: the same content under the same id, in a new envelope. */
  gentag(message: Message): Message;
  /** Other content under the id of an earlier message. */
  modsig(message: Message): Message;
  regelbrud(): Message;
  ulaeselig(): Message;
  falsk(): Message;
}

/** Of each svarform those codes that cover all four variants. */
const VARIANTS = {
  AENDR_TILSTAND: [1, 2],
  OPSKRIV: [2],
  UDLIGN: [3],
  OMPOSTER: [4],
  HENSTAND: [1, 2],
  AFSKRIV: [1, 2],
  OVERFOER_INDBETALING: [3, 4],
} as const satisfies Readonly<Record<string, readonly [number, ...number[]]>>;
export type Handlingskode = keyof typeof VARIANTS;

const STRAKS: readonly [Handlingskode, ...Handlingskode[]] = ['AENDR_TILSTAND', 'OPSKRIV', 'UDLIGN', 'OMPOSTER'];
const SENERE: readonly [Handlingskode, ...Handlingskode[]] = ['HENSTAND', 'AFSKRIV', 'OVERFOER_INDBETALING'];

const KONTI_PER_LANE = 3;
const KUNDER_PER_LANE = 2;
/** Earlier messages that can still be repeated. */
const MEMORY = 30;

function kroner(oere: bigint): string {
  return `${oere / 100n}.${String(oere % 100n).padStart(2, '0')}`;
}

interface Content {
  readonly kode: Handlingskode;
  readonly variant: 1 | 2 | 3 | 4;
  readonly konti: readonly [string, string];
  readonly oere: bigint;
  readonly script: Script | undefined;
}

function kontiOf({ variant, konti }: Content): readonly string[] {
  return variant > 2 ? konti : konti.slice(0, 1);
}

function handlingXml({ variant, konti: [fra, til] }: Content): string {
  if (variant === 1) return paaKonto(fra);
  if (variant === 2) return paaFordringer(fra, 'F-1', 'F-2');
  return variant === 3 ? mellemKonti(fra, til) : mellemFordringer([fra, 'F-1'], [til, 'F-2']);
}

/** Elements in the order of the schema; what a handlingstype does not ask for is passed on all the same. */
function parametreXml({ kode, oere, script }: Content): string {
  const virkning = kode === 'HENSTAND' ? '<VirkningDato>2027-06-01</VirkningDato>' : '';
  const aarsag = `<AarsagKode>PROEVE</AarsagKode>${script === undefined ? '' : `<AarsagTekst>${SCRIPT_PREFIX}${script}</AarsagTekst>`}`;
  const tilstand = '<Parameter><Navn>Tilstand</Navn><Vaerdi>SAT_I_BERO</Vaerdi></Parameter>';
  return `${virkning}<Beloeb>${kroner(oere)}</Beloeb>${aarsag}${kode === 'AENDR_TILSTAND' ? tilstand : ''}`;
}

class SeededLane implements Lane {
  readonly fagsystem: string;
  readonly #cvr: string;
  readonly #random: Seeded;
  readonly #konti: readonly [string, ...string[]];
  readonly #kunder: readonly [string, ...string[]];
  /** What was sent lately, and what it said. */
  readonly #memory: { readonly message: Message; readonly again: (change: bigint) => Message }[] = [];

  constructor(fagsystem: Fagsystem, name: string, firstKunde: number, random: Seeded) {
    this.fagsystem = fagsystem.id;
    this.#cvr = fagsystem.cvr;
    this.#random = random;
    const names = (count: number, nameOf: (index: number) => string): readonly [string, ...string[]] => [
      nameOf(0),
      ...Array.from({ length: count - 1 }, (_, index) => nameOf(index + 1)),
    ];
    this.#konti = names(KONTI_PER_LANE, (index) => `K-${name}-${index}`);
    this.#kunder = names(KUNDER_PER_LANE, (index) => String(firstKunde + index));
  }

  next(): Message {
    const drawn = this.#random.int(1, 100);
    const recent = this.#memory[this.#random.int(0, Math.max(0, this.#memory.length - 1))]?.message;
    if (drawn <= 8 && recent !== undefined) return this.gentag(recent);
    if (drawn <= 11 && recent !== undefined) return this.modsig(recent);
    if (drawn <= 14) return this.regelbrud();
    if (drawn <= 16) return this.ulaeselig();
    if (drawn <= 17) return this.falsk();
    return drawn <= 45 ? this.indbetaling() : this.handling();
  }

  handling(wish: Wish = {}): Message {
    const kode = wish.kode ?? this.#random.pick(this.#random.percent(70) ? STRAKS : SENERE);
    const variants = VARIANTS[kode];
    const variant = wish.variant ?? variants[this.#random.int(0, variants.length - 1)] ?? variants[0];
    const fra = this.#random.pick(this.#konti);
    const others = this.#konti.filter((konto) => konto !== fra);
    const til = others[this.#random.int(0, others.length - 1)] ?? fra;
    const content = { kode, variant, konti: [fra, til] as const, oere: this.#oere(), script: wish.script };
    const id = this.#random.uuid();
    const transaktionsId = `T-${id}`;
    const write = (change: bigint): Message => {
      const said = { ...content, oere: content.oere + change };
      return this.#message({ fagsystem: this.fagsystem, art: 'handling', id }, 'debitorkonto', 'anmodning', {
        lines: kontiOf(said).map((konto) => `${this.fagsystem}/${konto}`),
        content: handlingContent(kode, kontiOf(said), said.oere),
        body: this.#anmodningXml(id, transaktionsId, kode, handlingXml(said), parametreXml(said)),
      });
    };
    return this.#remember(write);
  }

  indbetaling(): Message {
    const id = `B-${this.#random.uuid()}`;
    const kundeNummer = this.#random.pick(this.#kunder);
    const eksternId = this.#random.percent(50) ? this.#random.uuid().slice(0, 18) : undefined;
    const oere = this.#oere();
    const write = (change: bigint): Message => {
      const said = oere + change;
      const parts = { transaktionsId: id, kundeNummer, kundeType: 'CVR-Virksomhed', beloeb: kroner(said) };
      const body = kontantIndbetaling(eksternId === undefined ? parts : { ...parts, eksternId });
      const identity = { fagsystem: this.fagsystem, art: 'kontantIndbetaling', id } as const;
      const lines = [`kontant/${kundeNummer}`];
      return this.#message(identity, 'kontantindbetaling', 'anmodning', {
        lines,
        content: kontantContent(said),
        body,
        oere: said,
      });
    };
    return this.#remember(write);
  }

  gentag(message: Message): Message {
    const again = this.#again(message, 0n);
    return { ...again, role: 'gentagelse', about: message.correlationId };
  }

  modsig(message: Message): Message {
    return { ...this.#again(message, 1n), role: 'konflikt', about: message.correlationId };
  }

  regelbrud(): Message {
    const id = this.#random.uuid();
    if (this.#random.percent(30)) {
      const identity = { fagsystem: this.fagsystem, art: 'kontantIndbetaling', id: `B-${id}` } as const;
      const kundeNummer = this.#random.pick(this.#kunder);
      const body = kontantIndbetaling({
        transaktionsId: identity.id,
        kundeNummer,
        kundeType: 'CVR-Virksomhed',
        valuta: 'EUR',
      });
      return this.#message(identity, 'kontantindbetaling', 'regelbrud', { lines: [], content: '', body });
    }
    const body = this.#anmodningXml(id, `T-${id}`, 'UKENDT_TYPE', paaKonto(this.#random.pick(this.#konti)));
    const identity = { fagsystem: this.fagsystem, art: 'handling', id } as const;
    return this.#message(identity, 'debitorkonto', 'regelbrud', { lines: [], content: '', body });
  }

  ulaeselig(): Message {
    const id = this.#random.uuid();
    const body = this.#anmodningXml(id, `T-${id}`, 'OPSKRIV', paaKonto(this.#random.pick(this.#konti)));
    const broken = this.#random.percent(50)
      ? body.slice(0, body.length - this.#random.int(2, 40))
      : `<!DOCTYPE x>${body}`;
    const identity = { fagsystem: this.fagsystem, art: 'handling', id } as const;
    return this.#message(identity, 'debitorkonto', 'ulaeselig', { lines: [], content: '', body: broken });
  }

  /** Its Rute names the other fagsystem. */
  falsk(): Message {
    const id = this.#random.uuid();
    const other = FAGSYSTEMER.find((one) => one.id !== this.fagsystem) ?? FAGSYSTEMER[0];
    const body = anmodning({
      kode: 'UDLIGN',
      handling: mellemKonti('K-1', 'K-2'),
      id,
      transaktionsId: `T-${id}`,
      fagsystem: other.id,
      cvr: other.cvr,
      requestId: this.#random.uuid(),
    });
    const identity = { fagsystem: this.fagsystem, art: 'handling', id } as const;
    return this.#message(identity, 'debitorkonto', 'falsk', { lines: [], content: '', body });
  }

  #oere(): bigint {
    return BigInt(this.#random.int(1, 1_000_000));
  }

  #anmodningXml(id: string, transaktionsId: string, kode: string, handling: string, parametre?: string): string {
    const parts = {
      kode,
      handling,
      id,
      transaktionsId,
      fagsystem: this.fagsystem,
      cvr: this.#cvr,
      requestId: this.#random.uuid(),
    };
    return anmodning(parametre === undefined ? parts : { ...parts, parametre });
  }

  #message(
    identity: Identity,
    queue: Queue,
    role: Role,
    said: {
      readonly lines: readonly string[];
      readonly content: string;
      readonly body: string;
      readonly oere?: bigint;
    },
  ): Message {
    const { lines, content, body, oere = 0n } = said;
    const correlationId = this.#random.uuid();
    return { ...identity, queue, role, lines, content, body, oere, correlationId, messageId: this.#random.uuid() };
  }

  #remember(write: (change: bigint) => Message): Message {
    const message = write(0n);
    this.#memory.push({ message, again: write });
    if (this.#memory.length > MEMORY) this.#memory.shift();
    return message;
  }

  #again(message: Message, change: bigint): Message {
    const known = this.#memory.find((one) => one.message === message);
    if (known === undefined) throw new TypeError('only what was sent lately can be sent again');
    return known.again(change);
  }
}

/** At most 500 lanes for a run: alternating between the fagsystemer, each with debitorkonti and customers of its own. */
export function lanesFor(seed: number, run: string, count: number): readonly Lane[] {
  const random = seeded(seed).branch(run);
  // Two lanes that shared a customer would share a line, and nobody could say which order is right.
  const firstKunde = 10_000_000 + random.int(0, 80_000) * 1000;
  return Array.from({ length: count }, (_, number) => {
    const fagsystem = FAGSYSTEMER[number % FAGSYSTEMER.length] ?? FAGSYSTEMER[0];
    return new SeededLane(
      fagsystem,
      `${run}-${number}`,
      firstKunde + number * KUNDER_PER_LANE,
      random.branch(`lane ${number}`),
    );
  });
}
