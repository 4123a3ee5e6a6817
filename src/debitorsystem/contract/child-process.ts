/** A backend's module under test in a process of its own, so that it can be killed at any moment. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { encodeCommand } from '../../domain/command.ts';
import { type Debitorsystem, type DebitorsystemPorts, IkkeUdfoert } from '../debitorsystem.ts';
import { loadDebitorsystem } from '../load.ts';
import { fremmedFor } from './fremmed.ts';
import { endOf, LastWords } from './last-words.ts';
import { Output } from './output.ts';
import type { KitSubject } from './subject.ts';
import { parseFromHost, type ThrownError, type ToHost } from './wire.ts';

export interface ModuleChoice {
  /** As `ADAPTER_BACKEND`: a built-in name, a path, or a package's name. */
  readonly name: string;
  /** As `ADAPTER_BACKEND_CONFIG`, parsed. It names a state that is its own during the run. */
  readonly config?: unknown;
  /** What a relative path and a package's name are resolved from. */
  readonly baseDir: string;
}

function errorOf({ name, message, forbigaaende }: ThrownError): Error {
  if (forbigaaende !== undefined) return new IkkeUdfoert(message, { forbigaaende });
  const error = new Error(message);
  error.name = name;
  return error;
}

/** One process, from its start to its end. */
class Host {
  readonly #child: ChildProcess;
  readonly #ports: DebitorsystemPorts;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly words: LastWords;
  /** How it ended. */
  readonly ended: Promise<string>;
  #over: Error | undefined;
  #nextId = 1;

  constructor(ports: DebitorsystemPorts, output: Output) {
    this.#ports = ports;
    const program = join(import.meta.dirname, `host${extname(import.meta.filename)}`);
    this.#child = fork(program, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    output.listen(this.#child);
    this.words = new LastWords(this.#child);
    this.ended = endOf(this.#child, this.words);
    this.#child.on('message', (message) => this.#hear(message));
    void this.ended.then((how) => this.#end(how));
  }

  /** Sends, and resolves with the answer. Rejects where the process ends first, or has ended. */
  ask(compose: (id: number) => ToHost, signal?: AbortSignal): Promise<unknown> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#say(compose(id));
      signal?.addEventListener('abort', () => this.#say({ art: 'abort', id }), { once: true });
    });
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    // With what it wrote last, which is read as well.
    await this.ended;
  }

  #say(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** What waits is told at once: nobody is left to answer it. */
  #end(how: string): void {
    this.#over ??= new Error(`processen sluttede (${how})`);
    for (const { reject } of this.#waiting.values()) reject(this.#over);
    this.#waiting.clear();
  }

  #hear(given: unknown): void {
    const message = parseFromHost(given);
    switch (message.art) {
      case 'log':
        this.#ports.log(message.event, message.fields);
        return;
      case 'svar':
        void this.#report(message);
        return;
      default: {
        const asked = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.art === 'done') asked?.resolve(message.value);
        else asked?.reject(errorOf(message.error));
      }
    }
  }

  async #report({ id, reference, svar }: Extract<ReturnType<typeof parseFromHost>, { art: 'svar' }>): Promise<void> {
    try {
      // Whatever a backend reports is judged behind the port, as in the adapter.
      const [given, reported] = [reference, svar] as Parameters<DebitorsystemPorts['reportSvar']>;
      this.#say({ art: 'receipt', id, receipt: await this.#ports.reportSvar(given, reported) });
    } catch {
      this.#say({ art: 'receipt', id, receipt: { art: 'kastet' } });
    }
  }
}

function backendIn(host: Host, hasLookup: boolean): Debitorsystem {
  return {
    async execute(command, { deadline, attempt, signal }) {
      const encoded = encodeCommand(command);
      const isAborted = signal.aborted;
      const asked = host.ask((id) => ({ art: 'execute', id, command: encoded, deadline, attempt, isAborted }), signal);
      // Judged by whoever asked, as every backend's answer is.
      return (await asked) as Awaited<ReturnType<Debitorsystem['execute']>>;
    },
    ...(hasLookup
      ? {
          async lookup(noegle) {
            const asked = host.ask((id) => ({ art: 'lookup', id, noegle }));
            return (await asked) as Awaited<ReturnType<Debitorsystem['execute']>> | undefined;
          },
        }
      : {}),
    async health() {
      return (await host.ask((id) => ({ art: 'health', id }))) as string | undefined;
    },
    async stop() {
      await host.ask((id) => ({ art: 'stop', id }));
    },
  };
}

/**
 * A backend that the kit runs in a process of its own.
 * @throws ConfigurationError where the module can't be used.
 */
export async function childProcessSubject(choice: ModuleChoice): Promise<KitSubject> {
  const { name, config, baseDir } = choice;
  const loaded = await loadDebitorsystem(name, config, { baseDir });
  const { capabilities } = loaded;
  const output = new Output();
  let host: Host | undefined;
  let running: Debitorsystem | undefined;

  async function end(): Promise<void> {
    const ending = host;
    host = undefined;
    running = undefined;
    await ending?.kill();
  }

  return {
    capabilities,
    restarts: true,
    async open(ports) {
      host = new Host(ports, output);
      const started = host;
      running = backendIn(started, capabilities.opslag);
      try {
        await started.ask((id) => ({ art: 'open', id, name, config, baseDir }));
      } catch (error) {
        await end();
        throw error;
      }
      return running;
    },
    async close() {
      try {
        await running?.stop?.();
      } finally {
        // What it has left running after its stop() is no part of what it keeps.
        await end();
      }
    },
    kill: end,
    ended: () => host?.ended ?? new Promise(() => undefined),
    lastErrors: () => host?.words.take() ?? '',
    output,
    ...fremmedFor(loaded),
  };
}
