/** An example of a debitorsystem in another language, as a process that a test starts, stops and kills. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ExampleProcess {
  /** What its first line says after `lytter på `. */
  readonly listening: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/** Starts it, and resolves when it says that it listens. */
export async function startExample(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ExampleProcess> {
  const child: ChildProcess = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  if (child.stdout === null) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout });
  const first = Promise.withResolvers<string>();
  lines.on('line', (line) => first.resolve(line));
  const tooLate = setTimeout(() => first.reject(new Error(`${file} said nothing: ${errors}`)), START_LIMIT_MS);
  ended.then(() => first.reject(new Error(`${file} ended: ${errors}`)), first.reject);
  try {
    const listening = (await first.promise).replace('lytter på ', '');
    return { listening, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  } finally {
    clearTimeout(tooLate);
  }
}
