/**
 * The machine beside the measurements: how fast it is right now, who else uses it, and what a process costs. Linux tells
 * the latter in /proc; elsewhere those figures are left out.
 */
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXml } from '../../src/oio/xml-reader.ts';
import { bodyOf, FAGSYSTEM } from './workload.ts';

/** Before it counts: the first reads pay for cold code. */
const WARM_LOOP_MS = 100;
const CPU_LOOP_MS = 250;
const DISK_LOOP_MS = 150;
const TMPFS_MAGIC = 0x01021994;
/** Linux counts processor time in hundredths of a second for everyone who reads it. */
const TICKS_PER_SECOND = 100;

/** What the machine could do in a moment between two runs, when nothing of ours runs but an idle broker. */
export interface Calibration {
  /** Reads of one 2.6 KB message per second, on one core. */
  readonly readsPerSecond: number;
  /** 4 KB appended and synced to the disk, times per second. */
  readonly syncsPerSecond: number;
  /** Cores that others kept busy meanwhile; undefined where the system does not tell. */
  readonly othersCores: number | undefined;
  /** The system's load average over one minute, ours included. */
  readonly load: number;
}

const sample = bodyOf({ fagsystem: FAGSYSTEM, kind: { art: 'debitorkonto' }, run: 'calibration' }, 0);

function perSecond(loopMs: number, work: () => void): number {
  const from = performance.now();
  let times = 0;
  for (; performance.now() - from < loopMs; times += 1) work();
  return (times * 1000) / (performance.now() - from);
}

/** Seconds that all cores together have been busy since the system started. */
function busySeconds(): number | undefined {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
    return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** @param folder on the disk that is measured. */
export function calibrate(folder: string): Calibration {
  perSecond(WARM_LOOP_MS, () => readXml(sample));
  const before = busySeconds();
  const from = performance.now();
  const readsPerSecond = perSecond(CPU_LOOP_MS, () => readXml(sample));
  const after = busySeconds();
  const seconds = (performance.now() - from) / 1000;
  const othersCores =
    before === undefined || after === undefined ? undefined : Math.max(0, (after - before) / seconds - 1);
  const path = join(folder, 'calibration');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096);
  try {
    const syncsPerSecond = perSecond(DISK_LOOP_MS, () => {
      writeSync(file, page);
      fdatasyncSync(file);
    });
    return { readsPerSecond, syncsPerSecond, othersCores, load: loadavg()[0] ?? 0 };
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

/** A folder for temporary files that is not in memory: a ledger there would not wait for any disk. */
export function folderOnDisk(): string {
  const candidates = [tmpdir(), '/var/tmp', process.cwd()];
  const found = candidates.find((path) => {
    try {
      return statfsSync(path).type !== TMPFS_MAGIC;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`ingen af mapperne ${candidates.join(', ')} ligger på en disk`);
  return found;
}

function readProcess(pid: number, file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** Processor time that a process has used so far. */
export function cpuSeconds(pid: number): number | undefined {
  // The name in brackets may hold spaces; the fields are counted from behind it.
  const fields = readProcess(pid, 'stat')?.split(') ')[1]?.split(' ');
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory that a process holds in RAM now, in MB. */
export function rssMb(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProcess(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
