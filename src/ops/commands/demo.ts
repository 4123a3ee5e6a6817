/**
 * `demo`: a real RabbitMQ, a real adapter with the embedded ledger and the simulator, and a sample of every message. Nothing
 * that it starts or writes is left when it ends, however it ends.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definitionsFor } from '../../broker/definitions.ts';
import { type Config, loadConfig, readSetting } from '../../config.ts';
import type { Registry } from '../../domain/registry.ts';
import { createLog } from '../../log.ts';
import { type Adapter, SYSTEM_WORLD, startAdapter } from '../../main.ts';
import { loadRulebook } from '../../rulebook.ts';
import { type RunningBroker, startBroker } from '../broker-ladder.ts';
import { type Play, playSamples } from '../demo.ts';
import { CommandFailed } from '../faults.ts';
import { ANSWERED_ELSEWHERE, SAMPLES } from '../samples.ts';
import { exampleFile } from '../starter.ts';
import { tableLine } from '../table.ts';
import { EXIT_CODES, type Outcome, type Terminal } from '../terminal.ts';

export interface DemoChoice {
  /** Ends after the samples; else it stays until it is interrupted. */
  readonly once?: true;
}

const VHOST = 'debitor-demo';
const ADAPTER_USER = 'debitor-adapter';
/** From accepted for later to the svar: long enough to see the kvittering come first. */
const SENERE_DELAY_MS = 1500;
const PLAY_LIMIT_MS = 15_000;

/** The way to a broker for the adapter and for each party. */
interface Access {
  readonly adapterUrl: string;
  readonly fagsystemer: readonly string[];
  readonly urlOf: (id: string) => string;
  /** Whether every party logs in as itself, so that RabbitMQ vouches for it. */
  readonly ownUsers: boolean;
}

function withUser(vhostUrl: string, user: string, password: string): string {
  const url = new URL(vhostUrl);
  url.username = user;
  url.password = password;
  return url.href;
}

const idsOf = ({ fagsystemer }: Registry): readonly string[] => fagsystemer.map(({ id }) => id);

/** Everybody with a password of the day and no more than the least permissions. */
async function admitParties(broker: RunningBroker, vhostUrl: string, registry: Registry): Promise<Access> {
  const ids = [
    ADAPTER_USER,
    ...registry.fagsystemer.map(({ id }) => id),
    ...registry.debitorsystemer.map(({ id }) => id),
  ];
  const passwords = Object.fromEntries(ids.map((id) => [id, randomBytes(12).toString('hex')]));
  await broker.importDefinitions(definitionsFor(registry, { vhost: VHOST, adapterUser: ADAPTER_USER, passwords }));
  const urlOf = (id: string): string => withUser(vhostUrl, id, passwords[id] ?? '');
  return { adapterUrl: urlOf(ADAPTER_USER), fagsystemer: idsOf(registry), urlOf, ownUsers: true };
}

async function prepareBroker(broker: RunningBroker, registry: Registry): Promise<Access> {
  if (!broker.vhostIsOurs) {
    const problem =
      'Demoen rører ikke en vhost, som andre bruger: giv ADAPTER_AMQP_URL en bruger med adgang til management-API';
    throw new CommandFailed('unavailable', problem);
  }
  if (broker.rung === 'url') {
    // Users belong to the whole broker there: making some could change the password of one that exists.
    return { adapterUrl: broker.url, fagsystemer: idsOf(registry), urlOf: () => broker.url, ownUsers: false };
  }
  return admitParties(broker, await broker.createVhost(VHOST), registry);
}

function demoConfig(access: Access, folder: string): Config {
  return loadConfig({
    ADAPTER_AMQP_URL: access.adapterUrl,
    ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    ADAPTER_REQUIRE_USER_ID: String(access.ownUsers),
    ADAPTER_HTTP_PORT: '0',
    ADAPTER_BACKEND_CONFIG: JSON.stringify({
      data: exampleFile('simulator.json'),
      store: ':memory:',
      senereDelayMs: SENERE_DELAY_MS,
      fejl: [{ naar: { anmodningIdentifikator: ANSWERED_ELSEWHERE }, art: 'svarMangler' }],
    }),
  });
}

