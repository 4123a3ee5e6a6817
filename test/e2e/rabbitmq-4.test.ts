/** The same adapter, unchanged, on RabbitMQ 4.x: topology, least permissions, kvittering, svar, cash, and the fejlkø. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { startTestAdapter, type TestAdapter, vhostOf } from '../support/adapter.ts';
import { anmodning, kontantIndbetaling, opskriv, paaKonto } from '../support/meddelelser.ts';

let broker: RunningBroker;
let running: TestAdapter;

beforeAll(async () => {
  broker = await startBroker({ want: '4' });
  running = await startTestAdapter({ vhost: vhostOf(broker) });
}, 300_000);
afterAll(async () => {
  await running?.stop();
  await broker?.stop();
});

test('runs the main job on a 4.x broker', async () => {
  expect(broker.version).toMatch(/^4\./);
  const kulturskole = await running.fagsystem('kulturskole');
  const straks = await kulturskole.ask(opskriv('F-1', '1.00'));
  expect(straks.properties.headers).toMatchObject({ 'kvittering-kode': 'ACCEPTERET' });
  const parametre = '<VirkningDato>2027-06-01</VirkningDato>';
  const correlationId = await kulturskole.send(
    anmodning({ kode: 'HENSTAND', handling: paaKonto('KONTO-2'), parametre }),
  );
  expect((await kulturskole.answer(correlationId, 1)).properties.headers).toMatchObject({
    'kvittering-kode': 'MODTAGET',
  });
  expect((await kulturskole.answer(correlationId, 2)).properties.headers).toMatchObject({
    'kvittering-kode': 'GENNEMFOERT',
  });
  const cash = await kulturskole.ask(kontantIndbetaling({ valuta: 'EUR' }), { queue: 'kontantindbetaling' });
  expect(cash.xml).toContain('FejlNummer>029<');
  const broken = await kulturskole.ask('<a>');
  expect(broken.properties.type).toBe('TransportKvittering');
});

test('starts again where everything stands already, and finds no difference', async () => {
  await running.restart();
  const kulturskole = await running.fagsystem('kulturskole', { consume: false });
  await kulturskole.send(opskriv('F-2', '1.00'));
});
