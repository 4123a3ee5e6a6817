/**
 * One adapter as a process of its own, to be killed: `node test/faults/adapter-process.ts`, settings by the environment as
 * for `debitor-adapter start`. Two more than it has:
 *
 *   PROVE_CRASH_AT   `step:n`: it kills itself (SIGKILL) at the n-th time that it passes that step of the flow;
 *                    `step:n:SIGTERM`: it is told to stop there; `step:n:SIGSTOP`: it freezes there, until it gets SIGCONT
 *   PROVE_TRACE      a file that gets one line for every redelivery, and with PROVE_TRACE_STEPS=true for every step; what
 *                    stands there outlives the process, however it ends; after an orderly stop also one `unacked` for every
 *                    delivery that came and was left unacked
 *
 * The parent may also send `{ crashAt }` later. Standard output is the log.
 */
import { openSync, writeSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import type { Observe } from '../../src/flow/observe.ts';

enableCompileCache();
const { loadConfig } = await import('../../src/config.ts');
const { createLog } = await import('../../src/log.ts');
const { startAdapter } = await import('../../src/main.ts');

const trace = process.env['PROVE_TRACE'];
const traceSteps = process.env['PROVE_TRACE_STEPS'] === 'true';
const traceFile = trace === undefined ? undefined : openSync(trace, 'a');

/** Deliveries that came and were not acked; on one channel alone, since what a lost one had comes again. */
let unacked = 0;
let crashStep = '';
let left = 0;
let signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' = 'SIGKILL';
function arm(crashAt: string): void {
  const [step = '', n = '1', how] = crashAt.split(':');
  crashStep = step;
  left = Number(n);
  signal = how === 'SIGTERM' || how === 'SIGSTOP' ? how : 'SIGKILL';
}
arm(process.env['PROVE_CRASH_AT'] ?? '');

const watch: Observe = (step, fields) => {
  if (traceFile !== undefined) {
    if (traceSteps) writeSync(traceFile, `${step}\n`);
    if (step === 'delivery.received' && fields['redelivered'] === true) writeSync(traceFile, 'redelivered\n');
  }
  if (step === 'delivery.received') unacked += 1;
  if (step === 'delivery.acked') unacked -= Number(fields['count']);
  if (step !== crashStep) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, signal);
};

// Whoever started it is gone: nothing is left behind.
process.on('disconnect', () => process.exit(1));
process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'crashAt' in message) {
    arm(String(message.crashAt));
    process.send?.({ armed: true });
  }
});

const config = loadConfig();
const log = createLog({ level: config.ADAPTER_LOG_LEVEL });
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());
const adapter = await startAdapter(config, log, { watch });
if (stopping.signal.aborted) await adapter.stop();
else stopping.signal.addEventListener('abort', () => void adapter.stop());
process.send?.({ ready: true });
await adapter.stopped;
if (traceFile !== undefined) writeSync(traceFile, 'unacked\n'.repeat(Math.max(0, unacked)));
log.flush();
process.exit(0);
