/** A customer's saldo as a command of the author's prints it, for debitorsystemer that the kit reaches over a network. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Oere } from '../../domain/beloeb.ts';
import { scrubAndCut } from '../../domain/cpr.ts';
import type { KitKunde } from './world.ts';

const LIMIT_MS = 10_000;
/** An amount takes no more; what comes after it is not read. */
const MAX_OUTPUT = 1000;
const MAX_SAID = 200;
/** The payments of a run may come to more than a message holds. */
const SALDO = /^([+-]?)([0-9]{1,17})(?:\.([0-9]{1,2}))?$/;

/** The saldo that a command has printed; undefined where it is no amount with at most two decimals. */
function parseSaldo(printed: string): Oere | undefined {
  const [, sign, kroner = '', oere = ''] = SALDO.exec(printed.trim()) ?? [];
  if (sign === undefined) return undefined;
  const value = BigInt(kroner + oere.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

/** Collects what a stream says, up to a bound; the rest is let go. */
function collect(stream: ChildProcess['stdout']): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(0, MAX_OUTPUT);
  });
  return () => text;
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * @param command run in a shell for each look, with `KUNDE_TYPE` and `KUNDE_NUMMER` in its environment. Within ten seconds
 * it prints the saldo as an amount, such as `-12.50`, and ends with 0.
 * @param options.signal ends what runs, with all that it has started.
 * @returns `saldo` of a KitSubject. It rejects, in Danish and without what was printed, where the command does anything else.
 */
export function saldoByCommand(
  command: string,
  { limitMs = LIMIT_MS, signal }: { readonly limitMs?: number; readonly signal?: AbortSignal } = {},
): (kunde: KitKunde) => Promise<Oere> {
  return async ({ kundeType, kundeNummer }) => {
    // `env` adds to the environment that this process has, and then becomes the shell.
    const added = [`KUNDE_TYPE=${kundeType}`, `KUNDE_NUMMER=${kundeNummer}`];
    const child = spawn('env', [...added, 'sh', '-c', command], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const [printed, complained] = [collect(child.stdout), collect(child.stderr)];
    let isLate = false;
    const end = (): void => endGroup(child);
    signal?.addEventListener('abort', end, { once: true });
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child);
    }, limitMs);
    try {
      const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      if (isLate) throw new Error(`--saldo blev ikke færdig inden ${limitMs} ms`);
      if (code !== 0) {
        const said = scrubAndCut(complained().trim(), MAX_SAID);
        throw new Error(`--saldo sluttede med ${code ?? signal ?? 'ukendt'}${said === '' ? '' : `: ${said}`}`);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      endGroup(child);
    }
    const saldoOere = parseSaldo(printed());
    if (saldoOere !== undefined) return saldoOere;
    // What it is instead is not shown: it could hold a customer's number.
    throw new Error(`--saldo skrev ikke et beløb som -12.50, men ${printed().trim().length} tegn, der ikke er et`);
  };
}