/** What is shown to be sent, and whose it is. */
const INVITATION = 'examples/meddelelser/variant-2-senere.xml';
const INVITED = 'daginstitution';

const COLUMNS = [
  { title: 'nr', right: true },
  { title: 'besked' },
  { title: 'fagsystem' },
  { title: 'variant/handlingstype' },
  { title: 'kvittering' },
  { title: 'fejlkoder' },
  { title: 'svar' },
  { title: 'ms', right: true },
  { title: '' },
] as const;

const besked = ({ fil }: { readonly fil: string }): string => fil.replace(/\.xml$/, '');
const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

const WIDTHS: readonly number[] = [
  2,
  widest(SAMPLES.map(besked)),
  widest(SAMPLES.map(({ afsender }) => afsender)),
  widest(SAMPLES.map(({ indhold }) => indhold)),
  'ACCEPTERET'.length,
  'A-01, A-02, A-03'.length,
  'DELVIST_GENNEMFOERT'.length,
  5,
  0,
];

/** `DA-103 ×3, DA-201`: each code once. */
function codesText(codes: readonly string[]): string {
  const amounts = new Map<string, number>();
  for (const code of codes) amounts.set(code, (amounts.get(code) ?? 0) + 1);
  return [...amounts].map(([code, amount]) => (amount === 1 ? code : `${code} ×${amount}`)).join(', ');
}

function rowOf(play: Play, art: 'kvittering' | 'svar'): string {
  const { nr, sample, kvittering, svar, problems } = play;
  const isFirst = art === 'kvittering';
  const arrived = isFirst ? kvittering : svar;
  const waiting = isFirst && sample.svar !== undefined ? '…' : '';
  return tableLine(COLUMNS, WIDTHS, [
    String(nr),
    besked(sample),
    sample.afsender,
    sample.indhold,
    isFirst ? (kvittering?.kode ?? '') : '',
    isFirst ? codesText(kvittering?.fejlkoder ?? []) : '',
    isFirst ? waiting : (svar?.kode ?? ''),
    String(arrived?.ms ?? ''),
    problems.length === 0 ? '' : `UVENTET: ${problems.join('; ')}`,
  ]);
}

function summaryText(plays: readonly Play[], terminal: Terminal): string {
  const wrong = plays.filter(({ problems }) => problems.length > 0);
  if (wrong.length === 0) {
    return `\n${terminal.style('green', `Alle ${plays.length} beskeder fik præcis de ventede svar.`)}\n`;
  }
  const lines = wrong.map(({ nr, sample, problems }) => `  nr. ${nr} ${besked(sample)}: ${problems.join('; ')}\n`);
  return `\n${terminal.style('red', `${wrong.length} af ${plays.length} beskeder fik ikke de ventede svar:`)}\n${lines.join('')}`;
}

function playJson({ nr, sample, kvittering, svar, problems }: Play): unknown {
  const shown = (arrived: Play['svar']) =>
    arrived === undefined ? null : { kode: arrived.kode, fejlkoder: arrived.fejlkoder, ms: arrived.ms };
  const { fil, afsender, indhold } = sample;
  return { nr, fil, afsender, indhold, kvittering: shown(kvittering), svar: shown(svar), problemer: problems };
}

function invitation(adapter: Adapter, access: Access, folder: string): string {
  const who = access.ownUsers ? '' : ` --fagsystem ${INVITED}`;
  const width = widest(access.fagsystemer);
  return [
    `Driftssiden:      ${adapter.httpUrl}/`,
    `Adapterens log:   ${join(folder, 'adapter.log')}`,
    'Fagsystemernes adresser (AMQP_URL i programmerne under examples/fagsystem/ er daginstitutions):',
    ...access.fagsystemer.map((id) => `  ${id.padEnd(width)}  ${access.urlOf(id)}`),
    'Send flere; adressen skal være det fagsystems, hvis AfsenderItSystemInstans står i meddelelsen:',
    `  npm run adapter -- send ${INVITATION} --svar --url ${access.urlOf(INVITED)}${who}`,
    'Se, hvad adapteren ved:',
    `  npm run adapter -- status --ledger sqlite:${join(folder, 'ledger.db')}`,
    'Stop med Ctrl-C.',
    '',
  ].join('\n');
}

