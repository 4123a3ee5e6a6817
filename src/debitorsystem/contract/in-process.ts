/** A backend's module under test in the kit's own process: quick, and it can be restarted, but not killed. */
import type { Debitorsystem } from '../debitorsystem.ts';
import { createDebitorsystem, type LoadedDebitorsystem } from '../load.ts';
import { fremmedFor } from './fremmed.ts';
import type { KitSubject } from './subject.ts';

/**
 * @param loaded the backend, by `loadDebitorsystem`. Its configuration names a state that is its own during the run.
 * @param options.restarts false for a backend that is only a client of what keeps the state; true where left out.
 */
export function inProcessSubject(
  loaded: LoadedDebitorsystem,
  options: { readonly restarts?: boolean } = {},
): KitSubject {
  let running: Debitorsystem | undefined;
  return {
    capabilities: loaded.capabilities,
    restarts: options.restarts ?? true,
    async open(ports) {
      running = await createDebitorsystem(loaded, ports);
      await running.start?.();
      return running;
    },
    ...fremmedFor(loaded),
    async close() {
      const stopping = running;
      running = undefined;
      await stopping?.stop?.();
    },
  };
}
