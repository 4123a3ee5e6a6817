/**
 * The flow over a real ledger, with a backend that a test decides: what a debitorsystem can do wrong, what the ledger's
 * trouble does to intake, and what waits for what.
 */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Capabilities, Debitorsystem, DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { IkkeUdfoert } from '../../src/debitorsystem/debitorsystem.ts';
import type { Command } from '../../src/domain/command.ts';
import type { FordringId } from '../../src/domain/identer.ts';
import type { Udfald } from '../../src/domain/udfald.ts';
import { type AdapterFlow, createFlow } from '../../src/flow/adapter-flow.ts';
import { type Ledger, LedgerUnavailable } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SYSTEM_WORLD } from '../../src/main.ts';
import { deliveryOf, PublisherInProcess, QueueInProcess } from '../support/in-memory-ports.ts';
import { anmodning, kontantIndbetaling, opskriv, paaKonto } from '../support/meddelelser.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

const IDEMPOTENT: Capabilities = { idempotent: true, opslag: false, concurrency: 8 };
const NEITHER: Capabilities = { idempotent: false, opslag: false, concurrency: 8 };

type Execute = Debitorsystem['execute'];

interface Scene {
  readonly flow: AdapterFlow;
  readonly ledger: Ledger;
  readonly publisher: PublisherInProcess;
  readonly debitorkonto: QueueInProcess;
  readonly kontant: QueueInProcess;
  readonly commands: Command[];
  readonly steps: { step: string; fields: Record<string, unknown> }[];
  readonly fatal: unknown[];
  reportSvar: DebitorsystemPorts['reportSvar'];
}

