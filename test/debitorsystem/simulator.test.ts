/** One key, one effect; faults on request; what survives a stop. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { digest } from '../../src/debitorsystem/backends/simulator/digest.ts';
import { readSimulatorState } from '../../src/debitorsystem/backends/simulator/state.ts';
import { IkkeUdfoert } from '../../src/debitorsystem/debitorsystem.ts';
import type { IdempotencyKey } from '../../src/domain/identer.ts';
import {
  between,
  cash,
  codesOf,
  command,
  fordring,
  konto,
  named,
  paid,
  startScene,
  temporaryFolder,
} from './simulator-scene.ts';

/** Two keys that the store's index can't tell apart. */
function alikeKeys(): readonly [IdempotencyKey, IdempotencyKey] {
  const byDigest = new Map<number, IdempotencyKey>();
  for (let n = 0; ; n += 1) {
    const key = `kontantIndbetaling:kulturskole:${n}` as IdempotencyKey;
    const earlier = byDigest.get(digest(key));
    if (earlier !== undefined) return [earlier, key];
    byDigest.set(digest(key), key);
  }
}

const signal = new AbortController().signal;
const konti = [konto('K1', [fordring('F1'), fordring('F2')])];

describe('the same key twice has one effect and one answer', () => {
  test('one after the other', async () => {
    const scene = await startScene(konti);
    const given = command('NEDSKRIV', named('K1', 'F1'), { beloeb: '10.00' });
    const first = await scene.execute(given);
    expect(await scene.execute(given, { attempt: 2 })).toEqual(first);
    expect(scene.fordring('F1').restbeloebOere).toBe(9_000n);
  });

  test('side by side, in one commit', async () => {
    const scene = await startScene(konti);
    const payment = cash(500n);
    const answers = await Promise.all([1, 2, 3].map((attempt) => scene.execute(payment, { attempt })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(scene.simulator.state().totals).toMatchObject({ bookinger: 1, saldoOere: 500n });
  });

  test('after a restart, a refusal and what was accepted for later too', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const commands = [
      command('NEDSKRIV', named('K1', 'F1'), { beloeb: '10.00' }),
      command('NEDSKRIV', named('K1', 'F1'), { beloeb: '1000.00' }),
      command('AFSKRIV', named('K1', 'F2')),
      cash(700n),
    ];
    const first = await startScene(konti, { folder, store, senereDelayMs: 60_000 });
    const answers = await Promise.all(commands.map((one) => first.execute(one)));
    expect(answers.map(({ art }) => art)).toEqual(['udfoert', 'afvist', 'accepteretTilSenere', 'udfoert']);
    const before = first.simulator.state();
    await first.simulator.stop();

    const second = await startScene(konti, { folder, store, senereDelayMs: 60_000 });
    expect(await Promise.all(commands.map((one) => second.execute(one, { attempt: 2 })))).toEqual(answers);
    expect(second.simulator.state()).toEqual(before);
  });

  test('also for a refusal that would be possible by now', async () => {
    const scene = await startScene([konto('K1', [fordring('F1', { beloeb: '5.00', restbeloeb: '5.00' })])]);
    const given = command('NEDSKRIV', named('K1', 'F1'), { beloeb: '10.00' });
    expect(codesOf(await scene.execute(given))).toEqual(['DA-204']);
    await scene.execute(command('OPSKRIV', named('K1', 'F1'), { beloeb: '50.00' }));
    expect(codesOf(await scene.execute(given, { attempt: 2 }))).toEqual(['DA-204']);
  });

  test('every command that took effect has a reference of its own', async () => {
    const scene = await startScene(konti);
    const answers = await Promise.all(Array.from({ length: 20 }, () => scene.execute(cash(1n))));
    const references = answers.map((answer) =>
      answer.art === 'udfoert' ? answer.resultat?.debitorsystemReference : undefined,
    );
    expect(new Set(references).size).toBe(20);
  });

  test('a key is the same only where all of it is: two that share a digest are two', async () => {
    const scene = await startScene([]);
    const [one, other] = alikeKeys();
    const references = [];
    for (const noegle of [one, other, one]) references.push(await scene.execute({ ...cash(1n), noegle }));
    expect(references[1]).not.toEqual(references[0]);
    expect(references[2]).toEqual(references[0]);
    expect(scene.simulator.state().totals.saldoOere).toBe(2n);
  });
});

describe('commands that share a commit', () => {
  test('see what the ones before them did', async () => {
    const scene = await startScene(konti);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => scene.execute(command('NEDSKRIV', named('K1', 'F1'), { beloeb: '20.00' }))),
    );
    expect(answers.map(({ art }) => art)).toEqual(['udfoert', 'udfoert', 'udfoert', 'udfoert', 'udfoert', 'afvist']);
  });

  test('are not harmed by one that fails: it alone is rolled back, and said to be not carried out', async () => {
    const scene = await startScene([]);
    const most = 2n ** 63n - 1n;
    const answers = await Promise.allSettled([
      scene.execute(cash(1n)),
      scene.execute(cash(most)),
      scene.execute(cash(most)),
      scene.execute(cash(2n, { kundeNummer: '29189846', kundeType: 'CVR-Virksomhed' })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { name: 'IkkeUdfoert', forbigaaende: false } });
    expect(scene.simulator.state().totals).toMatchObject({ bookinger: 2, saldoOere: 3n });
  });
});

