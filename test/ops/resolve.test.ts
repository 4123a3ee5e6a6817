/**
 * A person decides what is in doubt, on the command line, beside a flow that runs on the same ledger: every way of deciding,
 * what the fagsystem is told, and what can't be decided.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliveryOf } from '../support/in-memory-ports.ts';
import { anmodning, kontantIndbetaling, opskriv, paaKonto } from '../support/meddelelser.ts';
import { type Ran, runCli } from '../support/terminal.ts';
import { BY, type DeskScene, openDeskScene } from './desk-scene.ts';

const CPR = '0101701234';

let scene: DeskScene;
beforeEach(async () => {
  scene = await openDeskScene();
});
afterEach(() => scene.close());

const resolve = (id: string, ...args: readonly string[]): Promise<Ran> =>
  runCli('i-tvivl', 'resolve', id, ...args, '--ledger', scene.ledgerUrl);

/** An anmodning whose outcome got lost. */
async function doubtful(xml: (id: string) => string): Promise<string> {
  const id = randomUUID();
  scene.debitorkonto.deliver(deliveryOf('debitorkonto', xml(id)));
  await scene.doubts(1);
  return id;
}

const straks = (id: string): string => opskriv('F-1', '1.00', { id });
const senere = (id: string): string =>
  anmodning({
    kode: 'HENSTAND',
    handling: paaKonto('KONTO-1'),
    parametre: '<VirkningDato>2030-01-01</VirkningDato>',
    id,
  });

