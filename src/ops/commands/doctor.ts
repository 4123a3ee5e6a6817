/** `doctor`: looks at everything that a running adapter needs, and says what to do about what is wrong. */
import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { addressesOf } from '../../broker/addresses.ts';
import { type BrokerProbe, probeBroker } from '../../broker/probe.ts';
import { type Config, loadConfig } from '../../config.ts';
import { datoAt } from '../../domain/dato.ts';
import type { Instant } from '../../domain/identer.ts';
import { ConfigurationError } from '../../errors.ts';
import { loadInstallation } from '../../installation.ts';
import { takeOwnership } from '../../ledger/sqlite-database.ts';
import { openLedger, tlsOf } from '../../main.ts';
import { loadRulebook } from '../../rulebook.ts';
import { outcomeOfError } from '../faults.ts';
import type { Outcome, Style, Terminal } from '../terminal.ts';
import { topologyProblems } from './topology.ts';

type Niveau = 'OK' | 'ADVARSEL' | 'FEJL';

interface Finding {
  readonly emne: string;
  readonly niveau: Niveau;
  readonly tekst: string;
  /** What to do about it; nothing where all is well. */
  readonly goer?: string;
}

const ok = (emne: string, tekst: string): Finding => ({ emne, niveau: 'OK', tekst });
const warning = (emne: string, tekst: string, goer: string): Finding => ({ emne, niveau: 'ADVARSEL', tekst, goer });
const failure = (emne: string, tekst: string, goer: string): Finding => ({ emne, niveau: 'FEJL', tekst, goer });

const NODE_MIN = [22, 18] as const;
const NODE_STANDARD = 24;
/** Below this much free space the ledger may stop for want of it within a day. */
const FREE_WARNING_BYTES = 2 * 1024 ** 3;
const FREE_FAILURE_BYTES = 100 * 1024 ** 2;
const MIB = 1024 ** 2;
/** Nobody runs this before it was written: a clock that says so has lost its battery. */
const EARLIEST_NOW = Date.UTC(2026, 0, 1);

function nodeFinding(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isOldEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  if (!isOldEnough)
    return failure('node', node, `Brug Node ${NODE_MIN.join('.')} eller nyere; ${NODE_STANDARD} er standard.`);
  return major < NODE_STANDARD ? warning('node', node, `Node ${NODE_STANDARD} er standard.`) : ok('node', node);
}

function clockFinding(now: Instant): Finding {
  const tekst = `${new Date(now).toISOString()}, i Danmark ${datoAt(now)}`;
  return now < EARLIEST_NOW ? failure('ur', tekst, 'Stil maskinens ur (NTP).') : ok('ur', tekst);
}

function problemsOf(error: unknown): string {
  return error instanceof ConfigurationError ? error.problems.join('; ') : outcomeOfError(error).text.trim();
}

function filesFinding(config: Config): Finding {
  try {
    const { registry, handlingstyper } = loadRulebook(config);
    const { fagsystemer, debitorsystemer } = registry;
    const tekst = `${fagsystemer.length} fagsystemer, ${debitorsystemer.length} debitorsystemer, ${handlingstyper.size} handlingstyper`;
    return ok('register og katalog', tekst);
  } catch (error) {
    return failure(
      'register og katalog',
      problemsOf(error),
      'Ret filerne i ADAPTER_REGISTRY og ADAPTER_HANDLINGSTYPER.',
    );
  }
}

/** Loads it and judges its configuration; it is neither made nor asked. */
async function backendFinding(config: Config): Promise<Finding> {
  const emne = 'debitorsystem';
  try {
    const { debitorsystem } = await loadInstallation({ values: config, problems: [] });
    return ok(emne, `backend ${debitorsystem.definition.name} og dens konfiguration kan bruges`);
  } catch (error) {
    return failure(emne, problemsOf(error), 'Ret ADAPTER_BACKEND og ADAPTER_BACKEND_CONFIG; se docs/backends.md.');
  }
}

/** The ledger's clock is the adapter's own: what it holds can't be younger than now. */
async function ledgerContent(url: string, now: Instant): Promise<Finding> {
  const ledger = await openLedger(url, false);
  try {
    const { byState, oldestUnfinishedAt, fejlkoe } = await ledger.counts(datoAt(now));
    if (oldestUnfinishedAt !== undefined && oldestUnfinishedAt > now) {
      return failure(
        'ledger',
        'holder en anmodning, der er modtaget i fremtiden',
        'Maskinens ur er gået tilbage: stil det.',
      );
    }
    const total = Object.values(byState).reduce((sum, antal) => sum + antal, 0);
    return ok('ledger', `kan læses: ${total} meddelelser, ${fejlkoe} i fejlkøen`);
  } finally {
    await ledger.close();
  }
}

