/**
 * What a debitorsystem can do wrong beside its answers (those stand in flow.test.ts): late, blocking, leaking, reporting what
 * nobody asked for. Each has the consequence that the table in docs/backends.md names, over a real ledger.
 */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Capabilities,
  type Debitorsystem,
  type DebitorsystemPorts,
  IkkeUdfoert,
  type Svar,
  type SvarReference,
  type Udfald,
} from '../../src/debitorsystem/debitorsystem.ts';
import type { Uuid } from '../../src/domain/identer.ts';
import { type AdapterFlow, createFlow } from '../../src/flow/adapter-flow.ts';
import { createSvarPort } from '../../src/flow/report-svar.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SYSTEM_WORLD } from '../../src/main.ts';
import { deliveryOf, PublisherInProcess, QueueInProcess } from '../support/in-memory-ports.ts';
import { anmodning, opskriv, paaFordringer, paaKonto } from '../support/meddelelser.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

const CPR = '0101701234';
const NEITHER: Capabilities = { idempotent: false, opslag: false, concurrency: 8 };

interface Scene {
  readonly flow: AdapterFlow;
  readonly ledger: Ledger;
  readonly publisher: PublisherInProcess;
  readonly steps: { step: string; fields: Record<string, unknown> }[];
  readonly fatal: unknown[];
  readonly reportSvar: DebitorsystemPorts['reportSvar'];
  deliver(xml: string): void;
}