describe('a thousand fordringer in one command', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `F${index}`);

  test('are each changed, and each has its result', async () => {
    const most = { beloeb: '99999999999.99', restbeloeb: '99999999999.99' };
    const scene = await startScene([konto('K1', [...ids.map((id) => fordring(id, most)), fordring('ANDEN')])]);
    const given = command('NEDSKRIV', named('K1', ...ids), { beloeb: '99999999999.98' });
    const udfald = await scene.execute(given);
    expect(udfald.art === 'udfoert' && udfald.resultat?.fordringer).toHaveLength(1000);
    expect(await scene.execute(given, { attempt: 2 })).toEqual(udfald);
    expect(scene.simulator.state().totals.restbeloebOere).toBe(1000n + 10_000n);
  });

  test('move to another debitorkonto with all that they are', async () => {
    const scene = await startScene([
      konto(
        'K1',
        ids.map((id) => fordring(id, { beloeb: '150.00' })),
      ),
      konto('K2', []),
    ]);
    const before = scene.simulator.state().fordringer;
    await scene.svarTo(command('OVERFOER_FORDRING', between('K1', 'K2')));
    expect(scene.simulator.state().fordringer).toEqual(before.map((one) => ({ ...one, debitorkonto: 'K2' })));
  });

  test('are all named when all are refused', async () => {
    const scene = await startScene([
      konto(
        'K1',
        ids.map((id) => paid(id)),
      ),
    ]);
    const codes = codesOf(await scene.execute(command('TILBAGEKALD', named('K1', ...ids))));
    expect(codes).toEqual(ids.map(() => 'DA-203'));
  });
});

describe('looking up a key', () => {
  test('gives what was answered, and undefined for one that was never seen', async () => {
    const scene = await startScene(konti);
    const given = command('TILBAGEKALD', named('K1', 'F1'));
    const udfald = await scene.execute(given);
    expect(await scene.simulator.lookup(given.noegle, signal)).toEqual(udfald);
    expect(await scene.simulator.lookup('handling:ukendt:1' as IdempotencyKey, signal)).toBeUndefined();
  });

  test('waits for one that is under way', async () => {
    const scene = await startScene(konti);
    const given = command('TILBAGEKALD', named('K1', 'F1'));
    const udfald = scene.execute(given);
    expect(await scene.simulator.lookup(given.noegle, signal)).toEqual(await udfald);
  });
});

describe('a command past its deadline', () => {
  test.each([
    ['aborted', { signal: AbortSignal.abort() }],
    ['past the deadline', { deadline: 0 }],
  ])('%s is not carried out, and says so', async (_how, given) => {
    const scene = await startScene(konti);
    const rejection = scene.execute(command('TILBAGEKALD', named('K1', 'F1')), given);
    await expect(rejection).rejects.toMatchObject({ name: 'IkkeUdfoert', forbigaaende: true });
    expect(scene.fordring('F1').tilstand).toBe('AABEN');
  });

  test('that was carried out before gives its answer: "not carried out" would be a lie', async () => {
    const scene = await startScene(konti, {
      fejl: [{ naar: { handlingstype: 'TILBAGEKALD' }, art: 'ukendt', antal: 1 }],
    });
    const given = command('TILBAGEKALD', named('K1', 'F1'));
    await expect(scene.execute(given)).rejects.not.toBeInstanceOf(IkkeUdfoert);
    expect(await scene.execute(given, { attempt: 2, signal: AbortSignal.abort() })).toMatchObject({ art: 'udfoert' });
  });
});

