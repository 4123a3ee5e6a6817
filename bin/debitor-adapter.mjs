#!/usr/bin/env node
/**
 * Starts the command line under a Node that can run it. Plain JavaScript that old versions of Node read too, since it is
 * what they may be started with: they then hand over to the Node that comes with the package, or say what is needed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MIN_MAJOR = 22;
const MIN_MINOR = 18;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What a shell adds to the number of the signal that ended a process. */
const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'dist', 'ops', 'cli.js');
const program = existsSync(built) ? built : join(root, 'src', 'ops', 'cli.ts');

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > MIN_MAJOR || (major === MIN_MAJOR && minor >= MIN_MINOR);
}

/** The package's own Node: in its own node_modules, or beside it where the package is a dependency. */
function ownNode() {
  const candidates = [
    join(root, 'node_modules', '.bin', 'node'),
    join(root, '..', '.bin', 'node'),
    join(root, '..', '..', '.bin', 'node'),
  ];
  return candidates.find((candidate) => existsSync(candidate) && candidate !== process.execPath);
}

function handOver(node) {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} kan ikke startes: ${error.message}\n`);
    process.exitCode = 78;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? SIGNAL_EXIT[signal] || 1 : code;
  });
}

if (isNewEnough()) {
  await import(pathToFileURL(program).href);
} else {
  const node = ownNode();
  if (node !== undefined) handOver(node);
  else {
    process.stderr.write(
      `debitor-adapter kræver Node ${MIN_MAJOR}.${MIN_MINOR} eller nyere (24 anbefales); dette er ${process.versions.node}.\n` +
        'Kør npm ci uden --omit=optional: så følger Node 24 med på Linux. Ellers hent den fra https://nodejs.org/.\n',
    );
    process.exitCode = 78;
  }
}