let folder: string;
let scenes: Scene[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-flow-'));
  scenes = [];
});
afterEach(async () => {
  for (const scene of scenes) {
    await scene.flow.drain(3000);
    scene.flow.abandon();
    await scene.ledger.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

interface SceneOptions {
  readonly execute: Execute;
  readonly lookup?: Debitorsystem['lookup'];
  readonly capabilities?: Capabilities;
  readonly maxUnfinished?: number;
  readonly timeoutMs?: number;
  readonly ledger?: (ledger: Ledger) => Ledger;
}

async function openScene(options: SceneOptions): Promise<Scene> {
  const real = await openSqliteLedger({ path: join(folder, 'ledger.db'), owner: true });
  const ledger = options.ledger?.(real) ?? real;
  const publisher = new PublisherInProcess();
  const commands: Command[] = [];
  const steps: Scene['steps'] = [];
  const fatal: unknown[] = [];
  let reportSvar: DebitorsystemPorts['reportSvar'] | undefined;
  const { lookup } = options;
  const flow = await createFlow(
    {
      rulebook,
      requireUserId: true,
      maxMessageBytes: 1_000_000,
      maxUnfinished: options.maxUnfinished ?? 1000,
      dispatchTimeoutMs: options.timeoutMs ?? 5000,
      retry: { maxAttempts: 3, initialDelayMs: 1, maxDelayMs: 5 },
    },
    {
      ledger,
      publisher,
      canPublish: () => true,
      capabilities: options.capabilities ?? IDEMPOTENT,
      createBackend: async (port) => {
        reportSvar = port;
        const execute: Execute = (command, context) => {
          commands.push(command);
          return options.execute(command, context);
        };
        return lookup === undefined ? { execute } : { execute, lookup };
      },
      world: { ...SYSTEM_WORLD, chance: () => 0 },
      observe: (step, fields) => steps.push({ step, fields }),
      onFatal: (error) => fatal.push(error),
    },
  );
  const debitorkonto = new QueueInProcess(flow.receiver('debitorkonto'));
  const kontant = new QueueInProcess(flow.receiver('kontantindbetaling'));
  flow.attach('debitorkonto', debitorkonto);
  flow.attach('kontantindbetaling', kontant);
  await flow.start();
  if (reportSvar === undefined) throw new Error('the backend was not created');
  const scene = { flow, ledger, publisher, debitorkonto, kontant, commands, steps, fatal, reportSvar };
  scenes.push(scene);
  return scene;
}

const udfoertFor = (fordring: string): Udfald => ({
  art: 'udfoert',
  resultat: { fordringer: [{ fordring: fordring as FordringId, resultat: 'GENNEMFOERT' }] },
});
const udfoert = async (): Promise<Udfald> => ({ art: 'udfoert' });
const kodes = (scene: Scene): (string | undefined)[] =>
  scene.publisher.published.map(({ headers }) => headers['kvittering-kode']);
const stepsOf = (scene: Scene, step: string) => scene.steps.filter((one) => one.step === step);
const inDoubt = async (scene: Scene) => scene.ledger.inDoubt({ limit: 10 });

async function answers(scene: Scene, count: number): Promise<(string | undefined)[]> {
  await waitFor(`${count} answers`, () => scene.publisher.published.length >= count);
  return kodes(scene);
}

const henstand = (id: string): string =>
  anmodning({
    kode: 'HENSTAND',
    handling: paaKonto('KONTO-1'),
    parametre: '<VirkningDato>2027-01-01</VirkningDato>',
    id,
  });

describe('a debitorsystem that keeps the contract', () => {
  test('is asked once, and its answer goes out', async () => {
    const scene = await openScene({ execute: udfoert });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    expect(scene.commands).toHaveLength(1);
    expect(scene.debitorkonto.acked).toHaveLength(1);
  });

  test('is asked again after a transient fault, and FEJLET follows when the attempts are used up', async () => {
    const scene = await openScene({
      execute: () => Promise.reject(new IkkeUdfoert('lukket', { forbigaaende: true })),
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    expect(await answers(scene, 1)).toEqual(['FEJLET']);
    expect(new Set(scene.commands.map(({ noegle }) => noegle)).size).toBe(1);
    expect(scene.commands).toHaveLength(3);
  });

  test('may report the svar before its own udfald: MODTAGET goes out first, then the svar, each once', async () => {
    const id = randomUUID();
    let release: (udfald: Udfald) => void = () => undefined;
    const scene = await openScene({
      execute: () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', henstand(id)));
    await waitFor('the command', () => scene.commands.length === 1);
    const reference = { anmodningIdentifikator: id } as Parameters<Scene['reportSvar']>[0];
    const svar = { status: 'GENNEMFOERT', tid: Date.now() } as const;
    expect(await scene.reportSvar(reference, svar)).toEqual({ art: 'modtaget' });
    expect(await answers(scene, 2)).toEqual(['MODTAGET', 'GENNEMFOERT']);
    release({ art: 'accepteretTilSenere' });
    await waitFor('the late udfald to be found stale', () => stepsOf(scene, 'command.stale').length === 1);
    expect(await scene.reportSvar(reference, svar)).toEqual({ art: 'modtaget' });
    expect(await scene.reportSvar(reference, { ...svar, status: 'AFVIST' })).toEqual({ art: 'afvist', kode: 'DA-303' });
    expect(kodes(scene)).toEqual(['MODTAGET', 'GENNEMFOERT']);
  });

  test('sees a svar held back until the MODTAGET before it is confirmed', async () => {
    const id = randomUUID();
    const scene = await openScene({ execute: async () => ({ art: 'accepteretTilSenere' }) });
    let confirmModtaget: () => void = () => undefined;
    const confirmed = new Promise<void>((resolve) => {
      confirmModtaget = resolve;
    });
    scene.publisher.outcome = async ({ headers }) => {
      if (headers['kvittering-kode'] === 'MODTAGET') await confirmed;
      return { art: 'confirmed' };
    };
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', henstand(id)));
    await waitFor('MODTAGET under way', () => stepsOf(scene, 'answer.publishing').length === 1);
    const reference = { anmodningIdentifikator: id } as Parameters<Scene['reportSvar']>[0];
    await scene.reportSvar(reference, { status: 'AFVIST', tid: Date.now() });
    await scene.flow.backend; // A turn of the loop in which a svar that is not held back would be published.
    expect(stepsOf(scene, 'answer.publishing')).toHaveLength(1);
    confirmModtaget();
    expect(await answers(scene, 2)).toEqual(['MODTAGET', 'AFVIST']);
  });
});

describe('a debitorsystem that breaks the contract', () => {
  const rubbish: readonly (readonly [string, Execute])[] = [
    ['answers nothing', async () => undefined as unknown as Udfald],
    ['answers rubbish', async () => ({ art: 'jo' }) as unknown as Udfald],
    ['refuses without a reason', async () => ({ art: 'afvist', fejl: [] }) as unknown as Udfald],
    ['throws what is no error', () => Promise.reject('nej')],
    [
      'throws at once',
      () => {
        throw new Error('nej');
      },
    ],
    ['names a fordring as XML can not hold it', async () => udfoertFor('F\u0001')],
    ['names a fordring by nothing', async () => udfoertFor('  ')],
    [
      'refuses with a code that XML can not hold',
      async () => ({ art: 'afvist', fejl: [{ kode: 'X\u0001', tekst: 't' }] }),
    ],
    [
      'throws an error whose name is no text',
      () => Promise.reject(Object.assign(new Error('x'), { name: Symbol('x') })),
    ],
    ['accepts for later what must be answered at once', async () => ({ art: 'accepteretTilSenere' })],
    ['never answers', () => new Promise(() => undefined)],
  ];
  test.each(rubbish)(
    '%s: the anmodning is in doubt, is never FEJLET, and blocks its own line only',
    async (_, execute) => {
      const broken = opskriv('F-1', '1.00');
      const scene = await openScene({
        capabilities: NEITHER,
        timeoutMs: 200,
        execute: (command, context) =>
          command.art === 'handling' && command.handling.variant === 1 ? udfoert() : execute(command, context),
      });
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', broken));
      const waiting = anmodning({
        kode: 'AENDR_TILSTAND',
        handling: paaKonto('KONTO-1'),
        parametre: '<Parameter><Navn>Tilstand</Navn><Vaerdi>AABEN</Vaerdi></Parameter>',
      });
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', waiting));
      scene.debitorkonto.deliver(
        deliveryOf(
          'debitorkonto',
          waiting
            .replaceAll('KONTO-1', 'KONTO-2')
            .replace(/<AnmodningIdentifikator>[^<]+/, `<AnmodningIdentifikator>${randomUUID()}`),
        ),
      );
      expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
      await waitFor('the doubt', async () => (await inDoubt(scene)).length === 1);
      expect((await scene.ledger.counts('2026-11-22')).byState).toMatchObject({ inDoubt: 1, recorded: 1 });
      expect(kodes(scene)).toEqual(['ACCEPTERET']);
      expect(scene.fatal).toEqual([]);
    },
  );

  test('carries out at once what the fagsystem expects a svar to: it gets MODTAGET and the svar', async () => {
    const scene = await openScene({ execute: udfoert });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', henstand(randomUUID())));
    expect(await answers(scene, 2)).toEqual(['MODTAGET', 'GENNEMFOERT']);
    const [command] = scene.commands;
    const reference = { anmodningIdentifikator: command?.art === 'handling' ? command.anmodningIdentifikator : '' };
    const same = { status: 'GENNEMFOERT', tid: Date.now() } as const;
    expect(await scene.reportSvar(reference as Parameters<Scene['reportSvar']>[0], same)).toEqual({ art: 'modtaget' });
  });

  test('leaks a CPR number in a reason: it does not reach the kvittering', async () => {
    const scene = await openScene({
      execute: async () => ({ art: 'afvist', fejl: [{ kode: 'X-1', tekst: 'Kunden 0101701234 findes ikke' }] }),
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    await answers(scene, 1);
    const xml = Buffer.from(scene.publisher.published[0]?.body ?? []).toString();
    expect(xml).toContain('<kv:FejlKode>X-1</kv:FejlKode>');
    expect(xml).not.toContain('0101701234');
  });

  test('answers after the deadline: an idempotent one is asked again with the same key', async () => {
    let first = true;
    const scene = await openScene({
      timeoutMs: 100,
      execute: (_command, { signal }) => {
        if (!first) return udfoert();
        first = false;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('afbrudt'))));
      },
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    expect(new Set(scene.commands.map(({ noegle }) => noegle)).size).toBe(1);
  });

  test('loses an outcome: one that can look a key up is asked what happened, not to do it again', async () => {
    let effects = 0;
    const scene = await openScene({
      capabilities: { idempotent: false, opslag: true, concurrency: 4 },
      execute: () => {
        effects += 1;
        return Promise.reject(new Error('forbindelsen røg'));
      },
      lookup: async () => ({ art: 'udfoert' }),
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    expect(effects).toBe(1);
  });
});

describe('a debitorsystem whose outcome got lost', () => {
  test('is not asked to do it again by a look-up that answers after its deadline', async () => {
    let effects = 0;
    let lookups = 0;
    const scene = await openScene({
      capabilities: { idempotent: false, opslag: true, concurrency: 4 },
      timeoutMs: 100,
      execute: async () => {
        effects += 1;
        if (effects === 1) throw new Error('svaret gik tabt');
        return { art: 'udfoert' };
      },
      lookup: async (_noegle, signal) => {
        lookups += 1;
        // The first look-up answers "never seen" when nobody waits any more.
        if (lookups === 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return lookups === 1 ? undefined : { art: 'udfoert' };
      },
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    expect([effects, lookups]).toEqual([1, 2]);
  });

  test('is not asked again after a restart with a backend that can neither recognise nor look up a key', async () => {
    const before = await openScene({ execute: () => Promise.reject(new Error('svaret gik tabt')), timeoutMs: 50 });
    before.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    await waitFor('the doubt', async () => (await inDoubt(before)).length === 1);
    scenes.splice(scenes.indexOf(before), 1);
    await before.flow.drain(1000);
    await before.ledger.close();
    const after = await openScene({ execute: udfoert, capabilities: NEITHER });
    after.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00').replace('KONTO-1', 'KONTO-2')));
    expect(await answers(after, 1)).toEqual(['ACCEPTERET']);
    expect(after.commands).toHaveLength(1);
    expect(await inDoubt(after)).toHaveLength(1);
  });

  test('is told at shutdown that nobody waits any more, and the drain keeps its bound', async () => {
    let aborted = false;
    const scene = await openScene({
      timeoutMs: 60_000,
      execute: (_command, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
    });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    await waitFor('the command', () => scene.commands.length === 1);
    const startedAt = Date.now();
    await scene.flow.drain(1000);
    expect(Date.now() - startedAt).toBeLessThan(1000);
    expect(aborted).toBe(true);
    expect(await inDoubt(scene)).toHaveLength(1);
  });
});

describe('while the ledger can not write', () => {
  test('nothing is acked, the place in the queue is kept, and all is recorded in order when it can again', async () => {
    let broken = true;
    const scene = await openScene({
      execute: udfoert,
      ledger: (real) =>
        new Proxy(real, {
          get(target, name, receiver) {
            if (name !== 'record' || !broken) {
              const value: unknown = Reflect.get(target, name, receiver);
              return typeof value === 'function' ? value.bind(target) : value;
            }
            return () => Promise.reject(new LedgerUnavailable('disken er fuld'));
          },
        }),
    });
    for (let i = 0; i < 5; i += 1)
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', `${i + 1}.00`)));
    await waitFor('the ledger to be noticed', () => !scene.flow.status().ledgerAvailable);
    expect(scene.debitorkonto.acked).toEqual([]);
    // A paused consumer would give its place to another adapter's, with these deliveries still out.
    expect(scene.debitorkonto.pausedFor.size).toBe(0);
    broken = false;
    await answers(scene, 5);
    expect(scene.debitorkonto.acked).toHaveLength(5);
    expect(scene.debitorkonto.pausedFor.size).toBe(0);
    expect(scene.flow.status().ledgerAvailable).toBe(true);
    const beloeb = scene.commands.map((command) => (command.art === 'handling' ? command.parametre.beloebOere : 0n));
    expect(beloeb).toEqual([100n, 200n, 300n, 400n, 500n]);
  });
});

describe('a message that a fault of ours makes impossible to record', () => {
  test('is put aside in the fejlkø, and those before and behind it are carried out in order', async () => {
    const scene = await openScene({
      execute: udfoert,
      ledger: (real) =>
        new Proxy(real, {
          get(target, name, receiver) {
            const value: unknown = Reflect.get(target, name, receiver);
            if (name !== 'record') return typeof value === 'function' ? value.bind(target) : value;
            return (...[arrivals, capacity]: Parameters<Ledger['record']>) =>
              arrivals.some(({ identity, properties }) => identity !== undefined && properties.messageId === 'poison')
                ? Promise.reject(new TypeError('en fejl i programmet'))
                : target.record(arrivals, capacity);
          },
        }),
    });
    for (const [index, messageId] of ['one', 'poison', 'three'].entries()) {
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', `${index + 1}.00`), { messageId }));
    }
    expect(await answers(scene, 2)).toEqual(['ACCEPTERET', 'ACCEPTERET']);
    expect(scene.debitorkonto.acked).toHaveLength(3);
    expect(await scene.ledger.fejlkoe({ limit: 5 })).toMatchObject([{ kode: 'DA-901', messageId: 'poison' }]);
    const beloeb = scene.commands.map((command) => (command.art === 'handling' ? command.parametre.beloebOere : 0n));
    expect(beloeb).toEqual([100n, 300n]);
    expect(scene.fatal).toEqual([]);
  });
});

describe('what is unfinished is bounded', () => {
  test('beyond the bound intake pauses, kind by kind, and goes on when there is room', async () => {
    const releases: (() => void)[] = [];
    const scene = await openScene({
      maxUnfinished: 5,
      execute: (command) =>
        command.art === 'kontantIndbetaling'
          ? udfoert()
          : new Promise((resolve) => releases.push(() => resolve({ art: 'udfoert' }))),
    });
    for (let i = 0; i < 6; i += 1) {
      const body = opskriv('F-1', '1.00').replace('KONTO-1', `KONTO-${i}`);
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', body));
    }
    await waitFor('intake to pause', () => scene.debitorkonto.pausedFor.has('uafsluttede'));
    expect(scene.kontant.pausedFor.size).toBe(0);
    scene.kontant.deliver(deliveryOf('kontantindbetaling', kontantIndbetaling()));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    await waitFor('six answers more', () => {
      for (const release of releases.splice(0)) release();
      return scene.publisher.published.length === 7;
    });
    expect(scene.debitorkonto.pausedFor.size).toBe(0);
  });
});

describe('cash payments', () => {
  test('never wait behind a mass run: places are kept free for them', async () => {
    const scene = await openScene({
      capabilities: { ...IDEMPOTENT, concurrency: 4 },
      execute: (command) => (command.art === 'kontantIndbetaling' ? udfoert() : new Promise(() => undefined)),
      timeoutMs: 2000,
    });
    for (let i = 0; i < 50; i += 1) {
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00').replace('KONTO-1', `KONTO-${i}`)));
    }
    await waitFor('the mass run', () => scene.commands.length === 3);
    scene.kontant.deliver(deliveryOf('kontantindbetaling', kontantIndbetaling()));
    expect(await answers(scene, 1)).toEqual(['ACCEPTERET']);
    expect(scene.commands.filter(({ art }) => art === 'handling')).toHaveLength(3);
  });
});

describe('publication', () => {
  test('an answer that was returned or not confirmed is published again under the same message id', async () => {
    const scene = await openScene({ execute: udfoert });
    const ids: string[] = [];
    scene.publisher.outcome = ({ messageId }) => {
      ids.push(messageId);
      if (ids.length === 1) return { art: 'returned' };
      return ids.length === 2 ? { art: 'unknown', aarsag: 'forbindelsen røg' } : { art: 'confirmed' };
    };
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00')));
    await waitFor('the return to be listed', async () => (await scene.ledger.uleverede({ limit: 5 })).length === 1);
    await answers(scene, 1);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    await waitFor('nothing uleveret', async () => (await scene.ledger.uleverede({ limit: 5 })).length === 0);
  });
});
