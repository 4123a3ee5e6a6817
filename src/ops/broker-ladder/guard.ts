/**
 * Our side of the watchdog: a fresh directory, and the promise that it and every process marked with it are gone when
 * `end` resolves, or soon after this process dies in whatever way. It knows nothing of RabbitMQ.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const PREFIX = 'debitor-adapter-broker-';

export interface Guard {
  readonly directory: string;
  /** Ends every marked process and deletes the directory. Safe to call twice. */
  end(): Promise<void>;
}

/**
 * @param parent where the directory is made; the system's temporary directory unless told otherwise.
 * @param container name of a Docker container that the watchdog removes as well.
 */
export function openGuard({ parent = tmpdir(), container }: { parent?: string; container?: string } = {}): Guard {
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, PREFIX));
  const program = join(import.meta.dirname, `watchdog${extname(import.meta.filename)}`);
  // A session of its own (detached): Ctrl-C in the terminal reaches only us, and the watchdog learns of it by the pipe.
  const watchdog = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, directory, ...(container === undefined ? [] : [container])],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  );
  const exited = once(watchdog, 'exit');
  exited.catch(() => undefined); // A watchdog that could not start shows in `end`, which awaits the same promise.
  watchdog.unref();
  watchdog.stdin.on('error', () => undefined);
  return {
    directory,
    async end() {
      watchdog.ref();
      watchdog.stdin.end();
      await exited;
    },
  };
}
