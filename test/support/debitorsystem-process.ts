/**
 * A debitorsystem of ours behind `http` or `amqp`, in a process of its own, to be killed: what it is, is its one argument
 * (`own-debitorsystem.ts`). It ends with the process that started it.
 */
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import type { DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { startAmqpDebitorsystem } from './amqp-debitorsystem.ts';
import { startHttpDebitorsystem } from './http-debitorsystem.ts';
import type { OwnDebitorsystem } from './own-debitorsystem.ts';

const given = JSON.parse(process.argv[2] ?? '') as OwnDebitorsystem;
const create = (ports: DebitorsystemPorts) => createSimulator(given.simulator, ports);

if (given.via === 'http') {
  const { port, hmac, svarUrl } = given;
  const key = { keyId: hmac.keyId, secret: Buffer.from(hmac.secret) };
  const { url } = await startHttpDebitorsystem({ port, hmac: key, svarUrl, create });
  process.stdout.write(`lytter på ${url}\n`);
} else {
  await startAmqpDebitorsystem({ url: given.url, id: given.id, create });
  process.stdout.write(`lytter på ${given.id}\n`);
}

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000);
