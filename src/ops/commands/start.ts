/** `start`: runs the adapter until it is told to stop. */
import { type Config, loadConfig, readSettings } from '../../config.ts';
import { loadInstallation } from '../../installation.ts';
import { createLog, type Log } from '../../log.ts';
import { type Adapter, startAdapter } from '../../main.ts';
import { setUpCollector } from '../collector.ts';
import { EXIT_CODES, type Outcome, type Terminal } from '../terminal.ts';

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * The first signal stops the adapter in good order, the second ends the process at once: recorded work is safe either way.
 * A signal that comes while it still starts is carried out as soon as there is something to stop.
 */
function stopOnSignals(terminal: Terminal, log: Log, started: Promise<Adapter>): () => void {
  let signals = 0;
  return terminal.onSignal((signal) => {
    signals += 1;
    log.info('process.signal', { signal });
    if (signals > 1) {
      log.flush();
      terminal.exitNow(EXIT_CODES.problems.code);
      return;
    }
    // What fails to start is reported by the one who waits for it to start.
    started.then((adapter) => adapter.stop()).catch(() => undefined);
  });
}

async function run(config: Config, log: Log, terminal: Terminal, json: boolean): Promise<Outcome> {
  const starting = startAdapter(config, log);
  const stopListening = stopOnSignals(terminal, log, starting);
  let fault: unknown;
  const stopCatching = terminal.onFault((error) => {
    log.error('process.fault', { reason: reasonOf(error) });
    fault ??= error;
    starting.then((adapter) => adapter.stop()).catch(() => undefined);
  });
  try {
    const adapter = await starting;
    if (terminal.interactive) {
      terminal.err(
        json ? `${JSON.stringify({ driftsside: adapter.httpUrl })}\n` : `Driftssiden er på ${adapter.httpUrl}/\n`,
      );
    }
    await adapter.stopped;
    if (fault !== undefined) throw fault;
    return { exit: 'ok', json: { stoppet: true }, text: '' };
  } finally {
    stopListening();
    stopCatching();
    log.flush();
  }
}

export async function start(terminal: Terminal, json: boolean): Promise<Outcome> {
  // Whoever mends what is wrong should not have to start once more for every mistake.
  await loadInstallation(readSettings());
  const config = loadConfig();
  setUpCollector();
  return run(config, createLog({ level: config.ADAPTER_LOG_LEVEL }), terminal, json);
}
