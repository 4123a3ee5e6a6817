/** What the adapter's flow does with svar in JSON on `debitor.udfald`, without a ledger: for the kit, which takes its place. */
import { openBroker } from '../../src/broker/connection.ts';
import type { Delivery } from '../../src/broker/delivery.ts';
import type { DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { readSvar, writeSvarkvittering } from '../../src/debitorsystem/wire.ts';
import type { DebitorsystemId } from '../../src/domain/identer.ts';

export interface SvarReader {
  close(): Promise<void>;
}

/** Declares the topology, and passes every svar on to the port. What the port does not take is left unanswered. */
export async function startSvarReader(
  url: string,
  debitorsystem: string,
  ports: DebitorsystemPorts,
): Promise<SvarReader> {
  const registry = {
    fagsystemer: [],
    debitorsystemer: [{ id: debitorsystem as DebitorsystemId, navn: debitorsystem }],
  };
  const broker = await openBroker({ url, registry, log: () => undefined, now: () => Date.now() });
  await broker.topology.declare();

  async function answer({ routingKey, body, properties }: Delivery): Promise<void> {
    if (routingKey !== `${debitorsystem}.svar`) return;
    const { reference, svar } = readSvar(body);
    const receipt = await ports.reportSvar(reference, svar);
    const { noegle } = reference;
    const text = writeSvarkvittering(
      receipt.art === 'modtaget' ? { art: 'modtaget', noegle } : { ...receipt, noegle, tekst: receipt.kode },
    );
    await broker.publisher.publish({
      exchange: 'debitor.udfald.kvittering',
      routingKey: `${debitorsystem}.svar`,
      messageId: noegle,
      ...(properties.correlationId === undefined ? {} : { correlationId: properties.correlationId }),
      type: 'svarkvittering.json',
      body: Buffer.from(text),
      headers: {},
    });
  }

  const consumer = await broker.consumer('udfald', {
    prefetch: 50,
    onDelivery: (delivery) => {
      answer(delivery).catch(() => undefined);
      consumer.ackThrough(delivery);
    },
  });
  return { close: () => broker.close() };
}
