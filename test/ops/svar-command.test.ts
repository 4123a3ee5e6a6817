/** A person reports a svar, and has answers delivered again, on the command line beside a flow on the same ledger. */

import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliveryOf } from '../support/in-memory-ports.ts';
import { anmodning, kontantIndbetaling, opskriv, paaFordringer } from '../support/meddelelser.ts';
import { type Ran, runCli } from '../support/terminal.ts';
import { waitFor } from '../support/wait.ts';
import { BY, type DeskScene, openDeskScene } from './desk-scene.ts';

let scene: DeskScene;
beforeEach(async () => {
  scene = await openDeskScene();
  scene.firstTime = () => Promise.resolve({ art: 'accepteretTilSenere' });
});
afterEach(() => scene.close());

const svar = (id: string, ...args: readonly string[]): Promise<Ran> =>
  runCli('svar', id, ...args, '--ledger', scene.ledgerUrl);

const henstand = (id: string): string =>
  anmodning({
    kode: 'HENSTAND',
    handling: paaFordringer('KONTO-1', 'F-1', 'F-2'),
    parametre: '<VirkningDato>2030-01-01</VirkningDato>',
    id,
  });

/** An anmodning that has got its MODTAGET. */
async function acceptedForLater(): Promise<string> {
  const id = randomUUID();
  scene.debitorkonto.deliver(deliveryOf('debitorkonto', henstand(id)));
  await scene.published(1);
  return id;
}

describe('a svar that a person reports', () => {
  test('reaches the fagsystem with its results, and stands in the history with who and why', async () => {
    const id = await acceptedForLater();
    const results = ['--fordring', 'F-1=100.00', '--afvist-fordring', 'F-2=DA-203', '--reference', 'SAG-9'];
    const said = ['--status', 'DELVIST_GENNEMFOERT', '--begrundelse', 'Kun den ene kunne få henstand'];
    const ran = await svar(id, ...said, ...results, ...BY);
    expect(ran).toMatchObject({ code: 0, err: '' });
    await scene.published(2);
    expect(scene.kodes()).toEqual(['MODTAGET', 'DELVIST_GENNEMFOERT']);
    expect(scene.xmlFor(id)).toMatch(/Kun den ene.*SAG-9.*F-1<.*GENNEMFOERT<.*100\.00<.*F-2<.*AFVIST<.*DA-203</s);
    const history = await runCli('anmodning', id, '--ledger', scene.ledgerUrl);
    expect(history.out).toContain('svaret er meldt af en person');
    expect(history.out).toContain('DELVIST_GENNEMFOERT; Anne Hansen: set i debitorsystemet');
  });

  test('again is the same and sends nothing, another is DA-303: exit 1', async () => {
    const id = await acceptedForLater();
    await svar(id, '--status', 'GENNEMFOERT', ...BY);
    await scene.published(2);
    const again = await svar(id, '--status', 'GENNEMFOERT', ...BY, '--json');
    expect([again.code, JSON.parse(again.out).bogfoert]).toEqual([0, 'same']);
    const other = await svar(id, '--status', 'AFVIST', '--fejl', 'DA-203', ...BY);
    expect([other.code, other.out.startsWith('DA-303')]).toEqual([1, true]);
    expect(scene.kodes()).toEqual(['MODTAGET', 'GENNEMFOERT']);
  });

  test('settles a doubt too, by proof: MODTAGET first', async () => {
    scene.firstTime = () => Promise.reject(new Error('svaret gik tabt'));
    const id = randomUUID();
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', henstand(id)));
    await scene.doubts(1);
    expect((await svar(id, '--status', 'FEJLET', '--begrundelse', 'Kontoen er under afvikling', ...BY)).code).toBe(0);
    await scene.published(2);
    expect(scene.kodes()).toEqual(['MODTAGET', 'FEJLET']);
  });

  test('to what was answered at once is DA-302, to a payment or an unknown id there is none', async () => {
    scene.firstTime = () => Promise.resolve({ art: 'udfoert' });
    const id = randomUUID();
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-1', '1.00', { id })));
    scene.kontant.deliver(deliveryOf('kontantindbetaling', kontantIndbetaling({ transaktionsId: 'betaling-1' })));
    await scene.published(2);
    const atOnce = await svar(id, '--status', 'GENNEMFOERT', ...BY);
    expect([atOnce.code, atOnce.out.startsWith('DA-302')]).toEqual([1, true]);
    for (const other of ['betaling-1', randomUUID()]) {
      expect((await svar(other, '--status', 'GENNEMFOERT', ...BY)).code).toBe(1);
    }
    expect(scene.publisher.published).toHaveLength(2);
  });

  test('with --vis is only shown', async () => {
    const id = await acceptedForLater();
    const { code, out } = await svar(id, '--status', 'GENNEMFOERT', '--vis');
    expect(code).toBe(0);
    expect(out).toMatch(/ville blive bogført.*Intet er ændret.*SvarStatusKode>GENNEMFOERT</s);
    expect((await scene.ledger.awaitingSvar({ limit: 10 })).map((row) => row.id)).toEqual([id]);
    expect(JSON.stringify(await scene.ledger.history(id))).not.toContain('svar');
  });

  test.each([
    [['--status', 'MAASKE', ...BY], 'Skal være en af: GENNEMFOERT'],
    [['--status', 'GENNEMFOERT'], '--hvem'],
    [['--status', 'AFVIST', ...BY], 'kræver --fejl eller --begrundelse'],
    [['--status', 'GENNEMFOERT', '--afvist-fordring', 'F-1=DA-203', ...BY], 'DELVIST_GENNEMFOERT'],
    [['--status', 'AFVIST', '--fordring', 'F-1', '--fejl', 'DA-203', ...BY], 'hører ikke til'],
    [['--status', 'DELVIST_GENNEMFOERT', '--afvist-fordring', 'F-1', ...BY], 'ID=KODE'],
  ])('%j is wrong use: exit 2', async (args, text) => {
    const { code, err } = await svar(randomUUID(), ...args);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });

  test('a text that is too long for a svar is named: exit 1', async () => {
    const id = await acceptedForLater();
    const { code, out } = await svar(id, '--status', 'GENNEMFOERT', '--reference', 'R'.repeat(101), ...BY);
    expect([code, out]).toEqual([1, expect.stringContaining('længere end 100 tegn')]);
  });
});