/** Things to be undone, in the opposite order, whatever happens. */
type Undo = (() => Promise<void> | void)[];

async function startStage(
  terminal: Terminal,
  folder: string,
  undo: Undo,
): Promise<{ adapter: Adapter; access: Access }> {
  const progress = (line: string): void => terminal.err(`${terminal.style('dim', line)}\n`);
  const url = readSetting('ADAPTER_AMQP_URL');
  const broker = await startBroker({ ...(url === undefined ? {} : { url }), log: progress });
  undo.push(() => broker.stop());
  progress(`RabbitMQ ${broker.version} kører. Starter adapteren med simulatoren.`);
  const { registry } = loadRulebook(loadConfig({ ADAPTER_AMQP_URL: broker.url }));
  const access = await prepareBroker(broker, registry);
  const logFile = openSync(join(folder, 'adapter.log'), 'a', 0o600);
  undo.push(() => closeSync(logFile));
  const log = createLog({ level: 'info', write: (line) => void writeSync(logFile, line) });
  const adapter = await startAdapter(demoConfig(access, folder), log);
  undo.push(() => adapter.stop());
  return { adapter, access };
}

async function perform(
  choice: DemoChoice,
  terminal: Terminal,
  json: boolean,
  folder: string,
  undo: Undo,
  interrupted: AbortSignal,
) {
  const { adapter, access } = await startStage(terminal, folder, undo);
  if (interrupted.aborted) throw new CommandFailed('problems', 'Demoen blev afbrudt');
  const print = (text: string): void => (json ? undefined : terminal.out(text));
  const titles = COLUMNS.map(({ title }) => title);
  print(`\n${terminal.style('bold', tableLine(COLUMNS, WIDTHS, titles))}\n`);
  const plays = await playSamples(SAMPLES, {
    urlOf: access.urlOf,
    now: SYSTEM_WORLD.now,
    onAnswer(play, art) {
      const row = rowOf(play, art);
      print(`${play.problems.length > 0 ? terminal.style('red', row) : row}\n`);
    },
    signal: interrupted,
    limitMs: PLAY_LIMIT_MS,
  });
  if (interrupted.aborted) throw new CommandFailed('problems', 'Demoen blev afbrudt');
  print(`${summaryText(plays, terminal)}\n`);
  if (choice.once === true) print(`Driftssiden var på ${adapter.httpUrl}/ (uden --once bliver den stående).\n`);
  else {
    print(invitation(adapter, access, folder));
    await Promise.race([new Promise((resolve) => interrupted.addEventListener('abort', resolve)), adapter.stopped]);
  }
  const isRight = plays.every(({ problems }) => problems.length === 0);
  const exit = isRight ? 'ok' : 'problems';
  return { exit, json: { ok: isRight, beskeder: plays.map(playJson) }, text: '' } as const;
}

export async function demo(choice: DemoChoice, terminal: Terminal, json: boolean): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-demo-'));
  const undo: Undo = [() => rmSync(folder, { recursive: true, force: true })];
  const interruption = new AbortController();
  const stopListening = terminal.onSignal(() => {
    if (interruption.signal.aborted) {
      // The broker's watchdog ends what is left of the broker when this process is gone.
      rmSync(folder, { recursive: true, force: true });
      terminal.exitNow(EXIT_CODES.problems.code);
      return;
    }
    terminal.err('\nStopper …\n');
    interruption.abort();
  });
  try {
    return await perform(choice, terminal, json, folder, undo, interruption.signal);
  } finally {
    for (const step of undo.reverse()) {
      await Promise.resolve()
        .then(step)
        .catch((error: unknown) =>
          terminal.err(`Oprydning: ${error instanceof Error ? error.message : String(error)}\n`),
        );
    }
    stopListening();
  }
}
