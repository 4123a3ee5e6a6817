/**
 * A process of its own that outlives the one that started a broker, for as long as it takes to clear up after it. Its
 * standard input is a pipe from that process: the end of it means that the process stopped the broker, or died by whatever
 * cause. Then every process that carries the broker's mark is killed, its container removed and its directory deleted.
 *
 * Usage: watchdog DIRECTORY [CONTAINER]. It is the one way in which a broker ends; `stop()` closes the pipe and waits.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { markOf } from './mark.ts';

const SCAN_INTERVAL_MS = 25;
const MAX_SCANS = 400;
const CONTAINER_LIMIT_MS = 30_000;

const [directory, container] = process.argv.slice(2);
if (directory === undefined) process.exit(64);
const mark = markOf(directory);

function marked(): number[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && isMarked(entry))
      .map(Number);
  }
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split('\n')
    .filter((line) => line.includes(mark))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 0);
}

function isMarked(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    return false; // It ended meanwhile, or belongs to someone else.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

async function clearUp(folder: string): Promise<never> {
  if (container !== undefined) {
    spawnSync('docker', ['rm', '--force', '--volumes', container], { stdio: 'ignore', timeout: CONTAINER_LIMIT_MS });
  }
  // Two empty scans in a row, because a process between fork and exec does not carry its own environment yet.
  let emptyScans = 0;
  for (let scans = 0; scans < MAX_SCANS && emptyScans < 2; scans += 1) {
    const pids = marked();
    for (const pid of pids) kill(pid);
    emptyScans = pids.length === 0 ? emptyScans + 1 : 0;
    await delay(SCAN_INTERVAL_MS);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.exit(0);
}

let begun = false;
function begin(folder: string): void {
  if (begun) return;
  begun = true;
  void clearUp(folder);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => begin(directory));
process.stdin.on('end', () => begin(directory));
process.stdin.on('close', () => begin(directory));
process.stdin.on('error', () => begin(directory));
process.stdin.resume();
