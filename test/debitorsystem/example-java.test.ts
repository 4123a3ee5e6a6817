/** The example in Java passes the contract's kit over `amqp` with no more than its own permissions, killed and restarted. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  DEFAULT_WORLD,
  type KitResult,
  type KitSubject,
  loadDebitorsystem,
  runContract,
} from '../../src/debitorsystem/contract.ts';
import { createDebitorsystem } from '../../src/debitorsystem/load.ts';
import { freshVhost } from '../support/broker.ts';
import { obstacleToPackages } from '../support/debian-package.ts';
import { type SvarReader, startSvarReader } from '../support/svar-reader.ts';
import { type ExampleProcess, startExample } from './example-process.ts';
import { paidBy } from './journal-saldo.ts';
import { kitFolder } from './kit-folder.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const SOURCE = join(EXAMPLES, 'debitorsystem', 'java', 'Debitorsystem.java');
const JAVAC = '/usr/bin/javac';
const JARS = ['amqp-client', 'slf4j-api', 'jackson-databind', 'jackson-core', 'jackson-annotations'].map(
  (name) => `/usr/share/java/${name}.jar`,
);
const PACKAGES = ['default-jdk-headless', 'librabbitmq-client-java', 'libslf4j-java', 'libjackson2-databind-java'];
/** Users are shared by the whole run. */
const ID = 'eksempel-java';
const PASSWORD = 'kode';
/** Those that the example knows. */
const HANDLINGSTYPER = ['AENDR_TILSTAND', 'NEDSKRIV', 'OPSKRIV', 'TILBAGEKALD', 'AFSKRIV', 'HENSTAND'];

async function subject(folder: string): Promise<KitSubject> {
  execFileSync(JAVAC, ['-d', folder, '-cp', JARS.join(':'), SOURCE]);
  const vhost = await freshVhost();
  afterAll(() => vhost.delete());
  const permissions = {
    configure: '^$',
    write: '^debitor\\.udfald$',
    read: `^debitor\\.(kommando|udfald\\.kvittering)\\.${ID}$`,
  };
  const topic = { exchange: 'debitor.udfald', write: `^${ID}\\.(udfald|svar)$`, read: '^$' };
  const url = await vhost.addUser(ID, PASSWORD, permissions, topic);
  const settings = join(folder, 'indstillinger.json');
  const files = { data: join(EXAMPLES, 'kit-data.json'), journal: join(folder, 'journal.jsonl') };
  writeFileSync(settings, JSON.stringify({ ...files, senereMs: 50, igenMs: 300 }));
  const program = [
    ...['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', [folder, ...JARS].join(':'), 'Debitorsystem'],
    settings,
  ];
  const loaded = await loadDebitorsystem('amqp', { url: vhost.url, debitorsystem: ID }, { baseDir: folder });
  let reader: SvarReader | undefined;
  let server: ExampleProcess | undefined;
  let stop: (() => Promise<void>) | undefined;
  async function end(how: 'stop' | 'kill'): Promise<void> {
    await server?.[how]();
    await stop?.();
    await reader?.close();
  }
  return {
    capabilities: loaded.capabilities,
    restarts: true,
    async open(ports) {
      reader = await startSvarReader(vhost.url, ID, ports);
      const backend = await createDebitorsystem(loaded, ports);
      await backend.start?.();
      stop = backend.stop;
      server = await startExample('/usr/bin/java', program, { AMQP_URL: url });
      return backend;
    },
    close: () => end('stop'),
    kill: () => end('kill'),
    saldo: async (kunde) => paidBy(kunde, files.journal),
  };
}

const obstacle = obstacleToPackages([JAVAC, ...JARS], PACKAGES);
const world = { ...DEFAULT_WORLD, handlingstyper: HANDLINGSTYPER };
const results: readonly KitResult[] =
  obstacle === undefined ? await runContract(await subject(kitFolder()), { world }) : [];

test.skipIf(obstacle !== undefined)('the example in Java can be run', () => expect(results.length).toBeGreaterThan(0));

test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

test.skipIf(obstacle !== undefined)('what it does not know is skipped, and nothing else but look-ups', () => {
  const skipped = results.filter(({ outcome }) => outcome === 'sprunget over').map(({ reason }) => reason);
  expect([...new Set(skipped)].sort()).toEqual([
    'erklærer ikke opslag',
    'verdenen nævner ikke AFSLUT_KONTO',
    'verdenen nævner ikke OMPOSTER',
    'verdenen nævner ikke OVERFOER_FORDRING',
    'verdenen nævner ikke OVERFOER_INDBETALING',
    'verdenen nævner ikke UDLIGN',
    'verdenen nævner ingen af UDLIGN, OMPOSTER, OVERFOER_INDBETALING, OVERFOER_FORDRING',
  ]);
});
