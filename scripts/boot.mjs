/**
 * Runs a script of this package on a machine where nothing is prepared: installs the dependencies when they are missing or
 * stale, then runs its argument under the pinned Node of node_modules. Plain JavaScript for the machine's own Node (20 or
 * later), with nothing but its standard library.
 *
 * Usage: node scripts/boot.mjs SCRIPT [ARGUMENT ...]. Signals and the exit code pass through.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const pinnedNode = join(bin, 'node');
/** The oldest Node that runs TypeScript by itself and that the dependencies support. */
const OLDEST_NODE = [22, 18];

/** The packages that a lockfile names, by their folder, without the package itself; undefined where it can't be read. */
function packagesIn(path) {
  try {
    const { packages = {} } = JSON.parse(readFileSync(join(root, path), 'utf8'));
    return new Map(Object.entries(packages).filter(([folder]) => folder !== ''));
  } catch {
    return undefined;
  }
}

/**
 * Whether what is installed is what package-lock.json says, by content: times say nothing after a checkout or a copy. npm
 * writes node_modules/.package-lock.json last, so an install that was interrupted counts as missing. An optional package
 * may be left out, as those of other platforms are.
 */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const installed = packagesIn(join('node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  for (const folder of installed.keys()) if (!wanted.has(folder)) return false;
  for (const [folder, { version, integrity, optional, devOptional }] of wanted) {
    const found = installed.get(folder);
    if (found === undefined && (optional || devOptional)) continue;
    if (found?.version !== version || found.integrity !== integrity) return false;
  }
  return true;
}

/** npm ci empties the folder behind a link, which belongs to somebody else. */
function refuseLink() {
  const path = join(root, 'node_modules');
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return;
  process.stderr.write(
    `node_modules er en symbolsk lænke til ${readlinkSync(path)}, og det, der er installeret dér, passer ikke med package-lock.json.\n` +
      'npm ci ville tømme den mappe for alle, der bruger den, så intet er gjort.\n' +
      `Fjern lænken, og prøv igen: rm ${path}\n` +
      'Eller kør npm ci i den mappe, lænken peger på, hvis den har den samme package-lock.json.\n',
  );
  process.exit(1);
}

function install() {
  refuseLink();
  process.stderr.write('Installerer afhængigheder (npm ci); det tager normalt under et halvt minut.\n');
  // Inside an npm script the path starts with node_modules/.bin. An old pinned Node there must not run npm while npm
  // deletes it.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter);
  const result = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    // npm's output goes to standard error: a script's standard output may be read by a program.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: path },
  });
  if (result.status === 0) return;
  const cause = result.error?.message ?? (result.signal ? `afbrudt af ${result.signal}` : `kode ${result.status}`);
  process.stderr.write(
    `\nnpm ci mislykkedes (${cause}). Fejlen står ovenfor.\n` +
      'Kontrollér, at maskinen kan nå npm-registret (npm ping), og at der er 500 MB fri disk; prøv så igen.\n',
  );
  process.exit(result.status || 1);
}

/** The pinned Node, or the machine's own where the platform has no pinned one and its own is new enough. */
function chooseNode() {
  if (existsSync(pinnedNode)) return pinnedNode;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath;
  process.stderr.write(
    `Der følger ingen Node med til ${process.platform}-${process.arch}, og maskinens egen er ${process.versions.node}.\n` +
      `Installér Node 24 (mindst ${OLDEST_NODE.join('.')}), fx fra nodejs.org eller med "brew install node@24", og prøv igen.\n`,
  );
  process.exit(1);
}

function run(node, args) {
  const child = spawn(node, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} kunne ikke startes: ${error.message}\n`);
    process.exit(1);
  });
  // What ended the child by a signal is told as a shell tells it: 128 and the signal's number.
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

if (!isInstalled()) install();
run(chooseNode(), process.argv.slice(2));
