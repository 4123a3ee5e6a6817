/** A person replays and discards entries of the fejlkø, on the command line beside a flow on the same ledger. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deliveryOf } from '../support/in-memory-ports.ts';
import { opskriv } from '../support/meddelelser.ts';
import { type Ran, runCli } from '../support/terminal.ts';
import { waitFor } from '../support/wait.ts';
import { BY, type DeskScene, openDeskScene } from './desk-scene.ts';

let scene: DeskScene;
beforeEach(async () => {
  scene = await openDeskScene();
  scene.firstTime = () => Promise.resolve({ art: 'udfoert' });
  settings({});
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await scene.close();
});

/** As in the shell of the adapter's operator. */
function settings(changes: Readonly<Record<string, string>>): void {
  const registry = join(import.meta.dirname, '..', 'fixtures', 'registry.json');
  const given = { ADAPTER_AMQP_URL: 'amqp://adapter@localhost/', ADAPTER_REGISTRY: registry, ...changes };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
}

const fejlkoe = (action: 'replay' | 'discard', ...args: readonly string[]): Promise<Ran> =>
  runCli('fejlkoe', action, ...args, '--ledger', scene.ledgerUrl);
const open = async (): Promise<readonly number[]> => (await scene.ledger.fejlkoe({ limit: 100 })).map(({ id }) => id);

/** Messages without a user_id: nobody vouches for their sender (DA-120). */
async function unvouched(...ids: readonly string[]): Promise<readonly number[]> {
  for (const id of ids) {
    const { userId: _nobody, ...properties } = deliveryOf('debitorkonto', '').properties;
    const delivery = deliveryOf('debitorkonto', opskriv('F-1', '1.00', { id }));
    scene.debitorkonto.deliver({ ...delivery, properties: { ...properties, correlationId: `c-${id}` } });
  }
  return waitFor(`${ids.length} in the fejlkø`, async () => {
    const found = await open();
    return found.length === ids.length && found;
  });
}

describe('fejlkoe replay', () => {
  test('records a message again when what was wrong is mended: it is carried out and answered', async () => {
    const id = randomUUID();
    const [nr] = await unvouched(id);
    settings({ ADAPTER_REQUIRE_USER_ID: 'false' });
    const ran = await fejlkoe('replay', String(nr), ...BY);
    expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('sendes til debitorsystemet') });
    await scene.published(1);
    expect(scene.kodes()).toEqual(['ACCEPTERET']);
    expect(scene.publisher.published[0]?.correlationId).toBe(`c-${id}`);
    expect(await open()).toEqual([]);
    const history = await runCli('anmodning', id, '--ledger', scene.ledgerUrl);
    expect(history.out).toContain(`fejlkø nr. ${nr}; Anne Hansen: set i debitorsystemet`);
    const shown = await runCli('fejlkoe', 'show', String(nr), '--ledger', scene.ledgerUrl);
    expect(shown.out).toMatch(/tilstand: +afspillet .* af Anne Hansen: set i debitorsystemet/);
    expect((await fejlkoe('replay', String(nr), ...BY)).code).toBe(2);
    expect(scene.asked).toHaveLength(1);
  });

  test('leaves what is still wrong where it is, and says why: exit 1', async () => {
    const [nr] = await unvouched(randomUUID());
    const { code, out } = await fejlkoe('replay', String(nr), ...BY);
    expect([code, out]).toEqual([1, expect.stringMatching(/bliver i fejlkøen: DA-120 user_id mangler/)]);
    expect(await scene.ledger.fejlkoe({ limit: 10 })).toMatchObject([{ id: nr, seen: 1 }]);
  });

  test('shows more than one and does nothing, until it is said twice', async () => {
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await unvouched(one, two, three);
    settings({ ADAPTER_REQUIRE_USER_ID: 'false' });
    const shown = await fejlkoe('replay', '--kode', 'DA-120');
    expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('tilføj --udfoer')]);
    expect(await open()).toHaveLength(3);
    expect(scene.asked).toEqual([]);
    expect((await fejlkoe('replay', '--kode', 'DA-120', '--udfoer')).code).toBe(2);
    const done = await fejlkoe('replay', '--kode', 'DA-120', '--udfoer', ...BY, '--json');
    const { udfoert, meddelelser }: { udfoert: boolean; meddelelser: { art: string }[] } = JSON.parse(done.out);
    expect([udfoert, meddelelser.map(({ art }) => art)]).toEqual([true, ['dispatch', 'dispatch', 'dispatch']]);
    await scene.published(3);
    expect(await open()).toEqual([]);
  });

  test('of an anmodning that was sent again meanwhile gives its answer once more, and FEJLET stays final', async () => {
    const id = randomUUID();
    const [nr] = await unvouched(id);
    scene.firstTime = () => Promise.reject(new Error('svaret gik tabt'));
    const xml = Buffer.from((await scene.ledger.fejlkoeRaw(nr ?? 0))?.raw ?? '').toString();
    scene.debitorkonto.deliver(deliveryOf('debitorkonto', xml));
    await scene.doubts(1);
    await runCli('i-tvivl', 'resolve', id, '--som', 'fejlet', ...BY, '--ledger', scene.ledgerUrl);
    await scene.published(1);
    settings({ ADAPTER_REQUIRE_USER_ID: 'false' });
    const { code, out } = await fejlkoe('replay', String(nr), ...BY);
    expect([code, out]).toEqual([0, expect.stringContaining('det samme svar sendes igen')]);
    await scene.published(2);
    expect(scene.kodes()).toEqual(['FEJLET', 'FEJLET']);
    expect(new Set(scene.publisher.published.map(({ messageId }) => messageId)).size).toBe(1);
    expect(scene.asked).toHaveLength(1);
  });

  test('takes up what RabbitMQ had given up, by its routing key; one with a wrong key stays', async () => {
    const dead = { deathReason: 'delivery_limit', deathQueue: 'debitor.anmodning.debitorkonto' };
    const delivery = deliveryOf('fejlkoe', opskriv('F-1', '1.00'), dead, 'debitorkonto.kulturskole');
    scene.undelivered.deliver(delivery);
    scene.undelivered.deliver({ ...delivery, routingKey: 'ukendt.kulturskole' });
    const [given, wrong] = await waitFor('both', async () => {
      const found = await open();
      return found.length === 2 && found;
    });
    const { code, out } = await fejlkoe('replay', String(given), String(wrong), '--udfoer', ...BY);
    expect([code, out]).toEqual([1, expect.stringContaining('hører ikke til nogen kø')]);
    await scene.published(1);
    expect(scene.kodes()).toEqual(['ACCEPTERET']);
    expect(await open()).toEqual([wrong]);
  });

  test('needs the adapter’s settings: exit 78 without them', async () => {
    const [nr] = await unvouched(randomUUID());
    settings({ ADAPTER_REGISTRY: join(scene.folder, 'findes-ikke.json') });
    expect((await fejlkoe('replay', String(nr), ...BY)).code).toBe(78);
  });
});

