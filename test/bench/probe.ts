/** Our side of the measuring fagsystem: starts its process, and tells it when to begin and end. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WrongAnswers } from './answer-check.ts';
import type { ProbeOrder, ProbeReport } from './probe-process.ts';
import type { Site } from './site.ts';
import type { Sending } from './workload.ts';

export interface Probe {
  /** Publishes evenly from now on. */
  begin(ratePerSecond: number): void;
  /** Publishes no more, and resolves with the latencies in milliseconds when everything is answered once. */
  end(): Promise<readonly number[]>;
  /** Publishes one message, and resolves with its latency in milliseconds. */
  one(): Promise<number>;
  close(): Promise<void>;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export async function openProbe(site: Site, sending: Sending): Promise<Probe> {
  const { fagsystem, kind, run } = sending;
  const program = join(import.meta.dirname, 'probe-process.ts');
  const args = [site.urlOf(fagsystem), fagsystem, JSON.stringify(kind), run, String(site.userIds)];
  const child = fork(program, args, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: 'inherit' });
  alive.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    alive.delete(child);
    return code;
  });
  const message = async (): Promise<unknown> => {
    const bound = new AbortController();
    const died = ended.then((code) => Promise.reject(new Error(`måleprocessen endte med ${String(code)}`)));
    died.catch(() => undefined);
    const [received] = await Promise.race([once(child, 'message', { signal: bound.signal }), died]).finally(() =>
      bound.abort(),
    );
    return received;
  };
  const order = (given: ProbeOrder): void => void child.send(given);
  const report = async (): Promise<readonly number[]> => {
    const { latenciesMs, problems } = (await message()) as ProbeReport;
    if (problems.length > 0) throw new WrongAnswers(problems.join('; '));
    return latenciesMs;
  };
  await message();
  return {
    begin: (ratePerSecond) => order({ art: 'begin', ratePerSecond }),
    end() {
      order({ art: 'end' });
      return report();
    },
    async one() {
      order({ art: 'one' });
      const [latencyMs = Number.NaN] = await report();
      return latencyMs;
    },
    async close() {
      if (child.exitCode === null) order({ art: 'close' });
      await ended;
    },
  };
}
