/** The files that are shipped for a first start: what runs where nothing but RabbitMQ's URL is set. */
import { join } from 'node:path';

/** examples/ stands beside src/ (or dist/). */
const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');

/** The path of a shipped example. */
export function exampleFile(name: string): string {
  return join(EXAMPLES, name);
}

/** The simulator's configuration where ADAPTER_BACKEND_CONFIG is empty: the shipped debitorkonti, kept beside the ledger. */
export function defaultBackendConfig(): Readonly<Record<string, unknown>> {
  return { data: exampleFile('simulator.json'), store: join('data', 'simulator.db') };
}