describe('uleveret redeliver', () => {
  const redeliver = (...args: readonly string[]): Promise<Ran> =>
    runCli('uleveret', 'redeliver', ...args, '--ledger', scene.ledgerUrl);

  test('has answers tried again at once, all or one by its number in the list', async () => {
    expect(await redeliver()).toMatchObject({ code: 0, out: 'Alle svar er leveret.\n' });
    let bound = false;
    scene.firstTime = () => Promise.resolve({ art: 'udfoert' });
    scene.publisher.outcome = () => (bound ? { art: 'confirmed' } : { art: 'returned' });
    for (const fordring of ['F-1', 'F-2', 'F-3']) {
      scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv(fordring, '1.00')));
    }
    const rows = await waitFor('answers that nobody takes', async () => {
      const found = await scene.ledger.uleverede({ limit: 10 });
      return found.length === 3 && found;
    });
    // An hour from now, so that only a person can bring it forward in time.
    const raw = new Database(scene.ledgerUrl.replace('sqlite:', ''), { timeout: 30_000 });
    raw.exec('UPDATE answer SET due_at = due_at + 3600000');
    raw.close();
    bound = true;
    const [first] = rows;
    const one = await redeliver(String(first?.answerId));
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('1 svar forsøges afleveret nu') });
    await waitFor('the first', () => scene.publisher.published.length >= 1);
    expect((await redeliver('999999')).code).toBe(1);
    expect((await redeliver()).code).toBe(0);
    await scene.published(3);
    await waitFor('all of them to be marked', async () => {
      const listed = await runCli('uleveret', 'list', '--ledger', scene.ledgerUrl);
      return listed.out === 'Alle svar er leveret.\n';
    });
  });
});
