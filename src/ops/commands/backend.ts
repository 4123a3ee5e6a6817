/** `backend test`: runs the contract of a debitorsystem on a backend, and says what it keeps of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSimulatorState } from '../../debitorsystem/backends/simulator/state.ts';
import {
  childProcessSubject,
  DEFAULT_WORLD,
  inProcessSubject,
  type KitKunde,
  type KitResult,
  type KitSubject,
  loadDebitorsystem,
  parseKitWorld,
  reachedSubject,
  runContract,
  saldoByCommand,
  serverSubject,
} from '../../debitorsystem/contract.ts';
import { ConfigurationError } from '../../errors.ts';
import { exampleFile } from '../starter.ts';
import { EXIT_CODES, type Outcome, type Style, type Terminal, UsageError } from '../terminal.ts';

export interface BackendTestChoice {
  /** JSON, or the path of a JSON file: what ADAPTER_BACKEND_CONFIG would be. */
  readonly config?: string;
  /** The path of a JSON file that says which debitorkonti the kit may use. */
  readonly world?: string;
  /** The command that starts the server behind a URL. */
  readonly start?: string;
  /** The command that prints a customer's saldo. */
  readonly saldo?: string;
  readonly svarTimeoutMs: number;
  /** One document at the end, and nothing before it. */
  readonly json?: boolean;
}

/** The simulator's svar come so soon after their anmodning in a test of it. */
const SIMULATOR_SENERE_MS = 50;
/** The kit's own customers are the simulator's first ones. */
const MAX_KUNDER = 100;

const isUrl = (name: string): boolean => /^https?:\/\//.test(name);

function readJson(option: string, given: string): unknown {
  try {
    return JSON.parse(given.trimStart().startsWith('{') ? given : readFileSync(given, 'utf8'));
  } catch {
    throw new ConfigurationError([`${option} er hverken JSON eller stien til en læselig JSON-fil`]);
  }
}

function objectOf(option: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConfigurationError([`${option} skal være et JSON-objekt`]);
}

async function urlSubject(url: string, config: unknown, start: string | undefined): Promise<KitSubject> {
  const given = { ...objectOf('--config', config ?? {}), url };
  const loaded = await loadDebitorsystem('http', given, { baseDir: process.cwd() });
  const client = inProcessSubject(loaded, { restarts: false });
  return start === undefined ? reachedSubject(client, url) : serverSubject(client, { command: start, url });
}

async function subjectOf(name: string, choice: BackendTestChoice, folder: string): Promise<KitSubject> {
  const config = choice.config === undefined ? undefined : readJson('--config', choice.config);
  if (isUrl(name)) return urlSubject(name, config, choice.start);
  if (choice.start !== undefined) throw new UsageError('--start hører til en URL; et modul starter kittet selv.');
  const simulator = {
    data: exampleFile('kit-data.json'),
    store: join(folder, 'simulator.db'),
    senereDelayMs: SIMULATOR_SENERE_MS,
  };
  const isOwn = config === undefined && name === 'simulator';
  const subject = await childProcessSubject({
    name,
    config: config ?? (isOwn ? simulator : {}),
    baseDir: process.cwd(),
  });
  return isOwn ? { ...subject, saldo: (kunde) => saldoIn(simulator.store, kunde) } : subject;
}

async function saldoIn(store: string, { kundeType, kundeNummer }: KitKunde): Promise<bigint> {
  const konto = readSimulatorState(store, MAX_KUNDER).opkraevningskonti.find(
    (one) => one.kundeType === kundeType && one.kundeNummer.reveal() === kundeNummer,
  );
  return konto?.saldoOere ?? 0n;
}

const STYLES: Readonly<Record<KitResult['outcome'], Style>> = {
  bestået: 'green',
  fejlet: 'red',
  'sprunget over': 'yellow',
};
const WIDTH = 'sprunget over'.length;

function lineOf({ name, outcome, reason }: KitResult, style: Terminal['style']): string {
  const why = reason === undefined ? '' : `\n${' '.repeat(WIDTH + 2)}${reason.replaceAll(/\s*\n\s*/g, ' ')}`;
  return `${style(STYLES[outcome], outcome.padEnd(WIDTH))}  ${name}${why}\n`;
}

function countOf(results: readonly KitResult[], outcome: KitResult['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length;
}

/** The verdict, below the lines that were written as they came. Fails also where nothing was tested at all. */
function verdictOn(name: string, results: readonly KitResult[]): Outcome {
  const bestaaet = countOf(results, 'bestået');
  const fejlet = countOf(results, 'fejlet');
  const sprungetOver = countOf(results, 'sprunget over');
  const isKept = fejlet === 0 && bestaaet > 0;
  const verdict = isKept
    ? 'overholder kontrakten, så vidt den er afprøvet'
    : fejlet > 0
      ? 'overholder ikke kontrakten'
      : 'er ikke afprøvet';
  const sum = `${bestaaet} bestået, ${fejlet} fejlet, ${sprungetOver} sprunget over`;
  return {
    exit: isKept ? 'ok' : 'problems',
    json: { backend: name, overholder: isKept, bestaaet, fejlet, sprungetOver, resultater: results },
    text: `\n${name} ${verdict}: ${sum}.\n`,
  };
}

export async function backendTest(name: string, choice: BackendTestChoice, terminal: Terminal): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-kit-'));
  let stopListening = (): void => undefined;
  const interrupted = new AbortController();
  try {
    const world = choice.world === undefined ? DEFAULT_WORLD : parseKitWorld(readJson('--world', choice.world));
    const { saldo } = choice;
    const chosen = await subjectOf(name, choice, folder);
    const subject = saldo === undefined ? chosen : { ...chosen, saldo: saldoByCommand(saldo, interrupted) };
    stopListening = terminal.onSignal(() => {
      // Neither the server that was started for the test nor a look at a saldo must outlive it.
      interrupted.abort();
      void (subject.kill?.() ?? Promise.resolve()).finally(() => terminal.exitNow(EXIT_CODES.problems.code));
    });
    const results = await runContract(subject, {
      world,
      svarLimitMs: choice.svarTimeoutMs,
      onResult(result) {
        if (choice.json !== true) terminal.out(lineOf(result, terminal.style));
      },
    });
    return verdictOn(name, results);
  } finally {
    stopListening();
    rmSync(folder, { recursive: true, force: true });
  }
}
