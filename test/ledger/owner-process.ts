/** A process that owns a ledger, for tests that kill it or starve it. Commands come in as lines, each is answered by a line. */
import { createInterface } from 'node:readline';
import { anmodning, NONE, T0 } from '../../src/ledger/contract/fixture.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

const ledger = await openSqliteLedger({ path: process.argv[2] ?? '', owner: true });
console.log('open');

for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', id = '', bytes = '0'] = line.split(' ');
  try {
    if (command === 'record') await ledger.record([{ ...anmodning(id), raw: Buffer.alloc(Number(bytes), 1) }], NONE);
    if (command === 'probe') await ledger.probe(T0);
    console.log('ok');
  } catch (error) {
    console.log(error instanceof Error ? `${error.name}: ${error.message}` : 'no error');
  }
}