let folder: string;
let scene: Scene;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-wrongs-'));
});
afterEach(async () => {
  await scene.flow.drain(5000);
  await scene.ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openScene(
  execute: Debitorsystem['execute'],
  options: { readonly capabilities?: Capabilities; readonly timeoutMs?: number } = {},
): Promise<Scene> {
  const ledger = await openSqliteLedger({ path: join(folder, 'ledger.db'), owner: true });
  const publisher = new PublisherInProcess();
  const steps: Scene['steps'] = [];
  const fatal: unknown[] = [];
  let port: DebitorsystemPorts['reportSvar'] | undefined;
  const flow = await createFlow(
    {
      rulebook,
      requireUserId: true,
      maxMessageBytes: 1_000_000,
      maxUnfinished: 1000,
      dispatchTimeoutMs: options.timeoutMs ?? 5000,
      retry: { maxAttempts: 3, initialDelayMs: 1, maxDelayMs: 5 },
    },
    {
      ledger,
      publisher,
      canPublish: () => true,
      capabilities: options.capabilities ?? { ...NEITHER, idempotent: true },
      createBackend: async (reportSvar) => {
        port = reportSvar;
        return { execute };
      },
      world: { ...SYSTEM_WORLD, chance: () => 0 },
      observe: (step, fields) => steps.push({ step, fields }),
      onFatal: (error) => fatal.push(error),
    },
  );
  const queue = new QueueInProcess(flow.receiver('debitorkonto'));
  flow.attach('debitorkonto', queue);
  await flow.start();
  if (port === undefined) throw new Error('the backend was not created');
  const deliver = (xml: string): void => queue.deliver(deliveryOf('debitorkonto', xml));
  scene = { flow, ledger, publisher, steps, fatal, reportSvar: port, deliver };
  return scene;
}

const UDFOERT: Udfald = { art: 'udfoert' };
const kodes = () => scene.publisher.published.map(({ headers }) => headers['kvittering-kode']);
const bodies = () => scene.publisher.published.map(({ body }) => Buffer.from(body).toString()).join('\n');
const stepsOf = (step: string) => scene.steps.filter((one) => one.step === step);
const answers = (count: number) =>
  waitFor(`${count} answers`, () => scene.publisher.published.length >= count).then(kodes);

const henstand = (id: string): string =>
  anmodning({
    kode: 'HENSTAND',
    handling: paaKonto('KONTO-1'),
    parametre: '<VirkningDato>2027-01-01</VirkningDato>',
    id,
  });
const referenceOf = (id: string): SvarReference => ({ anmodningIdentifikator: id as Uuid });

describe('a debitorsystem that refuses every one of 10,000 fordringer does nothing wrong', () => {
  test('and its kvittering carries every reason', async () => {
    const fordringer = Array.from({ length: 10_000 }, (_, at) => `F-${at}`);
    const [first = '', ...rest] = fordringer;
    const fejlFor = (fordring: string) => ({ kode: 'DA-202', tekst: `${fordring} findes ikke` });
    await openScene(async () => ({ art: 'afvist', fejl: [fejlFor(first), ...rest.map(fejlFor)] }));
    scene.deliver(opskriv('F-1', '1.00', { handling: paaFordringer('KONTO-1', ...fordringer) }));
    expect(await answers(1)).toEqual(['AFVIST']);
    expect(bodies().match(/<kv:FejlKode>DA-202</g)).toHaveLength(fordringer.length);
    expect(stepsOf('backend.misbehaved')).toEqual([]);
  });
});

describe('an answer after the deadline, of one that can neither recognise nor look up a key', () => {
  test('changes nothing: the anmodning stays in doubt, with the reason, until a person decides', async () => {
    let answerLate: (udfald: Udfald) => void = () => undefined;
    const late = new Promise<Udfald>((resolve) => {
      answerLate = resolve;
    });
    await openScene(() => late, { capabilities: NEITHER, timeoutMs: 50 });
    scene.deliver(opskriv('F-1', '1.00'));
    const [row] = await waitFor('the doubt', async () => {
      const rows = await scene.ledger.inDoubt({ limit: 10 });
      return rows.length === 1 && rows;
    });
    expect(row?.aarsag).toBe('debitorsystemet svarede ikke inden 50 ms');
    expect(row?.nextAttemptAt).toBeUndefined();
    answerLate(UDFOERT);
    await late;
    await scene.flow.drain(1000);
    expect(await scene.ledger.inDoubt({ limit: 10 })).toHaveLength(1);
    expect(kodes()).toEqual([]);
    expect(stepsOf('command.answered').map(({ fields }) => fields['udfald'])).toEqual(['ukendt']);
  });
});

describe('an error that throws when it is looked at', () => {
  test('leaves the anmodning in doubt, as any other', async () => {
    const hostile = Object.defineProperty(new Error('x'), 'name', {
      get() {
        throw new Error('nej');
      },
    });
    await openScene(() => Promise.reject(hostile), { capabilities: NEITHER });
    scene.deliver(opskriv('F-1', '1.00'));
    await waitFor('the doubt', async () => (await scene.ledger.inDoubt({ limit: 10 })).length === 1);
    expect(scene.fatal).toEqual([]);
  });
});

describe('a backend that blocks the whole process for longer than its deadline', () => {
  test('loses nothing: everything waits for it, and goes on in order', async () => {
    let isFirst = true;
    await openScene(
      async () => {
        const until = performance.now() + (isFirst ? 200 : 0);
        isFirst = false;
        while (performance.now() < until);
        return UDFOERT;
      },
      { timeoutMs: 50 },
    );
    scene.deliver(opskriv('F-1', '1.00'));
    scene.deliver(opskriv('F-1', '2.00'));
    expect(await answers(2)).toEqual(['ACCEPTERET', 'ACCEPTERET']);
    expect(scene.fatal).toEqual([]);
  });
});

describe('a svar that nobody waits for', () => {
  test('to an unknown anmodning is refused for good (DA-301), is told to operations, and goes nowhere', async () => {
    await openScene(async () => UDFOERT);
    const svar: Svar = { status: 'GENNEMFOERT', tid: Date.now() };
    const unknown = referenceOf(randomUUID());
    expect(await scene.reportSvar(unknown, svar)).toEqual({ art: 'afvist', kode: 'DA-301' });
    expect(await scene.reportSvar(unknown, svar)).toEqual({ art: 'afvist', kode: 'DA-301' });
    expect(stepsOf('svar.refused').map(({ fields }) => fields['kode'])).toEqual(['DA-301', 'DA-301']);
    expect(kodes()).toEqual([]);
  });

  test('to one that was carried out at once is refused (DA-302)', async () => {
    const id = randomUUID();
    await openScene(async () => UDFOERT);
    scene.deliver(opskriv('F-1', '1.00', { id }));
    await answers(1);
    const receipt = await scene.reportSvar(referenceOf(id), { status: 'GENNEMFOERT', tid: Date.now() });
    expect(receipt).toEqual({ art: 'afvist', kode: 'DA-302' });
    expect(kodes()).toEqual(['ACCEPTERET']);
  });

  const RUBBISH: readonly (readonly [string, unknown, unknown])[] = [
    ['no svar at all', { anmodningIdentifikator: randomUUID() }, undefined],
    ['an unknown status', { anmodningIdentifikator: randomUUID() }, { status: 'OK', tid: 1_800_000_000_000 }],
    ['no point in time', { anmodningIdentifikator: randomUUID() }, { status: 'AFVIST', tid: 'i går' }],
    ['an empty list of reasons', { anmodningIdentifikator: randomUUID() }, { status: 'AFVIST', tid: 1.8e12, fejl: [] }],
    ['no reference', undefined, { status: 'AFVIST', tid: 1_800_000_000_000 }],
    ['an id that is none', { anmodningIdentifikator: CPR }, { status: 'AFVIST', tid: 1_800_000_000_000 }],
    ['a key that is none', { anmodningIdentifikator: randomUUID(), noegle: 7 }, { status: 'AFVIST', tid: 1.8e12 }],
  ];
  test.each(RUBBISH)('%s: the backend is told what is wrong, and so are operations', async (_what, reference, svar) => {
    await openScene(async () => UDFOERT);
    const report = scene.reportSvar as (reference: unknown, svar: unknown) => Promise<unknown>;
    await expect(report(reference, svar)).rejects.toThrow(TypeError);
    // One that does not wait for the answer does not end the process either: vitest would fail on the rejection.
    void report(reference, svar);
    await waitFor('operations to be told', () => stepsOf('backend.misbehaved').length === 2);
    expect(JSON.stringify(scene.steps)).not.toContain(CPR);
    expect(kodes()).toEqual([]);
  });
});

test('a fault of ours while a svar is recorded does not tell the backend that its svar is none', async () => {
  await openScene(async () => UDFOERT);
  const report = createSvarPort({
    ledger: { ...scene.ledger, reportSvar: () => Promise.reject(new TypeError('not foreseen')) },
    world: SYSTEM_WORLD,
    observe: () => undefined,
    publish: () => undefined,
    capacity: () => ({ debitorkonto: 0, kontantindbetaling: 0 }),
    dispatch: () => undefined,
  });
  const svar = { status: 'GENNEMFOERT', tid: Date.now() } as const;
  const told: unknown = await report(referenceOf(randomUUID()), svar).catch((error: unknown) => error);
  expect(told).toBeInstanceOf(Error);
  expect(told).not.toBeInstanceOf(TypeError);
});

describe('a CPR number that a backend lets slip', () => {
  test.each([true, false])(
    'in the text of IkkeUdfoert (forbigående: %s) reaches no log, ledger or answer',
    async (f) => {
      const id = randomUUID();
      await openScene(() =>
        Promise.reject(new IkkeUdfoert(`Kunden 010170-1234 (${CPR}) er låst`, { forbigaaende: f })),
      );
      scene.deliver(opskriv('F-1', '1.00', { id }));
      expect(await answers(1)).toEqual(['FEJLET']);
      const told = JSON.stringify([scene.steps, await scene.ledger.history(id)]) + bodies();
      expect(told).not.toContain(CPR);
      expect(told).not.toContain('010170-1234');
    },
  );

  test('in the reason of one that is waiting is masked in the list, and the rest of the reason is there', async () => {
    await openScene(() => Promise.reject(Object.assign(new Error('x'), { name: `Kunden ${CPR}` })), {
      capabilities: NEITHER,
    });
    scene.deliver(opskriv('F-1', '1.00'));
    const [row] = await waitFor('the doubt', async () => {
      const rows = await scene.ledger.inDoubt({ limit: 10 });
      return rows.length === 1 && rows;
    });
    expect(row?.aarsag).toBe('debitorsystemet fejlede: Kunden **********');
  });

  test('in the texts of a svar does not reach the fagsystem', async () => {
    const id = randomUUID();
    await openScene(async () => ({ art: 'accepteretTilSenere' }));
    scene.deliver(henstand(id));
    await answers(1);
    const tekst = `Kunden ${CPR} findes ikke`;
    const resultat = { fordringer: [{ fordring: 'F-1', resultat: 'AFVIST', fejl: [{ kode: 'X-2', tekst }] }] };
    const svar = { status: 'AFVIST', tid: Date.now(), begrundelse: tekst, fejl: [{ kode: 'X-1', tekst }], resultat };
    await scene.reportSvar(referenceOf(id), svar as unknown as Svar);
    expect(await answers(2)).toEqual(['MODTAGET', 'AFVIST']);
    expect(bodies()).toContain('Kunden ********** findes ikke');
    expect(bodies()).not.toContain(CPR);
  });
});