describe('fejlkoe discard', () => {
  test('closes one at once, more only when it is said twice, and tells nobody but the history', async () => {
    const [a, b, c] = await unvouched(randomUUID(), randomUUID(), randomUUID());
    expect(await fejlkoe('discard', String(a), ...BY)).toMatchObject({ code: 0, out: '1 kasseret.\n' });
    expect(await open()).toEqual([b, c]);
    const shown = await fejlkoe('discard', String(b), String(c), ...BY);
    expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('user_id mangler')]);
    expect(await open()).toEqual([b, c]);
    const all = await fejlkoe('discard', '--kode', 'DA-120', '--udfoer', ...BY, '--json');
    expect(JSON.parse(all.out)).toEqual({ udfoert: true, antal: 2, numre: [b, c] });
    expect([await open(), scene.publisher.published]).toEqual([[], []]);
    const entry = await runCli('fejlkoe', 'show', String(a), '--ledger', scene.ledgerUrl, '--json');
    expect(JSON.parse(entry.out).lukket).toMatchObject({ decision: 'kasseret', hvem: 'Anne Hansen' });
  });

  test.each([
    [[], 'enten numre eller --kode'],
    [['1', '--kode', 'DA-120'], 'enten numre eller --kode'],
    [['x'], 'Skal være et helt tal'],
    [['4711', ...BY], 'Nr. 4711 er ikke åben'],
    [['--kode', 'DA-120', '--vis', '--udfoer'], 'udelukker hinanden'],
  ])('%j is wrong use: exit 2, and nothing is closed', async (args, text) => {
    const [nr] = await unvouched(randomUUID());
    const { code, err } = await fejlkoe('discard', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(text)]);
    expect(await open()).toEqual([nr]);
  });

  test('who and why are asked for', async () => {
    const [nr] = await unvouched(randomUUID());
    expect((await fejlkoe('discard', String(nr))).code).toBe(2);
    expect(await open()).toEqual([nr]);
  });
});
