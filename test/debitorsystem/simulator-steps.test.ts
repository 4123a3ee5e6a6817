/** A large command takes many turns of the event loop, and is all or nothing all the same. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { STEP_ROWS } from '../../src/debitorsystem/backends/simulator/steps.ts';
import type { IdempotencyKey } from '../../src/domain/identer.ts';
import {
  between,
  cash,
  command,
  fordring,
  konto,
  named,
  type Scene,
  startScene,
  temporaryFolder,
  whole,
} from './simulator-scene.ts';

const STEPS = 6;
/** In turns: all that is named has been found and judged, and half of it has been saved. */
const HALF_SAVED = 2 * STEPS + STEPS / 2;
const ids = Array.from({ length: STEPS * STEP_ROWS }, (_, index) => `F${index}`);
const signal = new AbortController().signal;

const startLarge = (options: Parameters<typeof startScene>[1] = {}): Promise<Scene> =>
  startScene([konto('K1', [...ids.map((id) => fordring(id))]), konto('K2', [fordring('ANDEN')])], options);

const nedskrivning = () => command('NEDSKRIV', named('K1', ...ids), { beloeb: '1.00' });

/** How often the event loop turned before the work had ended. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  work.then(end, end);
  let turns = 0;
  for (; !hasEnded; turns += 1) await turn();
  return turns;
}

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await turn();
}

describe('the event loop turns after every step', () => {
  // One for each fordring, so that the whole konto takes twice as many steps to read.
  const renter = ids.map((id) => fordring(`R-${id}`, { type: 'RENTE', hovedfordring: id }));

  test.each([
    ['of finding, of judging and of saving what is named', nedskrivning(), 3],
    ['of reading and of saving a whole konto', command('NEDSKRIV', whole('K1'), { beloeb: '1.00' }), 3],
    [
      'of finding what is named, of looking for its renter, and of saving them',
      command('TILBAGEKALD', named('K1', ...ids), { objektType: 'RENTE' }),
      3,
    ],
    [
      'of reading, of looking for what is alike on the other side, and of moving',
      command('OVERFOER_FORDRING', between('K1', 'K2'), { svarform: 'STRAKS' }),
      6,
    ],
  ])('%s', async (_what, given, passes) => {
    const scene = await startScene([konto('K1', [...ids.map((id) => fordring(id)), ...renter]), konto('K2', [])]);
    const answer = scene.execute(given);
    expect(await turnsOf(answer)).toBeGreaterThanOrEqual(passes * STEPS);
    expect((await answer).art).toBe('udfoert');
  });

  test('also when it was accepted for later', async () => {
    const scene = await startLarge();
    const svar = scene.svarTo(command('HENSTAND', named('K1', ...ids), { virkningDato: '2027-01-01' }));
    // Found when it is accepted; found, judged and saved when it is carried out.
    expect(await turnsOf(svar)).toBeGreaterThanOrEqual(4 * STEPS);
    expect((await svar).status).toBe('GENNEMFOERT');
  });
});

describe('what is asked for while a large command is under way', () => {
  test('waits for it, and sees what it did', async () => {
    const scene = await startLarge();
    const order: string[] = [];
    const large = nedskrivning();
    const first = scene.execute(large).then(() => order.push('large'));
    await turns(3);
    const second = scene.execute(command('NEDSKRIV', named('K1', 'F0'), { beloeb: '99.50' })).then((udfald) => {
      order.push(udfald.art);
    });
    const known = scene.simulator.lookup(large.noegle, signal);
    await Promise.all([first, second]);
    expect(order).toEqual(['large', 'afvist']);
    expect(await known).toMatchObject({ art: 'udfoert' });
  });

  test('a look at the state ends it first: no one sees half of it', async () => {
    const scene = await startLarge();
    const answer = scene.execute(nedskrivning());
    await turns(HALF_SAVED);
    const { totals, kommandoer } = scene.simulator.state();
    expect(totals.restbeloebOere).toBe(BigInt(ids.length) * 9_900n + 10_000n);
    expect(kommandoer).toHaveLength(1);
    expect((await answer).art).toBe('udfoert');
  });

  test('a stop lets it end', async () => {
    const folder = temporaryFolder();
    const options = { folder, store: join(folder, 'simulator.sqlite') };
    const scene = await startLarge(options);
    const answer = scene.execute(nedskrivning());
    await turns(3);
    await scene.simulator.stop();
    expect((await answer).art).toBe('udfoert');
    expect((await startLarge(options)).simulator.state().totals.restbeloebOere).toBe(
      BigInt(ids.length) * 9_900n + 10_000n,
    );
  });

  test('of another process on the same store waits for it too', async () => {
    const folder = temporaryFolder();
    const options = { folder, store: join(folder, 'simulator.sqlite') };
    const [one, other] = [await startLarge(options), await startLarge(options)];
    const first = one.execute(nedskrivning());
    await turns(3);
    const second = await other.execute(command('NEDSKRIV', named('K1', 'F0'), { beloeb: '99.50' }));
    expect(second.art).toBe('afvist');
    expect((await first).art).toBe('udfoert');
  });
});

describe('a large command that ends in the middle', () => {
  test('by a fault leaves nothing, and what came with it and after it is carried out', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const scene = await startLarge({ folder, store });
    const other = new BetterSqlite3(store);
    other.exec(`create trigger fault before update on fordring when old.identifikator = '${ids.at(-1)}'
      begin select raise(abort, 'ordered'); end`);
    other.close();
    const before = scene.simulator.state().fordringer;
    // Of a whole konto it is not known before how large it is: it shares its transaction with the other two.
    const given = command('NEDSKRIV', whole('K1'), { beloeb: '1.00' });
    const answers = Promise.allSettled([scene.execute(cash(1n)), scene.execute(given), scene.execute(cash(2n))]);
    await turns(3);
    const late = scene.execute(cash(4n));
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await answers)[1]).toMatchObject({ reason: { name: 'IkkeUdfoert', forbigaaende: false } });
    expect((await late).art).toBe('udfoert');
    const { fordringer, totals } = scene.simulator.state();
    expect(fordringer).toEqual(before);
    expect(totals).toMatchObject({ kommandoer: 3, saldoOere: 7n });
    expect(await scene.simulator.lookup(given.noegle, signal)).toBeUndefined();
  });

  test('by a kill leaves nothing, and is carried out when it is asked for again', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const first = await startLarge({ folder, store });
    const before = first.simulator.state();
    await first.simulator.stop();
    const script = join(folder, 'killed.mts');
    writeFileSync(script, KILLED_PROCESS);
    const child = spawn(process.execPath, [script, join(folder, 'data.json'), store, JSON.stringify(ids)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const second = await startLarge({ folder, store });
    expect(second.simulator.state()).toEqual(before);
    const given = { ...nedskrivning(), noegle: 'handling:kulturskole:1' as IdempotencyKey };
    expect((await second.execute(given, { attempt: 2 })).art).toBe('udfoert');
    expect(second.simulator.state().totals.restbeloebOere).toBe(BigInt(ids.length) * 9_900n + 10_000n);
  });
});

/** Kills itself when the first half of what it saves has been saved. */
const KILLED_PROCESS = `
import { createSimulator } from '${join(import.meta.dirname, '../../src/debitorsystem/backends/simulator.ts')}';
const [data, store, ids] = process.argv.slice(2);
const simulator = createSimulator({ data, store }, { now: Date.now, log() {}, reportSvar: async () => ({ art: 'modtaget' }) });
const handling = { variant: 2, debitorkonto: 'K1', fordringer: JSON.parse(ids) };
void simulator.execute({ art: 'handling', noegle: 'handling:kulturskole:1', fagsystem: 'kulturskole', myndighed: '29189846',
  anmodningIdentifikator: '1', handlingstype: 'NEDSKRIV', svarform: 'STRAKS', handling, objektType: 'FORDRING',
  parametre: { beloebOere: 100n, parametre: [] } },
  { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER, attempt: 1 });
let turns = 0;
const turned = () => (++turns === ${HALF_SAVED} ? process.kill(process.pid, 'SIGKILL') : setImmediate(turned));
setImmediate(turned);
`;