describe('faults on request', () => {
  test('forbigaaende: nothing is carried out, as often as asked for, then all is well', async () => {
    const scene = await startScene(konti, { fejl: [{ art: 'forbigaaende', antal: 2 }] });
    const given = command('NEDSKRIV', named('K1', 'F1'), { beloeb: '10.00' });
    for (const attempt of [1, 2]) {
      await expect(scene.execute(given, { attempt })).rejects.toMatchObject({
        name: 'IkkeUdfoert',
        forbigaaende: true,
      });
      expect(scene.simulator.state().kommandoer).toEqual([]);
    }
    expect((await scene.execute(given, { attempt: 3 })).art).toBe('udfoert');
  });

  test('permanent: nothing is carried out, for the commands that it is meant for', async () => {
    const hit = command('NEDSKRIV', named('K1', 'F1'), { beloeb: '10.00' });
    const naar = { anmodningIdentifikator: hit.anmodningIdentifikator, fagsystem: hit.fagsystem };
    const scene = await startScene(konti, { fejl: [{ naar, art: 'permanent' }] });
    await expect(scene.execute(hit)).rejects.toMatchObject({ name: 'IkkeUdfoert', forbigaaende: false });
    expect((await scene.execute(command('NEDSKRIV', named('K1', 'F1'), { beloeb: '1.00' }))).art).toBe('udfoert');
    expect((await scene.execute(cash(1n))).art).toBe('udfoert');
    expect(scene.fordring('F1').restbeloebOere).toBe(9_900n);
  });

  test('ukendt: it is carried out once, and the answer is lost until it is asked for again', async () => {
    const scene = await startScene(konti, { fejl: [{ art: 'ukendt', antal: 1 }] });
    const payment = cash(100n);
    await expect(scene.execute(payment)).rejects.not.toBeInstanceOf(IkkeUdfoert);
    expect(await scene.simulator.lookup(payment.noegle, signal)).toMatchObject({ art: 'udfoert' });
    expect((await scene.execute(payment, { attempt: 2 })).art).toBe('udfoert');
    expect(scene.simulator.state().totals.saldoOere).toBe(100n);
  });

  test('langsom: it is carried out at once and answered later', async () => {
    const scene = await startScene(konti, { fejl: [{ art: 'langsom', delayMs: 30 }] });
    const payment = cash(100n);
    const answer = scene.execute(payment);
    let isAnswered = false;
    const watched = answer.then(() => {
      isAnswered = true;
    });
    expect(await scene.simulator.lookup(payment.noegle, signal)).toMatchObject({ art: 'udfoert' });
    expect(isAnswered).toBe(false);
    await watched;
  });

  test('svarMangler: what is accepted for later never gets its svar', async () => {
    const scene = await startScene(konti, {
      fejl: [{ naar: { handlingstype: 'AFSKRIV' }, art: 'svarMangler', antal: 1 }],
    });
    expect((await scene.execute(command('AFSKRIV', named('K1', 'F1')))).art).toBe('accepteretTilSenere');
    await scene.svarTo(command('AFSKRIV', named('K1', 'F2')));
    expect(scene.reported).toHaveLength(1);
    expect(scene.fordring('F1').tilstand).toBe('AABEN');
  });

  test('andel: the share is about right, and the same for the same keys', async () => {
    const struck = async (): Promise<boolean[]> => {
      const scene = await startScene([], { fejl: [{ naar: { andel: 0.25 }, art: 'permanent' }] });
      const payments = Array.from({ length: 1000 }, (_, index) => cash(1n, { id: `betaling-${index}` }));
      const answers = await Promise.allSettled(payments.map((payment) => scene.execute(payment)));
      return answers.map(({ status }) => status === 'rejected');
    };
    const first = await struck();
    const count = first.filter(Boolean).length;
    expect(count).toBeGreaterThan(200);
    expect(count).toBeLessThan(300);
    expect(await struck()).toEqual(first);
  });

  test('no fault makes a lie of "not carried out": a key that is known keeps its answer', async () => {
    const scene = await startScene([], { fejl: [{ art: 'ukendt', antal: 1 }, { art: 'permanent' }] });
    const payment = cash(100n);
    await expect(scene.execute(payment)).rejects.toThrow('udfaldet gik tabt');
    expect((await scene.execute(payment, { attempt: 2 })).art).toBe('udfoert');
  });
});

