/**
 * The named flows of the crash layer: short scenes that together pass every step of the flow. Each sends, and waits only
 * for what it can't do without; whether the adapter dies meanwhile is not its business.
 */
import Database from 'better-sqlite3';
import { svarQueueName } from '../../src/broker/topology.ts';
import type { Step } from '../../src/flow/observe.ts';
import { waitFor } from '../support/wait.ts';
import type { Site } from './site.ts';
import type { Lane, Message } from './traffic.ts';

export interface CrashFlow {
  readonly name: string;
  /** The rule that it is about. */
  readonly about: string;
  readonly play: (site: Site, lanes: Lanes) => Promise<void>;
}

/** Six lanes: more than the bound on unfinished anmodninger in this layer, so that intake pauses. */
export type Lanes = readonly [Lane, Lane, Lane, Lane, Lane, Lane];

const BOUND_MS = 90_000;

async function answered(site: Site, message: Message): Promise<void> {
  await waitFor(`an answer to ${message.correlationId}`, () => site.hasAnswer(message), BOUND_MS);
}

/** Each lane sends what is its own, one after the other; the lanes side by side. */
async function sideBySide(site: Site, perLane: readonly (readonly Message[])[]): Promise<void> {
  await Promise.all(
    perLane.map(async (messages) => {
      for (const message of messages) await site.send(message);
    }),
  );
}

/** Waits until a step was passed once more since `before`. */
async function passed(site: Site, step: Step, before: number, boundMs: number): Promise<void> {
  const count = (): boolean => (site.steps()[step] ?? 0) > before;
  await waitFor(step, count, boundMs).catch(() => undefined); // A crash can keep it from happening.
}

const straks: CrashFlow = {
  name: 'straks',
  about: 'all four variants with their result at once',
  play: (site, [a, b, c, d, e, f]) =>
    sideBySide(site, [
      [
        a.handling({ kode: 'AENDR_TILSTAND', variant: 1 }),
        a.handling({ kode: 'UDLIGN' }),
        a.handling({ kode: 'OPSKRIV' }),
      ],
      [b.handling({ kode: 'OPSKRIV' }), b.handling({ kode: 'OMPOSTER' })],
      [c.handling({ kode: 'UDLIGN' })],
      [d.handling({ kode: 'OMPOSTER' })],
      [e.handling({ kode: 'AENDR_TILSTAND', variant: 2 })],
      [f.handling({ kode: 'OPSKRIV' })],
    ]),
};

const senere: CrashFlow = {
  name: 'senere',
  about: 'accepted for later, also with a svar before the udfald and with a second, different svar',
  play: (site, [a, b, c, d, e]) =>
    sideBySide(site, [
      [a.handling({ kode: 'HENSTAND', variant: 1 }), a.handling({ kode: 'AFSKRIV', variant: 2 })],
      [b.handling({ kode: 'OVERFOER_INDBETALING', variant: 3 })],
      [c.handling({ kode: 'OVERFOER_INDBETALING', variant: 4 })],
      [d.handling({ kode: 'HENSTAND', variant: 2, script: 'tidligt' }), d.handling({ kode: 'OPSKRIV' })],
      [e.handling({ kode: 'AFSKRIV', variant: 1, script: 'andetsvar' })],
    ]),
};

const kontant: CrashFlow = {
  name: 'kontant',
  about: 'cash payments',
  play: (site, [a, b, c]) =>
    sideBySide(site, [
      [a.indbetaling(), a.indbetaling(), a.indbetaling()],
      [b.indbetaling()],
      [c.indbetaling(), c.indbetaling()],
    ]),
};

const gentagelse: CrashFlow = {
  name: 'gentagelse+konflikt',
  about: 'the same id again, with the same and with other content, before and after its answer',
  async play(site, [a, b, c]) {
    const first = a.handling({ kode: 'OPSKRIV' });
    const later = b.handling({ kode: 'HENSTAND', variant: 1 });
    const payment = c.indbetaling();
    await sideBySide(site, [
      [first, a.gentag(first), a.modsig(first)],
      [later, b.gentag(later)],
      [payment, c.gentag(payment)],
    ]);
    await Promise.all([first, later, payment].map((message) => answered(site, message)));
    await sideBySide(site, [
      [a.gentag(first), a.modsig(first), a.handling()],
      [b.gentag(later), b.modsig(later)],
      [c.gentag(payment), c.modsig(payment), c.indbetaling()],
    ]);
  },
};

