/**
 * A debitorsystem in a process of its own behind a backend of ours in another: the kit restarts both, and kills one of them,
 * the debitorsystem or the adapter's side.
 */
import type { KitSubject } from '../../src/debitorsystem/contract.ts';
import type { DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import type { ExampleProcess } from './example-process.ts';

export type Killed = 'debitorsystem' | 'adapter';

interface Parts {
  readonly killed: Killed;
  /** The backend, by `childProcessSubject`. */
  readonly client: KitSubject;
  readonly startServer: (ports: DebitorsystemPorts) => Promise<ExampleProcess>;
}

export function killedInTurn({ killed, client, startServer }: Parts): KitSubject {
  let server: ExampleProcess | undefined;
  return {
    capabilities: client.capabilities,
    restarts: true,
    async open(ports) {
      // A queue that the debitorsystem reads from is declared by the backend.
      const backend = await client.open(ports);
      server ??= await startServer(ports);
      return backend;
    },
    async close() {
      await client.close();
      await server?.stop();
      server = undefined;
    },
    async kill() {
      if (killed === 'adapter') return client.kill?.();
      await server?.kill();
      server = undefined;
      await client.close();
    },
    ...(client.fremmed === undefined ? {} : { fremmed: client.fremmed }),
  };
}

/** Names of the kit's cases that kill. */
export const byKilling = (name: string): boolean => /slået ihjel/i.test(name);