describe('the store', () => {
  test('is the truth once it is loaded: the data file is not read again', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'data', 'simulator.sqlite');
    const first = await startScene(konti, { folder, store });
    await first.execute(command('TILBAGEKALD', named('K1', 'F1')));
    await first.simulator.stop();
    const second = await startScene([konto('K9', [paid('F9')])], { folder, store });
    expect(second.fordring('F1').tilstand).toBe('TILBAGEKALDT');
    expect(second.simulator.state().debitorkonti).toHaveLength(1);
  });

  test('of another version is refused, and left as it is', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const other = new BetterSqlite3(store);
    other.pragma('user_version = 1');
    other.close();
    await expect(startScene(konti, { folder, store })).rejects.toMatchObject({ name: 'ConfigurationError' });
    expect(
      new BetterSqlite3(store, { readonly: true }).prepare('select count(*) from sqlite_schema').pluck().get(),
    ).toBe(0);
  });

  test('can be listed while the simulator runs', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const scene = await startScene(konti, { folder, store });
    const payment = cash(100n);
    await scene.execute(payment);
    const state = readSimulatorState(store);
    expect(state).toEqual(scene.simulator.state());
    expect(state.kommandoer).toEqual([
      {
        noegle: payment.noegle,
        handlingstype: null,
        udfald: 'udfoert',
        udfoert: 1,
        svarStatus: null,
        svarRapporteret: false,
        booking: { opkraevningskontoNr: 1n, beloebOere: 100n, indbetalingDato: '2026-11-22' },
      },
    ]);
  });

  test('that is closed is not well, and refuses commands as something that passes', async () => {
    const scene = await startScene(konti);
    expect(await scene.simulator.health()).toBeUndefined();
    await scene.simulator.stop();
    expect(await scene.simulator.health()).toContain('lager');
    await expect(scene.execute(cash(1n))).rejects.toMatchObject({ name: 'IkkeUdfoert', forbigaaende: true });
  });

  test('is shared by two processes without anything happening twice', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const [one, other] = [await startScene(konti, { folder, store }), await startScene(konti, { folder, store })];
    const payments = Array.from({ length: 50 }, () => cash(1n));
    const answers = await Promise.all(payments.flatMap((payment) => [one.execute(payment), other.execute(payment)]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(50);
    expect(one.simulator.state().totals).toMatchObject({ bookinger: 50, saldoOere: 50n });
  });
});

/** Books payments of 1 øre under fixed keys for ever, and writes each key to a file after it was answered. */
const BOOKING_PROCESS = `
import { appendFileSync } from 'node:fs';
import { createSimulator } from '${join(import.meta.dirname, '../../src/debitorsystem/backends/simulator.ts')}';
import { KundeNummer } from '${join(import.meta.dirname, '../../src/domain/identer.ts')}';
const [data, store, answered] = process.argv.slice(2);
const simulator = createSimulator({ data, store }, { now: Date.now, log() {}, reportSvar: async () => ({ art: 'modtaget' }) });
const context = { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER, attempt: 1 };
for (let n = 1; ; n += 1) {
  const noegle = 'kontantIndbetaling:kulturskole:' + n;
  await simulator.execute({ art: 'kontantIndbetaling', noegle, kundeNummer: new KundeNummer('0101701234'),
    kundeType: 'CPR-Person', beloebOere: 1n, indbetalingDato: '2026-11-22' }, context);
  appendFileSync(answered, noegle + '\\n');
  if (n === 20) process.stdout.write('in full swing\\n');
}
`;

test('a kill between effect and answer loses nothing that was answered and books nothing twice', async () => {
  const folder = temporaryFolder();
  const [script, data, store, answered] = ['booking.mts', 'data.json', 'simulator.sqlite', 'answered'].map((name) =>
    join(folder, name),
  );
  if (script === undefined || data === undefined || store === undefined || answered === undefined)
    throw new Error('no paths');
  writeFileSync(script, BOOKING_PROCESS);
  writeFileSync(data, '{"debitorkonti":[]}');
  const child = spawn(process.execPath, [script, data, store, answered], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const keys = readFileSync(answered, 'utf8').trim().split('\n');
  const scene = await startScene([], { folder, store });
  const booked = scene.simulator.state().kommandoer.map(({ noegle }) => noegle as string);
  expect(booked).toEqual(expect.arrayContaining(keys));
  expect(booked.length - keys.length).toBeLessThanOrEqual(1);
  for (const noegle of booked) await scene.execute({ ...cash(1n), noegle: noegle as IdempotencyKey }, { attempt: 2 });
  expect(scene.simulator.state().totals.saldoOere).toBe(BigInt(booked.length));
});