const afvist: CrashFlow = {
  name: 'regelbrud+ulæselig',
  about: 'what breaks a rule, what nobody can read, whom nobody can trust, and what the broker could not route',
  async play(site, [a, b, c, d]) {
    await sideBySide(site, [
      [a.regelbrud(), a.handling({ kode: 'OPSKRIV' })],
      [b.ulaeselig(), b.regelbrud()],
      [c.falsk(), c.ulaeselig(), c.handling({ kode: 'UDLIGN' })],
    ]);
    await site.misroute(d.falsk());
  },
};

const fejl: CrashFlow = {
  name: 'fejl+tvivl',
  about: 'a debitorsystem that refuses, fails, is never heard of again, or talks nonsense',
  play: (site, [a, b, c, d, e, f]) =>
    sideBySide(site, [
      [a.handling({ kode: 'OPSKRIV', script: 'forbigaaende' }), a.handling({ kode: 'UDLIGN' })],
      [b.handling({ kode: 'UDLIGN', script: 'tabt' }), b.handling({ kode: 'OMPOSTER' })],
      [c.handling({ kode: 'HENSTAND', variant: 1, script: 'tabt' }), c.handling({ kode: 'OPSKRIV' })],
      [d.handling({ kode: 'OPSKRIV', script: 'vroevl' })],
      [e.handling({ kode: 'OPSKRIV', script: 'afvist' }), e.handling({ kode: 'OPSKRIV', script: 'umuligt' })],
      [f.handling({ kode: 'OMPOSTER', script: 'tavs' }), f.handling({ kode: 'UDLIGN' })],
    ]),
};

const uleveret: CrashFlow = {
  name: 'uleveret',
  about: "answers while the fagsystem's queue is not bound",
  async play(site, [a]) {
    const { fagsystem } = a;
    const before = site.steps()['answer.returned'] ?? 0;
    const bind = (how: 'bindQueue' | 'unbindQueue'): Promise<void> =>
      site.administer(async (admin) => {
        const channel = await admin.createChannel();
        await channel[how](svarQueueName(fagsystem), 'debitor.svar', `${fagsystem}.#`);
        await channel.close();
      });
    await bind('unbindQueue');
    try {
      await sideBySide(site, [[a.handling({ kode: 'OPSKRIV' }), a.handling({ kode: 'HENSTAND', variant: 1 })]]);
      await passed(site, 'answer.returned', before, 3_000);
    } finally {
      await bind('bindQueue');
    }
  },
};

const laast: CrashFlow = {
  name: 'låst ledger',
  about: 'deliveries while another process keeps the ledger (a SQLite file) locked',
  async play(site, [a, b]) {
    const before = site.steps()['ledger.unavailable'] ?? 0;
    const other = new Database(site.ledgerUrl.slice('sqlite:'.length), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    try {
      await sideBySide(site, [[a.handling({ kode: 'OPSKRIV' })], [b.indbetaling()]]);
      await passed(site, 'ledger.unavailable', before, 3_000);
    } finally {
      other.exec('ROLLBACK');
      other.close();
    }
  },
};

/** The six that the specification names, and two that pass the steps of trouble. */
export const CRASH_FLOWS: readonly CrashFlow[] = [straks, senere, kontant, gentagelse, afvist, fejl, uleveret, laast];

/** Steps that no flow of this layer passes, and why. */
export const NOT_REACHED: Readonly<Partial<Record<Step, string>>> = {
  'delivery.handedBack': 'kræver en ledger, der ikke kan skrive i 20 sekunder',
  'answer.unconfirmed': 'kræver en forbindelse, der tabes under en udgivelse: network når det',
};

/** Passed at a start that follows on a crash, so only a second crash can be there. */
export const AT_START: readonly Step[] = ['command.interrupted'];

/**
 * Steps that timing alone can bring into a flow, or keep out of it, on a machine that is busy. Each is asserted for the
 * layer as a whole, since there is a flow that is made to pass it.
 */
export const BY_CHANCE: ReadonlySet<Step> = new Set<Step>([
  'command.stale',
  'command.interrupted',
  'intake.paused',
  'intake.resumed',
  'ledger.unavailable',
  'ledger.available',
  'answer.returned',
  'answer.unconfirmed',
  'message.repeated',
  'svar.refused',
]);
