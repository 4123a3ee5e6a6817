/** What an adapter says of itself to operations, and what it costs the machine: health, metrics, memory. */
import { readFileSync } from 'node:fs';

export interface Health {
  readonly ready: boolean;
  /** `/readyz?verbose`. */
  readonly text: string;
}

export async function healthOf(port: number): Promise<Health> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz?verbose`);
  return { ready: response.ok, text: await response.text() };
}

/** The values of `/metrics`, by name and labels as they stand there. */
export async function metricsOf(port: number): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** The memory that a process keeps in RAM, in MiB; undefined where it is gone. */
export function residentMib(pid: number): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
  } catch {
    return undefined;
  }
}
