/** The broker dies under a running adapter, and comes back: everything goes on by itself, and nothing is done twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { startTestAdapter, type TestAdapter, vhostOf } from '../support/adapter.ts';
import { anmodning, kontantIndbetaling, opskriv, paaFordringer, paaKonto } from '../support/meddelelser.ts';
import { waitFor } from '../support/wait.ts';

let broker: RunningBroker;
let running: TestAdapter;
let declaredAt: number;

beforeAll(async () => {
  broker = await startBroker();
  running = await startTestAdapter({ vhost: vhostOf(broker), senereDelayMs: 3000 });
  declaredAt = Date.now();
});
afterAll(async () => {
  await running?.stop();
  await broker?.stop();
});

const kode = (xml: string): string | undefined => /ValideringsKode>([A-Z]+)</.exec(xml)?.[1];

async function ready(): Promise<boolean> {
  return (await fetch(`${running.adapter.httpUrl}/readyz`)).ok;
}

test('after the broker was killed and came back the adapter consumes and publishes again, and the svar that fell due meanwhile arrives', async () => {
  const before = await running.fagsystem('kulturskole');
  const id = randomUUID();
  const parametre = '<VirkningDato>2027-06-01</VirkningDato>';
  const senere = anmodning({ kode: 'HENSTAND', handling: paaKonto('KONTO-20'), parametre });
  const correlationId = await before.send(senere);
  expect(kode((await before.answer(correlationId)).xml)).toBe('MODTAGET');
  const first = await before.ask(opskriv('F-1', '7.00', { id, transaktionsId: 'T-broker' }));
  expect(kode(first.xml)).toBe('ACCEPTERET');
  // RabbitMQ writes a queue's declaration to disk up to a second late; a younger queue would not survive the kill.
  await waitFor('the queues to be on disk', () => Date.now() - declaredAt > 1500);

  await broker.kill();
  await waitFor('not ready', async () => !(await ready()));
  await waitFor('the svar to fall due without a broker', () =>
    running.logLines.some((line) => line.includes('"svar.recorded"')),
  );
  await broker.restart();
  await waitFor('ready', ready, 60_000);

  const after = await running.fagsystem('kulturskole');
  const svar = await after.answer(correlationId, 1);
  expect(svar.properties.type).toBe('DebitorkontoAnmodningSvarAfsend_I');
  const repeat = await after.ask(opskriv('F-1', '7.00', { id, transaktionsId: 'T-broker' }));
  expect(repeat.properties.messageId).toBe(first.properties.messageId);
  const cash = await after.ask(kontantIndbetaling(), { queue: 'kontantindbetaling' });
  expect(cash.properties.headers).toMatchObject({ 'kvittering-kode': 'ACCEPTERET' });
  // F-1 was 1,000.00 and was written up by 7.00 once: 1,007.00 can be written down, and then nothing is left.
  const down = anmodning({
    kode: 'NEDSKRIV',
    handling: paaFordringer('KONTO-1', 'F-1'),
    parametre: '<Beloeb>1007.00</Beloeb><AarsagKode>TEST</AarsagKode>',
  });
  expect(kode((await after.ask(down)).xml)).toBe('ACCEPTERET');
}, 120_000);