describe('a person who has looked in the debitorsystem', () => {
  test('says that it was carried out: the fagsystem gets ACCEPTERET with the result, and the line goes on', async () => {
    const id = await doubtful(straks);
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', opskriv('F-2', '2.00')));
    scene.firstTime = () => Promise.resolve({ art: 'udfoert' });
    const result = ['--reference', 'BILAG-7', '--fordring', 'F-1=1.00'];
    const ran = await resolve(id.toUpperCase(), '--som', 'udfoert', ...result, ...BY);
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('er afgjort som udført');
    await scene.published(2);
    expect(scene.kodes()).toEqual(['ACCEPTERET', 'ACCEPTERET']);
    expect(scene.xmlFor(id)).toContain('BILAG-7');
    expect(scene.xmlFor(id)).toMatch(/F-1<.*GENNEMFOERT<.*1\.00</s);
    expect(scene.asked).toHaveLength(2);
    const history = await runCli('anmodning', id, '--ledger', scene.ledgerUrl);
    expect(history.out).toContain('afgjort af en person, mens den var i tvivl');
    expect(history.out).toContain('udfoert; Anne Hansen: set i debitorsystemet');
  });

  test('says so of a type that answers later: MODTAGET and the svar right behind it', async () => {
    const id = await doubtful(senere);
    expect((await resolve(id, '--som', 'udfoert', ...BY)).code).toBe(0);
    await scene.published(2);
    expect(scene.kodes()).toEqual(['MODTAGET', 'GENNEMFOERT']);
  });

  test('says that it was accepted for later: MODTAGET, and it waits for its svar', async () => {
    const id = await doubtful(senere);
    expect((await resolve(id, '--som', 'accepteret', ...BY)).code).toBe(0);
    await scene.published(1);
    expect(scene.kodes()).toEqual(['MODTAGET']);
    expect((await scene.ledger.awaitingSvar({ limit: 10 })).map((row) => row.id)).toEqual([id]);
  });

  test('says that it was refused, by codes of the catalogue and of the debitorsystem’s own', async () => {
    const id = await doubtful(straks);
    const ran = await resolve(id, '--som', 'afvist', '--fejl', 'DA-201', '--fejl', 'X-9=Kontoen er spærret', ...BY);
    expect(ran.code).toBe(0);
    await scene.published(1);
    expect(scene.kodes()).toEqual(['AFVIST']);
    expect(scene.xmlFor(id)).toMatch(/DA-201<.*Debitorkontoen findes ikke.*X-9<.*Kontoen er spærret</s);
  });

  test('says that it was not and will not be carried out: FEJLET', async () => {
    const id = await doubtful(straks);
    expect((await resolve(id, '--som', 'fejlet', ...BY)).code).toBe(0);
    await scene.published(1);
    expect(scene.kodes()).toEqual(['FEJLET']);
    expect(scene.asked).toHaveLength(1);
  });

  test('says that nothing was carried out, and it is asked again under the same key, although the attempts are used up', async () => {
    const id = await doubtful(straks);
    const ran = await resolve(id, '--som', 'igen', ...BY, '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ afgjort: true, svar: [] });
    await scene.published(1);
    expect(scene.kodes()).toEqual(['ACCEPTERET']);
    expect(scene.asked.map(({ noegle }) => noegle)).toEqual([scene.asked[0]?.noegle, scene.asked[0]?.noegle]);
  });

  test('decides a cash payment by its TransaktionsID, which need be no UUID', async () => {
    const [id, other] = ['Kasse 3/Bilag-A', 'Kasse 3/Bilag-B'];
    for (const transaktionsId of [id, other]) {
      scene.kontant.deliver(deliveryOf('kontantindbetaling', kontantIndbetaling({ transaktionsId, kundeNummer: CPR })));
    }
    await scene.doubts(1);
    const shown = await resolve(id, '--som', 'udfoert', '--vis');
    const ran = await resolve(id, '--som', 'udfoert', ...BY);
    expect(ran.code).toBe(0);
    await scene.published(1);
    expect(scene.kodes()).toEqual(['ACCEPTERET']);
    expect(shown.out + ran.out).not.toContain(CPR);
    await scene.doubts(1);
    expect((await resolve(other, '--som', 'afvist', '--fejl', 'DA-204', ...BY)).code).toBe(0);
    await scene.published(2);
    expect(scene.kodes()).toEqual(['ACCEPTERET', 'AFVIST']);
  });
});

describe('before anything is sent', () => {
  test('--vis shows what would be, and changes nothing', async () => {
    const id = await doubtful(senere);
    const { code, out } = await resolve(id, '--som', 'udfoert', '--vis');
    expect(code).toBe(0);
    expect(out).toMatch(
      /ville blive afgjort som udført.*kvittering MODTAGET til kulturskole.*svar GENNEMFOERT.*Intet er ændret/s,
    );
    expect(out).toContain('<kv:ForretningsValideringsKode>MODTAGET</kv:ForretningsValideringsKode>');
    const asJson: { afgjort: boolean; svar: { kode: string }[] } = JSON.parse(
      (await resolve(id, '--som', 'udfoert', '--vis', '--json')).out,
    );
    expect([asJson.afgjort, asJson.svar.map(({ kode }) => kode)]).toEqual([false, ['MODTAGET', 'GENNEMFOERT']]);
    await scene.doubts(1);
    expect(scene.publisher.published).toEqual([]);
    expect(JSON.stringify(await scene.ledger.history(id))).not.toContain('resolved');
  });

  test('who and why are asked for, kept on one line, and freed of what is shaped like a CPR number', async () => {
    const id = await doubtful(straks);
    for (const args of [
      [],
      ['--hvem', 'Anne'],
      ['--hvem', 'Anne', '--hvorfor', '  '],
      ['--hvem', 'A'.repeat(101), ...BY.slice(2)],
    ]) {
      expect((await resolve(id, '--som', 'fejlet', ...args)).code).toBe(2);
    }
    await scene.doubts(1);
    const hvorfor = `borgeren ${CPR}\nringede`;
    expect((await resolve(id, '--som', 'fejlet', '--hvem', 'Anne', '--hvorfor', hvorfor)).code).toBe(0);
    const [history] = await scene.ledger.history(id);
    expect(history?.events.at(-1)?.detail).toBe('fejlet; Anne: borgeren ********** ringede');
  });

  test.each([
    ['udfoert', ['--fejl', 'DA-201'], '--fejl hører til'],
    ['fejlet', ['--reference', 'R'], '--reference og --fordring hører til'],
    ['afvist', [], 'mindst én --fejl'],
    ['afvist', ['--fejl', 'DA-101'], 'DA-201, DA-202'],
    ['udfoert', ['--fordring', 'F-1=meget'], '1234.50'],
    ['maaske', [], 'Skal være en af: udfoert'],
  ])('--som %s with %j is wrong use: exit 2', async (som, args, text) => {
    const { code, err } = await resolve(randomUUID(), '--som', som, ...args, ...BY);
    expect(code).toBe(2);
    expect(err).toContain(text);
  });

  test.each([
    ['accepteret', [], 'svarform STRAKS'],
    ['udfoert', ['--fordring', 'F-99'], 'ikke nævnt i anmodningen'],
    ['udfoert', ['--reference', 'R'.repeat(101)], 'længere end 100 tegn'],
    ['afvist', ['--fejl', `${'K'.repeat(31)}=tekst`], 'længere end 30 tegn'],
  ])('--som %s with %j can not be true of a type that answers at once: exit 1', async (som, args, text) => {
    const id = await doubtful(straks);
    const { code, out } = await resolve(id, '--som', som, ...args, ...BY);
    expect(code).toBe(1);
    expect(out).toContain(text);
    await scene.doubts(1);
    expect(scene.publisher.published).toEqual([]);
  });

  test('what is not in doubt is not decided: exit 1, and it says how it stands', async () => {
    scene.firstTime = () => Promise.resolve({ art: 'udfoert' });
    const id = randomUUID();
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', straks(id)));
    await scene.published(1);
    const { code, out } = await resolve(id, '--som', 'fejlet', ...BY);
    expect([code, out]).toEqual([1, 'Anmodningen er ikke i tvivl: afsluttet.\n']);
    expect((await resolve(randomUUID(), '--som', 'fejlet', ...BY)).code).toBe(1);
    expect(scene.kodes()).toEqual(['ACCEPTERET']);
  });

  test('an id that several fagsystemer use is asked about again: exit 2, until --fagsystem says whose', async () => {
    const id = await doubtful(straks);
    const other = opskriv('F-1', '1.00', { id, fagsystem: 'byggesag', cvr: '55133018' });
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', other, { userId: 'byggesag' }, 'debitorkonto.byggesag'));
    await scene.doubts(2);
    const { code, err } = await resolve(id, '--som', 'udfoert', ...BY);
    expect(code).toBe(2);
    expect(err).toContain(`--fagsystem byggesag ${id}`);
    expect((await resolve(id, '--som', 'udfoert', '--fagsystem', 'byggesag', ...BY)).code).toBe(0);
    await scene.published(1);
    expect(scene.publisher.published[0]?.routingKey).toBe('byggesag.kvittering.debitorkonto');
    await scene.doubts(1);
  });

  test('a ledger that is not there is exit 69, and none is made', async () => {
    const missing = `sqlite:${join(scene.folder, 'findes-ikke.db')}`;
    const ran = await runCli('i-tvivl', 'resolve', 'x', '--som', 'igen', ...BY, '--ledger', missing);
    expect([ran.code, ran.err.includes('kan ikke')]).toEqual([69, true]);
  });
});