/** A database keeps its own files: that it answers, and has the schema, is what can be seen from here. */
async function sharedLedgerFinding(url: string, now: Instant): Promise<Finding> {
  try {
    return await ledgerContent(url, now);
  } catch (error) {
    return failure('ledger', problemsOf(error), 'Kontrollér ADAPTER_LEDGER_URL, og at databasen kører.');
  }
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function ledgerFindings(config: Config, now: Instant): Promise<readonly Finding[]> {
  const url = config.ADAPTER_LEDGER_URL;
  if (!url.startsWith('sqlite:')) return [await sharedLedgerFinding(url, now)];
  const path = url.slice('sqlite:'.length);
  if (path === ':memory:')
    return [warning('ledger', 'ligger kun i hukommelsen', 'Alt er væk ved en genstart; brug en fil i drift.')];
  const folder = nearestFolder(path);
  const findings: Finding[] = [];
  if (!existsSync(path)) findings.push(ok('ledger', `${path} findes ikke endnu; start opretter den`));
  else {
    try {
      findings.push(await ledgerContent(url, now));
    } catch (error) {
      findings.push(
        failure('ledger', problemsOf(error), 'Kontrollér ADAPTER_LEDGER_URL, filens rettigheder og diskens plads.'),
      );
    }
  }
  const target = existsSync(path) ? path : folder;
  try {
    await access(target, constants.W_OK);
    findings.push(ok('ledger, skrivning', `${target} kan skrives`));
  } catch {
    findings.push(
      failure('ledger, skrivning', `${target} kan ikke skrives`, 'Giv brugeren, som adapteren kører under, skriveret.'),
    );
  }
  return [...findings, ownerFinding(path), await spaceFinding(folder)];
}

/** Taking the right to own the ledger for a moment shows whether an adapter runs on it. Where no lock is, none ever has. */
function ownerFinding(path: string): Finding {
  const emne = 'ledger, ejer';
  if (!existsSync(`${path}.lock`)) return ok(emne, 'ingen adapter har kørt på den endnu');
  try {
    takeOwnership(path)();
    return ok(emne, 'ingen adapter kører på den nu');
  } catch (error) {
    return warning(emne, problemsOf(error), 'Rigtigt, hvis det er den adapter, der skal køre.');
  }
}

async function spaceFinding(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const tekst = `${Math.floor(free / MIB)} MiB ledige ved ${folder}`;
  if (free < FREE_FAILURE_BYTES) return failure('diskplads', tekst, 'Skaf plads: uden den modtages intet.');
  return free < FREE_WARNING_BYTES ? warning('diskplads', tekst, 'Skaf plads i god tid.') : ok('diskplads', tekst);
}

interface BrokerNode {
  readonly finding: Finding;
  readonly probe: BrokerProbe | undefined;
}

/** One that can't be reached is no failure while another can: the adapter goes there. */
async function brokerNodes(config: Config): Promise<readonly BrokerNode[]> {
  const { tls } = tlsOf(config);
  const addresses = addressesOf(config.ADAPTER_AMQP_URL);
  return Promise.all(
    addresses.map(async ({ href, host }): Promise<BrokerNode> => {
      const emne = addresses.length === 1 ? 'rabbitmq' : `rabbitmq ${host}`;
      try {
        const probe = await probeBroker(href, tls);
        return { finding: ok(emne, `${probe.product} ${probe.version}`), probe };
      } catch (error) {
        const raad = 'Kontrollér ADAPTER_AMQP_URL, netværk, bruger og vhost.';
        return { finding: failure(emne, problemsOf(error), raad), probe: undefined };
      }
    }),
  );
}

async function brokerFindings(config: Config): Promise<readonly Finding[]> {
  const nodes = await brokerNodes(config);
  const reached = nodes.find(({ probe }) => probe !== undefined)?.probe;
  if (reached === undefined) return nodes.map(({ finding }) => finding);
  const { writeRefusal } = reached;
  const rettigheder =
    writeRefusal === undefined
      ? ok('rabbitmq, rettigheder', 'adapterens bruger må udgive svar (læserettigheder ses først ved start)')
      : failure(
          'rabbitmq, rettigheder',
          writeRefusal,
          'Giv brugeren rettighederne i debitor-adapter topology definitions.',
        );
  const findings = [
    ...nodes.map(({ finding }) => (finding.niveau === 'FEJL' ? { ...finding, niveau: 'ADVARSEL' as const } : finding)),
    rettigheder,
  ];
  const problems = await topologyProblems(config);
  const differing = problems.filter(({ missing }) => !missing);
  const emne = 'topologi';
  if (differing.length > 0) {
    const tekst = differing.map(({ object, problem }) => `${object} ${problem}`).join('; ');
    return [
      ...findings,
      failure(
        emne,
        tekst,
        'Se debitor-adapter topology check; det, der afviger, må slettes eller have en anden vhost.',
      ),
    ];
  }
  if (problems.length > 0) {
    const tekst = `${problems.length} objekter mangler`;
    return [...findings, warning(emne, tekst, 'start opretter dem, eller kør debitor-adapter topology apply.')];
  }
  return [...findings, ok(emne, 'som den skal være')];
}

async function examine(now: Instant): Promise<readonly Finding[]> {
  const own = [nodeFinding(), clockFinding(now)];
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    return [
      ...own,
      failure('indstillinger', problemsOf(error), 'Ret miljøvariablerne; de vises af debitor-adapter config.'),
    ];
  }
  const files = filesFinding(config);
  const findings = [...own, ok('indstillinger', 'lovlige'), files, ...(await ledgerFindings(config, now))];
  // Without the registry it is not known what should stand in the broker.
  if (files.niveau === 'FEJL') return findings;
  return [...findings, await backendFinding(config), ...(await brokerFindings(config))];
}

const STYLES: Readonly<Record<Niveau, Style>> = { OK: 'green', ADVARSEL: 'yellow', FEJL: 'red' };

export async function doctor(terminal: Terminal, now: Instant): Promise<Outcome> {
  const findings = await examine(now);
  const lines = findings.map(({ emne, niveau, tekst, goer }) => {
    const advice = goer === undefined ? '' : `\n${' '.repeat(10)}→ ${goer}`;
    return `${terminal.style(STYLES[niveau], niveau.padEnd(8))}  ${emne}: ${tekst}${advice}\n`;
  });
  const exit = findings.some(({ niveau }) => niveau === 'FEJL') ? 'problems' : 'ok';
  return { exit, json: findings, text: lines.join('') };
}
