/** What there is of a broker of the ladder on this machine: its directory, and every process that has to do with it. */
import { existsSync, readFileSync } from 'node:fs';
import { MARK_NAME } from '../../src/ops/broker-ladder/mark.ts';
import { findProcesses, type RunningProcess } from './processes.ts';

/** The directory of the broker that the process with this pid belongs to. */
export function brokerDirectory(pid: number): string {
  const entry = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .find((line) => line.startsWith(`${MARK_NAME}=`));
  if (entry === undefined) throw new Error(`process ${pid} belongs to no broker of the ladder`);
  return entry.slice(MARK_NAME.length + 1);
}

/** Every process that names the directory in its environment or on its command line: node, epmd, helpers, watchdog. */
export function brokerProcesses(directory: string): RunningProcess[] {
  return findProcesses(
    ({ commandLine, environment }) =>
      commandLine.includes(directory) || environment.some((entry) => entry.includes(directory)),
  );
}

/** What is left, in words; empty when all is gone. */
export function remainsOf(directory: string): string[] {
  const processes = brokerProcesses(directory).map(({ pid, name }) => `${name} (${pid})`);
  return existsSync(directory) ? [...processes, directory] : processes;
}
